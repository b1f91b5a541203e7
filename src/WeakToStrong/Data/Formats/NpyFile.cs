using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Tables;

namespace WeakToStrong.Data.Formats;

/// <summary>
/// NumPy's .npy format, versions 1 to 3: a magic string, a header written as a Python dictionary (descr, fortran_order, shape), and the raw entries. Numbers of
/// 1 to 8 bytes, little-endian, are read block by block straight into the matrix; text arrays are read as words.
/// </summary>
internal static partial class NpyFile
{
    private const int BlockBytes = 1 << 20;

    /// <summary>A matrix with one row along the first axis; a third and further axes are flattened into columns, and a three-dimensional array is images.</summary>
    public static RawFeatures ReadFeatures(ByteSource source, RunOptions options)
    {
        Header header = ReadHeader(source);
        long rows = header.Shape.Length == 0 ? 1 : header.Shape[0];
        double columns = 1;
        foreach (long side in header.Shape.Skip(1))
            columns *= side;
        if (columns * rows > Array.MaxLength)
            throw TooLarge(source, header);
        ImageShape? image = header.Shape is [_, long height, long width] ? new ImageShape((int)height, (int)width) : null;
        var values = new Matrix<double>((int)rows, (int)columns);
        Read(source, header, values, options);
        return new RawFeatures(source.Name, values, image);
    }

    /// <summary>Words of a one-dimensional text array, or null when the array holds numbers.</summary>
    public static string[]? ReadWords(ByteSource source)
    {
        Header header = ReadHeader(source);
        if (header.Type[1] is not ('U' or 'S'))
            return null;
        if (header.Shape is not ([_] or [_, 1]))
            throw new InputException($"{source.Name} has the shape {header.ShapeText}; it must have one column");
        RequireBytes(source, header);
        var words = new string[header.Shape[0]];
        byte[] bytes = new byte[header.ItemSize];
        Encoding encoding = header.Type[1] == 'U' ? Encoding.UTF32 : Encoding.Latin1;
        for (int i = 0; i < words.Length; i++)
        {
            source.Read(header.DataStart + ((long)i * bytes.Length), bytes);
            words[i] = encoding.GetString(bytes).TrimEnd('\0');
        }
        return words;
    }

    private static void Read(ByteSource source, Header header, Matrix<double> values, RunOptions options)
    {
        switch (header.Type)
        {
            case "<f8": ReadAs<double>(source, header, values, options); break;
            case "<f4": ReadAs<float>(source, header, values, options); break;
            case "<f2": ReadAs<Half>(source, header, values, options); break;
            case "<i8": ReadAs<long>(source, header, values, options); break;
            case "<i4": ReadAs<int>(source, header, values, options); break;
            case "<i2": ReadAs<short>(source, header, values, options); break;
            case "|i1": ReadAs<sbyte>(source, header, values, options); break;
            case "<u8": ReadAs<ulong>(source, header, values, options); break;
            case "<u4": ReadAs<uint>(source, header, values, options); break;
            case "<u2": ReadAs<ushort>(source, header, values, options); break;
            case "|u1" or "|b1": ReadAs<byte>(source, header, values, options); break;
            default:
                throw new InputException($"{source.Name} holds entries of type '{header.Type}'; they must be little-endian numbers, such as <f8, <f4 or <i8");
        }
    }

    private static void ReadAs<T>(ByteSource source, Header header, Matrix<double> values, RunOptions options)
        where T : unmanaged, INumberBase<T>
    {
        RequireBytes(source, header);
        if (header.FortranOrder && values.Columns > 1)
            ReadColumns<T>(source, header, values, options);
        else
            ReadRows<T>(source, header, values, options);
    }

    private static void ReadRows<T>(ByteSource source, Header header, Matrix<double> values, RunOptions options)
        where T : unmanaged, INumberBase<T>
    {
        int size = Marshal.SizeOf<T>(), block = BlockBytes / size;
        int entries = values.Rows * values.Columns;
        Parallel.For(0, (entries + block - 1) / block, options.ForParallel(), index =>
        {
            options.Cancellation.ThrowIfCancellationRequested();
            int first = index * block, count = Math.Min(block, entries - first);
            Span<double> target = values.Data.Slice(first, count);
            long offset = header.DataStart + ((long)first * size);
            if (typeof(T) == typeof(double))
            {
                source.Read(offset, MemoryMarshal.AsBytes(target));
                return;
            }
            byte[] buffer = ArrayPool<byte>.Shared.Rent(BlockBytes);
            source.Read(offset, buffer.AsSpan(0, count * size));
            Convert(MemoryMarshal.Cast<byte, T>(buffer.AsSpan(0, count * size)), target, 1);
            ArrayPool<byte>.Shared.Return(buffer);
        });
    }

