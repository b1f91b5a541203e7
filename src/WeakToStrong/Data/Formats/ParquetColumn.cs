using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using Parquet;
using Parquet.Meta;
using Parquet.Schema;
using WeakToStrong.Tables;

namespace WeakToStrong.Data.Formats;

/// <summary>What is stored as a plain integer and means something else: unsigned, or a decimal number.</summary>
/// <param name="Unsigned">Whether the bits are those of an unsigned integer.</param>
/// <param name="Scale">Digits behind the decimal point.</param>
/// <param name="TypeLength">Bytes of a value that is stored in a fixed number of them.</param>
/// <param name="Stored">What is stored.</param>
internal readonly record struct IntegerMeaning(bool Unsigned, int Scale, int? TypeLength, Parquet.Meta.Type? Stored)
{
    /// <summary>
    /// Makes the library read small integers and decimal numbers as the plain integers that they are stored as, which it
    /// knows in every encoding.
    /// </summary>
    /// <param name="schema">The file's own description; changed.</param>
    /// <returns>What the integers mean, one a column that holds data.</returns>
    public static IntegerMeaning[] Take(IEnumerable<SchemaElement> schema)
    {
        var meanings = new List<IntegerMeaning>();
        foreach (SchemaElement element in schema.Skip(1).Where(e => (e.NumChildren ?? 0) == 0))
        {
            bool isInteger = element.Type is Parquet.Meta.Type.INT32 or Parquet.Meta.Type.INT64;
            bool isDecimal = element.ConvertedType == ConvertedType.DECIMAL || element.LogicalType?.DECIMAL is not null;
            bool isUnsigned = element.ConvertedType is >= ConvertedType.UINT_8 and <= ConvertedType.UINT_64
                || element.LogicalType?.INTEGER is { IsSigned: false };
            bool isSized = element.ConvertedType is >= ConvertedType.UINT_8 and <= ConvertedType.INT_64
                || element.LogicalType?.INTEGER is not null;
            meanings.Add(isInteger ? new(isUnsigned, isDecimal ? element.Scale ?? element.LogicalType?.DECIMAL?.Scale ?? 0 : 0, null,
                element.Type) : new(false, 0, element.TypeLength, element.Type));
            if (isInteger && (isDecimal || isSized))
                (element.ConvertedType, element.LogicalType) = (null, null);
        }
        return [.. meanings];
    }
}

/// <summary>One column of a Parquet file.</summary>
internal sealed class ParquetColumn
{
    private readonly ByteSource _file;
    private readonly DataField _field;
    private readonly IntegerMeaning _meaning;
    private readonly bool _isList;
    private readonly int _width = 1;

    /// <summary>Looks at a column.</summary>
    /// <param name="source">The bytes of the file.</param>
    /// <param name="reader">The file.</param>
    /// <param name="field">The column.</param>
    /// <param name="meaning">What its integers mean.</param>
    public ParquetColumn(ByteSource source, ParquetReader reader, DataField field, IntegerMeaning meaning)
    {
        _file = source;
        _field = field;
        _meaning = meaning;
        _isList = field.MaxRepetitionLevel > 0;
        string[] path = field.Path.ToString().Split('/');
        Name = _isList ? path[0] : string.Join('.', path);
        for (int g = 0; _isList && g < reader.RowGroupCount; g++)
        {
            using ParquetRowGroupReader group = reader.OpenRowGroupReader(g);
            if (group.RowCount == 0)
                continue;
            // All lists are to be of one length; one that is not is found when it is read.
            _width = (int)Math.Clamp(Math.Round((double)CountEntries(group) / group.RowCount), 1, Array.MaxLength);
            break;
        }
    }

    /// <summary>Its name: of a list the name of the list.</summary>
    public string Name { get; }

    /// <summary>What users see of it.</summary>
    public FileColumn Describe(bool isIndex)
    {
        bool isText = IsText, isNumber = IsNumber;
        string holds = isText ? "words" : isNumber ? "numbers"
            : _field.ClrType == typeof(DateTime) || _field.ClrType == typeof(DateOnly) || _field.ClrType == typeof(TimeSpan)
                || _field.ClrType == typeof(TimeOnly) ? "dates or times"
            : _field.ClrType == typeof(byte[]) ? "bytes" : "values that are not numbers";
        ColumnKind kind = isNumber ? ColumnKind.Number : isText && !_isList ? ColumnKind.Text : ColumnKind.Other;
        return new FileColumn(Name, kind, _width, _isList ? $"lists of {holds}" : holds, isIndex);
    }

