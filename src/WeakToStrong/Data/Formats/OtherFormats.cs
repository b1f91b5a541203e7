namespace WeakToStrong.Data.Formats;

/// <summary>Formats that are not read: what they are, and how to turn them into one that is.</summary>
internal static class OtherFormats
{
    /// <summary>The refusal of a file by its first bytes, or null.</summary>
    /// <param name="path">The file.</param>
    /// <param name="head">Its first bytes.</param>
    public static InputException? Of(string path, ReadOnlySpan<byte> head) =>
        head is [0x80, >= 2 and <= 5, ..] ? Pickle(path)
        : head is [0x89, (byte)'H', (byte)'D', (byte)'F', ..]
            ? Refusal(path, "an HDF5 file", "import h5py, numpy; numpy.save('x.npy', h5py.File('FILE')['NAME'][:])")
        : head.StartsWith("FEA1"u8) ? Refusal(path, "a Feather file of version 1",
            "import pandas; pandas.read_feather('FILE').to_parquet('x.parquet')")
        : head.StartsWith("MATLAB 5"u8) ? Refusal(path, "a MATLAB file",
            "import scipy.io, numpy; numpy.save('x.npy', scipy.io.loadmat('FILE')['NAME'])")
        : null;

    /// <summary>The refusal of a zip archive by the names in it, or null.</summary>
    /// <param name="path">The file.</param>
    /// <param name="names">Names of the entries.</param>
    public static InputException? Archive(string path, IReadOnlyList<string> names) =>
        names.Any(name => name.EndsWith("data.pkl", StringComparison.Ordinal)) ? Torch(path)
        : names.Contains("[Content_Types].xml") ? new InputException(
            $"'{InputException.Shorten(path)}' is a workbook; save its sheet as CSV")
        : names.Count == 0 || names.Any(name => name.EndsWith(".npy", StringComparison.Ordinal)) ? null
        : new InputException($"'{InputException.Shorten(path)}' is a zip archive without .npy arrays; unpack it first");

    // What old versions of PyTorch saved, and Python's own pickles, begin alike.
    private static InputException Pickle(string path) =>
        path.EndsWith(".pt", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".pth", StringComparison.OrdinalIgnoreCase) ? Torch(path)
        : Refusal(path, "a Python pickle, which can run code when it is read",
            "import pickle, numpy; numpy.save('x.npy', numpy.asarray(pickle.load(open('FILE', 'rb'))))");

    private static InputException Torch(string path) =>
        Refusal(path, "a PyTorch file, which can run code when it is read",
            "import torch, numpy; numpy.save('x.npy', torch.load('FILE', map_location='cpu').float().numpy())");

    private static InputException Refusal(string path, string what, string python) =>
        new($"'{InputException.Shorten(path)}' is {what}; convert it with: python3 -c "
            + $"\"{python.Replace("FILE", path, StringComparison.Ordinal)}\"");
}
