using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Tables;

namespace WeakToStrong.Data.Formats;

/// <summary>Where and how an array of numbers lies in a file.</summary>
/// <param name="Type">How one number is stored.</param>
/// <param name="Shape">Lengths of the axes.</param>
/// <param name="Start">Place of the first byte.</param>
/// <param name="BigEndian">Whether the most significant byte comes first.</param>
/// <param name="FirstAxisFastest">Fortran's order: the first index runs fastest.</param>
/// <param name="TypeName">How the file calls the type.</param>
internal sealed record ArrayLayout(ElementType Type, long[] Shape, long Start, bool BigEndian = false, bool FirstAxisFastest = false,
    string TypeName = "")
{
    /// <summary>Such as <c>(3, 4)</c>.</summary>
    public string ShapeText => $"({string.Join(", ", Shape)})";
}

/// <summary>
/// Raw numbers: one row along the first axis, all further axes flattened in the order of C, the last index fastest, whatever the order in
/// the file. An array of three axes is images.
/// </summary>
internal sealed class NumberArray : RowFile
{
    private const int BlockBytes = 1 << 20;
    private readonly ArrayLayout _layout;
    private readonly int _width;

    public NumberArray(ByteSource source, ArrayLayout layout)
        : base(source)
    {
        _layout = layout;
        // The product of three lengths of 63 bits does not overflow a double, only a long; a few more axes do not either.
        double entries = layout.Shape.Aggregate(1.0, (product, side) => product * side), bytes = entries * layout.Type.Size();
        long follow = Math.Max(0, source.Length - layout.Start);
        if (bytes > follow)
        {
            throw new InputException(string.Create(
                CultureInfo.InvariantCulture,
                $"{source.Name} is truncated: its header says {layout.ShapeText} entries of {layout.TypeName}, {bytes:0} bytes, and "
                + $"{follow} follow"));
        }
        Rows = layout.Shape is [long rows, ..] ? rows : 1;
        double width = layout.Shape.Skip(1).Aggregate(1.0, (product, side) => product * side);
        if (Rows == 0 || width == 0)
            throw new InputException(FormattableString.Invariant(
                $"{source.Name} has the shape {layout.ShapeText}: {Rows} rows and {width:0} columns; it must have at least one of each"));
        _width = width <= Array.MaxLength ? (int)width
            : throw new InputException(FormattableString.Invariant(
                $"{source.Name} has the shape {layout.ShapeText}, {width:0} columns; at most {Array.MaxLength} are allowed"));
        Columns = [new FileColumn(string.Empty, ColumnKind.Number, _width)];
        if (layout.Shape is [_, long height, long breadth])
            Image = new ImageShape((int)height, (int)breadth);
    }

    public override long Rows { get; }

    public override IReadOnlyList<FileColumn> Columns { get; }

    public override ImageShape? Image { get; }

    /// <summary>Lengths of the axes.</summary>
    public IReadOnlyList<long> Shape => _layout.Shape;

    /// <summary>All numbers when each is one byte in the order of C; otherwise null.</summary>
    public byte[]? Bytes8()
    {
        if (_layout.Type != ElementType.UInt8 || _layout.FirstAxisFastest || Rows * _width > Array.MaxLength)
            return null;
        MemoryNeed.Check($"reading {Name}", (Rows * _width / 8) + 1, 1);
        byte[] bytes = new byte[Rows * _width];
        Source.Read(_layout.Start, bytes);
        return bytes;
    }

    public override void ReadNumbers(long first, int[] columns, Matrix<double> destination, RunOptions options)
    {
        if (_layout.FirstAxisFastest && (_width > 1 || _layout.Shape.Length == 1))
            ReadColumns(first, destination, options);
        else
            ReadRows(first, destination, options);
    }

