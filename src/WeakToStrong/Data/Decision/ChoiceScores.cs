using WeakToStrong.Statistics;

namespace WeakToStrong.Data.Decision;

/// <summary>
/// What cross-fitting says of the choices: how well each would do on rows that it did not learn from, and how sure every difference is.
/// Scores are accuracies, or minus squared errors for regression.
/// </summary>
/// <remarks>
/// A score is a mean over repetitions of cross-fitting, and so is a row's part in it. The variance of a difference has two parts: that of
/// rows, from their paired differences, and that of models, by which one pair of trained models differs from another; it counts for the
/// pairs that were judged and once more for the pair that will be used. Classes get half a judgement more in each cell of the table of
/// right and wrong (Agresti and Min 2005), so that few differing rows do not look certain; squared errors, of which few rows may hold
/// most, the scatter of folds where it is larger than that of rows. Over splits of one data set a row's part is its sum over the splits
/// that judge it, and the scatter of splits, with what they share in labelled rows, counts where it is larger.
/// </remarks>
public sealed class ChoiceScores
{
    /// <summary>The largest share of rows in common that the scatter of splits is corrected for: more leave no scatter.</summary>
    internal const double LargestOverlap = 0.9;

    private static readonly int Count = CrossFit.Choices.Count;
    private readonly double[] _means;
    private readonly double[,] _variances;
    private readonly JudgedRows? _rows;

    private ChoiceScores(double[] means, double[,] variances, long rows, bool isClassification, JudgedRows? judged)
    {
        (_means, _variances, Rows, IsClassification, _rows) = (means, variances, rows, isClassification, judged);
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
    /// <param name="fit">How its labelled rows were judged.</param>
    /// <param name="names">Numbers of these rows within the data set.</param>
    internal static ChoiceScores Of(CrossFit fit, IReadOnlyList<int> names)
    {
        // Half a judgement in both cells where one is right and the other wrong; of many repetitions a row has as many judgements.
        double repeats = fit.FoldOf.Count, more = fit.IsClassification ? 1 / repeats : 0;
        var rows = new JudgedRows(
            [.. fit.Rows.Select(row => names[row])], [.. CrossFit.Choices.Select(choice => fit.Scores(choice))], more);
        double[,] variances = ForPairs((a, b) =>
        {
            FoldVariance folds = OfFolds(fit, a, b);
            double ofRows = JudgedRows.OfMean([rows], a, b);
            return (fit.IsClassification ? ofRows + (folds.OfModels / (CrossFit.Folds * repeats)) : Math.Max(ofRows, folds.OfMean))
                + folds.OfModels;
        });
        return new ChoiceScores(
            [.. rows.Scores.Select(of => of?.Average() ?? double.NaN)], variances, rows.Names.Length, fit.IsClassification, rows);
    }

    /// <summary>The mean over splits of one data set, whose labelled rows overlap.</summary>
    /// <param name="splits">Single splits; at least one.</param>
    /// <param name="overlap">Share of all labelled rows that a split uses: what two splits' models have in common.</param>
    internal static ChoiceScores Over(IReadOnlyList<ChoiceScores> splits, double overlap)
    {
        if (splits.Count == 1)
            return splits[0];
        double apart = 1 - Math.Min(LargestOverlap, overlap), share = (1.0 / splits.Count) + ((1 - (1.0 / splits.Count)) * overlap);
        double[] means = [.. Enumerable.Range(0, Count).Select(c => splits.Average(split => split._means[c]))];
        JudgedRows[] rows = [.. splits.Select(split => split._rows!)];
        double[,] variances = ForPairs((a, b) =>
        {
            var scatter = new RunningMoments();
            foreach (ChoiceScores split in splits)
                scatter.Add(split._means[a] - split._means[b]);
            return Math.Max(JudgedRows.OfMean(rows, a, b), share * scatter.Variance / apart);
        });
        return new ChoiceScores(means, variances, splits[0].Rows, splits[0].IsClassification, null);
    }

    private TrainingChoice Preferred()
    {
        Estimate behind = Difference(Best, TrainingChoice.Mixture);
        return behind.Mean <= behind.StandardError ? TrainingChoice.Mixture : Best;
    }

    private static double[,] ForPairs(Func<int, int, double> variance)
    {
        var all = new double[Count, Count];
        for (int a = 0; a < Count; a++)
        {
            for (int b = 0; b < Count; b++)
                all[a, b] = a == b ? 0 : variance(a, b);
        }
        return all;
    }

    /// <summary>What folds say; NaN where one choice could not be judged.</summary>
    private static FoldVariance OfFolds(CrossFit fit, int a, int b)
    {
        var differences = new double[fit.FoldOf.Count][];
        for (int repeat = 0; repeat < differences.Length; repeat++)
        {
            if (fit.Scores((TrainingChoice)a, repeat) is not { } better || fit.Scores((TrainingChoice)b, repeat) is not { } worse)
                return new FoldVariance(double.NaN, double.NaN);
            differences[repeat] = [.. better.Zip(worse, (one, other) => one - other)];
        }
        return FoldVariance.Of(differences, fit.FoldOf);
    }
}
