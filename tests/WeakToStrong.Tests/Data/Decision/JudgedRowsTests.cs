using WeakToStrong.Data.Decision;
using WeakToStrong.Randomness;
using WeakToStrong.Statistics;

namespace WeakToStrong.Tests.Data.Decision;

/// <summary>The variance that rows give to a mean over splits which share some of them.</summary>
public class JudgedRowsTests
{
    private const int All = 180, Each = 60, Splits = 5, Draws = 3000;

    [Theory]
    [InlineData(1)] // a row's difference is the same in every split
    [InlineData(0)] // or has nothing in common
    [InlineData(0.5)]
    public void Rows_that_several_splits_judge_count_for_what_they_have_in_common(double common)
    {
        // The variance of 3000 means is known to 2.6%, and theirs is unbiased to about 1/60: further apart than 12% happens once in
        // 10 000 runs. Judgements taken for independent ones give 1/(300) whatever they have in common; the truth is then up to 2.3 of it.
        var random = new RandomStream(31, (ulong)(10 * common));
        RunningMoments means = new(), variances = new();
        for (int draw = 0; draw < Draws; draw++)
        {
            double[] rows = new double[All];
            random.FillNormal(rows);
            JudgedRows[] splits = [.. Enumerable.Range(0, Splits).Select(_ => Split(random, rows, common))];
            means.Add(splits.Average(split => split.Scores[0]!.Average() - split.Scores[1]!.Average()));
            variances.Add(JudgedRows.OfMean(splits, 0, 1));
        }
        Assert.Equal(1, variances.Mean / means.Variance, 0.12);
        double independent = 1.0 / (Splits * Each) / means.Variance;
        Assert.True(common == 0 ? Math.Abs(independent - 1) < 0.12 : independent < 0.8, $"{independent}");
    }

    [Fact]
    public void One_split_has_the_variance_of_paired_differences_with_half_a_judgement_in_either_cell()
    {
        // Three rows right and one wrong where the other is not, and ten alike. Two half judgements in either cell are one square more in
        // all, and two rows.
        double[] better = [1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0], worse = [0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0];
        int[] names = [.. Enumerable.Range(0, better.Length)];
        double squares = 4 - (4.0 / 14);
        Assert.Equal(squares / 13 / 14, JudgedRows.OfMean([new(names, [better, worse], 0)], 0, 1), 1e-15);
        Assert.Equal((squares + 1) / 15 / 16, JudgedRows.OfMean([new(names, [better, worse], 1)], 0, 1), 1e-15);
        Assert.True(JudgedRows.OfMean([new(names, [better, better], 1)], 0, 1) > 0);
        Assert.True(double.IsNaN(JudgedRows.OfMean([new(names, [better, null], 1)], 0, 1)));
    }

    private static JudgedRows Split(RandomStream random, double[] rows, double common)
    {
        int[] names = [.. Enumerable.Range(0, All)];
        random.Shuffle(names);
        names = names[..Each];
        double[] own = new double[Each];
        random.FillNormal(own);
        return new JudgedRows(names, [[.. names.Select((row, i) => (Math.Sqrt(common) * rows[row]) + (Math.Sqrt(1 - common) * own[i]))],
            new double[Each]], 0);
    }
}
