using System.Globalization;
using DuckDB.NET.Data;

// duckdb -c QUERY: the result as CSV, numbers such that they can be read back.
if (args is not ["-c", string query])
{
    Console.Error.WriteLine("usage: duckdb -c QUERY");
    return 2;
}
await using var connection = new DuckDBConnection("DataSource=:memory:");
await connection.OpenAsync();
await using DuckDBCommand command = connection.CreateCommand();
command.CommandText = query;
await using var rows = await command.ExecuteReaderAsync();
Console.WriteLine(string.Join(',', Enumerable.Range(0, rows.FieldCount).Select(rows.GetName)));
while (await rows.ReadAsync())
{
    Console.WriteLine(string.Join(',', Enumerable.Range(0, rows.FieldCount).Select(i =>
        Convert.ToString(rows.GetValue(i), CultureInfo.InvariantCulture))));
}
return 0;
