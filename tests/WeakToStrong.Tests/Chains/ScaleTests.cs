using WeakToStrong.Chains;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Tests.Chains;

/// <summary>Features of very different scales: dollars beside shares.</summary>
public class ScaleTests
{
    private static readonly double[] Deviations = [1e9, 1, 1e-9, 1e4];

    private static readonly double[,] Correlations =
    {
        { 1, 0.5, 0.25, -0.25 }, { 0.5, 1, 0.5, 0.125 }, { 0.25, 0.5, 1, 0.375 }, { -0.25, 0.125, 0.375, 1 },
    };

    /// <summary>Eigenvalues and two stages (20 rows and noise 1, then 30) by mpmath with 60 digits.</summary>
    [Theory]
    [InlineData(1e-10, 3.1678622344473612, 3.1678622618568456)]
    [InlineData(1e-3, 3.1670206573658796, 3.1663475446979656)]
    [InlineData(1e5, 2.9855913398983234, 2.9851507165521464)]
    public void A_covariance_over_eighteen_decades_agrees_with_60_digits(double ridge, double teacher, double student)
    {
        Population population = Population.WithCovariance(Covariance(4, Deviations), [1e-9, -0.5, 2e9, 1e-4]);
        Assert.Equal(6.625, population.SignalVariance, 1e-13);
        double[] eigenvalues = [6.3567073170731708e-19, 0.6833333328474074, 93750000.06608073, 1.00000000000625e+18];
        Assert.All(eigenvalues.Zip(population.Spectrum.Values.ToArray()), pair => Assert.Equal(1, pair.Second / pair.First, 1e-13));
        Estimator first = new TrainingStage(new RowGroup(population.Truth, 20, 1)).Train(ridge);
        Assert.Equal(teacher, first.Errors.ExcessError, 1e-12);
        Assert.Equal(student, new TrainingStage(new RowGroup(first, 30)).At(ridge).ExcessError, 1e-12);
    }

    [Fact]
    public void A_view_over_eighteen_decades_is_that_covariance()
    {
        double[] coefficients = [1e-9, -0.5, 2e9, 1e-4], moments = new double[4];
        Matrix<double> covariance = Covariance(4, Deviations);
        for (int i = 0; i < 4; i++)
        {
            for (int j = 0; j < 4; j++)
                moments[i] += covariance[i, j] * coefficients[j];
        }
        Population view = new Views(6.625, [new("a", covariance, moments)], [])["a"];
        Assert.Equal(4, view.Spectrum.Rank);
        Assert.Equal(3.1670206573658796, new TrainingStage(new RowGroup(view.Truth, 20, 1)).At(1e-3).ExcessError, 1e-10);
    }

    /// <summary>Without ridge errors do not depend on scales, not even where one feature is the sum of two others.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Without_ridge_scales_do_not_matter(bool dependent)
    {
        double[] like = [1, 1, 1, 1], coefficients = [1, -0.5, 2, 1];
        Population plain = Population.WithCovariance(Covariance(4, like, dependent), coefficients),
            scaled = Population.WithCovariance(Covariance(4, Deviations, dependent), [.. coefficients.Zip(Deviations, (b, s) => b / s)]);
        Assert.Equal(dependent ? 3 : 4, scaled.Spectrum.Rank);
        Assert.Equal(plain.SignalVariance, scaled.SignalVariance, 1e-13);
        foreach (int rows in (int[])[2, 9])
        {
            StageErrors expected = Error(plain, rows), found = Error(scaled, rows);
            if (rows > 4)
                Assert.Equal(expected.ExcessError, found.ExcessError, 1e-12);
            Assert.True(double.IsFinite(found.ExcessError));
        }

        static StageErrors Error(Population population, int rows) =>
            new TrainingStage(new RowGroup(population.Truth, rows, 1)).At(0);
    }

    /// <summary>A penalty in the units of the features undoes their scales.</summary>
    [Fact]
    public void A_penalty_in_the_features_units_is_ridge_on_features_of_unit_deviation()
    {
        double[] coefficients = [1, -0.5, 2, 1], moderate = [1e3, 1, 1e-2, 10];
        Population plain = Population.WithCovariance(Covariance(4, [1, 1, 1, 1]), coefficients),
            scaled = Population.WithCovariance(Covariance(4, moderate), [.. coefficients.Zip(moderate, (b, s) => b / s)]);
        var omega = new Matrix<double>(4, 4);
        for (int j = 0; j < 4; j++)
            omega[j, j] = moderate[j] * moderate[j];
        double expected = new TrainingStage(new RowGroup(plain.Truth, 12, 1)).At(0.3).ExcessError;
        Assert.Equal(expected, new TrainingStage([new RowGroup(scaled.Truth, 12, 1)], Penalty.Of(omega)).At(0.3).ExcessError, 1e-10);
    }

    private static Matrix<double> Covariance(int d, double[] deviations, bool dependent = false)
    {
        // The last feature is made of the two before it, in their units.
        double Correlation(int i, int j) => dependent && i == 3 ? Correlation(1, j) + Correlation(2, j)
            : dependent && j == 3 ? Correlation(i, 1) + Correlation(i, 2) : Correlations[i, j];
        var covariance = new Matrix<double>(d, d);
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j < d; j++)
                covariance[i, j] = Correlation(i, j) * deviations[i] * deviations[j];
        }
        return covariance;
    }
}
