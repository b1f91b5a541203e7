using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using WeakToStrong.Tables;

namespace WeakToStrong.Data.Formats;

/// <summary>
/// NumPy's .npy format, versions 1 to 3: a magic string, a header written as a Python dictionary (descr, fortran_order, shape), and the raw
/// entries: numbers, or words of fixed length.
/// </summary>
internal static partial class NpyFile
{
    private const int LongestHeader = 1 << 20;

    private static readonly Dictionary<string, ElementType> Types = new(StringComparer.Ordinal)
    {
        ["f8"] = ElementType.Float64,
        ["f4"] = ElementType.Float32,
        ["f2"] = ElementType.Float16,
        ["i8"] = ElementType.Int64,
        ["i4"] = ElementType.Int32,
        ["i2"] = ElementType.Int16,
        ["i1"] = ElementType.Int8,
        ["u8"] = ElementType.UInt64,
        ["u4"] = ElementType.UInt32,
        ["u2"] = ElementType.UInt16,
        ["u1"] = ElementType.UInt8,
        ["b1"] = ElementType.UInt8,
    };

    /// <summary>Whether bytes are the beginning of such a file.</summary>
    public static bool Begins(ReadOnlySpan<byte> head) => head is [0x93, ..] && head[1..].StartsWith("NUMPY"u8);

    /// <summary>Opens a file.</summary>
    /// <param name="source">Its bytes; closed with the result.</param>
    public static RowFile Open(ByteSource source)
    {
        (string type, bool firstAxisFastest, long[] shape, long start) = ReadHeader(source);
        bool bigEndian = type[0] == '>';
        if (Types.TryGetValue(type[1..], out ElementType element))
            return new NumberArray(source, new ArrayLayout(element, shape, start, bigEndian, firstAxisFastest, type));
        if (type[1] is 'U' or 'S' && int.TryParse(type.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out int length)
            && length is > 0 and < 1 << 24)
            return new WordArray(source, shape, start, type[1] == 'S' ? length : 4 * length, type[1] == 'S' ? null : bigEndian);
        throw new InputException(
            $"{source.Name} holds {InputException.Shorten(Describe(type))}; it must hold numbers or words, such as <f8, <f4, <i8 or <U10");
    }

    private static string Describe(string type) => type[1] switch
    {
        'O' => "Python objects (type '|O')",
        'c' => $"complex numbers (type '{type}')",
        'M' or 'm' => $"dates or times (type '{type}')",
        _ => $"entries of type '{type}'",
    };

    private static (string Type, bool FirstAxisFastest, long[] Shape, long Start) ReadHeader(ByteSource source)
    {
        Span<byte> head = stackalloc byte[12];
        if (source.Read(0, head) < 10)
            throw new InputException($"{source.Name} is a truncated .npy file: its header is incomplete");
        int version = head[6];
        if (version is < 1 or > 3)
            throw new InputException($"{source.Name} has .npy version {version}; it must be 1, 2 or 3");
        long start = version == 1 ? 10 : 12;
        long length = version == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(head[8..])
            : BinaryPrimitives.ReadUInt32LittleEndian(head[8..]);
        if (start + length > source.Length)
            throw new InputException($"{source.Name} is a truncated .npy file: its header is incomplete");
        if (length > LongestHeader)
            throw new InputException($"{source.Name} has a .npy header of {length} bytes; at most {LongestHeader} are allowed");
        byte[] text = new byte[length];
        source.Read(start, text);
        return Parse(source.Name, Encoding.UTF8.GetString(text), start + length);
    }

    private static (string Type, bool FirstAxisFastest, long[] Shape, long Start) Parse(string name, string text, long start)
    {
        Match type = TypePattern().Match(text), order = OrderPattern().Match(text), shape = ShapePattern().Match(text);
        if (!type.Success || !order.Success || !shape.Success)
            throw new InputException($"{name} has the .npy header '{InputException.Shorten(text.Trim())}'; it must say descr (one type), "
                + "fortran_order and shape");
        string[] sides = shape.Groups["value"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        long[] numbers = new long[sides.Length];
        for (int i = 0; i < sides.Length; i++)
        {
            // Python 2 wrote long integers with an L.
            if (!long.TryParse(sides[i].TrimEnd('L'), NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]))
                throw new InputException($"{name} has the shape ({InputException.Shorten(shape.Groups["value"].Value)}) in its .npy "
                    + "header; it must be whole numbers");
        }
        return (type.Groups["value"].Value, order.Groups["value"].Value == "True", numbers, start);
    }

    [GeneratedRegex("'descr'\\s*:\\s*'(?<value>[<>=|][a-zA-Z][^']{0,10})'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TypePattern();

    [GeneratedRegex("'fortran_order'\\s*:\\s*(?<value>True|False)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OrderPattern();

    [GeneratedRegex("'shape'\\s*:\\s*\\((?<value>[^)]*)\\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ShapePattern();
}
