using System.IO.Compression;
using WeakToStrong.Tables;

namespace WeakToStrong.Data.Formats;

/// <summary>NumPy's .npz: a zip archive with one .npy file an array.</summary>
internal static class NpzFile
{
    /// <summary>Whether bytes are the beginning of a zip archive.</summary>
    public static bool Begins(ReadOnlySpan<byte> head) => head is [(byte)'P', (byte)'K', 3, 4, ..] or [(byte)'P', (byte)'K', 5, 6, ..];

    /// <summary>Opens one array; it is unpacked into memory and its checksum is compared.</summary>
    /// <param name="path">The archive.</param>
    /// <param name="source">Its bytes; closed.</param>
    /// <param name="name">Name of the array; null when there is one only.</param>
    public static RowFile Open(string path, ByteSource source, string? name)
    {
        using (source)
        {
            try
            {
                using var archive = new ZipArchive(new SourceStream(source), ZipArchiveMode.Read);
                string[] all = [.. archive.Entries.Select(entry => entry.FullName)];
                if (OtherFormats.Archive(path, all) is { } refusal)
                    throw refusal;
                string[] names = [.. all.Where(entry => entry.EndsWith(".npy", StringComparison.Ordinal)).Select(entry => entry[..^4])];
                string chosen = NamedArrays.Choose(source.Name, names,
                    name?.EndsWith(".npy", StringComparison.Ordinal) == true ? name[..^4] : name);
                return NpyFile.Open(Unpack(source.Name, archive.GetEntry($"{chosen}.npy")!, names.Length == 1 ? null : chosen));
            }
            catch (Exception e) when (
                e is InvalidDataException or EndOfStreamException or NotSupportedException or ArgumentException or OverflowException)
            {
                throw new InputException($"{source.Name} is not a whole .npz file: it is truncated or damaged", e);
            }
        }
    }

    private static ByteSource Unpack(string source, ZipArchiveEntry entry, string? name)
    {
        using Stream packed = entry.Open();
        using var checkedStream = new ChecksumStream(packed);
        ByteSource bytes = ByteSource.Of(name is null ? source : $"{source}:{InputException.Shorten(name)}", checkedStream);
        return bytes.Length == entry.Length && checkedStream.Checksum == entry.Crc32 ? bytes : throw new InvalidDataException();
    }

    /// <summary>Passes bytes on and keeps their CRC-32, which the system's zip reader does not compare.</summary>
    private sealed class ChecksumStream(Stream inner) : ReadOnlyStream
    {
        private static readonly uint[][] Tables = MakeTables();
        private uint _state = uint.MaxValue;

        public uint Checksum => ~_state;

        public override long Length => inner.Length;

        public override int Read(Span<byte> buffer)
        {
            int read = inner.Read(buffer);
            Add(buffer[..read]);
            return read;
        }

        // Eight bytes at a time, each through the table of its distance from the end.
        private void Add(ReadOnlySpan<byte> bytes)
        {
            uint state = _state;
            for (; bytes.Length >= 8; bytes = bytes[8..])
            {
                uint low = state ^ BitConverter.ToUInt32(bytes), high = BitConverter.ToUInt32(bytes[4..]);
                state = Tables[7][(byte)low] ^ Tables[6][(byte)(low >> 8)] ^ Tables[5][(byte)(low >> 16)] ^ Tables[4][low >> 24]
                    ^ Tables[3][(byte)high] ^ Tables[2][(byte)(high >> 8)] ^ Tables[1][(byte)(high >> 16)] ^ Tables[0][high >> 24];
            }
            foreach (byte b in bytes)
                state = (state >> 8) ^ Tables[0][(byte)(state ^ b)];
            _state = state;
        }

        private static uint[][] MakeTables()
        {
            uint[][] tables = [.. Enumerable.Range(0, 8).Select(_ => new uint[256])];
            for (uint i = 0; i < 256; i++)
            {
                uint value = i;
                for (int bit = 0; bit < 8; bit++)
                    value = (value >> 1) ^ ((value & 1) * 0xEDB88320);
                tables[0][i] = value;
            }
            for (int t = 1; t < 8; t++)
            {
                for (int i = 0; i < 256; i++)
                    tables[t][i] = (tables[t - 1][i] >> 8) ^ tables[0][(byte)tables[t - 1][i]];
            }
            return tables;
        }
    }
}
