using System.Globalization;
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
        Population population = Population.WithCovariance(Covariance(Deviations), [1e-9, -0.5, 2e9, 1e-4]);
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
        Matrix<double> covariance = Covariance(Deviations);
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
        Population plain = Population.WithCovariance(Covariance(like, dependent), coefficients),
            scaled = Population.WithCovariance(Covariance(Deviations, dependent), [.. coefficients.Zip(Deviations, (b, s) => b / s)]);
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
        Population plain = Population.WithCovariance(Covariance([1, 1, 1, 1]), coefficients),
            scaled = Population.WithCovariance(Covariance(moderate), [.. coefficients.Zip(moderate, (b, s) => b / s)]);
        var omega = new Matrix<double>(4, 4);
        for (int j = 0; j < 4; j++)
            omega[j, j] = moderate[j] * moderate[j];
        double expected = new TrainingStage(new RowGroup(plain.Truth, 12, 1)).At(0.3).ExcessError;
        Assert.Equal(expected, new TrainingStage([new RowGroup(scaled.Truth, 12, 1)], Penalty.Of(omega)).At(0.3).ExcessError, 1e-10);
    }

    /// <summary>
    /// Covariance and penalty each over eighteen decades or none, alike, apart and against each other (eigenvalues over 72 decades),
    /// beside 120 digits: the error of a teacher of noise 1 and of its student within 1e-10, ridges from 1e-12 to 1e18.
    /// </summary>
    [Fact]
    public void A_penalty_matrix_over_eighteen_decades_agrees_with_120_digits()
    {
        double[,] penalties = { { 1, -0.25, 0.5, 0.125 }, { -0.25, 1, 0.375, -0.5 }, { 0.5, 0.375, 1, 0.25 }, { 0.125, -0.5, 0.25, 1 } };
        double[] decades = [Math.ScaleB(1, 30), 1, Math.ScaleB(1, -30), Math.ScaleB(1, 13)], flat = [1, 1, 1, 1],
            reversed = [.. decades.Select(x => 1 / x)], signal = [1, -0.5, 2, 1];
        var oracle = OracleTable.Read("penalty");
        for (int row = 0; row < oracle.Count; row++)
        {
            (double[] deviations, double[] units) = oracle.Text(row, "case") switch
            {
                "units" => (decades, decades),
                "plain" => (decades, flat),
                "flat" => (flat, decades),
                "against" => (decades, reversed),
                _ => (flat, reversed),
            };
            Population population = Population.WithCovariance(
                Covariance(deviations), [.. signal.Zip(deviations, (b, s) => b / s)]);
            var penalty = Penalty.Of(Scaled((i, j) => penalties[i, j], units));
            double ridge = oracle.Number(row, "ridge");
            Estimator teacher = new TrainingStage(
                [new RowGroup(population.Truth, (int)oracle.Number(row, "teacher_rows"), 1)], penalty).Train(ridge);
            StageErrors student = new TrainingStage(
                [new RowGroup(teacher, (int)oracle.Number(row, "student_rows"))], penalty).At(ridge);
            ChainOracle.Close(oracle.Number(row, "teacher"), teacher.Errors.ExcessError, 1e-10, $"teacher, row {row + 1}");
            ChainOracle.Close(oracle.Number(row, "student"), student.ExcessError, 1e-10, $"student, row {row + 1}");
        }
    }

    /// <summary>Rounding of the text may leave 1e-13 below zero, at any scales; 1e-3 is no rounding.</summary>
    [Theory]
    [InlineData(1.0000000000001, true)]
    [InlineData(1.001, false)]
    public void A_smallest_eigenvalue_below_zero_is_judged_by_the_precision_of_the_text(double correlation, bool accepted)
    {
        foreach (double[] deviations in (double[][])[[1, 1], [1e9, 1e-9], [1, 1e-6]])
        {
            var rounded = new Matrix<double>(2, 2, [deviations[0] * deviations[0], correlation * deviations[0] * deviations[1],
                correlation * deviations[0] * deviations[1], deviations[1] * deviations[1]]);
            if (accepted)
            {
                var population = Population.WithCovariance(rounded, [1, 1]);
                Assert.Equal(1, population.Spectrum.Rank);
            }
            else
            {
                string message = Assert.Throws<ArgumentException>(() => Population.WithCovariance(rounded, [1, 1])).Message;
                Assert.Contains("is not positive semi-definite: its smallest eigenvalue is -0.001", message, StringComparison.Ordinal);
            }
        }
    }

    /// <summary>Scales from 1e-9 to 1e9, an entry of the smallest features changed by one or three units of its last place.</summary>
    [Theory]
    [InlineData(2, "G17", 1e-13, true)]
    [InlineData(2, "G17", 2e-11, false)]
    [InlineData(2, "G7", 1e-7, true)]
    [InlineData(2, "G7", 3e-7, false)]
    [InlineData(0, "G7", 3e-7, false)]
    [InlineData(2, "G6", 1e-6, true)]
    [InlineData(2, "G3", 1e-3, false)]
    public void Symmetry_is_judged_feature_by_feature(int row, string format, double change, bool accepted)
    {
        double[,] correlations = { { 1, 0.5123456789, 0.25 }, { 0.5123456789, 1, 0.25 }, { 0.25, 0.25, 1 } };
        (int i, int j) = row switch { 0 => (1, 0), 1 => (2, 0), _ => (2, 1) };
        var covariance = Scaled((a, b) => correlations[a, b], [1e9, 1, 1e-9]);
        foreach (ref double value in covariance.Data)
            value = double.Parse(value.ToString(format, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        double scale = Math.Pow(10, Math.Floor(Math.Log10(covariance[i, j])) + 1);
        covariance[i, j] = double.Parse((covariance[i, j] + (change * scale)).ToString(format, CultureInfo.InvariantCulture),
            CultureInfo.InvariantCulture);
        if (accepted)
            Assert.Equal(3, Population.WithCovariance(covariance, [1, 1, 1]).Spectrum.Rank);
        else
            Assert.Contains($"is not symmetric: row {i + 1}, column {j + 1} is ", Assert.Throws<ArgumentException>(() =>
                Population.WithCovariance(covariance, [1, 1, 1])).Message, StringComparison.Ordinal);
    }

    private static Matrix<double> Covariance(double[] deviations, bool dependent = false)
    {
        // The last feature is made of the two before it, in their units.
        double Correlation(int i, int j) => dependent && i == 3 ? Correlation(1, j) + Correlation(2, j)
            : dependent && j == 3 ? Correlation(i, 1) + Correlation(i, 2) : Correlations[i, j];
        return Scaled(Correlation, deviations);
    }

    private static Matrix<double> Scaled(Func<int, int, double> inner, double[] units)
    {
        var scaled = new Matrix<double>(units.Length, units.Length);
        for (int i = 0; i < units.Length; i++)
        {
            for (int j = 0; j < units.Length; j++)
                scaled[i, j] = inner(i, j) * units[i] * units[j];
        }
        return scaled;
    }
}
