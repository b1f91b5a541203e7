using MathNet.Numerics.LinearAlgebra.Double;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Ridge;

namespace WeakToStrong.Tests.Ridge;

/// <summary>Both ways to decompose a design, from the Gram matrix and from the design itself, against MathNet's normal equations.</summary>
public sealed class RidgeBasisTests
{
    private const double Lambda = 0.2;

    public static TheoryData<int, int, bool, bool> Designs => new(
        from shape in ((int Rows, int Columns)[])[(30, 7), (9, 7), (9, 8), (12, 40)]
        from intercept in (bool[])[true, false]
        from gram in (bool[])[true, false]
        select new TheoryDataRow<int, int, bool, bool>(shape.Rows, shape.Columns, intercept, gram));

    [Theory]
    [MemberData(nameof(Designs))]
    public void Coefficients_fit_and_leverages_are_those_of_the_normal_equations(int n, int p, bool intercept, bool gram)
    {
        (DenseMatrix x, DenseMatrix y, RidgeBasis basis) = Make(n, p, intercept, gram);
        var inverse = ((x.TransposeThisAndMultiply(x) / n) + (DenseMatrix.CreateIdentity(p) * Lambda)).Inverse();
        var b = inverse * x.TransposeThisAndMultiply(y) / n;
        var fitted = x * b;
        var hat = x * inverse * x.Transpose() / n;

        Matrix<double> c = basis.Project(CentredTargets.Of(ToRows(y)), 2);
        Matrix<double> coefficients = basis.Coefficients(Weighted(c, j => basis.CoefficientWeight(j, Lambda)), 2), found = new(n, 2);
        double[] leverages = new double[n];
        basis.ForEachChunk(2, (first, z) =>
        {
            for (int i = 0; i < z.Rows; i++)
            {
                for (int j = 0; j < basis.Count; j++)
                {
                    leverages[first + i] += z[i, j] * z[i, j] * basis.LeverageWeight(j, Lambda);
                    for (int k = 0; k < 2; k++)
                        found[first + i, k] += z[i, j] * basis.FittedWeight(j, Lambda) * c[j, k];
                }
            }
        });
        for (int i = 0; i < n; i++)
        {
            Assert.Equal(hat[i, i], leverages[i], 1e-11);
            Assert.Equal(fitted[i, 1], found[i, 1], 1e-11);
        }
        for (int j = 0; j < p; j++)
            Assert.Equal(b[j, 1], coefficients[j, 1], 1e-11);
    }

    [Theory]
    [MemberData(nameof(Designs))]
    public void Spectrum_and_shares_are_those_of_the_singular_values(int n, int p, bool intercept, bool gram)
    {
        (DenseMatrix x, _, RidgeBasis basis) = Make(n, p, intercept, gram);
        double[] singular = [.. x.Svd(false).S.Where(s => s > 1e-9).Select(s => s * s / n).Order()];
        double[] spectrum = basis.Spectrum();
        Assert.Equal(basis.Count, spectrum.Length);
        // Products of more rows than columns have a null direction.
        double[] sorted = [.. spectrum.Order()], expected = [.. new double[sorted.Length - singular.Length], .. singular];
        for (int j = 0; j < sorted.Length; j++)
            Assert.Equal(expected[j], sorted[j], 1e-12 * singular[^1]);
        Assert.Equal(!(gram && GramBasis.IsPrimal(FeatureRows.All(ToRows(x)))), basis.IsOrthonormal);
        Assert.Equal(basis.IsOrthonormal && basis.Count == n - (intercept ? 1 : 0), basis.IsComplete);
        if (!basis.IsOrthonormal)
            return;
        foreach (double lambda in (double[])[1e-3, 5])
        {
            Assert.Equal(lambda / (sorted[0] + lambda), basis.RestScale(lambda), 1e-12);
            for (int j = 0; j < basis.Count; j++)
                Assert.Equal((sorted[0] + lambda) / (spectrum[j] + lambda), basis.Share(j, lambda), 1e-12);
        }
        Assert.Equal(1, basis.RestScale(double.PositiveInfinity));
        Assert.Equal(1, basis.Share(0, double.PositiveInfinity));
        double[] products = new double[2];
        basis.ForEachChunk(1, (_, z) =>
        {
            for (int i = 0; i < z.Rows; i++)
            {
                products[0] += z[i, 0] * z[i, 0];
                products[1] += z[i, 0] * z[i, 1];
            }
        });
        Assert.Equal(1, products[0], 1e-12);
        Assert.Equal(0, products[1], 1e-12);
    }

    [Fact]
    public void A_gram_matrix_serves_ridges_that_its_rounding_does_not_drown()
    {
        Matrix<double> x = RidgePathTests.Draw(12, 40, 1).X;
        // Nearly the same row twice.
        x.Row(0).CopyTo(x.Row(1));
        x[1, 0] += 1e-7;
        FeatureRows rows = FeatureRows.All(x);
        var gram = new GramBasis(rows, Centring.AtMeans(rows, 1), true, 1);
        Assert.True(gram.Serves(0.1));
        Assert.False(gram.Serves(0));
        Assert.True(GramBasis.IsPrimal(FeatureRows.All(new Matrix<double>(9, 7))));
        Assert.False(GramBasis.IsPrimal(FeatureRows.All(new Matrix<double>(9, 8))));
    }

