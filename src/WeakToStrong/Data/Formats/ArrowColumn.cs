using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Types;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Tables;

namespace WeakToStrong.Data.Formats;

/// <summary>One column of one batch of an Arrow file.</summary>
/// <param name="source">How messages call the file.</param>
/// <param name="column">What users see of the column.</param>
/// <param name="array">Its cells.</param>
/// <param name="firstRow">Index of the batch's first row, for messages.</param>
internal sealed class ArrowColumn(string source, FileColumn column, IArrowArray array, long firstRow)
{
    /// <summary>What users see of a column.</summary>
    /// <param name="field">Its description.</param>
    /// <param name="first">Cells of a batch that is not empty.</param>
    /// <param name="isIndex">Whether the file says that it is an index.</param>
    public static FileColumn Describe(Field field, IArrowArray first, bool isIndex)
    {
        int width = 1;
        IArrowType type = field.DataType;
        bool isList = type is FixedSizeListType or ListType or LargeListType;
        while (type is FixedSizeListType or ListType or LargeListType)
        {
            (IArrowArray inner, int from, int to) = Inner(first, 0);
            width = checked(width * Math.Max(1, to - from));
            (type, first) = (((NestedType)type).Fields[0].DataType, inner);
        }
        if (type is DictionaryType dictionary)
            type = dictionary.ValueType;
        bool isText = type is StringType or LargeStringType or StringViewType;
        bool isNumber = type is NumberType or BooleanType or NullType or Decimal32Type or Decimal64Type or Decimal128Type or Decimal256Type;
        string holds = isText ? "words" : isNumber ? "numbers"
            : type.TypeId is ArrowTypeId.Date32 or ArrowTypeId.Date64 or ArrowTypeId.Timestamp or ArrowTypeId.Time32 or ArrowTypeId.Time64
                or ArrowTypeId.Duration ? "dates or times"
            : "values that are not numbers";
        ColumnKind kind = isNumber ? ColumnKind.Number : isText && !isList ? ColumnKind.Text : ColumnKind.Other;
        return new FileColumn(field.Name, kind, width, isList ? $"lists of {holds}" : holds, isIndex);
    }

    /// <summary>Throws when a batch says that it has more rows than its columns hold.</summary>
    /// <exception cref="InvalidDataException">The batch is damaged.</exception>
    public static void Check(RecordBatch batch)
    {
        foreach (IArrowArray array in batch.Arrays)
        {
            bool isShort = array.Length != batch.Length || array.Offset < 0
                || (array.Data.DataType is FixedWidthType { BitWidth: var bits }
                    && 8L * array.Data.Buffers[1].Length < (long)bits * (array.Offset + (long)array.Length));
            if (isShort)
                throw new InvalidDataException();
        }
    }

    /// <summary>Writes rows of numbers, NaN for what is missing.</summary>
    /// <param name="first">The first row, within the batch.</param>
    /// <param name="destination">Takes them.</param>
    /// <param name="firstInto">Its first row.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="at">Its first column.</param>
    public void ReadNumbers(int first, Matrix<double> destination, int firstInto, int count, int at)
    {
        if (column.Kind != ColumnKind.Number)
            throw new InputException($"{source}, column {InputException.Shorten(column.Name)} holds {column.Holds}; it must hold numbers");
        for (int i = 0; i < count; i++)
        {
            int row = first + i;
            (IArrowArray cells, int from, int to) = (array, row, row + 1);
            while (cells is FixedSizeListArray or ListArray or LargeListArray)
                (cells, from, to) = Flatten(cells, from, to, row);
            if (to - from != column.Width)
                throw WrongLength(row, to - from);
            Copy(cells, from, destination.Row(firstInto + i).Slice(at, column.Width));
        }
    }

