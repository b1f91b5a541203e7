using WeakToStrong.Statistics;

namespace WeakToStrong.Tests.Statistics;

/// <summary>Streamed moments of 1, 2, 4, 9 and of values far from zero, by hand: mean 4, squares 9 + 4 + 0 + 25 = 38.</summary>
public class MomentsTests
{
    private static readonly double[] Values = [1, 2, 4, 9];

    [Theory]
    [InlineData(0, 1e-14)]
    [InlineData(1e9, 1e-7)] // the mean itself carries no more
    public void Mean_and_standard_error_are_those_by_hand(double offset, double tolerance)
    {
        Estimate estimate = Estimate.Of([.. Values.Select(v => v + offset)]);
        Assert.Equal(4 + offset, estimate.Mean, 1e-15 * (4 + offset));
        Assert.Equal(Math.Sqrt(38.0 / 3 / 4), estimate.StandardError, tolerance);
        Assert.Equal(4, estimate.Count);
        Assert.Equal(2, estimate.Z(estimate.Mean - (2 * estimate.StandardError)), 1e-6);
        Assert.Equal(-3, estimate.Z(estimate.Mean + (3 * estimate.StandardError)), 1e-6);
    }

    [Fact]
    public void One_value_has_a_mean_and_none_has_not_even_that_error()
    {
        Assert.Equal(new Estimate(7, double.NaN, 1), Estimate.Of([7]));
        Assert.Equal(new Estimate(0, double.NaN, 0), Estimate.Of([]));
        Assert.Equal(0.5, Estimate.Of([1, 2]).StandardError, 1e-15);
        Assert.True(double.IsNaN(default(RunningMoments).Variance));
    }

    /// <summary>Parts of every size, empty ones too, on either side.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Merged_parts_are_the_whole(int cut)
    {
        RunningMoments left = default, right = default;
        foreach (double value in Values[..cut])
            left.Add(value);
        foreach (double value in Values[cut..])
            right.Add(value);
        left.Merge(right);
        Assert.Equal(4, left.Count);
        Assert.Equal(4, left.Mean, 1e-15);
        Assert.Equal(38, left.SumOfSquares, 1e-13);
        Assert.Equal(38.0 / 3, left.Variance, 1e-13);
    }

    [Fact]
    public void Vectors_are_each_by_themselves_merged_saved_and_cleared()
    {
        VectorMoments whole = Fill(Values), left = Fill(Values[..1]), right = Fill(Values[1..]);
        left.Merge(right);
        foreach (VectorMoments moments in (VectorMoments[])[whole, left])
        {
            Assert.Equal(4, moments.Count);
            Near(Estimate.Of(Values), moments[0]);
            Near(Estimate.Of([.. Values.Select(v => -10 * v)]), moments[1]);
        }

        Assert.Equal((2, 4), (whole.Width, whole.StateLength));
        double[] state = new double[whole.StateLength];
        whole.Save(state);
        Assert.Equal([4, 38, -40, 3800], state.Select(v => Math.Round(v, 9)));
        Moments back = whole.Empty();
        Assert.Equal((2, 0), (back.Width, back.Count));
        back.Load(4, state);
        Assert.Equal((4, whole[0], whole[1]), (back.Count, ((VectorMoments)back)[0], ((VectorMoments)back)[1]));
        whole.Clear();
        Assert.Equal((0L, new Estimate(0, double.NaN, 0)), (whole.Count, whole[1]));
    }

    [Fact]
    public void Pairs_are_saved_and_read_back_to_the_bit_without_their_filling()
    {
        var moments = new PairedMoments(2, 3);
        for (int trial = 0; trial < 5; trial++)
        {
            double[] values = [.. Enumerable.Range(0, moments.Width).Select(k => Math.Sin((trial * 100) + k))];
            moments.Add(values);
        }
        double[] state = new double[moments.StateLength];
        moments.Save(state);
        Assert.Equal(2 * (2 + (3 * 3)), state.Length);
        var back = (PairedMoments)moments.Empty();
        back.Add(new double[back.Width]); // is forgotten
        back.Load(5, state);
        Assert.Equal(5, back.Count);
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal((moments.FirstMean(i), moments.FirstVariance(i)), (back.FirstMean(i), back.FirstVariance(i)));
            for (int j = 0; j < 3; j++)
            {
                Assert.Equal(
                    (moments.SecondMean(i, j), moments.SecondVariance(i, j), moments.DifferenceVariance(i, j)),
                    (back.SecondMean(i, j), back.SecondVariance(i, j), back.DifferenceVariance(i, j)));
            }
        }
        back.Clear();
        Assert.Equal(0, back.Count);
        back.Add(new double[back.Width]);
        back.Add(new double[back.Width]);
        Assert.Equal((0, 0, 0, 0, 0), (back.FirstMean(1), back.FirstVariance(1), back.SecondMean(1, 2), back.SecondVariance(1, 2),
            back.DifferenceVariance(1, 2)));
    }

    [Fact]
    public void Streams_without_trials_merge_into_nothing()
    {
        PairedMoments empty = new(1, 1), other = new(1, 1);
        empty.Merge(other);
        Assert.True(double.IsNaN(empty.FirstVariance(0)) && double.IsNaN(empty.SecondVariance(0, 0)));
        double[] trial = new double[empty.Width];
        (trial[0], trial[1]) = (3, 5);
        empty.Add(trial);
        empty.Merge(other);
        Assert.Equal((1L, 3.0, 5.0), (empty.Count, empty.FirstMean(0), empty.SecondMean(0, 0)));
    }

    [Fact]
    public void More_cells_than_an_array_holds_are_refused()
    {
        Assert.Contains("1000000 teachers and 1000 students",
            Assert.Throws<InputException>(() => new PairedMoments(1_000_000, 1000)).Message, StringComparison.Ordinal);
        Assert.Equal(0, new PairedMoments(0, 1000).Width);
    }

    private static VectorMoments Fill(double[] values)
    {
        var moments = new VectorMoments(2);
        foreach (double value in values)
            moments.Add([value, -10 * value]);
        return moments;
    }

    private static void Near(Estimate expected, Estimate found)
    {
        Assert.Equal(expected.Mean, found.Mean, 1e-13);
        Assert.Equal(expected.StandardError, found.StandardError, 1e-13);
        Assert.Equal(expected.Count, found.Count);
    }
}
