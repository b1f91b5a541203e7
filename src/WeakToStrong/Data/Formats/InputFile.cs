using WeakToStrong.Tables;

namespace WeakToStrong.Data.Formats;

/// <summary>
/// Opens a file by what it holds, whatever its name: NumPy's .npy and .npz, .safetensors, Parquet, Arrow (Feather), IDX, any of them or
/// delimited text within gzip, and otherwise delimited text.
/// </summary>
internal static class InputFile
{
    /// <summary>Opens a file.</summary>
    /// <param name="text">Its path; of files that hold several arrays, <c>PATH:NAME</c>.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <param name="headerOptional">Whether the first line of delimited text may be a row.</param>
    /// <exception cref="InputException">It is absent, of a format that is not read, or damaged.</exception>
    public static RowFile Open(string text, RunOptions options, bool headerOptional = false)
    {
        (string path, string? name) = NamedArrays.Split(text);
        ByteSource source = GzipFile.OpenUnpacked(path);
        try
        {
            return Open(path, source, name, options, headerOptional);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    private static RowFile Open(string path, ByteSource source, string? name, RunOptions options, bool headerOptional)
    {
        Span<byte> start = stackalloc byte[16];
        ReadOnlySpan<byte> head = start[..source.Read(0, start)];
        if (OtherFormats.Of(path, head) is { } refusal)
            throw refusal;
        if (NpzFile.Begins(head))
            return NpzFile.Open(path, source, name);
        if (SafetensorsFile.Begins(head))
            return SafetensorsFile.Open(source, name);
        if (name is not null)
            throw new InputException(
                $"{source.Name} holds no arrays with names; ':{InputException.Shorten(name)}' belongs behind a .npz or .safetensors file");
        return NpyFile.Begins(head) ? NpyFile.Open(source)
            : head.StartsWith("PAR1"u8) ? ParquetFile.Open(source)
            : ArrowFile.Begins(head) ? ArrowFile.Open(source)
            : IdxFile.Begins(head) ? IdxFile.Open(source)
            : new CsvFile(source, options, headerOptional);
    }
}
