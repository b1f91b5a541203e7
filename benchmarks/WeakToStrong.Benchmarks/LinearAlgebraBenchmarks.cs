using BenchmarkDotNet.Attributes;
using MathNet.Numerics.LinearAlgebra;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Benchmarks;

/// <summary>
/// Dense linear algebra on all threads. W2S_LINEAR_ALGEBRA chooses the kernels; benchmarks/peers/linear_algebra.py
/// times the same with NumPy.
/// </summary>
[MemoryDiagnoser]
public class LinearAlgebraBenchmarks
{
    internal static int Threads { get; set; } = Environment.ProcessorCount;

    private LinearAlgebra.Matrix<double> _a = new(0, 0), _b = new(0, 0), _c = new(0, 0), _tall = new(0, 0), _gram = new(0, 0),
        _positive = new(0, 0), _rightSides = new(0, 0), _work = new(0, 0), _solutions = new(0, 0);
    private LinearAlgebra.Matrix<float> _aSingle = new(0, 0), _bSingle = new(0, 0), _cSingle = new(0, 0);

    /// <summary>Order of the square matrices; the Gram matrix is of 4 N rows.</summary>
    [Params(500, 1000)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        (_a, _b, _c) = (Normal(N, N), Normal(N, N), new(N, N));
        (_aSingle, _bSingle, _cSingle) = (Single(_a), Single(_b), new(N, N));
        _tall = Normal(4 * N, N);
        _gram = new(N, N);
        _positive = Dense.Gram(_tall, 1.0 / _tall.Rows, Threads);
        (_rightSides, _solutions, _work) = (Normal(N, 64), new(N, 64), new(N, N));

        LinearAlgebra.Matrix<double> Normal(int rows, int columns)
        {
            var matrix = new LinearAlgebra.Matrix<double>(rows, columns);
            foreach (ref double x in matrix.Data)
                x = random.NextDouble() - 0.5;
            return matrix;
        }

        LinearAlgebra.Matrix<float> Single(LinearAlgebra.Matrix<double> m) =>
            new(m.Rows, m.Columns, [.. m.Data.ToArray().Select(x => (float)x)]);
    }

    [Benchmark]
    public void Product() => Dense.Multiply(_a, _b, _c, threads: Threads);

    [Benchmark]
    public void ProductSingle() => Dense.Multiply(_aSingle, _bSingle, _cSingle, threads: Threads);

    [Benchmark]
    public void Gram() => Dense.AddGram(_tall, _gram, 1, Threads);

    [Benchmark]
    public bool Cholesky() => Dense.TryCholesky(Fresh(), Threads);

    [Benchmark]
    public bool Solve64()
    {
        _rightSides.Data.CopyTo(_solutions.Data);
        return Dense.TrySolvePositiveDefinite(Fresh(), _solutions, Threads);
    }

    [Benchmark]
    public double[] SymmetricEigen() => Dense.SymmetricEigen(Fresh(), Threads);

    [Benchmark]
    public Tridiagonalisation Tridiagonalise() => Dense.Tridiagonalise(Fresh(), Threads);

    // The factorisations work in place, NumPy's in a copy: so do ours here.
    private LinearAlgebra.Matrix<double> Fresh()
    {
        _positive.Data.CopyTo(_work.Data);
        return _work;
    }
}

/// <summary>The same with MathNet.Numerics, whose provider is managed.</summary>
public class LinearAlgebraMathNetBenchmarks
{
    private MathNet.Numerics.LinearAlgebra.Matrix<double> _a = CreateMatrix.Dense<double>(1, 1),
        _positive = CreateMatrix.Dense<double>(1, 1);

    [Params(500, 1000)]
    public int N { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        _a = CreateMatrix.Dense(N, N, (_, _) => random.NextDouble() - 0.5);
        _positive = _a.TransposeThisAndMultiply(_a) + CreateMatrix.DenseIdentity<double>(N);
    }

    [Benchmark]
    public object Product() => _a * _a;

    [Benchmark]
    public object Cholesky() => _positive.Cholesky();

    [Benchmark]
    public object SymmetricEigen() => _positive.Evd(Symmetricity.Symmetric);
}
