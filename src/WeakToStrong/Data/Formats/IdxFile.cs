using System.Buffers.Binary;
using WeakToStrong.Tables;

namespace WeakToStrong.Data.Formats;

/// <summary>
/// The IDX format of the MNIST family: two zero bytes, a type, the number of axes, their big-endian lengths, and the entries. Unsigned bytes are
/// read: labels (one axis) and images (three).
/// </summary>
internal static class IdxFile
{
    private const byte UnsignedByte = 8;

    public static RawFeatures ReadFeatures(ByteSource source)
    {
        (int[] shape, byte[] entries) = Read(source);
        int columns = shape.Skip(1).Aggregate(1, (product, side) => product * side);
        return new RawFeatures(source.Name, entries, shape[0], new FeatureShape(columns, shape is [_, int height, int width] ? new ImageShape(height, width) : null));
    }

    /// <summary>Axis lengths and entries.</summary>
    public static (int[] Shape, byte[] Entries) Read(ByteSource source)
    {
        Span<byte> head = stackalloc byte[20];
        int length = source.Read(0, head), axes = head[3];
        if (length < 4 + (4 * axes))
            throw new InputException($"{source.Name} is a truncated IDX file: its header is incomplete");
        if (head[2] != UnsignedByte)
            throw new InputException($"{source.Name} is an IDX file of type {head[2]}; it must be 8, unsigned bytes");
        var shape = new int[axes];
        double product = 1;
        for (int axis = 0; axis < axes; axis++)
        {
            shape[axis] = BinaryPrimitives.ReadInt32BigEndian(head[(4 + (4 * axis))..]);
            product *= shape[axis];
        }
        long found = source.Length - 4 - (4 * axes);
        if (product < 0 || product > found)
            throw new InputException($"{source.Name} is truncated: its header says {string.Join(" x ", shape)} = {product:0} bytes, and {found} follow");
        MemoryNeed.Check($"reading {source.Name}", (long)product, 1);
        var entries = new byte[(long)product];
        source.Read(4 + (4 * axes), entries);
        return (shape, entries);
    }
}