    private bool IsText => _field.ClrType == typeof(string) || _field.ClrType == typeof(ReadOnlyMemory<char>);

    private bool IsNumber => _field.ClrType == typeof(float) || _field.ClrType == typeof(double) || _field.ClrType == typeof(int)
        || _field.ClrType == typeof(long)
        || _field.ClrType == typeof(bool) || _field.ClrType == typeof(decimal) || _field.ClrType == typeof(Half)
            || _field.ClrType == typeof(BigInteger);

    /// <summary>The numbers of a group of rows, row after row, NaN for what is missing; singles stay singles.</summary>
    /// <param name="group">The group.</param>
    /// <param name="firstRow">Index of its first row, for messages.</param>
    public async Task<(float[]? Singles, double[]? Doubles)> ReadNumbers(ParquetRowGroupReader group, long firstRow)
    {
        double scale = Math.Pow(10, _meaning.Scale);
        return System.Type.GetTypeCode(_field.ClrType) switch
        {
            TypeCode.Single => (await Read<float, float>(group, firstRow, float.NaN, x => x).ConfigureAwait(false), null),
            TypeCode.Double => (null, await Read<double, double>(group, firstRow, double.NaN, x => x).ConfigureAwait(false)),
            TypeCode.Int32 when _meaning.Unsigned => (null, await Read<int, double>(group, firstRow, double.NaN, x => (uint)x)
                .ConfigureAwait(false)),
            TypeCode.Int32 => (null, await Read<int, double>(group, firstRow, double.NaN, x => x / scale).ConfigureAwait(false)),
            TypeCode.Int64 when _meaning.Unsigned => (null, await Read<long, double>(group, firstRow, double.NaN, x => (ulong)x)
                .ConfigureAwait(false)),
            TypeCode.Int64 => (null, await Read<long, double>(group, firstRow, double.NaN, x => _meaning.Scale == 0 ? x
                : (double)(new decimal(x) / PowerOfTen())).ConfigureAwait(false)),
            TypeCode.Boolean => (null, await Read<bool, double>(group, firstRow, double.NaN, x => x ? 1 : 0).ConfigureAwait(false)),
            TypeCode.Decimal => (null, await Read<decimal, double>(group, firstRow, double.NaN, x => (double)x).ConfigureAwait(false)),
            _ when _field.ClrType == typeof(Half) => (await Read<Half, float>(group, firstRow, float.NaN, x => (float)x)
                .ConfigureAwait(false), null),
            _ => throw new InputException(
                $"{_file.Name}, column {InputException.Shorten(Name)} holds {Describe(false).Holds}; it must hold numbers"),
        };
    }

    /// <summary>The texts of a group of rows: words, or numbers in full precision; null for what is missing.</summary>
    /// <param name="group">The group.</param>
    /// <param name="firstRow">Index of its first row, for messages.</param>
    public async Task<string?[]> ReadTexts(ParquetRowGroupReader group, long firstRow)
    {
        if (IsText)
        {
            CheckPages(group);
            string?[] words = new string?[group.RowCount];
            await group.ReadAsync(_field, words.AsMemory()).ConfigureAwait(false);
            return words;
        }
        return System.Type.GetTypeCode(_field.ClrType) switch
        {
            TypeCode.Int32 => await Read<int, string?>(group, firstRow, null, x => Text(_meaning.Unsigned ? (uint)x : x))
                .ConfigureAwait(false),
            TypeCode.Int64 => await Read<long, string?>(group, firstRow, null, x =>
                _meaning.Unsigned ? ((ulong)x).ToString(CultureInfo.InvariantCulture) : Text(x)).ConfigureAwait(false),
            TypeCode.Decimal => await Read<decimal, string?>(group, firstRow, null, x => x.ToString("G29", CultureInfo.InvariantCulture))
                .ConfigureAwait(false),
            _ => await Formatted(group, firstRow).ConfigureAwait(false),
        };
    }

    private async Task<string?[]> Formatted(ParquetRowGroupReader group, long firstRow)
    {
        (float[]? singles, double[]? doubles) = await ReadNumbers(group, firstRow).ConfigureAwait(false);
        return [.. (doubles ?? Array.ConvertAll(singles!, x => (double)x)).Select(x => double.IsNaN(x) ? null : NumberText.Format(x))];
    }

    private string Text(long value) => _meaning.Scale == 0 ? value.ToString(CultureInfo.InvariantCulture) : (value / PowerOfTen()).ToString(
        "G29", CultureInfo.InvariantCulture);

