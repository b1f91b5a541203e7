using MathNet.Numerics.Distributions;
using WeakToStrong.Randomness;

namespace WeakToStrong.Tests.Randomness;

/// <summary>
/// Random numbers follow their laws: Kolmogorov-Smirnov at 1e-6, moments and tail counts at |z| &lt; 5 (6e-7). About 60 checks with
/// fixed seeds: false-alarm rate 5e-5 for the class.
/// </summary>
public class DistributionTests
{
    private const int Many = 400_000;

    [Fact]
    public void Normal_numbers_are_normal()
    {
        var stream = new RandomStream(1);
        double[] filled = new double[Many], single = new double[Many], scalar = new double[Many];
        var floats = new float[Many];
        stream.FillNormal(filled);
        stream.FillNormal(floats);
        for (int i = 0; i < Many; i++)
        {
            single[i] = floats[i];
            scalar[i] = stream.NextNormal();
        }
        foreach (double[] sample in (double[][])[filled, single, scalar])
        {
            Assert.InRange(KolmogorovSmirnov.OneSample(sample, x => Normal.CDF(0, 1, x)), 0, KolmogorovSmirnov.Threshold);
            Assert.True(KolmogorovSmirnov.OneSample(sample, x => Normal.CDF(0, 1.03, x)) > KolmogorovSmirnov.Threshold);
        }
        // Neighbours of every kind are uncorrelated: the two of a pair, lanes, draws.
        foreach (int lag in (ReadOnlySpan<int>)[1, 2, 7, 8, 9, 16, 17, 32])
        {
            Assert.InRange(Correlation(filled, lag) * Math.Sqrt(Many), -5, 5);
            Assert.InRange(Correlation(single, lag) * Math.Sqrt(Many), -5, 5);
        }
    }

    [Fact]
    public void Streams_with_neighbouring_names_are_uncorrelated()
    {
        var all = new double[2000 * 200];
        for (int i = 0; i < 2000; i++)
            new RandomStream(7, (ulong)i, 0).FillNormal(all.AsSpan(i * 200, 200));
        Assert.InRange(Correlation(all, 200) * Math.Sqrt(all.Length), -5, 5);
        Assert.InRange(KolmogorovSmirnov.OneSample(all, x => Normal.CDF(0, 1, x)), 0, KolmogorovSmirnov.Threshold);
    }

    /// <summary>Ten million draws: the first moments and the number of values beyond 2, 4 and 5 standard deviations.</summary>
    [Fact]
    public void Normal_moments_and_tails_are_right()
    {
        const int Rounds = 1000, Length = 10_000;
        var doubles = new double[Length];
        var floats = new float[Length];
        foreach (bool single in (ReadOnlySpan<bool>)[false, true])
        {
            var stream = new RandomStream(11);
            var powers = new double[4];
            ReadOnlySpan<double> edges = [2, 4, 5];
            var beyond = new long[3];
            for (int round = 0; round < Rounds; round++)
            {
                if (single)
                    stream.FillNormal(floats);
                else
                    stream.FillNormal(doubles);
                for (int i = 0; i < Length; i++)
                {
                    double x = single ? floats[i] : doubles[i], x2 = x * x;
                    powers[0] += x;
                    powers[1] += x2;
                    powers[2] += x2 * x;
                    powers[3] += x2 * x2;
                    if (x2 < 4)
                        continue;
                    for (int edge = 0; edge < 3; edge++)
                        beyond[edge] += Math.Abs(x) > edges[edge] ? 1 : 0;
                }
            }
            double n = (double)Rounds * Length;
            ReadOnlySpan<double> means = [0, 1, 0, 3], variances = [1, 2, 15, 96]; // of x, x^2, x^3, x^4
            for (int k = 0; k < 4; k++)
                Assert.InRange((powers[k] - (n * means[k])) / Math.Sqrt(n * variances[k]), -5, 5);
            for (int edge = 0; edge < 3; edge++)
            {
                double expected = 2 * n * Normal.CDF(0, 1, -edges[edge]);
                Assert.InRange((beyond[edge] - expected) / Math.Sqrt(expected), -5, 5);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(30)]
    [InlineData(1000)]
    public void Chi_square_numbers_follow_their_law(int degrees)
    {
        const int Draws = 100_000;
        double[] filled = new double[Draws], scalar = new double[Draws], lane = new double[29];
        var stream = new RandomStream(13, (ulong)degrees);
        for (int i = 0; i < Draws; i++)
        {
            // Degrees count upwards in a fill: every place in it gets its turn to carry the degrees that are tested.
            int place = i % 29;
            stream.FillChiSquare(degrees - place, lane);
            filled[i] = lane[place];
            scalar[i] = stream.NextChiSquare(degrees);
        }
        foreach (double[] sample in (double[][])[filled, scalar])
        {
            Assert.InRange(KolmogorovSmirnov.OneSample(sample, x => ChiSquared.CDF(degrees, x)), 0, KolmogorovSmirnov.Threshold);
            Assert.True(KolmogorovSmirnov.OneSample(sample, x => ChiSquared.CDF(degrees * 1.05, x)) > KolmogorovSmirnov.Threshold);
        }
    }

    /// <summary>At a billion degrees the law is normal with mean k and variance 2k, up to 1e-5.</summary>
    [Fact]
    public void Chi_square_numbers_of_a_billion_degrees_are_right()
    {
        const double Degrees = 1e9;
        var sample = new double[Many];
        new RandomStream(17).FillChiSquare((long)Degrees, sample);
        for (int i = 0; i < Many; i++)
            sample[i] = (sample[i] - (Degrees + i)) / Math.Sqrt(2 * (Degrees + i));
        Assert.InRange(KolmogorovSmirnov.OneSample(sample, x => Normal.CDF(0, 1, x)), 0, KolmogorovSmirnov.Threshold);
    }

    [Fact]
    public void No_degrees_of_freedom_give_zero()
    {
        var values = new double[20];
        new RandomStream(1).FillChiSquare(-5, values);
        Assert.All(values.Take(6), x => Assert.Equal(0, x));
        Assert.All(values.Skip(6), x => Assert.True(x > 0));
    }

    /// <summary>The squeeze never accepts what the exact test would reject: 1 - squeeze x^2 y^2 stays below e^h
    /// wherever it is used; and hardly a smaller one would do.</summary>
    [Fact]
    public void The_squeeze_lies_below_the_acceptance_probability()
    {
        foreach (double degrees in (ReadOnlySpan<double>)[2, 2.5, 3, 10, 1e3, 1e6])
        {
            double d = (degrees / 2) - (1.0 / 3);
            for (double y = -0.5; y < 2; y += 0.001)
            {
                double x = y * 3 * Math.Sqrt(d), v = Math.Pow(1 + y, 3), h = (x * x / 2) + (d * (1 - v + Math.Log(v)));
                if (Math.Abs(y) > 0.02) // below, h itself drowns in rounding
                    Assert.True(Math.Exp(h) >= 1 - (RandomStream.Squeeze * x * x * y * y) - 1e-12, $"k = {degrees}, y = {y}");
            }
        }
        // The integral of t^3/(1 - t/2) over [0, 1] is 0.42370.
        Assert.InRange(RandomStream.Squeeze, 0.42370 / 3, 1.001 * 0.42370 / 3);
    }

    private static double Correlation(double[] values, int lag)
    {
        double sum = 0;
        for (int i = lag; i < values.Length; i++)
            sum += values[i] * values[i - lag];
        return sum / values.Length;
    }
}
