using System.IO.Compression;
using WeakToStrong.Tables;

namespace WeakToStrong.Data.Formats;

/// <summary>
/// Reads features from a file by what it holds, whatever its name: NumPy's .npy, Parquet, IDX images, any of them or CSV within gzip, and otherwise
/// CSV with a header.
/// </summary>
public static class FeatureFile
{
    /// <summary>Reads all rows.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <exception cref="InputException">The file is absent, truncated, ragged, has a cell that is not a finite number, or would not fit into memory; the
    /// message names file, row and column.</exception>
    public static RawFeatures Read(string path, RunOptions? options = null)
    {
        options ??= RunOptions.Default;
        using ByteSource source = OpenUnpacked(path);
        return KindOf(source) switch
        {
            FileKind.Npy => NpyFile.ReadFeatures(source, options),
            FileKind.Idx => IdxFile.ReadFeatures(source),
            FileKind.Parquet => ParquetFile.ReadFeatures(source),
            _ => ReadCsv(source, options),
        };
    }

    /// <summary>Opens a file, unpacked when it is gzip.</summary>
    internal static ByteSource OpenUnpacked(string path)
    {
        ByteSource file = ByteSource.Open(path);
        if (KindOf(file) != FileKind.Gzip)
            return file;
        using (file)
            return new ByteSource(file.Name, Unpack(file));
    }

    internal static FileKind KindOf(ByteSource source)
    {
        Span<byte> head = stackalloc byte[8];
        head = head[..source.Read(0, head)];
        return head is [0x93, ..] && head[1..].StartsWith("NUMPY"u8) ? FileKind.Npy
            : head.StartsWith("PAR1"u8) ? FileKind.Parquet
            : head is [0x1F, 0x8B, ..] ? FileKind.Gzip
            : head is [0, 0, >= 8 and <= 14, >= 1 and <= 4, ..] ? FileKind.Idx
            : FileKind.Text;
    }

    private static RawFeatures ReadCsv(ByteSource source, RunOptions options)
    {
        NumericTable table = NumericTable.ReadCsv(source, options);
        return new RawFeatures(source.Name, table.Values, null, table.Names);
    }

    /// <summary>The unpacked contents; the length in the last four bytes proves that nothing is missing.</summary>
    internal static byte[] Unpack(ByteSource file)
    {
        var packed = new byte[file.Length];
        file.Read(0, packed);
        uint length = packed.Length < 18 ? 0 : BitConverter.ToUInt32(packed, packed.Length - 4);
        // Nothing packs tighter than 1032 to 1: a larger length is not a length but the middle of a truncated file.
        if (length / 1032 > packed.Length)
            throw Truncated(file.Name, null);
        if (length > Array.MaxLength)
            throw new InputException($"{file.Name} unpacks to {length} bytes or more; at most {Array.MaxLength} are allowed, so unpack it first");
        MemoryNeed.Check($"unpacking {file.Name}", length, 1);
        var unpacked = new byte[length];
        try
        {
            using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
            return packed.Length >= 18 && gzip.ReadAtLeast(unpacked, unpacked.Length, throwOnEndOfStream: false) == unpacked.Length && gzip.ReadByte() < 0
                ? unpacked : throw Truncated(file.Name, null);
        }
        catch (InvalidDataException e)
        {
            throw Truncated(file.Name, e);
        }
    }

    private static InputException Truncated(string name, Exception? cause) => new($"{name} is not a whole gzip file: it is truncated or damaged", cause);
}

/// <summary>What a file holds, by its first bytes.</summary>
internal enum FileKind
{
    Text,
    Npy,
    Parquet,
    Gzip,
    Idx,
}
