using Parquet;
using Parquet.Schema;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Tables;

namespace WeakToStrong.Data.Formats;

/// <summary>Parquet files with flat columns of numbers, or one column of words.</summary>
internal static class ParquetFile
{
    public static RawFeatures ReadFeatures(ByteSource source) => Run(source, async reader =>
    {
        DataField[] fields = reader.Schema.GetDataFields();
        long rows = CountRows(reader);
        MemoryNeed.Check($"reading {source.Name}", rows, fields.Length);
        var values = new Matrix<double>((int)rows, fields.Length);
        int first = 0;
        for (int group = 0; group < reader.RowGroupCount; group++)
        {
            using ParquetRowGroupReader part = reader.OpenRowGroupReader(group);
            for (int column = 0; column < fields.Length; column++)
                await ReadNumbers(source, part, fields[column], values, first, column).ConfigureAwait(false);
            first += (int)part.RowCount;
        }
        return new RawFeatures(source.Name, values, null, [.. fields.Select(field => field.Name)]);
    });

    /// <summary>The words of the only column, or null when it holds numbers.</summary>
    public static string[]? ReadWords(ByteSource source) => Run<string[]?>(source, async reader =>
    {
        DataField[] fields = reader.Schema.GetDataFields();
        if (fields.Length != 1)
            throw new InputException($"{source.Name} has {fields.Length} columns; it must have one");
        if (fields[0].ClrType != typeof(string) && fields[0].ClrType != typeof(ReadOnlyMemory<char>))
            return null;
        var words = new string?[CountRows(reader)];
        int first = 0;
        for (int group = 0; group < reader.RowGroupCount; group++)
        {
            using ParquetRowGroupReader part = reader.OpenRowGroupReader(group);
            await part.ReadAsync(fields[0], words.AsMemory(first, (int)part.RowCount)).ConfigureAwait(false);
            first += (int)part.RowCount;
        }
        int missing = Array.IndexOf(words, null);
        return missing < 0 ? [.. words.Select(word => word!)] : throw InputException.At($"{source.Name}, row {missing + 1}, column {fields[0].Name}", "null", "a word");
    });

    private static Task ReadNumbers(ByteSource source, ParquetRowGroupReader part, DataField field, Matrix<double> values, int first, int column)
    {
        if (field.IsArray || field.MaxRepetitionLevel > 0)
            throw new InputException($"{source.Name}, column {field.Name} holds lists; it must hold one number a row");
        return Type.GetTypeCode(field.ClrType) switch
        {
            TypeCode.Double => Read<double>(x => x),
            TypeCode.Single => Read<float>(x => x),
            TypeCode.Int64 => Read<long>(x => x),
            TypeCode.Int32 => Read<int>(x => x),
            TypeCode.Int16 => Read<short>(x => x),
            TypeCode.SByte => Read<sbyte>(x => x),
            TypeCode.Byte => Read<byte>(x => x),
            TypeCode.UInt16 => Read<ushort>(x => x),
            TypeCode.UInt32 => Read<uint>(x => x),
            TypeCode.UInt64 => Read<ulong>(x => x),
            TypeCode.Boolean => Read<bool>(x => x ? 1 : 0),
            TypeCode.Decimal => Read<decimal>(x => (double)x),
            _ => throw new InputException($"{source.Name}, column {field.Name} holds values of type {field.ClrType.Name}; they must be numbers"),
        };

        async Task Read<T>(Func<T, double> convert)
            where T : struct
        {
            int rows = (int)part.RowCount;
            if (!field.IsNullable)
            {
                var plain = new T[rows];
                await part.ReadAsync(field, plain.AsMemory()).ConfigureAwait(false);
                for (int i = 0; i < rows; i++)
                    values[first + i, column] = convert(plain[i]);
                return;
            }
            var cells = new T?[rows];
            await part.ReadAsync(field, cells.AsMemory()).ConfigureAwait(false);
            for (int i = 0; i < rows; i++)
                values[first + i, column] = cells[i] is { } cell ? convert(cell) : throw InputException.At($"{source.Name}, row {first + i + 1}, column {field.Name}", "null", "a finite number");
        }
    }

    private static long CountRows(ParquetReader reader)
    {
        long rows = 0;
        for (int group = 0; group < reader.RowGroupCount; group++)
        {
            using ParquetRowGroupReader part = reader.OpenRowGroupReader(group);
            rows += part.RowCount;
        }
        return rows;
    }

    // The library is asynchronous only; readers here are called from threads that may wait.
    private static T Run<T>(ByteSource source, Func<ParquetReader, Task<T>> read) => Task.Run(async () =>
    {
        try
        {
            var stream = new SourceStream(source);
            await using (stream.ConfigureAwait(false))
            {
                ParquetReader reader = await ParquetReader.CreateAsync(stream).ConfigureAwait(false);
                await using (reader.ConfigureAwait(false))
                    return await read(reader).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is not (InputException or OutOfMemoryException or OperationCanceledException))
        {
            throw new InputException($"{source.Name} is not a whole Parquet file: {InputException.Shorten(e.Message.Split('\n')[0].Split(" (Parameter")[0]).TrimEnd('.')}", e);
        }
    }).GetAwaiter().GetResult();
}