    private decimal PowerOfTen() => 1 / new decimal(1, 0, 0, isNegative: false, (byte)Math.Clamp(_meaning.Scale, 0, 28));

    // Values are stored without what is missing; the levels say where that is, and where a list begins.
    private async Task<TResult[]> Read<T, TResult>(ParquetRowGroupReader group, long firstRow, TResult missing, Func<T, TResult> convert)
        where T : struct
    {
        int rows = (int)group.RowCount, entries = CountEntries(group);
        if (!_isList && entries != rows)
            throw new InvalidDataException();
        MemoryNeed.Check($"reading {_file.Name}", entries, 1);
        var values = new T[entries];
        int[]? definitions = _field.MaxDefinitionLevel > 0 ? new int[entries] : null, repetitions = _isList ? new int[entries] : null;
        CheckPages(group);
        await Fill(group, values, definitions, repetitions).ConfigureAwait(false);
        if (definitions is null && repetitions is null)
            return values is TResult[] same ? same : Array.ConvertAll(values, x => convert(x));
        var result = new TResult[checked(rows * _width)];
        int next = 0, row = -1, cell = _width;
        for (int e = 0; e < entries; e++)
        {
            if (repetitions is null || repetitions[e] == 0)
            {
                RequireFull(firstRow + row, cell);
                (row, cell) = (row + 1, 0);
                if (row == rows)
                    throw new InvalidDataException();
            }
            int level = definitions?[e] ?? 0;
            if (level != _field.MaxDefinitionLevel && _isList && !(_field.IsNullable && level == _field.MaxDefinitionLevel - 1))
                continue;
            if (cell == _width)
                throw WrongLength(firstRow + row, "more");
            result[(row * _width) + cell++] = level == _field.MaxDefinitionLevel ? convert(values[next++]) : missing;
        }
        RequireFull(firstRow + row, cell);
        return row == rows - 1 ? result : throw new InvalidDataException();
    }

    // A page that is shorter than its header says leaves values as they were, which would pass for zeros. So all begin with a mark of bits,
    // and one that still bears it is damage, unless it bears another mark after another reading too, which then was its own.
    private async Task Fill<T>(ParquetRowGroupReader group, T[] values, int[]? definitions, int[]? repetitions)
        where T : struct
    {
        if (typeof(T) == typeof(bool))
        {
            await group.ReadRawAsync(_field, values.AsMemory(), definitions?.AsMemory(), repetitions?.AsMemory()).ConfigureAwait(false);
            return;
        }
        T mark = Mark<T>(0xA5);
        Array.Fill(values, mark);
        await group.ReadRawAsync(_field, values.AsMemory(), definitions?.AsMemory(), repetitions?.AsMemory()).ConfigureAwait(false);
        int stored = definitions?.Count(level => level == _field.MaxDefinitionLevel) ?? values.Length;
        int last = values.AsSpan(0, stored).LastIndexOf(mark, EqualityComparer<T>.Default);
        if (last < 0)
            return;
        mark = Mark<T>(0x5A);
        var again = new T[values.Length];
        Array.Fill(again, mark);
        await group.ReadRawAsync(_field, again.AsMemory(), definitions?.AsMemory(), repetitions?.AsMemory()).ConfigureAwait(false);
        if (EqualityComparer<T>.Default.Equals(again[last], mark))
            throw new InvalidDataException();
    }

    // Not every pattern of bits is a decimal number.
    private static T Mark<T>(byte bits)
        where T : struct
    {
        if (typeof(T) == typeof(decimal))
            return (T)(object)(decimal.MaxValue - bits);
        Span<T> mark = new T[1];
        MemoryMarshal.AsBytes(mark).Fill(bits);
        return mark[0];
    }

    private void CheckPages(ParquetRowGroupReader group) =>
        ParquetPages.Check(_file, group.GetMetadata(_field)!.MetaData!, _meaning, _field.MaxDefinitionLevel, _isList);

    private void RequireFull(long row, int cells)
    {
        if (cells != _width)
            throw WrongLength(row, $"{cells}");
    }

    private InputException WrongLength(long row, string found) =>
        new($"{_file.Name}, row {row + 1}, column {InputException.Shorten(Name)} holds a list of {found} numbers; all its lists must have "
            + $"the same length, {_width}");

    private int CountEntries(ParquetRowGroupReader group)
    {
        long entries = group.GetMetadata(_field)?.MetaData?.NumValues ?? throw new InvalidDataException();
        return entries is >= 0 and <= int.MaxValue ? (int)entries : throw new InvalidDataException();
    }
}
