using System.Text;
using WeakToStrong.Data.Features;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Ridge;
using WeakToStrong.Tables;

namespace WeakToStrong.Data.Experiment;

/// <summary>Labelled examples with weak features for the teacher and strong ones for the student, matched row by row.</summary>
public sealed class Dataset
{
    /// <summary>Examples from their parts.</summary>
    /// <param name="name">How results call the data.</param>
    /// <param name="labels">A label for each row, or none.</param>
    /// <param name="weak">The teacher's raw features.</param>
    /// <param name="strong">The student's raw features; may be the same object.</param>
    /// <param name="split">A split that is to be used as it is, or null.</param>
    /// <exception cref="InputException">The numbers of rows differ.</exception>
    public Dataset(string name, Labels labels, RawFeatures weak, RawFeatures strong, RowSplit? split = null)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(weak);
        ArgumentNullException.ThrowIfNull(strong);
        RequireRows(weak.Source, weak.Count, "the labels", labels.Count);
        RequireRows(strong.Source, strong.Count, "the labels", labels.Count);
        Name = name;
        Labels = labels;
        _weak = weak;
        Strong = strong;
        Split = split;
    }

    /// <summary>Examples whose weak labels are given.</summary>
    /// <param name="name">How results call the data.</param>
    /// <param name="labels">A label for each row, or none.</param>
    /// <param name="weak">Weak labels, for the student's and test rows at least.</param>
    /// <param name="strong">The student's raw features.</param>
    /// <param name="split">A split that is to be used as it is, or null.</param>
    /// <exception cref="InputException">The numbers of rows differ.</exception>
    /// <exception cref="ArgumentException">The weak labels are not of the true labels' classes.</exception>
    public Dataset(string name, Labels labels, WeakLabels weak, RawFeatures strong, RowSplit? split = null)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(weak);
        ArgumentNullException.ThrowIfNull(strong);
        RequireRows(weak.Source, weak.Count, "the labels", labels.Count);
        RequireRows(strong.Source, strong.Count, "the labels", labels.Count);
        if (weak.Outputs != (labels.IsClassification ? labels.ClassNames.Count : 1))
            throw new ArgumentException($"there are {weak.Outputs} weak scores a row, which do not fit the labels", nameof(weak));
        Name = name;
        Labels = labels;
        WeakLabels = weak;
        Strong = strong;
        Split = split;
    }

    private readonly RawFeatures? _weak;

    /// <summary>How results call the data.</summary>
    public string Name { get; }

    /// <summary>A label for each row, or none.</summary>
    public Labels Labels { get; }

    /// <summary>Names of the rows, or null when they have none.</summary>
    public IReadOnlyList<string>? Ids { get; private init; }

    /// <summary>What a reader should know about the files; one sentence each.</summary>
    public IReadOnlyList<string> Remarks { get; private init; } = [];

    /// <summary>The weak labels that were given in place of weak features, or null.</summary>
    public WeakLabels? WeakLabels { get; }

    /// <summary>The teacher's raw features.</summary>
    /// <exception cref="InvalidOperationException">Weak labels were given in their place.</exception>
    public RawFeatures Weak => _weak ?? throw new InvalidOperationException("there are weak labels in place of weak features");

    /// <summary>The student's raw features.</summary>
    public RawFeatures Strong { get; }

    /// <summary>The split that came with the data, or null when splits are drawn.</summary>
    public RowSplit? Split { get; }

    /// <summary>Number of examples.</summary>
    public int Count => Labels.Count;

    /// <summary>The teacher's feature map when the user names none.</summary>
    public FeaturePipeline WeakMap { get; private init; } = FeaturePipeline.Identity;

    /// <summary>The student's feature map when the user names none.</summary>
    public FeaturePipeline StrongMap { get; private init; } = FeaturePipeline.Identity;

    /// <summary>Sizes of drawn splits when the user names none.</summary>
    public SplitSizes Sizes { get; private init; }

    /// <summary>Bytes that features may take; null: <see cref="DefaultMemory"/>, and where that will not do what the machine has.</summary>
    internal long? Memory { get; private init; }

    /// <summary>From how many bytes of features on they are not held when the user says nothing.</summary>
    internal const long DefaultMemory = 1_000_000_000;

    /// <summary>
    /// Hand-written digits that ship with this library: 1797 images of 8 x 8 pixels from 0 to 16 (UCI optical recognition of handwritten
    /// digits, test part; Alpaydin and Kaynak 1998, CC BY 4.0).
    /// </summary>
    public static Dataset Digits()
    {
        const int Pixels = 64;
        using Stream packed = typeof(Dataset).Assembly.GetManifestResourceStream("digits.csv.gz")!;
        using var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionMode.Decompress);
        using var text = new MemoryStream();
        text.Write(Encoding.ASCII.GetBytes(string.Join(',', Enumerable.Range(1, Pixels).Select(i => $"pixel{i}")) + ",digit\n"));
        gzip.CopyTo(text);
        using ByteSource source = ByteSource.Of("digits", text.ToArray());
        Matrix<double> all = NumericTable.ReadCsv(source, RunOptions.Default).Values;
        var pixels = new Matrix<double>(all.Rows, Pixels);
        var digits = new int[all.Rows];
        for (int i = 0; i < all.Rows; i++)
        {
            all.Row(i)[..Pixels].CopyTo(pixels.Row(i));
            digits[i] = (int)all[i, Pixels];
        }
        var images = new RawFeatures("digits", pixels, new ImageShape(8, 8));
        return new Dataset("digits", Labels.OfClasses("digits", digits, [.. Enumerable.Range(0, 10).Select(digit => $"{digit}")]), images,
            images)
        {
            WeakMap = FeaturePipeline.Parse("pool:2x2 | standardise"),
            StrongMap = FeaturePipeline.Parse("standardise | rff:1000:2"),
            Sizes = new SplitSizes(200, 1200, 397),
        };
    }

    /// <summary>
    /// Mails that ship with this library: 5850 of the SpamAssassin corpus (PDDL 1.0, contents CC0 1.0), ham or spam; weak features 12
    /// counts of surface marks, strong ones 384 numbers of all-MiniLM-L6-v2 (Apache-2.0). No text is kept.
    /// </summary>
    public static Dataset Mail() => MailData.Read();

    /// <summary>Whether <see cref="FashionMnist"/> finds its files without being told a folder.</summary>
    public static bool FashionMnistIsInstalled => FashionMnistFiles.IsInstalled;

    /// <summary>Fashion-MNIST: 70 000 images of 28 x 28 pixels from 0 to 255 in ten classes (Xiao, Rasul and Vollgraf
    /// 2017, MIT licence).</summary>
    /// <param name="folder">Where its four IDX files are; null: where Debian's package dataset-fashion-mnist puts them.</param>
    /// <exception cref="InputException">A file is missing or damaged.</exception>
    public static Dataset FashionMnist(string? folder = null) => FashionMnistFiles.Read(folder);

    /// <summary>Data from files, matched by position.</summary>
    /// <param name="labels">Path of the labels: one column.</param>
    /// <param name="weakFeatures">Path of the teacher's features.</param>
    /// <param name="strongFeatures">Path of the student's features; may be the same.</param>
    /// <param name="split">Path of the split, or null.</param>
    /// <param name="task">What the labels are for; null: see <see cref="LabelReading.Task"/>.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <exception cref="InputException">A file is missing or wrong; the message names it with row and column.</exception>
    public static Dataset FromFiles(string labels, string weakFeatures, string strongFeatures, string? split = null,
        LearningTask? task = null, RunOptions? options = null) =>
        FromFiles(labels, weakFeatures, strongFeatures, split, new LabelReading { Task = task }, options);

    /// <summary>Data from files, matched by position.</summary>
    /// <param name="labels">Path of the labels.</param>
    /// <param name="weakFeatures">Path of the teacher's features.</param>
    /// <param name="strongFeatures">Path of the student's features; may be the same.</param>
    /// <param name="split">Path of the split, or null.</param>
    /// <param name="reading">What the labels are for, and which columns of all files are labels, names of rows, or not used.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <exception cref="InputException">A file is missing or wrong; the message names it with row and column.</exception>
    public static Dataset FromFiles(string labels, string weakFeatures, string strongFeatures, string? split, LabelReading reading,
        RunOptions? options = null)
    {
        return DatasetFiles.Read(
            new DatasetFiles { Labels = labels, WeakFeatures = weakFeatures, StrongFeatures = strongFeatures, Split = split },
            reading, options ?? RunOptions.Default);
    }

    /// <summary>Data from files, matched by position.</summary>
    /// <param name="files">Where they are.</param>
    /// <param name="reading">What the labels are for, and which columns of all files are labels, names of rows, or not used.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <exception cref="InputException">A file is missing or wrong; the message names it with row and column.</exception>
    public static Dataset FromFiles(DatasetFiles files, LabelReading? reading = null, RunOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(files);
        return DatasetFiles.Read(files, reading ?? new LabelReading(), options ?? RunOptions.Default);
    }

    /// <summary>This data set as it was read.</summary>
    internal Dataset Read(SplitSizes sizes, IReadOnlyList<string>? ids, IReadOnlyList<string> remarks, long? memory) => WeakLabels is null
        ? new(Name, Labels, Weak, Strong, Split) { Sizes = sizes, Ids = ids, Remarks = remarks, Memory = memory }
        : new(Name, Labels, WeakLabels, Strong, Split) { Sizes = sizes, Ids = ids, Remarks = remarks, Memory = memory };

    internal static Dataset OfImages(string name, RawFeatures images, Labels labels, FeaturePipeline weak, FeaturePipeline strong,
        SplitSizes sizes) =>
        Of(name, labels, images, images, weak, strong, sizes);

    internal static Dataset Of(
        string name, Labels labels, RawFeatures weak, RawFeatures strong, FeaturePipeline weakMap, FeaturePipeline strongMap,
        SplitSizes sizes) =>
        new(name, labels, weak, strong) { WeakMap = weakMap, StrongMap = strongMap, Sizes = sizes };

    internal static void RequireRows(string source, int rows, string other, int wanted)
    {
        if (rows != wanted)
            throw new InputException($"{source} has {rows} rows, and {other} have {wanted}; every row is one example in all files"
                + (rows > wanted && other == "the labels" ? ", and a row without a label has an empty one" : string.Empty));
    }
}
