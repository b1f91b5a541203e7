namespace WeakToStrong.Data.Formats;

/// <summary>
/// Reads features from a file by what it holds, whatever its name: NumPy's .npy and .npz, .safetensors, Parquet, Arrow (Feather), IDX
/// images, any of them or CSV within gzip, and otherwise CSV with a header. Of .npz and .safetensors with several arrays,
/// <c>PATH:NAME</c> chooses one.
/// </summary>
public static class FeatureFile
{
    /// <summary>Reads all rows into memory.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <exception cref="InputException">The file is absent, truncated, ragged, has a cell that is not a finite number, or would not fit
    /// into memory; the message names file, row and column.</exception>
    public static RawFeatures Read(string path, RunOptions? options = null)
    {
        using FeatureReader reader = FeatureReader.Open(path, null, options);
        return reader.ReadAll(options);
    }
}