    [Fact]
    public void The_best_ridge_is_that_of_the_least_error_of_scores_as_they_are_or_clipped()
    {
        (Matrix<double> x, _) = RidgePathTests.Draw(25, 6, 1);
        var y = new Matrix<double>(25, 2);
        for (int i = 0; i < 25; i++)
            y[i, x[i, 0] + x[i, 1] > 3 ? 1 : 0] = 1;
        // A row far from the others.
        for (int j = 0; j < 6; j++)
            x[7, j] = 40;
        Grid grid = Grid.Of(1e-4, 1e-2, 0.3, 3, 100, 1e4);
        RidgePath path = RidgeFactorisation.Of(FeatureRows.All(x)).Fit(y);
        double[] plain = new double[grid.Count], clipped = new double[grid.Count];
        for (int left = 0; left < 25; left++)
        {
            int[] kept = [.. Enumerable.Range(0, 25).Where(i => i != left)];
            Matrix<double> fewer = new(24, 2, [.. kept.SelectMany(i => y.Row(i).ToArray())]);
            for (int l = 0; l < grid.Count; l++)
            {
                Matrix<double> scores = RidgeFactorisation.Of(new FeatureRows(x, kept)).Fit(fewer).At(Grid.Of(grid[l] * 25 / 24))
                    .Predict(new FeatureRows(x, [left]));
                for (int k = 0; k < 2; k++)
                {
                    plain[l] += Math.Pow(scores[0, k] - y[left, k], 2);
                    clipped[l] += Math.Pow(Math.Clamp(scores[0, k], 0, 1) - y[left, k], 2);
                }
            }
        }
        Assert.Equal(Array.IndexOf(plain, plain.Min()), path.BestByLeaveOneOut(grid));
        Assert.Equal(Array.IndexOf(clipped, clipped.Min()), path.BestForClasses(grid));
        Assert.NotEqual(path.BestByLeaveOneOut(grid), path.BestForClasses(grid));
    }

    [Theory]
    [InlineData(1, 0, "1 of the 6 columns is a linear combination of the others to rounding; ridge 0 takes the coefficients of least norm")]
    [InlineData(2, 0, "2 of the 6 columns are linear combinations of the others to rounding; ridge 0 takes the coefficients of least norm")]
    [InlineData(2, 1e-40, "2 of the 6 columns are linear combinations of the others to rounding; a ridge of 1e-40 is too small to tell "
        + "them from rounding")]
    [InlineData(2, 0.1, null)]
    [InlineData(0, 0, null)]
    public void Columns_that_depend_on_others_are_told_of(int twins, double lambda, string? expected)
    {
        Matrix<double> x = RidgePathTests.Draw(25, 6, 1).X;
        for (int i = 0; i < 25; i++)
        {
            for (int k = 0; k < twins; k++)
                x[i, 5 - k] = x[i, k];
        }
        Assert.Equal(expected, RidgeFactorisation.Of(FeatureRows.All(x)).Remark(lambda, "columns"));
    }

    [Theory]
    [InlineData(30, 7)]
    [InlineData(12, 40)]
    public void Least_squares_along_the_eigenvectors(int n, int p)
    {
        (Matrix<double> x, Matrix<double> y) = RidgePathTests.Draw(n, p, 1);
        (double[] spectrum, Matrix<double> found) = RidgeFactorisation.Of(FeatureRows.All(x)).Fit(y).LeastSquares();
        var svd = RidgePathTests.Centred(x).Svd();
        double[] expected = [.. (svd.U.TransposeThisAndMultiply(RidgePathTests.Centred(y))).Column(0).Take(spectrum.Length)
            .Select((u, j) => Math.Abs(u / svd.S[j]))];
        int[] order = [.. Enumerable.Range(0, spectrum.Length).OrderByDescending(j => spectrum[j])];
        for (int j = 0; j < order.Length; j++)
            Assert.Equal(expected[j], Math.Abs(found[order[j], 0]), 1e-9 * expected.Max());
    }

    private static (DenseMatrix X, DenseMatrix Y, RidgeBasis Basis) Make(int n, int p, bool intercept, bool gram)
    {
        (Matrix<double> x, Matrix<double> y) = RidgePathTests.Draw(n, p, 2);
        FeatureRows rows = FeatureRows.All(x);
        Centring centring = intercept ? Centring.AtMeans(rows, 1) : Centring.AtZero(rows);
        RidgeBasis basis = gram ? new GramBasis(rows, centring, intercept, 2) : DesignBasis.Of(rows, centring, intercept, 2);
        return (intercept ? RidgePathTests.Centred(x) : ToDense(x), intercept ? RidgePathTests.Centred(y) : ToDense(y), basis);
    }

    private static Matrix<double> Weighted(Matrix<double> c, Func<int, double> weight)
    {
        var weighted = new Matrix<double>(c.Rows, c.Columns);
        for (int j = 0; j < c.Rows; j++)
        {
            for (int k = 0; k < c.Columns; k++)
                weighted[j, k] = c[j, k] * weight(j);
        }
        return weighted;
    }

    private static DenseMatrix ToDense(Matrix<double> from) => DenseMatrix.Create(from.Rows, from.Columns, (i, j) => from[i, j]);

    private static Matrix<double> ToRows(DenseMatrix from)
    {
        var rows = new Matrix<double>(from.RowCount, from.ColumnCount);
        for (int i = 0; i < rows.Rows; i++)
        {
            for (int j = 0; j < rows.Columns; j++)
                rows[i, j] = from[i, j];
        }
        return rows;
    }
}
