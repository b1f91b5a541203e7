namespace WeakToStrong.Data.Formats;

/// <summary>Whole numbers as Parquet packs levels and places: runs of one number, and groups of eight in a fixed number of bits.</summary>
internal static class HybridRuns
{
    /// <summary>The first numbers.</summary>
    /// <param name="bytes">The packed runs.</param>
    /// <param name="width">Bits of a number, 0 to 31.</param>
    /// <param name="count">How many numbers are wanted.</param>
    /// <exception cref="InvalidDataException">There are fewer.</exception>
    public static int[] Decode(ReadOnlySpan<byte> bytes, int width, int count)
    {
        int[] numbers = new int[count];
        for (int done = 0; done < count;)
        {
            uint head = Varint(ref bytes);
            bool isPacked = (head & 1) == 1;
            int length = (int)Math.Min(isPacked ? 8L * (head >> 1) : head >> 1, count - done);
            long used = isPacked ? (long)width * (head >> 1) : (width + 7) / 8;
            // The last group may be cut behind the last number.
            long needed = isPacked ? (((long)width * length) + 7) / 8 : used;
            if (length == 0 || needed > bytes.Length)
                throw new InvalidDataException();
            Span<int> into = numbers.AsSpan(done, length);
            if (isPacked)
                Unpack(bytes, width, into);
            else
                into.Fill(Whole(bytes[..(int)used]));
            bytes = bytes[(int)Math.Min(used, bytes.Length)..];
            done += length;
        }
        return numbers;
    }

    private static void Unpack(ReadOnlySpan<byte> bytes, int width, Span<int> numbers)
    {
        ulong held = 0;
        int bits = 0, next = 0;
        for (int i = 0; i < numbers.Length; i++)
        {
            for (; bits < width; bits += 8)
                held |= (ulong)bytes[next++] << bits;
            numbers[i] = (int)(held & ((1UL << width) - 1));
            held >>= width;
            bits -= width;
        }
    }

    private static int Whole(ReadOnlySpan<byte> bytes)
    {
        int value = 0;
        for (int i = 0; i < bytes.Length; i++)
            value |= bytes[i] << (8 * i);
        return value;
    }

    private static uint Varint(ref ReadOnlySpan<byte> bytes)
    {
        uint value = 0;
        for (int shift = 0; shift < 35 && bytes.Length > 0; shift += 7)
        {
            byte part = bytes[0];
            bytes = bytes[1..];
            value |= (uint)(part & 127) << shift;
            if (part < 128)
                return value;
        }
        throw new InvalidDataException();
    }
}
