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
        using ByteSource source = GzipFile.OpenUnpacked(path);
        return KindOf(source) switch
        {
            FileKind.Npy => NpyFile.ReadFeatures(source, options),
            FileKind.Idx => IdxFile.ReadFeatures(source),
            FileKind.Parquet => ParquetFile.ReadFeatures(source),
            _ => ReadCsv(source, options),
        };
    }

    internal static FileKind KindOf(ByteSource source)
    {
        Span<byte> head = stackalloc byte[8];
        head = head[..source.Read(0, head)];
        return head is [0x93, ..] && head[1..].StartsWith("NUMPY"u8) ? FileKind.Npy
            : head.StartsWith("PAR1"u8) ? FileKind.Parquet
            : head is [0, 0, >= 8 and <= 14, >= 1 and <= 4, ..] ? FileKind.Idx
            : FileKind.Text;
    }

    private static RawFeatures ReadCsv(ByteSource source, RunOptions options)
    {
        NumericTable table = NumericTable.ReadCsv(source, options);
        return new RawFeatures(source.Name, table.Values, null, table.Names);
    }
}

/// <summary>What a file holds, by its first bytes.</summary>
internal enum FileKind
{
    Text,
    Npy,
    Parquet,
    Idx,
}
