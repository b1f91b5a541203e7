using System.Globalization;
using System.Text.Json;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Randomness;
using WeakToStrong.Ridge;

namespace WeakToStrong.Tests.Ridge;

/// <summary>Designs that squaring in doubles spoils, against tests/oracles/ridge_oracle.py: normal equations in 160 to 1000 digits,
/// leave-one-out by refitting.</summary>
public class RidgeOracleTests
{
    private const double Tolerance = 1e-6;

    private static readonly JsonElement[] Cases = [.. JsonDocument.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "oracles", "ridge_oracle.json"))).RootElement.EnumerateArray()];

    public static TheoryData<string> Names => [.. Cases.Select(c => c.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_ridge_is_right(string name)
    {
        JsonElement given = Cases.Single(c => c.GetProperty("name").GetString() == name);
        Matrix<double> x = ToMatrix(given.GetProperty("x"));
        double[] y = Numbers(given.GetProperty("y")), ridges = Numbers(given.GetProperty("ridge"));
        RidgePath path = RidgeFactorisation.Of(FeatureRows.All(x)).Fit(new Matrix<double>(y.Length, 1, y));
        Grid grid = Grid.Of(ridges);
        RidgeModels models = path.At(grid);
        double[] errors = path.LeaveOneOut(grid), deviations = Deviations(x);
        var wrong = new List<string>();
        for (int l = 0; l < ridges.Length; l++)
        {
            double[] expected = Texts(given.GetProperty("coefficients")[l]);
            // A coefficient counts by what it does: times the deviation of its column.
            double largest = expected.Zip(deviations, (b, d) => Math.Abs(b * d)).Max();
            double miss = Enumerable.Range(0, x.Columns).Max(j =>
                Math.Abs((models.Coefficient(l, j, 0) - expected[j]) * deviations[j])) / largest;
            double leftOut = double.Parse(given.GetProperty("leave_one_out")[l].GetString()!, CultureInfo.InvariantCulture);
            // Residuals that are themselves rounding of the labels (Wampler's polynomials fit exactly) have no digits to compare.
            double floor = 1e-12 * y.Max(Math.Abs), loo = Math.Max(0,
                Math.Abs(Math.Sqrt(errors[l]) - Math.Sqrt(leftOut)) - floor) / Math.Sqrt(leftOut + (floor * floor));
            if (!(miss <= Tolerance && loo <= Tolerance))
                wrong.Add($"ridge {ridges[l]:g3}: coefficients {miss:g2}, leave-one-out {loo:g2} ({errors[l]:g6} for {leftOut:g6})");
        }
        Assert.True(wrong.Count == 0, $"{name}: {string.Join("; ", wrong)}");
    }

    [Theory]
    [InlineData(300, 40)]
    [InlineData(30, 200)]
    public void A_difficult_design_does_not_depend_on_threads_and_forgets_no_scale(int n, int p)
    {
        // The same design in two sets of units, which ridge 0 does not see.
        var random = new RandomStream(3, (ulong)n);
        Matrix<double> plain = new(n, p), scaled = new(n, p), y = new(n, 2);
        random.FillNormal(plain.Data);
        random.FillNormal(y.Data);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < p; j++)
                scaled[i, j] = Math.ScaleB(plain[i, j], Unit(j));
        }
        RidgePath path = RidgeFactorisation.Of(FeatureRows.All(scaled)).Fit(y),
            many = RidgeFactorisation.Of(FeatureRows.All(scaled), 3).Fit(y, 3);
        RidgePath same = RidgeFactorisation.Of(FeatureRows.All(plain)).Fit(y);
        Grid ridges = Grid.Of(0, 1e-3);
        Assert.Equal(path.LeaveOneOut(ridges), many.LeaveOneOut(ridges, 3));
        Assert.Equal(same.LeaveOneOut(ridges)[0], path.LeaveOneOut(ridges)[0], 1e-9);
        for (int j = 0; j < p; j++)
        {
            Assert.Equal(path.At(ridges).Coefficient(1, j, 1), many.At(ridges, 3).Coefficient(1, j, 1));
            Assert.Equal(same.At(ridges).Coefficient(0, j, 1), Math.ScaleB(path.At(ridges).Coefficient(0, j, 1), Unit(j)), 1e-9);
        }

        // Columns of units in no order, 36 decades apart.
        int Unit(int j) => n > p ? 60 - (3 * (j * 7 % p)) : 60;
    }

    [Fact]
    public void Constant_columns_alone_predict_the_mean()
    {
        Matrix<double> x = new(6, 2, [.. Enumerable.Repeat(1e15, 12)]), y = new(6, 1, [1, 2, 3, 4, 5, 6]);
        RidgePath path = RidgeFactorisation.Of(FeatureRows.All(x)).Fit(y);
        Assert.Equal(3.5, path.At(Grid.Of(0)).Predict(FeatureRows.All(x))[0, 0], 1e-12);
        Assert.Equal(3.5, path.At(Grid.Of(1)).Predict(FeatureRows.All(x))[5, 0], 1e-12);
        // Each row against the mean of the five others.
        Assert.Equal(17.5 / 6 * 36 / 25, path.LeaveOneOut(Grid.Of(0))[0], 1e-12);
    }

    private static double[] Deviations(Matrix<double> x) =>
        [.. Enumerable.Range(0, x.Columns).Select(j =>
        {
            double[] column = [.. Enumerable.Range(0, x.Rows).Select(i => x[i, j] - x[0, j])];
            double mean = column.Average(), largest = column.Max(v => Math.Abs(v - mean));
            return largest == 0 ? 0 : largest * Math.Sqrt(column.Average(v => Math.Pow((v - mean) / largest, 2)));
        })];

    private static Matrix<double> ToMatrix(JsonElement rows)
    {
        double[][] values = [.. rows.EnumerateArray().Select(Numbers)];
        return new Matrix<double>(values.Length, values[0].Length, [.. values.SelectMany(row => row)]);
    }

    private static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(v => v.GetDouble())];

    private static double[] Texts(JsonElement list) => [.. list.EnumerateArray()
        .Select(v => double.Parse(v.GetString()!, CultureInfo.InvariantCulture))];
}
