using Parquet;
using Parquet.Schema;

namespace WeakToStrong.Tables;

/// <summary>Writes a <see cref="ResultTable"/> as Parquet, in groups of rows small enough to be held at once.</summary>
internal static class ParquetTable
{
    private const int RowsPerGroup = 1 << 18;

    // The library is asynchronous only; tables are written from threads that may wait.
    public static void Write(ResultTable table, Stream stream, IReadOnlyDictionary<string, string>? metadata = null) =>
        Task.Run(() => WriteAsync(table, stream, metadata)).GetAwaiter().GetResult();

    private static async Task WriteAsync(ResultTable table, Stream stream, IReadOnlyDictionary<string, string>? metadata)
    {
        DataField[] fields = [.. table.Columns.Select(Field)];
        ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream).ConfigureAwait(false);
        await using (writer.ConfigureAwait(false))
        {
            if (metadata is not null)
                writer.CustomMetadata = metadata;
            for (int first = 0; first < table.RowCount; first += RowsPerGroup)
            {
                using ParquetRowGroupWriter group = writer.CreateRowGroup();
                for (int c = 0; c < fields.Length; c++)
                    await WriteColumn(group, fields[c], table.Columns[c], first, Math.Min(RowsPerGroup, table.RowCount - first))
                        .ConfigureAwait(false);
            }
        }
    }

    private static DataField Field(ResultColumn column) => column switch
    {
        NumberColumn => new DataField<double>(column.Name),
        IntegerColumn => new DataField<long>(column.Name),
        _ => new DataField(column.Name, typeof(string), isNullable: false),
    };

    private static Task WriteColumn(ParquetRowGroupWriter group, DataField field, ResultColumn column, int first, int count) =>
        column switch
        {
            NumberColumn numbers => group.WriteAsync<double>(field, numbers.Values.AsMemory(first, count)),
            IntegerColumn integers => group.WriteAsync<long>(field, integers.Values.AsMemory(first, count)),
            TextColumn words => group.WriteAsync(field, new ArraySegment<string>(words.Values, first, count)),
            _ => throw new NotSupportedException(column.Name),
        };
}
