using MathNet.Numerics.LinearAlgebra.Double;
using WeakToStrong.Data.Experiment;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Randomness;
using WeakToStrong.Ridge;

namespace WeakToStrong.Tests.Ridge;

public class RidgePathTests
{
    private static readonly Grid Lambdas = Grid.Parse("0.001,0.1,3");

    [Theory]
    [InlineData(30, 7)]
    [InlineData(12, 12)]
    [InlineData(12, 40)]
    public void Coefficients_solve_the_normal_equations(int n, int p)
    {
        (Matrix<double> x, Matrix<double> y) = Draw(n, p, 3);
        RidgeModels models = RidgeFactorisation.Of(FeatureRows.All(x)).Fit(y).At(Lambdas);
        for (int l = 0; l < Lambdas.Count; l++)
        {
            (Matrix<double> slopes, double[] intercepts) = Direct(x, y, Lambdas[l]);
            for (int c = 0; c < y.Columns; c++)
            {
                Assert.Equal(intercepts[c], models.Intercept(l, c), 1e-9);
                for (int j = 0; j < p; j++)
                    Assert.Equal(slopes[j, c], models.Coefficient(l, j, c), 1e-9);
            }
        }
    }

    [Theory]
    [InlineData(20, 5)]
    [InlineData(10, 25)]
    public void Leave_one_out_is_what_refitting_gives(int n, int p)
    {
        (Matrix<double> x, Matrix<double> y) = Draw(n, p, 2);
        double[] errors = RidgeFactorisation.Of(FeatureRows.All(x)).Fit(y).LeaveOneOut(Lambdas);
        for (int l = 0; l < Lambdas.Count; l++)
        {
            double total = 0;
            for (int left = 0; left < n; left++)
            {
                int[] kept = [.. Enumerable.Range(0, n).Where(i => i != left)];
                // The penalty n lambda stays as it was with all n rows.
                (Matrix<double> b, double[] b0) = Direct(Rows(x, kept), Rows(y, kept), Lambdas[l] * n / (n - 1));
                for (int c = 0; c < y.Columns; c++)
                    total += Math.Pow(y[left, c] - b0[c] - Enumerable.Range(0, p).Sum(j => x[left, j] * b[j, c]), 2);
            }
            Assert.Equal(total / n, errors[l], 1e-9 * total);
        }
    }

    [Fact]
    public void Ridge_zero_gives_the_least_norm_interpolator()
    {
        (Matrix<double> x, Matrix<double> y) = Draw(10, 30, 1);
        RidgeModels models = RidgeFactorisation.Of(FeatureRows.All(x)).Fit(y).At(Grid.Of(0));
        Matrix<double> fitted = models.Predict(FeatureRows.All(x));
        for (int i = 0; i < 10; i++)
            Assert.Equal(y[i, 0], fitted[i, 0], 1e-9);
        RidgeModels nearly = RidgeFactorisation.Of(FeatureRows.All(x)).Fit(y).At(Grid.Of(1e-9));
        for (int j = 0; j < 30; j++)
            Assert.Equal(nearly.Coefficient(0, j, 0), models.Coefficient(0, j, 0), 1e-6);
    }

    [Theory]
    [InlineData(8, 7)]
    [InlineData(8, 6)]
    [InlineData(10, 25)]
    public void Leave_one_out_of_an_interpolator_is_that_of_a_vanishing_ridge(int n, int p)
    {
        (Matrix<double> x, Matrix<double> y) = Draw(n, p, 1);
        double[] errors = RidgeFactorisation.Of(FeatureRows.All(x)).Fit(y).LeaveOneOut(Grid.Of(0, 1e-300, 1e-15, 1e-12));
        Assert.Equal(errors[0], errors[1], 1e-12 * errors[0]);
        Assert.Equal(errors[0], errors[2], 1e-8 * errors[0]);
        Assert.Equal(errors[0], errors[3], 1e-5 * errors[0]);
        Assert.True(errors[0] > 0.1);
    }

    [Fact]
    public void Constant_and_repeated_columns_change_nothing()
    {
        (Matrix<double> x, Matrix<double> y) = Draw(40, 5, 1);
        var padded = new Matrix<double>(40, 7);
        for (int i = 0; i < 40; i++)
        {
            x.Row(i).CopyTo(padded.Row(i));
            padded[i, 5] = 1e6;
        }
        double[] plain = RidgeFactorisation.Of(FeatureRows.All(x)).Fit(y).LeaveOneOut(Lambdas),
            more = RidgeFactorisation.Of(FeatureRows.All(padded)).Fit(y).LeaveOneOut(Lambdas);
        for (int l = 0; l < Lambdas.Count; l++)
            Assert.Equal(plain[l], more[l], 1e-10 * plain[l]);
    }

