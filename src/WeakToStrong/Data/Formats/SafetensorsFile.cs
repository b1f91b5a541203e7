using System.Buffers.Binary;
using System.Text.Json;
using WeakToStrong.Tables;

namespace WeakToStrong.Data.Formats;

/// <summary>
/// Safetensors: eight bytes with the length of a header in JSON, which says type, shape and place of each named array, and the arrays.
/// </summary>
internal static class SafetensorsFile
{
    private const long LongestHeader = 100_000_000;

    private static readonly Dictionary<string, ElementType> Types = new(StringComparer.Ordinal)
    {
        ["F64"] = ElementType.Float64,
        ["F32"] = ElementType.Float32,
        ["F16"] = ElementType.Float16,
        ["BF16"] = ElementType.BFloat16,
        ["I64"] = ElementType.Int64,
        ["I32"] = ElementType.Int32,
        ["I16"] = ElementType.Int16,
        ["I8"] = ElementType.Int8,
        ["U64"] = ElementType.UInt64,
        ["U32"] = ElementType.UInt32,
        ["U16"] = ElementType.UInt16,
        ["U8"] = ElementType.UInt8,
        ["BOOL"] = ElementType.UInt8,
    };

    /// <summary>Whether a file begins like one: a length that is not absurd, and a brace.</summary>
    public static bool Begins(ReadOnlySpan<byte> head) => head.Length > 8 && head[8] == '{' && BinaryPrimitives.ReadUInt64LittleEndian(
        head) <= LongestHeader;

    /// <summary>Opens one array.</summary>
    /// <param name="source">The bytes of the file; closed with the result.</param>
    /// <param name="name">Name of the array; null when there is one only.</param>
    public static NumberArray Open(ByteSource source, string? name)
    {
        Span<byte> head = stackalloc byte[8];
        source.Read(0, head);
        long length = (long)BinaryPrimitives.ReadUInt64LittleEndian(head);
        if (length > source.Length - 8)
            throw new InputException($"{source.Name} is a truncated .safetensors file: its header of {length} bytes is incomplete");
        byte[] text = new byte[length];
        source.Read(8, text);
        try
        {
            using JsonDocument header = JsonDocument.Parse(text);
            string[] names = [.. header.RootElement.EnumerateObject().Select(entry => entry.Name).Where(entry => entry != "__metadata__")];
            string chosen = NamedArrays.Choose(source.Name, names, name);
            return new NumberArray(source, Layout(source, chosen, header.RootElement.GetProperty(chosen), 8 + length));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new InputException($"{source.Name} is not a whole .safetensors file: its header is damaged", e);
        }
    }

    private static ArrayLayout Layout(ByteSource source, string name, JsonElement entry, long data)
    {
        string dtype = entry.GetProperty("dtype").GetString()!;
        long[] shape = [.. entry.GetProperty("shape").EnumerateArray().Select(side => side.GetInt64())];
        long[] place = [.. entry.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt64())];
        if (!Types.TryGetValue(dtype, out ElementType type))
            throw new InputException($"{source.Name} holds '{InputException.Shorten(name)}' as {InputException.Shorten(dtype)}; it must be "
                + $"one of {string.Join(", ", Types.Keys)}");
        double bytes = shape.Aggregate((double)type.Size(), (product, side) => product * side);
        if (place is not [long from, long to] || from < 0 || shape.Any(side => side < 0) || bytes != (double)to - from)
            throw new InputException($"{source.Name} is damaged: its header gives '{InputException.Shorten(name)}' a place that does not "
                + $"fit its shape ({string.Join(", ", shape)})");
        if (to > source.Length - data)
            throw new InputException(
                $"{source.Name} is truncated: '{InputException.Shorten(name)}' ends at byte {data + to}, and the file has {source.Length}");
        return new ArrayLayout(type, shape, data + from, TypeName: dtype);
    }
}
