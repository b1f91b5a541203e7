using BenchmarkDotNet.Attributes;
using WeakToStrong.Asymptotics;

namespace WeakToStrong.Benchmarks;

/// <summary>The limits of the linear theory; peer: benchmarks/peers/asymptotics_numpy.py. Resolvents and errors of a million
/// points, one thread.</summary>
[MemoryDiagnoser]
[MinColumn]
public class AsymptoticsBenchmarks
{
    private const int Points = 1_000_000;

    private readonly double[] _gamma = Random(1e-2, 1e2, 1), _lambda = Random(1e-6, 1e6, 2);
    private readonly double[] _cells = new double[Points];
    private readonly double[] _smallCells = new double[64 * 64];
    private readonly Grid _small = Grid.Logarithmic(0.01, 10, 64);
    private readonly LimitSurface _surface = new(0.25, 1.2, 1, Grid.Logarithmic(0.01, 10, 1000), Grid.Logarithmic(0.01, 10, 1000));
    private readonly LimitPoints _limits = new(new()
    {
        GammaTeacher = Random(0.05, 20, 3),
        GammaStudent = Random(0.05, 20, 4),
        LambdaTeacher = Random(1e-3, 10, 5),
        LambdaStudent = Random(1e-3, 10, 6),
        NoiseVariance = Random(0.1, 10, 7),
    });

    /// <summary>All five numbers of a million (gamma, lambda).</summary>
    [Benchmark(OperationsPerInvoke = Points)]
    public double Resolvent()
    {
        double sum = 0;
        for (int i = 0; i < Points; i++)
        {
            var law = new MarchenkoPastur(_gamma[i], _lambda[i]);
            sum += law.S + law.P + law.Q + law.R;
        }
        return sum;
    }

    /// <summary>L_s on a prepared 1000 x 1000 surface.</summary>
    [Benchmark(OperationsPerInvoke = Points)]
    public void StudentErrors() => _surface.StudentTestErrors(_cells);

    /// <summary>L_s - L_t on a prepared 1000 x 1000 surface.</summary>
    [Benchmark(OperationsPerInvoke = Points)]
    public void Gaps() => _surface.Gaps(_cells);

    /// <summary>A 64 x 64 surface, preparation included.</summary>
    [Benchmark]
    public void PreparedAndEvaluated() => new LimitSurface(0.25, 1.2, 1, _small, _small).StudentTestErrors(_smallCells);

    /// <summary>A million points with window, best ridge and best error: what w2s limits computes, on all threads.</summary>
    [Benchmark(OperationsPerInvoke = Points)]
    public int Table() => LimitTable.Evaluate(_limits).RowCount;

    private static double[] Random(double low, double high, int seed)
    {
        var random = new Random(seed);
        var values = new double[Points];
        for (int i = 0; i < values.Length; i++)
            values[i] = low * Math.Exp(random.NextDouble() * Math.Log(high / low));
        return values;
    }
}