    // Column-major: strips of rows, so that a strip of the matrix stays in the cache while its columns are read.
    private static void ReadColumns<T>(ByteSource source, Header header, Matrix<double> values, RunOptions options)
        where T : unmanaged, INumberBase<T>
    {
        int size = Marshal.SizeOf<T>(), strip = Math.Max(1024, 4 * BlockBytes / values.Columns / sizeof(double));
        Parallel.For(0, (values.Rows + strip - 1) / strip, options.ForParallel(), index =>
        {
            options.Cancellation.ThrowIfCancellationRequested();
            int first = index * strip, count = Math.Min(strip, values.Rows - first);
            byte[] buffer = ArrayPool<byte>.Shared.Rent(count * size);
            for (int column = 0; column < values.Columns; column++)
            {
                source.Read(header.DataStart + ((((long)column * values.Rows) + first) * size), buffer.AsSpan(0, count * size));
                Convert(MemoryMarshal.Cast<byte, T>(buffer.AsSpan(0, count * size)), values.Data[((first * values.Columns) + column)..], values.Columns);
            }
            ArrayPool<byte>.Shared.Return(buffer);
        });
    }

    private static void Convert<T>(ReadOnlySpan<T> from, Span<double> to, int stride)
        where T : unmanaged, INumberBase<T>
    {
        if (typeof(T) == typeof(float) && stride == 1)
        {
            System.Numerics.Tensors.TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<T, float>(from), to);
            return;
        }
        for (int i = 0, at = 0; i < from.Length; i++, at += stride)
            to[at] = double.CreateTruncating(from[i]);
    }

    private static void RequireBytes(ByteSource source, Header header)
    {
        double wanted = header.ItemSize;
        foreach (long side in header.Shape)
            wanted *= side;
        long found = source.Length - header.DataStart;
        if (found < wanted)
            throw new InputException($"{source.Name} is truncated: its header says {header.ShapeText} entries of {header.Type}, {wanted:0} bytes, and {Math.Max(0, found)} follow");
    }

    private static InputException TooLarge(ByteSource source, Header header) =>
        new($"{source.Name} has the shape {header.ShapeText}, {header.Shape.Aggregate(8.0, (bytes, side) => bytes * side) / 1e9:0.#} GB in memory; at most {8.0 * Array.MaxLength / 1e9:0.#} GB are allowed");

    private static Header ReadHeader(ByteSource source)
    {
        Span<byte> head = stackalloc byte[12];
        if (source.Read(0, head) < 10)
            throw new InputException($"{source.Name} is a truncated .npy file: its header is incomplete");
        int version = head[6];
        if (version is < 1 or > 3)
            throw new InputException($"{source.Name} has .npy version {version}; it must be 1, 2 or 3");
        long start = version == 1 ? 10 : 12;
        long length = version == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(head[8..]) : BinaryPrimitives.ReadUInt32LittleEndian(head[8..]);
        if (start + length > source.Length)
            throw new InputException($"{source.Name} is a truncated .npy file: its header is incomplete");
        var text = new byte[length];
        source.Read(start, text);
        return Parse(source.Name, Encoding.UTF8.GetString(text), start + length);
    }

    private static Header Parse(string name, string text, long dataStart)
    {
        Match type = TypePattern().Match(text), order = OrderPattern().Match(text), shape = ShapePattern().Match(text);
        if (!type.Success || !order.Success || !shape.Success)
            throw new InputException($"{name} has the .npy header '{InputException.Shorten(text.Trim())}'; it must say descr (one type), fortran_order and shape");
        string[] sides = shape.Groups["value"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var numbers = new long[sides.Length];
        for (int i = 0; i < sides.Length; i++)
        {
            if (!long.TryParse(sides[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]))
                throw new InputException($"{name} has the shape ({shape.Groups["value"].Value}) in its .npy header; it must be whole numbers");
        }
        return new Header(type.Groups["value"].Value, order.Groups["value"].Value == "True", numbers, dataStart);
    }

    [GeneratedRegex("'descr'\\s*:\\s*'(?<value>[^']{2,12})'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TypePattern();

    [GeneratedRegex("'fortran_order'\\s*:\\s*(?<value>True|False)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OrderPattern();

    [GeneratedRegex("'shape'\\s*:\\s*\\((?<value>[^)]*)\\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ShapePattern();

    private sealed record Header(string Type, bool FortranOrder, long[] Shape, long DataStart)
    {
        public string ShapeText => $"({string.Join(", ", Shape)})";

        public int ItemSize => int.TryParse(Type.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out int size) ? size * (Type[1] == 'U' ? 4 : 1) : 1;
    }
}