    public override string?[] ReadTexts(int column, RunOptions options)
    {
        string?[] texts = new string?[checked((int)Rows)];
        if (_layout.Type.IsLongInteger())
        {
            ReadLongTexts(texts);
            return texts;
        }
        double[] values = ReadOptionalNumbers(column, options);
        var known = new Dictionary<double, string>();
        for (int i = 0; i < texts.Length; i++)
        {
            if (double.IsNaN(values[i]) || known.TryGetValue(values[i], out texts[i]))
                continue;
            texts[i] = NumberText.Format(values[i]);
            if (known.Count < 1024)
                known.Add(values[i], texts[i]!);
        }
        return texts;
    }

    private void ReadRows(long first, Matrix<double> destination, RunOptions options)
    {
        int size = _layout.Type.Size(), block = BlockBytes / size, entries = destination.Data.Length;
        long start = _layout.Start + (first * _width * size);
        options.InParallel((entries + block - 1) / block, index =>
        {
            int from = index * block, count = Math.Min(block, entries - from);
            Span<double> target = destination.Data.Slice(from, count);
            if (_layout is { Type: ElementType.Float64, BigEndian: false })
            {
                Source.Read(start + ((long)from * size), MemoryMarshal.AsBytes(target));
                return;
            }
            byte[] buffer = ArrayPool<byte>.Shared.Rent(BlockBytes);
            Span<byte> bytes = buffer.AsSpan(0, count * size);
            Source.Read(start + ((long)from * size), bytes);
            Elements.Convert(bytes, _layout.Type, _layout.BigEndian, target);
            ArrayPool<byte>.Shared.Return(buffer);
        });
    }

    // Strips of rows, so that a strip of the matrix stays in the cache while its columns are read.
    private void ReadColumns(long first, Matrix<double> destination, RunOptions options)
    {
        int size = _layout.Type.Size(), strip = Math.Max(1024, 4 * BlockBytes / _width / sizeof(double));
        options.InParallel((destination.Rows + strip - 1) / strip, index =>
        {
            int from = index * strip, count = Math.Min(strip, destination.Rows - from);
            byte[] buffer = ArrayPool<byte>.Shared.Rent(count * size);
            for (int column = 0; column < _width; column++)
            {
                Span<byte> bytes = buffer.AsSpan(0, count * size);
                Source.Read(_layout.Start + (((StoredColumn(column) * Rows) + first + from) * size), bytes);
                Elements.Convert(bytes, _layout.Type, _layout.BigEndian, destination.Data[((from * _width) + column)..], _width);
            }
            ArrayPool<byte>.Shared.Return(buffer);
        });
    }

    // Where a column, counted with the last index fastest, stands in a file in which the first index is fastest.
    private long StoredColumn(int column)
    {
        long stored = 0, scale = _width;
        for (int axis = _layout.Shape.Length - 1; axis > 0; axis--)
        {
            scale /= _layout.Shape[axis];
            stored += column % _layout.Shape[axis] * scale;
            column /= (int)_layout.Shape[axis];
        }
        return stored;
    }

    private void ReadLongTexts(string?[] texts)
    {
        byte[] buffer = new byte[BlockBytes];
        var known = new Dictionary<long, string>();
        for (int first = 0; first < texts.Length; first += BlockBytes / sizeof(long))
        {
            Span<byte> bytes = buffer.AsSpan(0, Math.Min(BlockBytes, (texts.Length - first) * sizeof(long)));
            Source.Read(_layout.Start + ((long)first * sizeof(long)), bytes);
            if (_layout.BigEndian)
                Elements.Reverse(bytes, sizeof(long));
            ReadOnlySpan<long> values = MemoryMarshal.Cast<byte, long>(bytes);
            for (int i = 0; i < values.Length; i++)
            {
                if (known.TryGetValue(values[i], out texts[first + i]))
                    continue;
                texts[first + i] = _layout.Type == ElementType.Int64 ? values[i].ToString(CultureInfo.InvariantCulture)
                    : ((ulong)values[i]).ToString(CultureInfo.InvariantCulture);
                if (known.Count < 1024)
                    known.Add(values[i], texts[first + i]!);
            }
        }
    }
}
