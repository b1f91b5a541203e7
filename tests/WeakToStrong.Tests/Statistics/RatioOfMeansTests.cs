using WeakToStrong.Randomness;
using WeakToStrong.Statistics;

namespace WeakToStrong.Tests.Statistics;

public class RatioOfMeansTests
{
    [Fact]
    public void A_trial_without_a_gap_counts_like_any_other()
    {
        RatioOfMeans ratio = RatioOfMeans.Of([1, 0.5, 1.5, 1], [2, 0, 3, 3]);
        Assert.Equal(0.5, ratio.Ratio, 1e-15);
        // Residuals numerator - ratio denominator: 0, .5, 0, -.5; their mean has variance .5/12.
        Assert.Equal(Math.Sqrt(0.5 / 12) / 2, ratio.StandardError, 1e-15);
        Assert.True(ratio.Low < 0.5 && ratio.High > 0.5);
        Assert.Equal(4, ratio.Count);
    }

    [Fact]
    public void One_trial_has_a_ratio_and_no_interval()
    {
        RatioOfMeans ratio = RatioOfMeans.Of([1], [4]);
        Assert.Equal((0.25, double.NaN, double.NaN, double.NaN), (ratio.Ratio, ratio.StandardError, ratio.Low, ratio.High));
        Assert.True(double.IsNaN(RatioOfMeans.Of([1], [-4]).Ratio));
        Assert.True(double.IsNaN(RatioOfMeans.Of([1], [0]).Ratio));
    }

    [Fact]
    public void Where_there_may_be_no_gap_nothing_is_sure()
    {
        RatioOfMeans ratio = RatioOfMeans.Of([1, 0.5, 1], [0.1, -0.2, 0.3]);
        Assert.Equal((double.NegativeInfinity, double.PositiveInfinity), (ratio.Low, ratio.High));
        Assert.True(double.IsNaN(RatioOfMeans.Of([1, 2], [-1, -2]).Ratio));
        Assert.True(double.IsNaN(RatioOfMeans.Of([1, 2], [-1, 1]).Ratio));
    }

    [Fact]
    public void Two_trials_have_an_interval()
    {
        // The denominator is sure: the numerator's mean 1.5 +- .5, over 2.
        RatioOfMeans ratio = RatioOfMeans.Of([1, 2], [2, 2]);
        double half = 12.706204736174705 * 0.25;
        Assert.Equal((0.75, 0.25), (ratio.Ratio, Math.Round(ratio.StandardError, 14)));
        Assert.Equal(0.75 - half, ratio.Low, 1e-12);
        Assert.Equal(0.75 + half, ratio.High, 1e-12);
    }

    [Fact]
    public void Variances_of_pairs_add_scale_and_differ()
    {
        // Tops 1, 2, 6 around 3; bottoms 2, 7, 3 around 4.
        PairVariance found = PairVariance.Of([1, 2, 6], [2, 7, 3]);
        Assert.Equal(new PairVariance(7, -1, 7), found);
        Assert.Equal(new PairVariance(8, 1, 10), found + new PairVariance(1, 2, 3));
        Assert.Equal(new PairVariance(3.5, -0.5, 3.5), found * 0.5);
        Assert.Equal(new PairVariance(6, -3, 4), found.Beyond(new PairVariance(1, 2, 3)));
        Assert.All([(7.0, 1.0), (1, 7), (8, 1), (1, 8), (8, 8)],
            other => Assert.Equal(default, found.Beyond(new PairVariance(other.Item1, 0, other.Item2))));
    }

    /// <summary>
    /// Fieller's interval covers 95% exactly for normal pairs: of 4000 draws within 4 binomial deviations, which chance leaves once in 16
    /// 000 seeds. The interval without the denominator's part covers much less, and the test tells.
    /// </summary>
    [Theory]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(20)]
    public void The_interval_covers_the_ratio_in_95_of_100_samples(int trials)
    {
        const int Samples = 4000;
        const double Truth = 0.4, Gap = 2;
        var random = new RandomStream(17, (ulong)trials);
        int covered = 0, naive = 0;
        double[] top = new double[trials], bottom = new double[trials];
        for (int sample = 0; sample < Samples; sample++)
        {
            for (int i = 0; i < trials; i++)
            {
                double common = random.NextNormal();
                bottom[i] = Gap + (0.5 * common);
                top[i] = (Truth * Gap) - (0.3 * common) + (0.2 * random.NextNormal());
            }
            RatioOfMeans ratio = RatioOfMeans.Of(top, bottom);
            covered += ratio.Low <= Truth && Truth <= ratio.High ? 1 : 0;
            double half = StandardNormal.TwoSidedThreshold(0.05, trials - 1) * Estimate.Of(top).StandardError / Estimate.Of(bottom).Mean;
            naive += Math.Abs(ratio.Ratio - Truth) <= half ? 1 : 0;
        }
        double deviation = 4 * Math.Sqrt(0.05 * 0.95 * Samples);
        Assert.InRange(covered, (0.95 * Samples) - deviation, (0.95 * Samples) + deviation);
        Assert.True(naive < (0.95 * Samples) - deviation, $"{naive}");
    }

    [Theory]
    [InlineData(0.05, 1, 12.706204736174704)]
    [InlineData(0.05, 2, 4.302652729749464)]
    [InlineData(0.01, 1, 63.65674116287399)]
    [InlineData(0.01, 2, 9.924843200918294)]
    public void Thresholds_of_one_and_two_degrees_of_freedom_are_exact(double rate, long degrees, double expected) =>
        Assert.Equal(expected, StandardNormal.TwoSidedThreshold(rate, degrees), 1e-12 * expected);
}
