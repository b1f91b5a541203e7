using WeakToStrong.Data.Features;
using WeakToStrong.Data.Formats;
using WeakToStrong.Tables;

namespace WeakToStrong.Data.Experiment;

/// <summary>Finds and reads the four files of Fashion-MNIST.</summary>
internal static class FashionMnistFiles
{
    private const string DebianFolder = "/usr/share/datasets/fashion-mnist";
    private static readonly string[] Names = ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag",
        "Ankle boot"];

    /// <summary>Whether the data is where Debian's package puts it.</summary>
    public static bool IsInstalled => File.Exists(Path.Combine(DebianFolder, "train-images-idx3-ubyte.gz"));

    public static Dataset Read(string? folder)
    {
        string[] parts = ["train", "t10k"];
        (int[] Shape, byte[] Entries)[] images = [.. parts.Select(part => ReadPart(folder, $"{part}-images-idx3-ubyte.gz", 3))];
        (int[] Shape, byte[] Entries)[] labels = [.. parts.Select(part => ReadPart(folder, $"{part}-labels-idx1-ubyte.gz", 1))];
        int rows = images.Sum(image => image.Shape[0]), height = images[0].Shape[1], width = images[0].Shape[2];
        if (labels.Sum(label => label.Shape[0]) != rows)
            throw new InputException($"'{folder ?? DebianFolder}' has {rows} images and {labels.Sum(label => label.Shape[0])} labels; "
                + "there must be as many of each");
        byte[] pixels = [.. images[0].Entries, .. images[1].Entries];
        int[] classes = [.. labels.SelectMany(label => label.Entries).Select(label => (int)label)];
        return Dataset.OfImages(
            "fashion-mnist", new RawFeatures("fashion-mnist", pixels, rows,
                new FeatureShape(height * width, new ImageShape(height, width))), Labels.OfClasses("fashion-mnist", classes, Names),
            FeaturePipeline.Parse("pool:4x4 | standardise"), FeaturePipeline.Parse("patches:1600:6 | standardise"),
                new SplitSizes(2000, 20000, 10000));
    }

    private static (int[] Shape, byte[] Entries) ReadPart(string? folder, string file, int axes)
    {
        string path = Path.Combine(folder ?? DebianFolder, file);
        if (folder is not null && !File.Exists(path) && File.Exists(path[..^3]))
            path = path[..^3];
        if (!File.Exists(path))
            throw new InputException(folder is null
                ? $"fashion-mnist is not installed: '{path}' is missing; Debian's package dataset-fashion-mnist brings it, or --data-dir "
                    + "names a folder with its four IDX files"
                : $"--data-dir '{InputException.Shorten(folder)}' has no {file}; it must hold the four IDX files of fashion-mnist");
        using IDisposable? known = folder is null ? MemoryFile.AndOthers() : null;
        using ByteSource source = GzipFile.OpenUnpacked(path);
        return IdxFile.ReadBytes(source, axes);
    }
}
