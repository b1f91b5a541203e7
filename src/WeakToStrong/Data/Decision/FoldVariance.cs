using WeakToStrong.Statistics;

namespace WeakToStrong.Data.Decision;

/// <summary>What folds tell of the variance of a mean difference between two choices, from the differences of rows in every
/// repetition.</summary>
/// <param name="OfMean">Variance of the mean of one repetition from the scatter of its folds, a mean over repetitions.</param>
/// <param name="OfModels">
/// Variance of the true difference from one pair of trained models to the next: what rows judged by the same models have in common. The
/// models that will be used are one more such pair, so this comes on top of the error of the mean.
/// </param>
internal readonly record struct FoldVariance(double OfMean, double OfModels)
{
    /// <summary>Estimates both.</summary>
    /// <param name="differences">For every repetition, that of each row.</param>
    /// <param name="foldOf">For every repetition, the fold of each row; folds differ in size by at most one row.</param>
    public static FoldVariance Of(double[][] differences, IReadOnlyList<int[]> foldOf)
    {
        int repeats = differences.Length, rows = foldOf[0].Length;
        // A row is easy or hard for all models alike: with several repetitions, what it is on average says nothing of models.
        var usual = new double[rows];
        for (int i = 0; i < rows; i++)
            usual[i] = repeats > 1 ? differences.Average(of => of[i]) : differences[0].Average();
        double ofMean = 0, squares = 0, within = 0;
        for (int repeat = 0; repeat < repeats; repeat++)
        {
            RunningMoments[] folds = new RunningMoments[CrossFit.Folds], apart = new RunningMoments[CrossFit.Folds];
            for (int i = 0; i < rows; i++)
            {
                int fold = foldOf[repeat][i];
                folds[fold].Add(differences[repeat][i]);
                apart[fold].Add(differences[repeat][i] - usual[i]);
            }
            var between = new RunningMoments();
            for (int fold = 0; fold < CrossFit.Folds; fold++)
            {
                between.Add(folds[fold].Mean);
                squares += apart[fold].Mean * apart[fold].Mean;
                within += apart[fold].SumOfSquares;
            }
            ofMean += between.Variance / CrossFit.Folds / repeats;
        }
        // Means are squared about what they are part of themselves: one of all repetitions of each row, or one of all folds.
        double kept = repeats > 1 ? Math.Pow((repeats - 1.0) / repeats, 2) : (CrossFit.Folds - 1.0) / CrossFit.Folds;
        double ofNoise = within / repeats / (rows - CrossFit.Folds) * CrossFit.Folds / rows;
        double ofModels = ((squares / repeats / CrossFit.Folds) - (repeats > 1 ? ofNoise : kept * ofNoise)) / kept;
        return new FoldVariance(ofMean, Math.Max(0, ofModels));
    }
}
