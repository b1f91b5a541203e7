using WeakToStrong.Functions;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Networks.Readouts;

namespace WeakToStrong.Tests.Networks;

/// <summary>Second moments of features against tests/oracles/network_pairs.py, and with the target against sums of their own.</summary>
public class PairMomentTests
{
    [Fact]
    public void Pair_moments_are_those_of_high_precision()
    {
        OracleTable table = OracleTable.Read("network_pairs");
        for (int i = 0; i < table.Count; i++)
        {
            Nonlinearity f = Nonlinearity.Parse(table.Text(i, "activation"));
            double s = table.Number(i, "s"), t = table.Number(i, "t"), expected = table.Number(i, "moment");
            UnitExpansions left = new(f, [s], 1), right = new(f, [t], 1);
            var products = new Matrix<double>(1, 1, [s * t * table.Number(i, "rho")]);
            new PairMoments(f, 1).Fill(left, right, products);
            double scale = Math.Sqrt(left.SecondMoments[0] * right.SecondMoments[0]),
                tolerance = f.PairMoment(1, 1, 0) is null ? 1e-7 : 1e-14;
            Assert.True(Math.Abs(products[0, 0] - expected) <= tolerance * scale, $"{products[0, 0]}: {table.Describe(i)}");
        }
    }

    [Theory]
    [InlineData("relu", 0.8)]
    [InlineData("tanh", 3.0)]
    [InlineData("gelu", 1.3)]
    public void Moments_with_the_target_are_those_of_one_dimensional_integrals(string activation, double s)
    {
        // With rho = 1 and a polynomial link the moment is E act(s z) link(z).
        Nonlinearity f = Nonlinearity.Parse(activation), link = Nonlinearity.Hermite(0.3, 1, 0.5, -0.2);
        double[] moment = new UnitExpansions(f, [s], 1).With(link, [s]);
        Assert.Equal(GaussianExpectation.Of(z => f.Value(s * z) * link.Value(z)), moment[0], 1e-13);
        double[] half = new UnitExpansions(f, [s], 1).With(Nonlinearity.HermitePolynomial(2), [0.5 * s]);
        Assert.Equal(0.25 * GaussianExpectation.Of(z => f.Value(s * z) * ((z * z) - 1)), half[0], 1e-13);
    }

    [Fact]
    public void A_unit_without_weights_is_a_constant()
    {
        Nonlinearity f = Nonlinearity.Tanh;
        UnitExpansions units = new(f, [0, 1], 1);
        var products = new Matrix<double>(2, 2, [0, 0, 0, 1]);
        new PairMoments(f, 1).Fill(units, units, products);
        Assert.Equal(0, products[0, 0], 1e-15);
        Assert.Equal(0, products[0, 1], 1e-15);
        Assert.Equal(f.SecondMoment, products[1, 1], 1e-14);
    }
}
