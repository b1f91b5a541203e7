using System.Runtime.Intrinsics;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Tests.LinearAlgebra;

/// <summary>
/// Products and Gram matrices of every implementation against a plain triple loop, entry by entry within the bound that any order of
/// summation obeys: |error| at most (k + 3) u (|alpha| |A| |B| + |beta C|).
/// </summary>
public class ProductTests
{
    public delegate void Product<T>(bool transposeA, bool transposeB, int m, int n, int k, T alpha, ReadOnlySpan<T> a, int lda,
        ReadOnlySpan<T> b, int ldb, T beta, Span<T> c, int ldc);

    public static TheoryData<int, int, int> Shapes => new()
    {
        { 1, 1, 1 }, { 1, 5, 3 }, { 7, 1, 9 }, { 8, 24, 16 }, { 9, 25, 257 }, { 31, 49, 64 }, { 193, 97, 300 }, { 64, 769, 20 },
            { 40, 60, 513 },
        { 0, 4, 4 }, { 4, 0, 4 }, { 4, 4, 0 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Managed_double(int m, int n, int k) => Check(new ManagedKernels().Multiply, m, n, k);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Managed_single(int m, int n, int k) => CheckSingle(new ManagedKernels().Multiply, m, n, k);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void OpenBlas_double(int m, int n, int k) => Check(KernelCases.Get("openblas").Multiply, m, n, k);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void OpenBlas_single(int m, int n, int k) => CheckSingle(KernelCases.Get("openblas").Multiply, m, n, k);

    // What other processors would run; vectors wider than this one's are emulated by the runtime.
    [Theory]
    [MemberData(nameof(Shapes))]
    public void Narrower_and_wider_vectors(int m, int n, int k)
    {
        Check((ta, tb, m1, n1, k1, alpha, a, lda, b, ldb, beta, c, ldc) =>
            PackedProduct<Tile4x3<Width256<double>, Vector256<double>, double>, double>.Run(ta, tb, m1, n1, k1, alpha, a, lda, b, ldb, beta,
            c, ldc), m, n, k);
        Check((ta, tb, m1, n1, k1, alpha, a, lda, b, ldb, beta, c, ldc) =>
            PackedProduct<Tile8x3<Width128<double>, Vector128<double>, double>, double>.Run(ta, tb, m1, n1, k1, alpha, a, lda, b, ldb, beta,
            c, ldc), m, n, k);
        CheckSingle((ta, tb, m1, n1, k1, alpha, a, lda, b, ldb, beta, c, ldc) =>
            PackedProduct<Tile4x3<Width128<float>, Vector128<float>, float>, float>.Run(ta, tb, m1, n1, k1, alpha, a, lda, b, ldb, beta, c,
            ldc), m, n, k);
        CheckSingle((ta, tb, m1, n1, k1, alpha, a, lda, b, ldb, beta, c, ldc) =>
            PackedProduct<Tile8x3<Width512<float>, Vector512<float>, float>, float>.Run(ta, tb, m1, n1, k1, alpha, a, lda, b, ldb, beta, c,
            ldc), m, n, k);
    }

    [Theory]
    [MemberData(nameof(KernelCases.Names), MemberType = typeof(KernelCases))]
    public void Gram_lower_leaves_the_upper_triangle_alone(string name)
    {
        IDenseKernels kernels = KernelCases.Get(name);
        foreach (var (n, k) in new[] { (1, 1), (5, 9), (24, 300), (130, 17), (207, 64), (0, 3), (3, 0) })
        {
            foreach (bool transpose in new[] { false, true })
            {
                foreach (double beta in new[] { 0.0, 1, -0.5 })
                    CheckGram(kernels, transpose, n, k, beta);
            }
        }
    }

    // With contiguous vectors, which have a path of their own.
    [Theory]
    [InlineData(1, 40)]
    [InlineData(40, 1)]
    [InlineData(1, 1)]
    public void Products_with_a_vector(int m, int n)
    {
        const int K = 61;
        foreach (var (transposeA, transposeB, beta) in new[] { (false, false, 0.0), (true, false, 1.0), (false, true, -2.0),
            (true, true, 0.5) })
        {
            double[] a = KernelCases.Random(m * K, 20), b = KernelCases.Random(n * K, 21), c = KernelCases.Random(m * n, 22),
                before = (double[])c.Clone();
            new ManagedKernels().Multiply(transposeA, transposeB, m, n, K, 1.5, a, transposeA ? m : K, b, transposeB ? K : n, beta, c, n);
            Compare(m, n, Rows(m, K, (i, p) => transposeA ? a[(p * m) + i] : a[(i * K) + p]),
                Rows(n, K, (j, p) => transposeB ? b[(j * K) + p] : b[(p * n) + j]), 1.5, beta, before, c, n, double.BitIncrement(1) - 1);
        }
    }

    [Theory]
    [MemberData(nameof(KernelCases.Names), MemberType = typeof(KernelCases))]
    public void A_beta_of_zero_overwrites_even_what_is_not_a_number(string name)
    {
        double[] c = [.. Enumerable.Repeat(double.NaN, 9)];
        KernelCases.Get(name).Multiply(transposeA: false, transposeB: false, 3, 3, 2, 1, KernelCases.Random(6, 1), 2,
            KernelCases.Random(6, 2), 3, 0, c, 3);
        Assert.All(c, x => Assert.True(double.IsFinite(x)));
    }

    private static void Check(Product<double> product, int m, int n, int k)
    {
        foreach (var (transposeA, transposeB, alpha, beta) in new[] { (false, false, 1.0, 0.0), (true, false, -1.5, 1.0),
            (false, true, 2.0, -0.5), (true, true, 1.0, 1.0) })
        {
            int lda = (transposeA ? m : k) + 2, ldb = (transposeB ? k : n) + 1, ldc = n + 3;
            double[] a = KernelCases.Random((transposeA ? k : m) * lda, 1), b = KernelCases.Random((transposeB ? n : k) * ldb, 2),
                c = KernelCases.Random(m * ldc, 3);
            double[] before = (double[])c.Clone();
            product(transposeA, transposeB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
            Compare(m, n, Rows(m, k, (i, p) => transposeA ? a[(p * lda) + i] : a[(i * lda) + p]),
                Rows(n, k, (j, p) => transposeB ? b[(j * ldb) + p] : b[(p * ldb) + j]), alpha, beta, before, c, ldc,
                double.BitIncrement(1) - 1);
        }
    }

    private static void CheckSingle(Product<float> product, int m, int n, int k)
    {
        foreach (var (transposeA, transposeB, alpha, beta) in new[] { (false, false, 1f, 0f), (true, false, -1.5f, 1f),
            (false, true, 2f, -0.5f), (true, true, 1f, 1f) })
        {
            int lda = (transposeA ? m : k) + 2, ldb = (transposeB ? k : n) + 1, ldc = n + 3;
            float[] a = Singles((transposeA ? k : m) * lda, 1), b = Singles((transposeB ? n : k) * ldb, 2), c = Singles(m * ldc, 3);
            double[] before = Doubles(c);
            product(transposeA, transposeB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
            Compare(m, n, Rows(m, k, (i, p) => transposeA ? a[(p * lda) + i] : a[(i * lda) + p]),
                Rows(n, k, (j, p) => transposeB ? b[(j * ldb) + p] : b[(p * ldb) + j]), alpha, beta, before, Doubles(c), ldc,
                float.BitIncrement(1) - 1);
        }
    }

    private static void CheckGram(IDenseKernels kernels, bool transpose, int n, int k, double beta)
    {
        int lda = (transpose ? k : n) + 1, ldc = n + 2;
        double[] a = KernelCases.Random((transpose ? n : k) * lda, 4), c = KernelCases.Random(n * ldc, 5), before = (double[])c.Clone();
        kernels.GramLower(transpose, n, k, 1.25, a, lda, beta, c, ldc);
        for (int i = 0; i < n; i++)
        {
            for (int j = i + 1; j < ldc; j++)
                Assert.Equal(before[(i * ldc) + j], c[(i * ldc) + j]);
        }
        double[][] columns = Rows(n, k, (i, p) => transpose ? a[(i * lda) + p] : a[(p * lda) + i]);
        float[] singles = [.. a.Select(x => (float)x)], target = new float[n * ldc];
        kernels.GramLower(transpose, n, k, 1f, singles, lda, 0, target, ldc);
        double[][] singleColumns = [.. columns.Select(column => column.Select(x => (double)(float)x).ToArray())];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                CompareEntry(columns[i], columns[j], 1.25, beta, before[(i * ldc) + j], c[(i * ldc) + j], double.BitIncrement(1) - 1);
                CompareEntry(singleColumns[i], singleColumns[j], 1, 0, 0, target[(i * ldc) + j], float.BitIncrement(1) - 1);
            }
        }
    }

    private static void Compare(int m, int n, double[][] rows, double[][] columns, double alpha, double beta, double[] before,
        double[] after, int ldc, double unit)
    {
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
                CompareEntry(rows[i], columns[j], alpha, beta, before[(i * ldc) + j], after[(i * ldc) + j], unit);
            for (int j = n; j < ldc; j++)
                Assert.Equal(before[(i * ldc) + j], after[(i * ldc) + j]);
        }
    }

    private static void CompareEntry(double[] row, double[] column, double alpha, double beta, double before, double after, double unit)
    {
        double sum = 0, magnitude = 0;
        for (int p = 0; p < row.Length; p++)
        {
            sum += row[p] * column[p];
            magnitude += Math.Abs(row[p] * column[p]);
        }
        double expected = (alpha * sum) + (beta == 0 ? 0 : beta * before),
            bound = (row.Length + 3) * unit * ((Math.Abs(alpha) * magnitude) + Math.Abs(beta * before));
        if (!(Math.Abs(expected - after) <= bound))
            Assert.Fail($"expected {expected:R} within {bound:R}, got {after:R}");
    }

    // Row i of the result: entries (i, p) for every p.
    private static double[][] Rows(int count, int length, Func<int, int, double> entry) =>
        [.. Enumerable.Range(0, count).Select(i => Enumerable.Range(0, length).Select(p => entry(i, p)).ToArray())];

    private static float[] Singles(int count, int seed) => [.. KernelCases.Random(count, seed).Select(x => (float)x)];

    private static double[] Doubles(float[] values) => [.. values.Select(x => (double)x)];
}
