using System.Buffers.Binary;

namespace WeakToStrong.Fuzz;

/// <summary>Changes a file as carelessness, damage and malice do; the same seed gives the same file.</summary>
internal static class Mutation
{
    // No digit 0 and no four bytes of zeros: a zero that is read then is one that nobody wrote.
    private static readonly long[] Lengths = [-1, 0x100000001, 0x7F0000007F, 0xFF000000FF, 0x7FFF00007FFF, 0x7FFFFFFF7FFFFFFF,
        -0x7FFFFFFE7FFFFFFF, 0x7FFFFFFFFFFFFFFF, -0x7FFEFFFE7FFEFFFF];
    private static readonly string[] Words = ["\"", ",", ";", "\n", "\r\n", "nan", "1e999", "-", "'", "L", "True", "[[", "]]", "{", "}",
        ":", "=", "\t", "\u00e9", "1e", "9999999999999999999"];

    /// <summary>A changed copy.</summary>
    public static byte[] Of(byte[] whole, int seed)
    {
        var random = new Random(seed);
        List<byte> bytes = [.. whole];
        for (int change = random.Next(1, 5); change > 0 && bytes.Count > 0; change--)
            Change(bytes, random);
        return [.. bytes];
    }

    private static void Change(List<byte> bytes, Random random)
    {
        // Half of the changes hit the first or last bytes, where headers and footers are.
        int at = random.Next(4) switch
        {
            0 => random.Next(Math.Min(bytes.Count, 160)),
            1 => bytes.Count - 1 - random.Next(Math.Min(bytes.Count, 600)),
            _ => random.Next(bytes.Count),
        };
        int length = Math.Min(bytes.Count - at, 1 + (random.Next(3) == 0 ? random.Next(bytes.Count) : random.Next(12)));
        switch (random.Next(9))
        {
            case 0: bytes[at] = NotZero((byte)(bytes[at] ^ (1 << random.Next(8)))); break;
            case 1: bytes[at] = NotZero((byte)random.Next(1, 256)); break;
            case 2: bytes.RemoveRange(at, length); break;
            case 3: bytes.InsertRange(at, bytes.GetRange(random.Next(bytes.Count - length + 1), length)); break;
            case 4: bytes.InsertRange(at, Enumerable.Range(0, Math.Min(length, 40)).Select(_ => (byte)random.Next(49, 256))); break;
            case 5: bytes.RemoveRange(at, bytes.Count - at); break;
            case 6: Overwrite(bytes, at, random); break;
            case 7: bytes.InsertRange(at, System.Text.Encoding.UTF8.GetBytes(Words[random.Next(Words.Length)])); break;
            default: bytes[at] = 0; break;
        }
    }

    // A digit 0 would be a zero that somebody wrote.
    private static byte NotZero(byte changed) => changed == (byte)'0' ? (byte)'1' : changed;

    private static void Overwrite(List<byte> bytes, int at, Random random)
    {
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(number, Lengths[random.Next(Lengths.Length)]);
        int size = random.Next(2) == 0 ? 4 : 8;
        if (random.Next(4) == 0)
            number[..size].Reverse();
        for (int i = 0; i < size && at + i < bytes.Count; i++)
            bytes[at + i] = number[i];
    }
}
