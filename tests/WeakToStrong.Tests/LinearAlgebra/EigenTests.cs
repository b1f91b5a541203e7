using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Tests.LinearAlgebra;

/// <summary>
/// Symmetric eigenproblems: residual and orthogonality to a few roundings of the norm, whatever the spectrum, and the same bits for any
/// number of threads. Sizes lie on both sides of what is solved without dividing (32), of a panel and of a block of reflections.
/// </summary>
public class EigenTests
{
    private const double Unit = 1.1e-16;

    public static TheoryData<string> Spectra => ["random", "zero", "identity", "clustered", "low rank", "graded", "rank one update",
        "glued Wilkinson", "huge", "tiny", "coupled halves"];

    [Theory]
    [MemberData(nameof(Spectra))]
    public void Residual_and_orthogonality(string spectrum)
    {
        foreach (int n in new[] { 0, 1, 2, 3, 17, 32, 33, 34, 66, 97, 130, 201 })
        {
            Matrix<double> a = Symmetric(spectrum, n), v = a.Copy();
            double[] values = Dense.SymmetricEigen(v, threads: 2);
            CheckDecomposition(a, v, values);

            Matrix<double> alone = a.Copy();
            Assert.Equal(values, Dense.SymmetricEigen(alone, threads: 1));
            Assert.True(alone.Data.SequenceEqual(v.Data));
        }
    }

    [Fact]
    public void Second_differences_have_the_known_spectrum()
    {
        const int N = 150;
        var a = new Matrix<double>(N, N);
        for (int i = 0; i < N; i++)
        {
            a[i, i] = 2;
            if (i > 0)
                a[i, i - 1] = -1;
        }
        double[] values = Dense.SymmetricEigen(a);
        for (int j = 0; j < N; j++)
            Assert.Equal(2 - (2 * Math.Cos((j + 1) * Math.PI / (N + 1))), values[j], 16 * Unit * 4);
    }

    [Fact]
    public void Eigenvalues_agree_with_MathNet()
    {
        const int N = 180;
        Matrix<double> a = Symmetric("random", N);
        var theirs = MathNet.Numerics.LinearAlgebra.CreateMatrix.Dense(N, N, a.Data.ToArray())
            .Evd(MathNet.Numerics.LinearAlgebra.Symmetricity.Symmetric);
        double[] values = Dense.SymmetricEigen(a), expected = [.. theirs.EigenValues.Select(x => x.Real).Order()];
        for (int j = 0; j < N; j++)
            Assert.Equal(expected[j], values[j], 1e-12);
    }

    [Fact]
    public void Only_the_lower_triangle_is_read()
    {
        Matrix<double> a = Symmetric("random", 50), spoilt = a.Copy();
        for (int i = 0; i < 50; i++)
        {
            for (int j = i + 1; j < 50; j++)
                spoilt[i, j] = double.NaN;
        }
        Assert.Equal(Dense.SymmetricEigen(a), Dense.SymmetricEigen(spoilt));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Entries_that_are_not_finite_are_refused(double bad)
    {
        var a = new Matrix<double>(40, 40);
        a[20, 7] = bad;
        Assert.Throws<ArgumentException>(() => Dense.SymmetricEigen(a));
        Assert.Throws<ArgumentException>(() => Dense.SymmetricEigen(new Matrix<double>(3, 4)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(45)]
    [InlineData(131)]
    public void Tridiagonal_form_multiplies_back(int n)
    {
        Matrix<double> a = Symmetric("random", n), back = new(n, n);
        Tridiagonalisation form = Dense.Tridiagonalise(a.Copy(), threads: 2);
        for (int i = 0; i < n; i++)
        {
            back[i, i] = form.Diagonal[i];
            if (i > 0)
                back[i, i - 1] = back[i - 1, i] = form.OffDiagonal[i - 1];
        }
        // Q T, then Q (Q T)' = Q T Q'.
        form.Apply(back);
        back = Transpose(back);
        form.Apply(back, threads: 2);
        AssertClose(a, back, 8 * n * Unit);

        Matrix<double> b = KernelCases.RandomMatrix(n, 5, 77), turned = b.Copy();
        form.Apply(turned, transpose: true);
        Assert.True(n <= 2 || !turned.Data.SequenceEqual(b.Data));
        form.Apply(turned);
        AssertClose(b, turned, 8 * n * Unit);
    }

    private static Matrix<double> Symmetric(string spectrum, int n)
    {
        Matrix<double> a = new(n, n), random = KernelCases.RandomMatrix(n, n, 100 + n);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double x = random[i, j];
                a[i, j] = spectrum switch
                {
                    "random" => x,
                    "identity" => i == j ? 1 : 0,
                    "clustered" => (i == j ? 1 + (i % 3) : 0) + (1e-13 * x),
                    "graded" => x * Math.Pow(10, -12.0 * (i + j) / n),
                    "rank one update" => (i == j ? 1 : 0) + 1,
                    "glued Wilkinson" => i == j ? Math.Abs((i % 21) - 10) : i == j + 1 ? (i % 21 == 0 ? 1e-9 : 1) : 0,
                    "huge" => x * 1e300,
                    "tiny" => x * 1e-290,
                    // Every weight of the last merge is large: nothing deflates.
                    "coupled halves" => i == j ? i * 1e-3 : i == j + 1 ? 1 + (0.01 * x) : 0,
                    _ => 0,
                };
            }
        }
        if (spectrum == "low rank")
            a = Dense.Gram(KernelCases.RandomMatrix(Math.Max(1, n / 5), n, 5));
        Dense.FillUpper(a);
        return a;
    }

    private static void CheckDecomposition(Matrix<double> a, Matrix<double> v, double[] values)
    {
        int n = a.Rows;
        double norm = 0;
        foreach (double x in values)
            norm = Math.Max(norm, Math.Abs(x));
        double scale = norm == 0 ? 1 : 1 / norm;
        for (int j = 0; j < n; j++)
        {
            Assert.True(j == 0 || values[j] >= values[j - 1], "eigenvalues increase");
            for (int i = 0; i < n; i++)
            {
                double residual = -v[i, j] * (values[j] * scale), dot = i == j ? -1 : 0;
                for (int p = 0; p < n; p++)
                {
                    residual += a[i, p] * scale * v[p, j];
                    dot += v[p, i] * v[p, j];
                }
                Assert.InRange(Math.Abs(residual), 0, 8 * Math.Sqrt(n + 10) * Unit);
                Assert.InRange(Math.Abs(dot), 0, 8 * Math.Sqrt(n + 10) * Unit);
            }
        }
    }

    private static Matrix<double> Transpose(Matrix<double> a)
    {
        var result = new Matrix<double>(a.Columns, a.Rows);
        for (int i = 0; i < a.Rows; i++)
        {
            for (int j = 0; j < a.Columns; j++)
                result[j, i] = a[i, j];
        }
        return result;
    }

    private static void AssertClose(Matrix<double> expected, Matrix<double> actual, double tolerance)
    {
        for (int i = 0; i < expected.Data.Length; i++)
            Assert.Equal(expected.Data[i], actual.Data[i], tolerance);
    }
}
