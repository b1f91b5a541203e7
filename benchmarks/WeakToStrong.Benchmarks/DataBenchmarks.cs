using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using WeakToStrong.Data;
using WeakToStrong.Data.Experiment;
using WeakToStrong.Data.Features;
using WeakToStrong.Data.Formats;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Randomness;
using WeakToStrong.Ridge;

namespace WeakToStrong.Benchmarks;

/// <summary>
/// Real data at full size. Peers: benchmarks/peers/data_sklearn.py ridge (for <see cref="RidgeOverTheGrid"/>) and
/// benchmarks/peers/patches_numpy.py (for <see cref="Patches"/>).
/// </summary>
[SimpleJob(RunStrategy.Monitoring, launchCount: 1, warmupCount: 1, iterationCount: 3)]
[MemoryDiagnoser]
public class DataBenchmarks
{
    private const int Rows = 20_000, Features = 1600, TestRows = 10_000, Images = 32_000;
    private static readonly Grid Lambdas = Grid.Logarithmic(1e-4, 1e2, 64);
    private readonly RunOptions _options = RunOptions.Default;
    private FeatureRows _rows = null!, _test = null!, _images = null!;
    private TrueLabels _labels = null!, _testLabels = null!;
    private string _csv = null!, _npy = null!;

    [GlobalSetup(Target = nameof(RidgeOverTheGrid))]
    public void DrawDesign()
    {
        _rows = Gaussian(Rows, Features, 1);
        _test = Gaussian(TestRows, Features, 2);
        _labels = Classes(Rows);
        _testLabels = Classes(TestRows);
    }

    /// <summary>Factorise, leave-one-out over 64 ridges, and judge 10 000 test rows at every ridge.</summary>
    [Benchmark]
    public Evaluation[] RidgeOverTheGrid()
    {
        RidgePath path = RidgeFactorisation.Of(_rows, _options.Threads).Fit(_labels.Targets(), _options.Threads);
        _ = path.BestByLeaveOneOut(Lambdas, _options.Threads);
        return path.At(Lambdas, _options.Threads).Evaluate(_test, _testLabels, null, _options.Threads);
    }

    [GlobalSetup(Target = nameof(Patches))]
    public void ReadImages() => _images = Dataset.FashionMnist().Strong.Take([.. Enumerable.Range(0, Images)]);

    /// <summary>1600 patch features of 32 000 images.</summary>
    [Benchmark]
    public FeatureRows Patches() => FeaturePipeline.Parse("patches:1600:6").Transform(_images, new ImageShape(28, 28),
        [.. Enumerable.Range(0, 2000)], 0, [], _options, []);

    [GlobalSetup(Targets = [nameof(ReadCsv), nameof(ReadNpy)])]
    public void WriteFiles()
    {
        _csv = Path.Combine(Path.GetTempPath(), "w2s-benchmark.csv");
        _npy = Path.Combine(Path.GetTempPath(), "w2s-benchmark.npy");
        WriteCsv(_csv, Gaussian(100_000, 100, 3));
        WriteNpy(_npy, 1_000_000, 100);
    }

    [GlobalCleanup(Targets = [nameof(ReadCsv), nameof(ReadNpy)])]
    public void DeleteFiles()
    {
        File.Delete(_csv);
        File.Delete(_npy);
    }

    /// <summary>100 000 rows of 100 columns, about 190 MB.</summary>
    [Benchmark]
    public RawFeatures ReadCsv() => FeatureFile.Read(_csv);

    /// <summary>A million rows of 100 columns, 800 MB.</summary>
    [Benchmark]
    public RawFeatures ReadNpy() => FeatureFile.Read(_npy);

    private static FeatureRows Gaussian(int rows, int columns, ulong seed)
    {
        var matrix = new Matrix<double>(rows, columns);
        Parallel.For(0, rows, i => new RandomStream(seed, (ulong)i).FillNormal(matrix.Row(i)));
        return FeatureRows.All(matrix);
    }

    private static TrueLabels Classes(int rows) => TrueLabels.OfClasses([.. Enumerable.Range(0, rows).Select(i => i % 10)],
        [.. Enumerable.Range(0, 10).Select(i => $"{i}")]);

    private static void WriteCsv(string path, FeatureRows rows)
    {
        using var writer = new StreamWriter(path);
        writer.WriteLine(string.Join(',', Enumerable.Range(0, rows.Columns).Select(j => $"x{j}")));
        for (int i = 0; i < rows.Count; i++)
            writer.WriteLine(string.Join(',', rows[i].ToArray()));
    }

    private static void WriteNpy(string path, int rows, int columns)
    {
        using FileStream stream = File.Create(path);
        string header = $"{{'descr': '<f8', 'fortran_order': False, 'shape': ({rows}, {columns}), }}".PadRight(117) + "\n";
        stream.Write([0x93, .. "NUMPY"u8, 1, 0, 118, 0, .. System.Text.Encoding.ASCII.GetBytes(header)]);
        var row = new byte[8 * columns];
        for (int i = 0; i < rows; i++)
            stream.Write(row);
    }
}
