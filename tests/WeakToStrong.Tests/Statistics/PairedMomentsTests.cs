using WeakToStrong.Randomness;
using WeakToStrong.Statistics;

namespace WeakToStrong.Tests.Statistics;

public class PairedMomentsTests
{
    private const int First = 2, Second = 11, Trials = 300;

    [Theory]
    [InlineData(0)]
    [InlineData(1e8)]
    public void Moments_are_those_of_two_passes_however_they_are_merged(double offset)
    {
        (double[][] first, double[][] second) = Draw(offset, 1);
        var whole = new PairedMoments(First, Second);
        var merged = new PairedMoments(First, Second);
        var part = new PairedMoments(First, Second);
        for (int trial = 0; trial < Trials; trial++)
        {
            whole.Add(first[trial], second[trial]);
            part.Add(first[trial], second[trial]);
            if (trial % 7 == 0 || trial == Trials - 1)
            {
                merged.Merge(part);
                part.Clear();
            }
        }
        Assert.Equal(Trials, merged.Count);
        foreach (PairedMoments moments in (PairedMoments[])[whole, merged])
        {
            for (int cell = 0; cell < First * Second; cell++)
            {
                int i = cell / Second, j = cell % Second;
                double[] t = [.. first.Select(x => x[i])], s = [.. second.Select(x => x[(i * moments.Stride) + j])];
                Near(t.Average(), moments.FirstMean(i), 1e-14 * Math.Max(1, 1 / Math.Abs(t.Average())));
                Near(s.Average(), moments.SecondMean(i, j), 1e-14 * Math.Max(1, 1 / Math.Abs(s.Average())));
                double loss = offset > 0 ? 1e-7 : 1e-13; // the numbers themselves carry only 1e-8
                Near(Variance(t), moments.FirstVariance(i), loss);
                Near(Variance(s), moments.SecondVariance(i, j), loss);
                Near(Variance([.. s.Zip(t, (a, b) => a - b)]), moments.DifferenceVariance(i, j), loss);
            }
        }
    }

    [Fact]
    public void The_variance_of_a_small_difference_does_not_cancel()
    {
        (double[][] first, double[][] second) = Draw(0, 1e-9);
        var moments = new PairedMoments(First, Second);
        for (int trial = 0; trial < Trials; trial++)
            moments.Add(first[trial], second[trial]);
        double[] difference = [.. Enumerable.Range(0, Trials).Select(k => second[k][0] - first[k][0])];
        Near(Variance(difference), moments.DifferenceVariance(0, 0), 1e-6);
    }

    [Fact]
    public void Fewer_than_two_trials_have_no_variance()
    {
        var moments = new PairedMoments(1, 1);
        Assert.True(double.IsNaN(moments.FirstMean(0)));
        moments.Add([3], new double[moments.Stride]);
        Assert.Equal(3, moments.FirstMean(0));
        Assert.True(double.IsNaN(moments.FirstVariance(0)));
        Assert.True(double.IsNaN(moments.DifferenceVariance(0, 0)));
    }

    /// <summary>Second values are first ones plus noise of the given size.</summary>
    private static (double[][] First, double[][] Second) Draw(double offset, double noise)
    {
        var random = new RandomStream(3);
        int stride = new PairedMoments(First, Second).Stride;
        double[][] first = new double[Trials][], second = new double[Trials][];
        for (int trial = 0; trial < Trials; trial++)
        {
            first[trial] = [.. Enumerable.Range(0, First).Select(_ => offset + random.NextNormal())];
            second[trial] = [.. Enumerable.Range(0, First * stride).Select(k => first[trial][k / stride] + (noise * random.NextNormal()))];
        }
        return (first, second);
    }

    private static double Variance(double[] values) => values.Sum(v => Math.Pow(v - values.Average(), 2)) / (values.Length - 1);

    private static void Near(double expected, double actual, double tolerance) =>
        Assert.InRange(Math.Abs(actual - expected), 0, tolerance * Math.Abs(expected));
}
