using WeakToStrong.Data.Experiment;
using WeakToStrong.Randomness;
using WeakToStrong.Statistics;

namespace WeakToStrong.Tests.Data;

public class SplitOverlapTests
{
    private const int All = 200, Tested = 80, Trained = 40, Splits = 10, Sets = 400;

    [Fact]
    public void Splits_that_share_rows_are_less_sure_than_their_scatter_says()
    {
        // What a split measures: the mean noise of its test rows and the mean lesson of those that it trained on. Over 400 data sets the
        // mean of squared errors is known to 7%, and so is the mean of their estimates; 4 standard errors are 30%. The scatter alone
        // says a fifth to a third of it.
        double squares = 0, said = 0, plain = 0;
        for (int set = 0; set < Sets; set++)
        {
            var random = new RandomStream(17, (ulong)set);
            double[] noise = new double[All], lesson = new double[All];
            random.FillNormal(noise);
            random.FillNormal(lesson);
            double[] values = new double[Splits], errors = new double[Splits];
            for (int split = 0; split < Splits; split++)
            {
                int[] order = [.. Enumerable.Range(0, All)];
                random.Shuffle(order);
                double[] tested = [.. order[..Tested].Select(i => noise[i])];
                values[split] = tested.Average() + order[^Trained..].Average(i => lesson[i]);
                errors[split] = Estimate.Of(tested).StandardError;
            }
            Estimate mean = new SplitOverlap(Splits, Tested, All, Trained).Mean(values, errors);
            squares += mean.Mean * mean.Mean / Sets;
            said += mean.StandardError * mean.StandardError / Sets;
            plain += Math.Pow(Estimate.Of(values).StandardError, 2) / Sets;
        }
        Assert.InRange(said / squares, 0.7, 1.3);
        Assert.True(plain < 0.5 * squares, $"{plain} of {squares}");
    }

    [Fact]
    public void A_variance_is_as_well_known_as_its_parts()
    {
        var overlap = new SplitOverlap(Splits, Tested, All, Trained);
        Assert.Equal(Splits - 1, overlap.Freedom(ofMeans: 1, ofRows: 0));
        Assert.Equal(4 * (Splits - 1), overlap.Freedom(ofMeans: 1, ofRows: All / 2.0));
        Assert.Equal(All - 1, overlap.Freedom(ofMeans: 1, ofRows: All));
    }

    [Fact]
    public void Accuracy_of_a_model_that_was_always_right_is_not_certain()
    {
        // Two rows more that are right and two that are wrong: 22/24, over 24 rows.
        var judged = new WeakToStrong.Ridge.Judgement[20, 1];
        for (int i = 0; i < 20; i++)
            judged[i, 0] = new(0.01, true, true);
        Assert.Equal(Math.Sqrt(22.0 / 24 * 2 / 24 / 24), WeakToStrong.Ridge.RidgeModels.Summarise(judged, true)[0].AccuracySe, 12);
    }
}
