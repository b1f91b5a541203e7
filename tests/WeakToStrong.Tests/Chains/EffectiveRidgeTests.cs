using System.Text.Json;
using WeakToStrong.Chains;

namespace WeakToStrong.Tests.Chains;

public class EffectiveRidgeTests
{
    [Fact]
    public void Kappa_agrees_with_400_digit_arithmetic_over_300_decades()
    {
        int cases = 0;
        double worst = 0;
        foreach (JsonElement row in ChainOracle.Kappas)
        {
            double expected = row.GetProperty("kappa").GetDouble(), ridge = row.GetProperty("ridge").GetDouble();
            double kappa = EffectiveRidge.Solve(Spectrum.Of(row.Numbers("s")), row.GetProperty("n").GetInt64(), ridge).Kappa;
            ChainOracle.Close(expected, kappa, 4e-15, $"kappa of {row}");
            worst = expected > 0 ? Math.Max(worst, Math.Abs((kappa / expected) - 1)) : worst;
            cases++;
        }
        Assert.True(cases > 1000);
        TestContext.Current.SendDiagnosticMessage($"worst relative error of kappa {worst:g3} over {cases} cases");
    }

    [Fact]
    public void At_ridge_zero_kappa_vanishes_exactly_when_the_rows_reach_the_rank()
    {
        var spectrum = Spectrum.Of(3, 2, 1, 0, 0);
        Assert.Equal(0, EffectiveRidge.Solve(spectrum, 3, 0).Kappa);
        Assert.Equal(0, EffectiveRidge.Solve(spectrum, 4, 0).Kappa);
        Assert.True(EffectiveRidge.Solve(spectrum, 2, 0).Kappa > 0);
        Assert.Equal(3, EffectiveRidge.Solve(spectrum, 4, 0).Df1);
        Assert.Equal(2, EffectiveRidge.Solve(spectrum, 2, 0).Df1, 1e-13);
    }

    [Fact]
    public void Threads_do_not_change_a_bit()
    {
        var spectrum = Spectrum.PowerLaw(200_001, 1.1);
        Assert.Equal(EffectiveRidge.Solve(spectrum, 5000, 1e-4), EffectiveRidge.Solve(spectrum, 5000, 1e-4, threads: 3));
    }

    [Theory]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_bad_ridge_is_refused(double ridge) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => EffectiveRidge.Solve(Spectrum.Isotropic(3), 3, ridge));

    [Fact]
    public void A_bad_eigenvalue_is_named() =>
        Assert.Contains("eigenvalue 2 is -1", Assert.Throws<ArgumentException>(() => Spectrum.Of(1, -1)).Message, StringComparison.Ordinal);
}
