using System.Globalization;

namespace WeakToStrong.Tests;

/// <summary>A table made by one of tests/oracles/*.py in high precision: named columns of text, read as doubles on demand.</summary>
internal sealed class OracleTable
{
    private readonly Dictionary<string, int> _columns;
    private readonly string[][] _rows;

    private OracleTable(string[] header, string[][] rows)
    {
        _columns = header.Select((name, i) => (name, i)).ToDictionary(p => p.name, p => p.i, StringComparer.Ordinal);
        _rows = rows;
    }

    /// <summary>Number of rows.</summary>
    public int Count => _rows.Length;

    /// <summary>Reads tests/oracles/NAME.csv.</summary>
    public static OracleTable Read(string name)
    {
        string[][] lines = [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "oracles", $"{name}.csv"))
            .Select(line => line.Split(','))];
        return new OracleTable(lines[0], lines[1..]);
    }

    /// <summary>One cell as text.</summary>
    public string Text(int row, string column) => _rows[row][_columns[column]];

    /// <summary>One cell as the nearest double.</summary>
    public double Number(int row, string column) => Text(row, column) switch
    {
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        "nan" => double.NaN,
        string digits => double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture),
    };

    /// <summary>One row as a readable sentence for a failing assertion.</summary>
    public string Describe(int row) => string.Join(", ", _columns.Select(c => $"{c.Key} = {_rows[row][c.Value]}"));
}
