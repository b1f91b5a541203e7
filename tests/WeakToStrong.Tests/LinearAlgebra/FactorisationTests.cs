using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Tests.LinearAlgebra;

/// <summary>Cholesky factors and triangular solves of every implementation: small backward error, whatever the condition number.</summary>
public class FactorisationTests
{
    private const double Unit = 1.1e-16;

    [Theory]
    [MemberData(nameof(KernelCases.Names), MemberType = typeof(KernelCases))]
    public void The_Cholesky_factor_multiplies_back(string name)
    {
        IDenseKernels kernels = KernelCases.Get(name);
        foreach (int n in new[] { 0, 1, 2, 7, 48, 49, 100, 211 })
        {
            foreach (double shift in new[] { 1.0, 1e-9 })
            {
                int stride = n + 2;
                double[] a = KernelCases.PositiveDefinite(n, stride, shift, 7), l = (double[])a.Clone();
                Assert.True(kernels.TryCholesky(n, l, stride));
                CheckFactor(n, a, l, stride);
            }
        }
    }

    [Theory]
    [MemberData(nameof(KernelCases.Names), MemberType = typeof(KernelCases))]
    public void A_matrix_that_is_not_positive_definite_is_reported(string name)
    {
        IDenseKernels kernels = KernelCases.Get(name);
        foreach (int n in new[] { 1, 30, 160 })
        {
            foreach (double bad in new[] { 0.0, -1, double.NaN })
            {
                double[] a = KernelCases.PositiveDefinite(n, n, 1, 8);
                a[(n * n) - 1] = bad;
                Assert.False(kernels.TryCholesky(n, a, n));
            }
        }
    }

    [Theory]
    [MemberData(nameof(KernelCases.Names), MemberType = typeof(KernelCases))]
    public void Triangular_solves_have_a_small_residual(string name)
    {
        IDenseKernels kernels = KernelCases.Get(name);
        foreach (int n in new[] { 0, 1, 5, 16, 17, 33, 90, 150 })
        {
            double[] l = KernelCases.PositiveDefinite(n, n + 1, 1e-3, 9);
            Assert.True(kernels.TryCholesky(n, l, n + 1));
            foreach (int columns in new[] { 0, 1, 3, 40 })
            {
                foreach (bool transpose in new[] { false, true })
                {
                    int stride = columns + 2;
                    double[] b = KernelCases.Random(n * stride, 10), x = (double[])b.Clone();
                    kernels.SolveLower(transpose, n, columns, l, n + 1, x, stride);
                    CheckSolve(n, columns, (i, j) => Lower(l, n + 1, transpose ? j : i, transpose ? i : j), (i, j) => x[(i * stride) + j],
                        (i, j) => b[(i * stride) + j]);
                    for (int i = 0; i < n * stride; i++)
                        Assert.True(i % stride < columns || x[i] == b[i], "wrote beyond the columns");
                }
                double[] right = KernelCases.Random(columns * (n + 2), 11), y = (double[])right.Clone();
                kernels.SolveLowerFromRight(n, columns, l, n + 1, y, n + 2);
                CheckSolve(n, columns, (i, j) => Lower(l, n + 1, i, j), (i, j) => y[(j * (n + 2)) + i], (i, j) => right[(j * (n + 2)) + i]);
            }
        }
    }

    [Fact]
    public void The_blocked_solver_solves_and_does_not_depend_on_the_number_of_threads()
    {
        const int N = 437;
        var a = new Matrix<double>(N, N, KernelCases.PositiveDefinite(N, N, 0.1, 12));
        Matrix<double> b = KernelCases.RandomMatrix(N, 70, 13), first = b.Copy(), l = a.Copy();
        Assert.True(Dense.TrySolvePositiveDefinite(l, first, threads: 1));
        foreach (int threads in new[] { 2, 3, 8 })
        {
            Matrix<double> again = b.Copy(), factor = a.Copy();
            Assert.True(Dense.TrySolvePositiveDefinite(factor, again, threads));
            Assert.True(again.Data.SequenceEqual(first.Data));
            Assert.True(factor.Data.SequenceEqual(l.Data));
        }
        Dense.FillUpper(a);
        CheckSolve(N, 70, (i, j) => a[i, j], (i, j) => first[i, j], (i, j) => b[i, j], growth: 3);
    }

    // |A - L L'| <= (n + 1) u |L| |L'|, entry by entry (Higham, Accuracy and Stability, theorem 10.3).
    private static void CheckFactor(int n, double[] a, double[] l, int stride)
    {
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < stride; j++)
            {
                if (j > i)
                {
                    Assert.Equal(a[(i * stride) + j], l[(i * stride) + j]);
                    continue;
                }
                double sum = 0, magnitude = 0;
                for (int p = 0; p <= j; p++)
                {
                    sum += l[(i * stride) + p] * l[(j * stride) + p];
                    magnitude += Math.Abs(l[(i * stride) + p] * l[(j * stride) + p]);
                }
                Assert.InRange(Math.Abs(sum - a[(i * stride) + j]), 0, 2 * (n + 2) * Unit * magnitude);
            }
        }
    }

    // |B - A X| <= c n u |A| |X|, entry by entry (theorem 8.5; after a Cholesky factorisation, by norms: theorem 10.4).
    private static void CheckSolve(int n, int columns, Func<int, int, double> a, Func<int, int, double> x, Func<int, int, double> b,
        double growth = 2)
    {
        for (int j = 0; j < columns; j++)
        {
            for (int i = 0; i < n; i++)
            {
                double sum = 0, magnitude = 0;
                for (int p = 0; p < n; p++)
                {
                    sum += a(i, p) * x(p, j);
                    magnitude += Math.Abs(a(i, p) * x(p, j));
                }
                Assert.InRange(Math.Abs(sum - b(i, j)), 0, growth * (n + 2) * Unit * magnitude);
            }
        }
    }

    private static double Lower(double[] l, int stride, int i, int j) => i >= j ? l[(i * stride) + j] : 0;
}
