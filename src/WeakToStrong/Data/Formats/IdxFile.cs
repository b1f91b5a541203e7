using System.Buffers.Binary;
using WeakToStrong.Tables;

namespace WeakToStrong.Data.Formats;

/// <summary>The IDX format of the MNIST family: two zero bytes, a type, the number of axes, their big-endian lengths, and the
/// entries, big-endian too.</summary>
internal static class IdxFile
{
    private static readonly Dictionary<int, ElementType> Types = new()
    {
        [8] = ElementType.UInt8,
        [9] = ElementType.Int8,
        [11] = ElementType.Int16,
        [12] = ElementType.Int32,
        [13] = ElementType.Float32,
        [14] = ElementType.Float64,
    };

    /// <summary>Whether bytes are the beginning of such a file.</summary>
    public static bool Begins(ReadOnlySpan<byte> head) => head is [0, 0, >= 8 and <= 14, >= 1 and <= 4, ..];

    /// <summary>Axis lengths and entries of a file of unsigned bytes.</summary>
    /// <param name="source">Its bytes.</param>
    /// <param name="axes">How many axes it must have.</param>
    public static (int[] Shape, byte[] Entries) ReadBytes(ByteSource source, int axes)
    {
        Span<byte> head = stackalloc byte[4];
        if (source.Read(0, head) < 4 || !Begins(head))
            throw new InputException($"{source.Name} is not an IDX file");
        if (head[3] != axes)
            throw new InputException($"{source.Name} has {head[3]} axes; it must have {axes}");
        NumberArray array = Open(source);
        byte[] entries = array.Bytes8() ?? throw new InputException(
            $"{source.Name} is an IDX file of type {head[2]}; it must be 8, unsigned bytes");
        return ([.. array.Shape.Select(side => (int)side)], entries);
    }

    /// <summary>Opens a file.</summary>
    /// <param name="source">Its bytes; closed with the result.</param>
    public static NumberArray Open(ByteSource source)
    {
        Span<byte> head = stackalloc byte[20];
        int length = source.Read(0, head), axes = head[3];
        if (length < 4 + (4 * axes))
            throw new InputException($"{source.Name} is a truncated IDX file: its header is incomplete");
        if (!Types.TryGetValue(head[2], out ElementType type))
            throw new InputException(
                $"{source.Name} is an IDX file of type {head[2]}; it must be 8, unsigned bytes, or another kind of numbers");
        long[] shape = new long[axes];
        for (int axis = 0; axis < axes; axis++)
            shape[axis] = BinaryPrimitives.ReadUInt32BigEndian(head[(4 + (4 * axis))..]);
        return new NumberArray(source, new ArrayLayout(type, shape, 4 + (4 * axes), BigEndian: true, TypeName: type == ElementType.UInt8
            ? "one byte" : $"type {head[2]}"));
    }
}
