using BenchmarkDotNet.Attributes;
using WeakToStrong.Randomness;
using WeakToStrong.Simulation;

namespace WeakToStrong.Benchmarks;

/// <summary>Time a trial, at the paper's sizes. Peers: benchmarks/peers/dense_numpy.py, sklearn_ridge.py, numpy_draws.py; side
/// by side: benchmarks/compare.</summary>
[MemoryDiagnoser]
public class SimulationBenchmarks
{
    private const int ExactTrials = 1000, DenseTrials = 10;

    private static readonly Grid Ridges = Grid.Logarithmic(0.01, 10, 64), OneRidge = Grid.Of(0.1);
    private static readonly LinearExperiment Figure1 = new(500, 2000, 2000, 1), Figure2 = new(500, 2000, 2000, 1, alignment: 0.8);
    private static readonly RunOptions OneThread = new() { Threads = 1 };

    [Benchmark(OperationsPerInvoke = ExactTrials)]
    public SimulationResult ExactFigure1() => new ExactSimulator().Run(Figure1, Ridges, Ridges, ExactTrials, 0);

    [Benchmark(OperationsPerInvoke = ExactTrials)]
    public SimulationResult ExactFigure1OneThread() => new ExactSimulator().Run(Figure1, Ridges, Ridges, ExactTrials, 0, OneThread);

    [Benchmark(OperationsPerInvoke = ExactTrials)]
    public SimulationResult ExactFigure2() => new ExactSimulator().Run(Figure2, Ridges, Ridges, ExactTrials, 0);

    [Benchmark(OperationsPerInvoke = ExactTrials)]
    public SimulationResult OnePairThousandOneThread() => OnePair(1000);

    [Benchmark(OperationsPerInvoke = ExactTrials)]
    public SimulationResult OnePairMillionOneThread() => OnePair(1_000_000);

    [Benchmark(OperationsPerInvoke = ExactTrials)]
    public SimulationResult OnePairTrillionOneThread() => OnePair(1_000_000_000_000);

    /// <summary>A whole run of one trial.</summary>
    [Benchmark]
    public SimulationResult OneTrialMillionOneThread() => new ExactSimulator().Run(new(1_000_000, 2_000_000, 2_000_000, 1), OneRidge,
        OneRidge, 1, 0, OneThread);

    [Benchmark(OperationsPerInvoke = DenseTrials)]
    public SimulationResult DenseFigure1() => new DenseSimulator().Run(Figure1, Ridges, Ridges, DenseTrials, 0);

    private static SimulationResult OnePair(long d) => new ExactSimulator().Run(new(d, 2 * d, 2 * d, 1), OneRidge, OneRidge, ExactTrials, 0,
        OneThread);
}

/// <summary>Time a random number, one thread.</summary>
public class RandomBenchmarks
{
    private const int Numbers = 4096;

    private readonly RandomStream _stream = new(0);
    private readonly double[] _doubles = new double[Numbers];
    private readonly float[] _floats = new float[Numbers];

    [Benchmark(OperationsPerInvoke = Numbers)]
    public void NormalDouble() => _stream.FillNormal(_doubles);

    [Benchmark(OperationsPerInvoke = Numbers)]
    public void NormalFloat() => _stream.FillNormal(_floats);

    [Benchmark(OperationsPerInvoke = Numbers)]
    public void ChiSquare() => _stream.FillChiSquare(500, _doubles);
}
