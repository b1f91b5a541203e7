using BenchmarkDotNet.Attributes;
using WeakToStrong.Functions;
using WeakToStrong.Networks;

namespace WeakToStrong.Benchmarks;

/// <summary>
/// One trial of the one-step network experiment, random numbers included: ReLU, identity and He_2 links, p = d, n = 4d.
/// benchmarks/peers/network_numpy.py times the same with NumPy. W2S_LINEAR_ALGEBRA chooses the kernels.
/// </summary>
[MemoryDiagnoser]
[WarmupCount(1)]
[IterationCount(5)]
[InvocationCount(1)]
public class NetworkBenchmarks
{
    private NetworkExperiment? _experiment;
    private NetworkBuffers? _buffers;
    private ulong _trial;

    [Params(500, 2000)]
    public int D { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var target = new MultiIndexTarget(Nonlinearity.Identity, Nonlinearity.HermitePolynomial(2));
        _experiment = new NetworkExperiment(target, new Activation(Nonlinearity.Relu), D);
        _buffers = new NetworkBuffers(_experiment);
    }

    [Benchmark]
    public double[] Trial() => new NetworkTrial(_experiment!, _buffers!, 1, _trial++, RunOptions.Default).Measure();
}

/// <summary>The activation kernels of the hot path, on one row of 2000 pre-activations.</summary>
[MemoryDiagnoser]
public class ActivationBenchmarks
{
    private readonly float[] _z = [.. Enumerable.Range(0, 2000).Select(i => MathF.Sin(i))],
        _weights = [.. Enumerable.Range(0, 2000).Select(i => MathF.Cos(i))];
    private readonly float[] _signal = new float[2000];
    private Nonlinearity _function = Nonlinearity.Relu;

    [Params("relu", "tanh", "erf", "softplus", "gelu", "he3")]
    public string Function { get; set; } = "relu";

    [GlobalSetup]
    public void Setup() => _function = Nonlinearity.Parse(Function);

    [Benchmark]
    public float WeightedSum() => _function.WeightedSum(_z, _weights);

    [Benchmark]
    public void Backpropagate()
    {
        _z.CopyTo(_signal, 0);
        _function.Backpropagate(_signal, _weights, 0.5f);
    }
}
