using WeakToStrong.Functions;

namespace WeakToStrong.Tests.Networks;

public class NonlinearityTests
{
    private static readonly string[] Names = ["relu", "tanh", "erf", "softplus", "gelu", "identity", "he2", "he3",
        "hermite:0.5,1,-0.25,0.125"];

    public static TheoryData<string> AllNames => [.. Names];

    [Fact]
    public void Hermite_coefficients_match_high_precision_tables()
    {
        OracleTable table = OracleTable.Read("network_hermite");
        for (int row = 0; row < table.Count; row++)
        {
            int order = (int)table.Number(row, "order");
            double expected = table.Number(row, "coefficient"), found = Read(table.Text(row, "function")).HermiteCoefficient(order);
            double rootFactorial = Math.Sqrt(Enumerable.Range(1, order).Aggregate(1.0, (product, k) => product * k));
            Assert.True(Math.Abs(found - expected) * rootFactorial <= 1e-14, table.Describe(row) + $", found {found}");
        }
    }

    [Fact]
    public void Quadrature_alone_matches_closed_forms()
    {
        // Closed forms replace the quadrature where they exist; this pins the quadrature itself, the kink of relu included.
        foreach (string name in Names)
        {
            Nonlinearity f = Nonlinearity.Parse(name);
            Assert.Equal(f.HermiteCoefficient(0), GaussianExpectation.Of(f.Value), 1e-14);
            Assert.Equal(f.HermiteCoefficient(1), GaussianExpectation.Of(z => f.Value(z) * z), 1e-14);
            Assert.Equal(f.HermiteCoefficient(1), f.MeanDerivative(1), 1e-14);
            Assert.Equal(2 * f.HermiteCoefficient(2), GaussianExpectation.Of(z => f.Value(z) * ((z * z) - 1)), 1e-13);
        }
    }

    [Fact]
    public void Moments_match_high_precision_tables()
    {
        OracleTable table = OracleTable.Read("network_moments");
        for (int row = 0; row < table.Count; row++)
        {
            Nonlinearity f = Read(table.Text(row, "function"));
            Assert.Equal(table.Number(row, "square"), f.SecondMoment, 1e-13);
            Assert.Equal(table.Number(row, "square_of_slope"), f.MeanSquareDerivative(), 1e-12);
            Assert.Equal(table.Number(row, "slope_at_0.8"), f.MeanDerivative(0.8), 1e-13);
            Assert.Equal(table.Number(row, "square_at_0.8"), f.MeanSquare(0.8), 1e-13);
        }
    }

    [Theory]
    [MemberData(nameof(AllNames))]
    public void The_derivative_is_the_slope_of_the_value(string name)
    {
        Nonlinearity f = Nonlinearity.Parse(name);
        for (double z = -6.05; z < 6.1; z += 0.1)
        {
            const double H = 1e-5;
            double slope = (f.Value(z + H) - f.Value(z - H)) / (2 * H);
            Assert.Equal(slope, f.Derivative(z), 1e-8 * Math.Max(1, Math.Abs(slope)));
        }
    }

    [Theory]
    [MemberData(nameof(AllNames))]
    public void Single_precision_loops_agree_with_double_precision(string name)
    {
        // 45 entries: five whole vectors and a partial one, extremes included.
        Nonlinearity f = Nonlinearity.Parse(name);
        float[] z = [.. Enumerable.Range(0, 45).Select(i => (i - 22) * 0.37f)], weights = [.. z.Select(MathF.Cos)];
        float[] values = new float[45], signal = [.. z];
        f.Apply(z, values);
        f.Backpropagate(signal, weights, 0.5f);
        double sum = 0, scale = 0;
        for (int j = 0; j < 45; j++)
        {
            double value = f.Value(z[j]), slope = f.Derivative(z[j]);
            Assert.Equal(value, values[j], 1e-6 * Math.Max(1, Math.Abs(value)));
            Assert.Equal(0.5 * weights[j] * slope, signal[j], 1e-6 * Math.Max(1, Math.Abs(slope)));
            sum += weights[j] * value;
            scale += Math.Abs(weights[j] * value);
        }
        Assert.Equal(sum, f.WeightedSum(z, weights), 2e-6 * Math.Max(1, scale));
    }

    [Theory]
    [InlineData("tanh")]
    [InlineData("erf")]
    [InlineData("softplus")]
    [InlineData("gelu")]
    public void Saturation_gives_no_nan(string name)
    {
        Nonlinearity f = Nonlinearity.Parse(name);
        float[] z = [-1000, -100, -90, 0, 90, 100, 1000, 5, -5], values = new float[9], signal = [.. z], ones = [.. z.Select(_ => 1f)];
        f.Apply(z, values);
        f.Backpropagate(signal, ones, 1);
        for (int j = 0; j < z.Length; j++)
        {
            Assert.Equal(f.Value(z[j]), values[j], 1e-5 * Math.Max(1, Math.Abs(z[j])));
            Assert.Equal(f.Derivative(z[j]), signal[j], 1e-6);
        }
    }

    [Fact]
    public void The_error_function_matches_an_independent_library()
    {
        for (double z = -7; z <= 7; z += 0.013)
            Assert.Equal(MathNet.Numerics.SpecialFunctions.Erf(z), Nonlinearity.Erf.Value(z), 1e-15);
    }

    [Theory]
    [InlineData("relu", 1)]
    [InlineData("tanh", 1)]
    [InlineData("he2", 2)]
    [InlineData("he5", 5)]
    [InlineData("hermite:3,0,0,0.5", 3)]
    [InlineData("hermite:1", null)]
    [InlineData("he0", null)]
    public void Information_exponents(string name, int? expected) => Assert.Equal(expected, Nonlinearity.Parse(name).InformationExponent);

    [Theory]
    [InlineData("ReLU", "relu")]
    [InlineData(" He2 ", "he2")]
    [InlineData("HERMITE:0,1,0.5", "hermite:0,1,0.5")]
    public void Names_are_read_in_either_case_and_read_back(string text, string name)
    {
        Assert.Equal(name, Nonlinearity.Parse(text).Name);
        Assert.Equal(name, Nonlinearity.Parse(name).Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("sigmoid")]
    [InlineData("he")]
    [InlineData("he11")]
    [InlineData("he-1")]
    [InlineData("hermite:")]
    [InlineData("hermite:1,x")]
    [InlineData("hermite:1,inf")]
    [InlineData("hermite:1,1,1,1,1,1,1,1,1,1,1,1")]
    public void Unknown_functions_are_refused_with_the_list(string text)
    {
        InputException refusal = Assert.Throws<InputException>(() => Nonlinearity.Parse(text));
        Assert.Contains($"'{text}'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("softplus", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Orders_outside_the_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Nonlinearity.Tanh.HermiteCoefficient(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Nonlinearity.Tanh.HermiteCoefficient(65));
        Assert.Throws<ArgumentOutOfRangeException>(() => Nonlinearity.HermitePolynomial(11));
    }

    /// <summary>A function from an oracle table, where commas are semicolons.</summary>
    internal static Nonlinearity Read(string cell) => Nonlinearity.Parse(cell.Replace(';', ','));
}
