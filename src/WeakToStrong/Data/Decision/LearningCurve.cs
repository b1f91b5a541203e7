using WeakToStrong.Randomness;
using WeakToStrong.Ridge;
using WeakToStrong.Statistics;

namespace WeakToStrong.Data.Decision;

/// <summary>How the choices do with fewer labelled rows: what more of them would change.</summary>
public sealed record LearningCurve
{
    private const int LeastRows = 20, MostRepeats = 3;

    private LearningCurve(IReadOnlyList<int> rows, IReadOnlyList<ChoiceScores> scores) => (Rows, Scores) = (rows, scores);

    /// <summary>Numbers of labelled rows, increasing; the last is all of them.</summary>
    public IReadOnlyList<int> Rows { get; }

    /// <summary>Scores with so many rows, a mean over splits.</summary>
    public IReadOnlyList<ChoiceScores> Scores { get; }

    /// <summary>
    /// What one choice gains on another from the fewest to the most rows; the two ends share rows, and are taken for independent, which
    /// makes the error larger.
    /// </summary>
    public Estimate Trend(TrainingChoice choice, TrainingChoice other)
    {
        Estimate first = Scores[0].Difference(choice, other), last = Scores[^1].Difference(choice, other);
        return new Estimate(last.Mean - first.Mean,
            Math.Sqrt((first.StandardError * first.StandardError) + (last.StandardError * last.StandardError)), Rows[^1]);
    }

    /// <summary>Cross-fits quarters and halves of the labelled rows; null when a half is too few.</summary>
    internal static LearningCurve? Of(
        StrongDesign strong, IWeakLabelSource source, TrueLabels truth, IReadOnlyList<int> names, ChoiceScores all, RandomStream random,
        RunOptions options)
    {
        List<int> rows = [];
        List<ChoiceScores> scores = [];
        foreach (int part in (int[])[4, 2])
        {
            int count = truth.Count / part;
            if (count < LeastRows)
                continue;
            int[] order = [.. Enumerable.Range(0, truth.Count)];
            random.Shuffle(order);
            if (truth.IsClassification)
                order = [.. order.OrderBy(row => truth.ClassOf(row))]; // every part-th row then keeps the shares of the classes
            int[] subset = [.. order.Where((_, i) => i % part == 0).Take(count)];
            if (truth.Select(subset).DistinctLabels < 2)
                continue;
            int repeats = Math.Min(MostRepeats, CrossFit.RepeatsFor(count));
            rows.Add(count);
            scores.Add(ChoiceScores.Of(CrossFit.Of(strong, source, truth, subset, repeats, random, options), names));
        }
        return rows.Count == 0 ? null : new LearningCurve([.. rows, truth.Count], [.. scores, all]);
    }

    /// <summary>The mean over splits of one data set.</summary>
    internal static LearningCurve Over(IReadOnlyList<LearningCurve> splits, double overlap) => new(splits[0].Rows,
        [.. splits[0].Rows.Select((rows, i) =>
            ChoiceScores.Over([.. splits.Select(split => split.Scores[i])], overlap * rows / splits[0].Rows[^1]))]);
}