    [Fact]
    public void A_view_of_rows_is_the_same_as_a_copy_of_them()
    {
        (Matrix<double> x, Matrix<double> y) = Draw(50, 6, 2);
        int[] rows = [.. Enumerable.Range(0, 30).Select(i => (i * 7) % 50)];
        RidgeModels view = RidgeFactorisation.Of(new FeatureRows(x, rows)).Fit(Rows(y, rows)).At(Lambdas);
        RidgeModels copy = RidgeFactorisation.Of(FeatureRows.All(Rows(x, rows))).Fit(Rows(y, rows)).At(Lambdas);
        Assert.Equal(copy.Coefficient(1, 2, 1), view.Coefficient(1, 2, 1));
    }

    [Fact]
    public void A_prior_is_the_penalty_of_setting_2()
    {
        (Matrix<double> x, Matrix<double> y) = Draw(40, 6, 1);
        (Matrix<double> u, _) = Draw(6, 2, 1);
        const double Weight = 7, Lambda = 0.3;
        RidgeModels weighted = RidgeFactorisation.Of(new PriorWeighting(u, Weight).Apply(FeatureRows.All(x))).Fit(y).At(Grid.Of(Lambda));
        Matrix<double> predicted = weighted.Predict(new PriorWeighting(u, Weight).Apply(FeatureRows.All(x)));

        Matrix<double> gamma = Dense.Gram(Transposed(u), Weight);
        for (int j = 0; j < 6; j++)
            gamma[j, j] += 1;
        (Matrix<double> slopes, double[] intercepts) = Direct(x, y, Lambda, gamma);
        for (int i = 0; i < 40; i++)
            Assert.Equal(intercepts[0] + Enumerable.Range(0, 6).Sum(j => x[i, j] * slopes[j, 0]), predicted[i, 0], 1e-9);
    }

    [Fact]
    public void Results_do_not_depend_on_the_number_of_threads()
    {
        (Matrix<double> x, Matrix<double> y) = Draw(5000, 60, 4);
        RidgePath one = RidgeFactorisation.Of(FeatureRows.All(x), 1).Fit(y, 1),
            many = RidgeFactorisation.Of(FeatureRows.All(x), 5).Fit(y, 5);
        Assert.Equal(one.LeaveOneOut(Lambdas, 1), many.LeaveOneOut(Lambdas, 5));
        Assert.Equal(one.At(Lambdas, 1).Coefficient(2, 59, 3), many.At(Lambdas, 5).Coefficient(2, 59, 3));
    }

    internal static (Matrix<double> X, Matrix<double> Y) Draw(int n, int p, int outputs)
    {
        var random = new RandomStream(11, (ulong)n, (ulong)p);
        Matrix<double> x = new(n, p), y = new(n, outputs);
        random.FillNormal(x.Data);
        random.FillNormal(y.Data);
        for (int i = 0; i < n; i++)
        {
            x[i, 0] += 3;
            y[i, 0] += x[i, 0];
        }
        return (x, y);
    }

    /// <summary>(1/n) sum of squares + lambda b' Gamma^-1 b with an intercept, by MathNet.</summary>
    private static (Matrix<double> Slopes, double[] Intercepts) Direct(Matrix<double> x, Matrix<double> y, double lambda,
        Matrix<double>? gamma = null)
    {
        DenseMatrix xm = Centred(x), ym = Centred(y);
        var penalty = gamma is null ? DenseMatrix.CreateIdentity(x.Columns)
            : DenseMatrix.Create(gamma.Rows, gamma.Columns, (i, j) => gamma[i, j]).Inverse();
        var b = ((xm.TransposeThisAndMultiply(xm) / x.Rows) + (penalty * lambda)).Solve(xm.TransposeThisAndMultiply(ym) / x.Rows);
        var slopes = new Matrix<double>(x.Columns, y.Columns);
        var intercepts = new double[y.Columns];
        for (int c = 0; c < y.Columns; c++)
        {
            intercepts[c] = Enumerable.Range(0, y.Rows).Average(i => y[i, c]);
            for (int j = 0; j < x.Columns; j++)
            {
                slopes[j, c] = b[j, c];
                intercepts[c] -= b[j, c] * Enumerable.Range(0, x.Rows).Average(i => x[i, j]);
            }
        }
        return (slopes, intercepts);
    }

    internal static DenseMatrix Centred(Matrix<double> from)
    {
        double[] means = [.. Enumerable.Range(0, from.Columns).Select(j => Enumerable.Range(0, from.Rows).Average(i => from[i, j]))];
        return DenseMatrix.Create(from.Rows, from.Columns, (i, j) => from[i, j] - means[j]);
    }

    private static Matrix<double> Rows(Matrix<double> from, int[] rows)
    {
        var copy = new Matrix<double>(rows.Length, from.Columns);
        for (int i = 0; i < rows.Length; i++)
            from.Row(rows[i]).CopyTo(copy.Row(i));
        return copy;
    }

    private static Matrix<double> Transposed(Matrix<double> from)
    {
        var turned = new Matrix<double>(from.Columns, from.Rows);
        for (int i = 0; i < from.Rows; i++)
        {
            for (int j = 0; j < from.Columns; j++)
                turned[j, i] = from[i, j];
        }
        return turned;
    }
}
