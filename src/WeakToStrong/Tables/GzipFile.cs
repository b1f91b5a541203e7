using System.IO.Compression;

namespace WeakToStrong.Tables;

/// <summary>
/// Gzip: one or several members, and zeros behind them, as tapes and block devices leave them. The system's reader checks each member's
/// checksum but takes the end of the input for the end of a member; so a mark of our own is put behind the last member, and only
/// when the mark comes out whole at the end was the input whole.
/// </summary>
internal static class GzipFile
{
    // A member's last bytes may be zeros themselves: of its length, of its checksum, and of an empty member's contents.
    private const int MostFinalZeros = 16;
    private static readonly byte[] Mark = [.. "the end, whole"u8, 0, 1, 2, 3, 254, 255];
    private static readonly byte[] PackedMark = Pack(Mark);

    /// <summary>Opens a file, unpacked when it is gzip.</summary>
    /// <exception cref="InputException">It cannot be read, or is truncated or damaged.</exception>
    public static ByteSource OpenUnpacked(string path)
    {
        ByteSource file = ByteSource.Open(path);
        Span<byte> head = stackalloc byte[2];
        head = head[..file.Read(0, head)];
        if (head is not [0x1F, 0x8B])
            return file;
        using (file)
            return Unpack(file);
    }

    /// <summary>The unpacked contents.</summary>
    /// <param name="file">A gzip file.</param>
    /// <exception cref="InputException">It is truncated or damaged, or what it holds does not fit into memory.</exception>
    public static ByteSource Unpack(ByteSource file)
    {
        long end = EndWithoutZeros(file);
        if (file.Length - end <= MostFinalZeros && TryUnpack(file, file.Length) is { } whole)
            return whole;
        for (long length = end; length <= Math.Min(file.Length - 1, end + MostFinalZeros); length++)
        {
            if (TryUnpack(file, length) is { } unpacked)
                return unpacked;
        }
        throw new InputException($"{file.Name} is not a whole gzip file: it is truncated or damaged");
    }

    private static ByteSource? TryUnpack(ByteSource file, long length)
    {
        try
        {
            using var marked = new MarkedStream(file, length);
            using var gzip = new GZipStream(marked, CompressionMode.Decompress);
            ByteSource unpacked = ByteSource.Of(file.Name, gzip);
            Span<byte> last = stackalloc byte[Mark.Length];
            return unpacked.Length >= last.Length && unpacked.Read(unpacked.Length - last.Length, last) == last.Length
                && last.SequenceEqual(Mark)
                ? unpacked.First(unpacked.Length - last.Length) : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static long EndWithoutZeros(ByteSource file)
    {
        Span<byte> tail = stackalloc byte[4096];
        long end = file.Length;
        while (end > 0)
        {
            long from = Math.Max(0, end - tail.Length);
            Span<byte> part = tail[..(int)(end - from)];
            file.Read(from, part);
            int last = part.LastIndexOfAnyExcept((byte)0);
            if (last >= 0)
                return from + last + 1;
            end = from;
        }
        return end;
    }

    private static byte[] Pack(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.NoCompression))
            gzip.Write(bytes);
        return packed.ToArray();
    }

    /// <summary>The first bytes of a file, and the packed mark behind them.</summary>
    private sealed class MarkedStream(ByteSource file, long length) : ReadOnlyStream
    {
        public override long Length => length + PackedMark.Length;

        public override int Read(Span<byte> buffer)
        {
            int read;
            if (Position < length)
            {
                read = file.Read(Position, buffer[..(int)Math.Min(buffer.Length, length - Position)]);
            }
            else
            {
                ReadOnlySpan<byte> rest = PackedMark.AsSpan((int)Math.Min(Position - length, PackedMark.Length));
                read = Math.Min(rest.Length, buffer.Length);
                rest[..read].CopyTo(buffer);
            }
            Position += read;
            return read;
        }
    }
}