    /// <summary>Writes the texts of the whole batch; null for what is missing.</summary>
    public void ReadTexts(Span<string?> texts)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int i = 0; i < texts.Length; i++)
        {
            string? text = Text(array, i);
            if (text is not null && !known.TryGetValue(text, out texts[i]))
            {
                texts[i] = text;
                if (known.Count < 1024)
                    known.Add(text, text);
            }
        }
    }

    private (IArrowArray Cells, int From, int To) Flatten(IArrowArray lists, int from, int to, int row)
    {
        if (to == from)
            return (Inner(lists, 0).Cells, 0, 0);
        for (int i = from; i < to; i++)
        {
            if (lists.IsNull(i))
                throw WrongLength(row, 0);
        }
        (IArrowArray cells, int start, _) = Inner(lists, from);
        return (cells, start, Inner(lists, to - 1).To);
    }

    private static (IArrowArray Cells, int From, int To) Inner(IArrowArray lists, int i)
    {
        switch (lists)
        {
            case FixedSizeListArray f:
                int size = ((FixedSizeListType)f.Data.DataType).ListSize;
                return (f.Values, (i + f.Offset) * size, (i + f.Offset + 1) * size);
            case ListArray l:
                return l.Length == 0 ? (l.Values, 0, 0) : (l.Values, l.ValueOffsets[i], l.ValueOffsets[i + 1]);
            default:
                var large = (LargeListArray)lists;
                return large.Length == 0 ? (large.Values, 0, 0)
                    : (large.Values, checked((int)large.ValueOffsets[i]), checked((int)large.ValueOffsets[i + 1]));
        }
    }

    private InputException WrongLength(int row, int found) =>
        new($"{source}, row {firstRow + row + 1}, column {InputException.Shorten(column.Name)} holds a list of {found} numbers; all its "
            + $"lists must have the same length, {column.Width}");

    private static void Copy(IArrowArray cells, int from, Span<double> to)
    {
        if (cells is DictionaryArray dictionary)
        {
            for (int i = 0; i < to.Length; i++)
                to[i] = Key(dictionary, from + i) is { } key ? Number(dictionary.Dictionary, key) : double.NaN;
            return;
        }
        bool missing = cells.NullCount != 0;
        switch (cells)
        {
            case FloatArray f when !missing:
                ReadOnlySpan<float> singles = f.Values.Slice(from, to.Length);
                for (int i = 0; i < to.Length; i++)
                    to[i] = singles[i];
                break;
            case DoubleArray d when !missing:
                d.Values.Slice(from, to.Length).CopyTo(to);
                break;
            default:
                for (int i = 0; i < to.Length; i++)
                    to[i] = cells.IsNull(from + i) ? double.NaN : Number(cells, from + i);
                break;
        }
    }

    private static double Number(IArrowArray cells, int i) => cells.IsNull(i) ? double.NaN : cells switch
    {
        DoubleArray a => a.Values[i],
        FloatArray a => a.Values[i],
        HalfFloatArray a => (double)a.Values[i],
        Int64Array a => a.Values[i],
        Int32Array a => a.Values[i],
        Int16Array a => a.Values[i],
        Int8Array a => a.Values[i],
        UInt64Array a => a.Values[i],
        UInt32Array a => a.Values[i],
        UInt16Array a => a.Values[i],
        UInt8Array a => a.Values[i],
        BooleanArray a => a.GetValue(i) == true ? 1 : 0,
        Decimal32Array a => (double)a.GetValue(i)!.Value,
        Decimal64Array a => (double)a.GetValue(i)!.Value,
        Decimal128Array a => double.Parse(a.GetString(i)!, CultureInfo.InvariantCulture),
        Decimal256Array a => double.Parse(a.GetString(i)!, CultureInfo.InvariantCulture),
        _ => double.NaN,
    };

    private static string? Text(IArrowArray cells, int i) => cells.IsNull(i) ? null : cells switch
    {
        StringArray a => a.GetString(i),
        LargeStringArray a => a.GetString(i),
        StringViewArray a => a.GetString(i),
        DictionaryArray a => Key(a, i) is { } key ? Text(a.Dictionary, key) : null,
        Int64Array a => a.Values[i].ToString(CultureInfo.InvariantCulture),
        UInt64Array a => a.Values[i].ToString(CultureInfo.InvariantCulture),
        _ => Number(cells, i) is var number && double.IsNaN(number) ? null : NumberText.Format(number),
    };

    private static int? Key(DictionaryArray dictionary, int i) => dictionary.IsNull(i) ? null : checked((int)Number(dictionary.Indices, i));
}
