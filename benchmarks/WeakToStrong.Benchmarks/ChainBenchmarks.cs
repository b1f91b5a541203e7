using BenchmarkDotNet.Attributes;
using WeakToStrong.Chains;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Benchmarks;

/// <summary>Limits of chains; the peer is benchmarks/peers/chain_numpy.py.</summary>
[MemoryDiagnoser]
[MinColumn]
public class ChainBenchmarks
{
    private const long Rows = 400_000;

    private Spectrum _spectrum = null!;
    private Population _population = null!;
    private TrainingStage _stage = null!;
    private int _threads;

    [Params(1_000, 1_000_000)]
    public int D { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _threads = Environment.ProcessorCount;
        _spectrum = Spectrum.PowerLaw(D, 1);
        _population = new Population(_spectrum, TargetVector.PowerLaw(D, 1.5, 1));
        _stage = new TrainingStage(new RowGroup(_population.Truth, Rows, 1));
    }

    [Benchmark]
    public double Kappa() => EffectiveRidge.Solve(_spectrum, Rows, 1e-6, _threads).Kappa;

    [Benchmark]
    public double StageAtOneRidge() => _stage.At(1e-6, _threads).ExcessError;

    [Benchmark]
    public double BestRidgeOfAStage() => _stage.Best(_threads).Errors.ExcessError;

    [Benchmark]
    public double TenGenerations()
    {
        Estimator estimator = _population.Truth;
        for (int i = 0; i < 10; i++)
            estimator = new TrainingStage(new RowGroup(estimator, Rows, i == 0 ? 1 : 0)).Train(1e-6, _threads);
        return estimator.Errors.ExcessError;
    }
}

/// <summary>The preparation of a penalty that does not commute with the covariance: O(d^3), once.</summary>
public class PenaltyBenchmarks
{
    private Population _population = null!;
    private Matrix<double> _omega = null!;

    [Params(500, 1000)]
    public int D { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _population = new Population(Spectrum.PowerLaw(D, 1), TargetVector.PowerLaw(D, 1.5, 1));
        _omega = new Matrix<double>(D, D);
        for (int i = 0; i < D; i++)
        {
            for (int j = 0; j < D; j++)
                _omega[i, j] = (i == j ? 2 : 0) + (1.0 / (1 + Math.Abs(i - j)));
        }
    }

    [Benchmark]
    public double TeacherAndStudent()
    {
        var penalty = Penalty.Of(_omega);
        Estimator teacher = new TrainingStage([new RowGroup(_population.Truth, 400, 1)], penalty).Train(0.1);
        return new TrainingStage([new RowGroup(teacher, 4000)], penalty).At(0.01).ExcessError;
    }
}
