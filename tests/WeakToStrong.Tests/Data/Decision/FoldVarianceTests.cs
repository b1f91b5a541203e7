using WeakToStrong.Data.Decision;
using WeakToStrong.Randomness;
using WeakToStrong.Statistics;

namespace WeakToStrong.Tests.Data.Decision;

public class FoldVarianceTests
{
    private const int Rows = 60, Sets = 400;

    [Theory]
    [InlineData(1, 0.3)]
    [InlineData(2, 0.3)]
    [InlineData(8, 0.3)]
    [InlineData(8, 0.0)]
    public void What_models_share_and_what_the_mean_scatters_are_told_apart(int repeats, double model)
    {
        // A row's own part, a part of the models that judge it, and noise. The models' variance is a mean over 400 data sets of values that
        // are cut at 0, which lifts it where it is small beside its error; without the rows' part it would be 1 and more.
        RunningMoments ofModels = default, ofMean = default;
        for (int set = 0; set < Sets; set++)
        {
            var random = new RandomStream(5, (ulong)set);
            FoldVariance of = Draw(random, repeats, model);
            ofModels.Add(of.OfModels);
            ofMean.Add(of.OfMean);
        }
        double cut = repeats == 1 ? 0.06 : 0.02, expected = model * model;
        Assert.InRange(ofModels.Mean, expected - (4 * ofModels.ToEstimate().StandardError), expected + cut);
        // Rows 1, noise .25 and models: (1 + .25)/60 + model^2/5; 4 standard errors.
        double mean = (1.25 / Rows) + (expected / CrossFit.Folds);
        Assert.True(Math.Abs(ofMean.ToEstimate().Z(mean)) < 4, $"{ofMean.Mean} and {mean}");
    }

    private static FoldVariance Draw(RandomStream random, int repeats, double model)
    {
        var own = new double[Rows];
        random.FillNormal(own);
        double[][] differences = [.. Enumerable.Range(0, repeats).Select(_ => new double[Rows])];
        int[][] foldOf = [.. Enumerable.Range(0, repeats).Select(_ => new int[Rows])];
        for (int repeat = 0; repeat < repeats; repeat++)
        {
            int[] order = [.. Enumerable.Range(0, Rows)];
            random.Shuffle(order);
            var models = new double[CrossFit.Folds];
            random.FillNormal(models);
            for (int i = 0; i < Rows; i++)
            {
                foldOf[repeat][order[i]] = i % CrossFit.Folds;
                differences[repeat][order[i]] = own[order[i]] + (model * models[i % CrossFit.Folds]) + (0.5 * random.NextNormal());
            }
        }
        return FoldVariance.Of(differences, foldOf);
    }
}
