namespace WeakToStrong.Data.Formats;

/// <summary>Formats that are not read: what they are, and how to turn them into one that is.</summary>
internal static class OtherFormats
{
    /// <summary>The refusal of a file by its first bytes, or null.</summary>
    /// <param name="source">How messages call the file.</param>
    /// <param name="head">Its first bytes.</param>
    public static InputException? Of(string source, ReadOnlySpan<byte> head) =>
        head is [0x80, >= 2 and <= 5, ..] ? Pickle(source)
        : head is [0x89, (byte)'H', (byte)'D', (byte)'F', ..] ? Refusal(source, "an HDF5 file", "import h5py, numpy; numpy.save('x.npy', h5py.File('FILE')['NAME'][:])")
        : head.StartsWith("FEA1"u8) ? Refusal(source, "a Feather file of version 1", "import pandas; pandas.read_feather('FILE').to_parquet('x.parquet')")
        : head.StartsWith("MATLAB 5"u8) ? Refusal(source, "a MATLAB file", "import scipy.io, numpy; numpy.save('x.npy', scipy.io.loadmat('FILE')['NAME'])")
        : null;

    /// <summary>The refusal of a zip archive by the names in it, or null.</summary>
    /// <param name="source">How messages call the file.</param>
    /// <param name="names">Names of the entries.</param>
    public static InputException? Archive(string source, IReadOnlyList<string> names) =>
        names.Any(name => name.EndsWith("data.pkl", StringComparison.Ordinal)) ? Torch(source)
        : names.Contains("[Content_Types].xml") ? new InputException($"{source} is a workbook; save its sheet as CSV")
        : names.Count == 0 || names.Any(name => name.EndsWith(".npy", StringComparison.Ordinal)) ? null
        : new InputException($"{source} is a zip archive without .npy arrays; unpack it first");

    // What old versions of PyTorch saved, and Python's own pickles, begin alike.
    private static InputException Pickle(string source)
    {
        string path = source.Trim('\'');
        return path.EndsWith(".pt", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".pth", StringComparison.OrdinalIgnoreCase) ? Torch(source)
            : Refusal(source, "a Python pickle, which can run code when it is read", "import pickle, numpy; numpy.save('x.npy', numpy.asarray(pickle.load(open('FILE', 'rb'))))");
    }

    private static InputException Torch(string source) =>
        Refusal(source, "a PyTorch file, which can run code when it is read", "import torch, numpy; numpy.save('x.npy', torch.load('FILE', map_location='cpu').float().numpy())");

    private static InputException Refusal(string source, string what, string python) =>
        new($"{source} is {what}; convert it with: python3 -c \"{python.Replace("FILE", source.Trim('\''), StringComparison.Ordinal)}\"");
}
