using System.Buffers.Binary;
using WeakToStrong.Tables;

namespace WeakToStrong.Data.Formats;

/// <summary>
/// Checks what Arrow's reader takes on trust: that the buffers of a batch lie within its body, one behind the other. Otherwise a
/// damaged place would turn the bytes of one column, or the zeros between columns, into numbers of another. The descriptions are
/// tables in FlatBuffers' layout.
/// </summary>
internal static class ArrowHeaders
{
    private const int BlockSize = 24, LongestMessage = 1 << 28;
    private const int FooterBatches = 3, MessageHeader = 2, BatchBuffers = 2;

    /// <summary>Throws when a batch's buffers cannot be right.</summary>
    /// <exception cref="InvalidDataException">They cannot.</exception>
    public static void Check(ByteSource source)
    {
        byte[] tail = Read(source, source.Length - 10, 10);
        int length = BinaryPrimitives.ReadInt32LittleEndian(tail);
        byte[] footer = Read(source, source.Length - 10 - length, length);
        int root = Follow(footer, 0);
        int blocks = Vector(footer, root, FooterBatches, BlockSize, out int count);
        for (int b = 0; b < count; b++)
        {
            ReadOnlySpan<byte> block = footer.AsSpan(blocks + (b * BlockSize), BlockSize);
            CheckBatch(
                Read(source, BinaryPrimitives.ReadInt64LittleEndian(block), BinaryPrimitives.ReadInt32LittleEndian(block[8..])),
                BinaryPrimitives.ReadInt64LittleEndian(block[16..]));
        }
    }

    private static void CheckBatch(byte[] message, long body)
    {
        // Since version 0.15 the length of the description has four bytes of ones before it.
        int start = message.Length >= 8 && BinaryPrimitives.ReadUInt32LittleEndian(message) == uint.MaxValue ? 8 : 4;
        byte[] table = message[Math.Min(start, message.Length)..];
        int header = Field(table, Follow(table, 0), MessageHeader);
        if (header < 0)
            throw new InvalidDataException();
        int buffers = Vector(table, Follow(table, header), BatchBuffers, 16, out int count);
        var places = new List<(long From, long To)>();
        for (int i = 0; i < count; i++)
        {
            long from = BinaryPrimitives.ReadInt64LittleEndian(table.AsSpan(buffers + (16 * i))),
                length = BinaryPrimitives.ReadInt64LittleEndian(table.AsSpan(buffers + (16 * i) + 8));
            if (from < 0 || length < 0 || from > body - length)
                throw new InvalidDataException();
            if (length > 0)
                places.Add((from, from + length));
        }
        places.Sort();
        for (int i = 1; i < places.Count; i++)
        {
            if (!IsNext(places[i - 1].To, places[i].From))
                throw new InvalidDataException();
        }
    }

    // A buffer begins at the next multiple of the alignment, which is 8 in the format and 64 as recommended.
    private static bool IsNext(long end, long start)
    {
        for (long alignment = 8; alignment <= 256; alignment *= 2)
        {
            if (start == (end + alignment - 1) / alignment * alignment)
                return true;
        }
        return false;
    }

    private static byte[] Read(ByteSource source, long from, long length)
    {
        if (from < 0 || length < 0 || length > LongestMessage || from > source.Length - length)
            throw new InvalidDataException();
        byte[] bytes = new byte[length];
        source.Read(from, bytes);
        return bytes;
    }

    // Where a relative offset leads.
    private static int Follow(byte[] bytes, int at) => Inside(bytes, at
        + (long)BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(Inside(bytes, at, 4))), 4);

    // Where a table's field stands, by the list of places that the table points back to; -1 when it is left out.
    private static int Field(byte[] bytes, int table, int field)
    {
        int list = Inside(bytes, table - (long)BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(table)), 4);
        int size = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(list)), entry = 4 + (2 * field);
        int place = entry + 2 <= size ? BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(Inside(bytes, list + (long)entry, 2))) : 0;
        return place == 0 ? -1 : Inside(bytes, table + (long)place, 4);
    }

    // Where the elements of a list stand.
    private static int Vector(byte[] bytes, int table, int field, int size, out int count)
    {
        int at = Field(bytes, table, field);
        count = 0;
        if (at < 0)
            return 0;
        int vector = Follow(bytes, at);
        count = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(vector));
        if (count < 0)
            throw new InvalidDataException();
        return Inside(bytes, vector + 4L, (long)count * size);
    }

    private static int Inside(byte[] bytes, long at, long length) =>
        at >= 0 && length >= 0 && at <= bytes.Length - length ? (int)at : throw new InvalidDataException();
}
