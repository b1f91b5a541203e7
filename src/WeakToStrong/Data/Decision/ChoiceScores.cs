using WeakToStrong.Statistics;

namespace WeakToStrong.Data.Decision;

/// <summary>
/// What cross-fitting says of the choices: how well each would do on rows that it did not learn from, and how sure every difference is.
/// Scores are accuracies, or minus squared errors for regression.
/// </summary>
/// <remarks>
/// A difference has two estimates of its variance, and the larger one counts: that of rows, from their paired differences, and that of
/// folds, whose rows share everything that was trained. Both are of one repetition; averaging repetitions makes the mean steadier, not the
/// labelled rows more. Classes get half a row more in each cell of the table of right and wrong (Agresti and Min 2005), so that few
/// differing rows do not look certain.
/// </remarks>
public sealed class ChoiceScores
{
    private static readonly int Count = CrossFit.Choices.Count;
    private readonly double[] _means;
    private readonly double[,] _variances;

    private ChoiceScores(double[] means, double[,] variances, long rows, bool isClassification)
    {
        (_means, _variances, Rows, IsClassification) = (means, variances, rows, isClassification);
        Judged = [.. CrossFit.Choices.Where(choice => !double.IsNaN(means[(int)choice]))];
        Best = Judged.MaxBy(choice => means[(int)choice]);
        Advised = Preferred();
        Next = Judged.Where(choice => choice != Advised).MaxBy(choice => means[(int)choice]);
    }

    /// <summary>The choices that could be judged: all but perhaps the teacher.</summary>
    public IReadOnlyList<TrainingChoice> Judged { get; }

    /// <summary>How many labelled rows they were judged on, in each split.</summary>
    public long Rows { get; }

    /// <summary>Whether scores are accuracies; otherwise they are minus squared errors.</summary>
    public bool IsClassification { get; }

    /// <summary>The choice with the best mean score.</summary>
    public TrainingChoice Best { get; }

    /// <summary>
    /// What to train: the mixture, which holds the student and the direct model as its limits, unless another choice is better by more than
    /// one standard error; then that one.
    /// </summary>
    public TrainingChoice Advised { get; }

    /// <summary>The best of the others.</summary>
    public TrainingChoice Next { get; }

    /// <summary>What the advised choice gains over the next best; negative where the advice is not the best of the sample.</summary>
    public Estimate Gain => Difference(Advised, Next);

    /// <summary>Lower end of the 95% interval of <see cref="Gain"/>.</summary>
    public double Low => Gain.Mean - (Quantile * Gain.StandardError);

    /// <summary>Its upper end.</summary>
    public double High => Gain.Mean + (Quantile * Gain.StandardError);

    /// <summary>Whether the data tell that the advised choice is better than the next best.</summary>
    public bool IsClear => Low > 0;

    /// <summary>Student's two-sided 95% quantile.</summary>
    private double Quantile => StandardNormal.TwoSidedThreshold(0.05, Math.Max(1, Rows - 1));

    /// <summary>The score to expect of a choice; NaN when it could not be judged.</summary>
    public double Score(TrainingChoice choice) => _means[(int)choice];

    /// <summary>What one choice gains over another, with its standard error.</summary>
    public Estimate Difference(TrainingChoice choice, TrainingChoice other) =>
        new(_means[(int)choice] - _means[(int)other], Math.Sqrt(_variances[(int)choice, (int)other]), Rows);

    /// <summary>From one split.</summary>
    internal static ChoiceScores Of(CrossFit fit)
    {
        double[]?[] means = [.. CrossFit.Choices.Select(choice => fit.Scores(choice))];
        var variances = new double[Count, Count];
        int rows = fit.FoldOf[0].Length;
        for (int a = 0; a < Count; a++)
        {
            for (int b = 0; b < Count; b++)
                variances[a, b] = means[a] is null || means[b] is null ? double.NaN : a == b ? 0 : Variance(fit, a, b);
        }
        return new ChoiceScores([.. means.Select(scores => scores?.Average() ?? double.NaN)], variances, rows, fit.IsClassification);
    }

    /// <summary>The mean over splits of one data set, whose labelled rows overlap.</summary>
    /// <param name="splits">At least one.</param>
    /// <param name="overlap">Share of all labelled rows that a split uses: two splits' means correlate by about as much.</param>
    internal static ChoiceScores Over(IReadOnlyList<ChoiceScores> splits, double overlap)
    {
        if (splits.Count == 1)
            return splits[0];
        double share = (1.0 / splits.Count) + ((1 - (1.0 / splits.Count)) * overlap);
        double[] means = [.. Enumerable.Range(0, Count).Select(c => splits.Average(split => split._means[c]))];
        var variances = new double[Count, Count];
        for (int a = 0; a < Count; a++)
        {
            for (int b = 0; b < Count; b++)
                variances[a, b] = share * splits.Average(split => split._variances[a, b]);
        }
        return new ChoiceScores(means, variances, splits[0].Rows, splits[0].IsClassification);
    }

    private TrainingChoice Preferred()
    {
        Estimate behind = Difference(Best, TrainingChoice.Mixture);
        return behind.Mean <= behind.StandardError ? TrainingChoice.Mixture : Best;
    }

    private static double Variance(CrossFit fit, int a, int b)
    {
        double ofRows = 0, ofFolds = 0;
        int repeats = fit.FoldOf.Count, rows = fit.FoldOf[0].Length;
        for (int repeat = 0; repeat < repeats; repeat++)
        {
            double[] better = fit.Scores((TrainingChoice)a, repeat)!, worse = fit.Scores((TrainingChoice)b, repeat)!;
            var all = new RunningMoments();
            var folds = new RunningMoments[CrossFit.Folds];
            for (int i = 0; i < rows; i++)
            {
                all.Add(better[i] - worse[i]);
                folds[fit.FoldOf[repeat][i]].Add(better[i] - worse[i]);
            }
            var between = new RunningMoments();
            foreach (RunningMoments fold in folds)
                between.Add(fold.Mean);
            double cells = fit.IsClassification ? 1 : 0;
            ofRows += ((all.SumOfSquares + cells) / (rows + (2 * cells) - 1) / (rows + (2 * cells))) / repeats;
            ofFolds += between.Variance / CrossFit.Folds / repeats;
        }
        return Math.Max(ofRows, ofFolds);
    }
}
