using WeakToStrong.Functions;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Tests.LinearAlgebra;

/// <summary>Every kernel refuses spans, strides and sizes that its matrices do not fit in; pointers would leave them.</summary>
public class ShortSpanTests
{
    private const int M = 5, N = 7, K = 6;

    [Theory]
    [MemberData(nameof(KernelCases.Names), MemberType = typeof(KernelCases))]
    public void Products_refuse_what_is_too_short(string name)
    {
        IDenseKernels kernels = KernelCases.Get(name);
        foreach (bool ta in (bool[])[false, true])
        {
            foreach (bool tb in (bool[])[false, true])
            {
                int lda = ta ? M : K, ldb = tb ? K : N;
                void Run(int a, int b, int c, int da = 0, int db = 0, int dc = 0)
                {
                    kernels.Multiply(ta, tb, M, N, K, 1, new double[a], lda + da, new double[b], ldb + db, 0, new double[c], N + dc);
                    kernels.Multiply(ta, tb, M, N, K, 1, new float[a], lda + da, new float[b], ldb + db, 0, new float[c], N + dc);
                }
                Run(M * K, K * N, M * N);
                Refused($"has length {(M * K) - 1}; must have at least {M * K} entries", () => Run((M * K) - 1, K * N, M * N));
                Refused($"has length {(K * N) - 1}; must have at least {K * N} entries", () => Run(M * K, (K * N) - 1, M * N));
                Refused($"has length {(M * N) - 1}; must have at least {M * N} entries", () => Run(M * K, K * N, (M * N) - 1));
                Refused("must have at least", () => Run(M * K, K * N, M * N, dc: 1));
                Refused("must be at least its", () => Run(M * K, K * N, M * N, da: -1));
                Refused("must be at least its", () => Run(M * K, K * N, M * N, db: -1));
                Refused("must be at least its", () => Run(M * K, K * N, M * N, dc: -1));
            }
        }
        Refused("must not be negative", () => kernels.Multiply(
            false, false, -1, 1, 1, 1, new double[9], 3, new double[9], 3, 0, new double[9], 3));
        // Two thousand million entries are more than an int counts.
        Refused("must have at least", () => kernels.Multiply(
            false, false, 65_537, 65_537, 1, 1, new double[65_537], 1, new double[65_537], 65_537, 0, new double[131_073], 65_537));
    }

    [Theory]
    [MemberData(nameof(KernelCases.Names), MemberType = typeof(KernelCases))]
    public void Gram_matrices_factors_and_solutions_refuse_what_is_too_short(string name)
    {
        IDenseKernels kernels = KernelCases.Get(name);
        foreach (bool transpose in (bool[])[false, true])
        {
            void Gram(int a, int c, int less = 0)
            {
                int lda = (transpose ? K : N) - less;
                kernels.GramLower(transpose, N, K, 1, new double[a], lda, 0, new double[c], N);
            }
            void Single(int a, int c) => kernels.GramLower(transpose, N, K, 1, new float[a], transpose ? K : N, 0, new float[c], N);
            Gram(N * K, N * N);
            Refused("must have at least", () => Gram((N * K) - 1, N * N));
            Refused("must have at least", () => Gram(N * K, (N * N) - 1));
            Refused("must have at least", () => Single((N * K) - 1, N * N));
            Refused("must have at least", () => Single(N * K, (N * N) - 1));
            Refused("must be at least its", () => Gram(N * K, N * N, less: 1));
            Refused("must have at least", () => kernels.SolveLower(transpose, N, M, Unit(N).AsSpan()[1..], N, new double[N * M], M));
            Refused("must have at least", () => kernels.SolveLower(transpose, N, M, Unit(N), N, new double[(N * M) - 1], M));
        }
        Refused("must have at least", () => kernels.SolveLowerFromRight(N, M, Unit(N).AsSpan()[1..], N, new double[N * M], N));
        Refused("must have at least", () => kernels.SolveLowerFromRight(N, M, Unit(N), N, new double[(N * M) - 1], N));
        Refused("must be at least its", () => kernels.SolveLowerFromRight(N, M, Unit(N), N - 1, new double[N * M], N));
        Refused("must have at least", () => kernels.TryCholesky(N, Unit(N).AsSpan()[1..], N));
        Refused("must be at least its", () => kernels.TryCholesky(N, Unit(N), N - 1));
    }

    [Fact]
    public void Narrow_products_and_nonlinearities_refuse_what_is_too_short()
    {
        foreach (var (a, b, c) in new[] { (47, 32, 24), (48, 31, 24), (48, 32, 23) })
        {
            Refused("must have at least", () => NarrowProduct.Along(6, 8, 4, new double[a], new double[b], new double[c]));
            Refused("must have at least", () => NarrowProduct.Across(6, 8, 4, new double[a], new double[c], new double[b]));
        }
        Refused("must be multiples of", () => NarrowProduct.Along(6, 7, 4, new double[48], new double[32], new double[24]));
        Refused("must be multiples of", () => NarrowProduct.Across(6, 8, 3, new double[48], new double[24], new double[32]));
        Refused("must have length", () => Nonlinearity.Relu.Apply(new float[20], new float[19]));
        Refused("must have length", () => Nonlinearity.Relu.WeightedSum(new float[20], new float[19]));
        Refused("must have length", () => Nonlinearity.Relu.Backpropagate(new float[20], new float[19], 1));
    }

    /// <summary>What the public members hand to the kernels: shapes that do not fit never reach these.</summary>
    [Fact]
    public void Public_members_refuse_shapes_that_do_not_fit()
    {
        Matrix<double> Of(int rows, int columns) => new(rows, columns);
        Assert.Throws<ArgumentException>(() => new Matrix<double>(3, 3, new double[8]));
        Assert.Throws<ArgumentException>(() => Dense.Multiply(Of(3, 4), Of(3, 4), Of(3, 4)));
        Assert.Throws<ArgumentException>(() => Dense.Multiply(Of(3, 4), Of(4, 5), Of(3, 4)));
        Assert.Throws<ArgumentException>(() => Dense.AddGram(Of(3, 4), Of(3, 3)));
        Assert.Throws<ArgumentException>(() => Dense.TryCholesky(Of(3, 4)));
        Assert.Throws<ArgumentException>(() => Dense.SolveLower(Of(3, 3), Of(4, 1)));
        Assert.Throws<ArgumentException>(() => Dense.SolveLower(Of(4, 3), Of(4, 1)));
        Assert.Throws<ArgumentException>(() => Dense.TrySolvePositiveDefinite(Of(3, 3), Of(2, 1)));
        Assert.Throws<ArgumentException>(() => Dense.SymmetricEigen(Of(3, 4)));
        Assert.Throws<ArgumentException>(() => Dense.Tridiagonalise(Of(4, 4)).Apply(Of(3, 2)));
        Assert.Throws<ArgumentException>(() => Dense.FillUpper(Of(3, 4)));
    }

    private static double[] Unit(int n)
    {
        var unit = new double[n * n];
        for (int i = 0; i < n; i++)
            unit[i * (n + 1)] = 1;
        return unit;
    }

    private static void Refused(string sentence, Action call) =>
        Assert.Contains(sentence, Assert.Throws<ArgumentException>(call).Message, StringComparison.Ordinal);
}
