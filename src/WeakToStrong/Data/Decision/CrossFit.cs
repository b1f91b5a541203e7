using WeakToStrong.Randomness;
using WeakToStrong.Ridge;

namespace WeakToStrong.Data.Decision;

/// <summary>
/// How well each choice would do, learned from the labelled rows alone. They are cut into five folds; for each, everything is trained
/// without the fold and judged on it, with the ridge and the weight that do best on the other folds. Repeated with other folds and
/// averaged, because with few rows the cut matters.
/// </summary>
internal sealed class CrossFit
{
    public const int Folds = 5, LeastRows = 10;
    private const int RowsWanted = 1500, MostRepeats = 10, MostJudged = 10_000;
    private readonly double[]?[][] _scores;
    private readonly int[] _chosen;

    private CrossFit(double[]?[][] scores, int[] rows, int[][] foldOf, int[] chosen, bool classification) =>
        (_scores, Rows, FoldOf, _chosen, IsClassification) = (scores, rows, foldOf, chosen, classification);

    /// <summary>The choices that can be made without true labels of all rows.</summary>
    public static IReadOnlyList<TrainingChoice> Choices { get; } = [TrainingChoice.Teacher, TrainingChoice.Direct, TrainingChoice.Student,
        TrainingChoice.Mixture];

    /// <summary>The labelled rows that are judged, by their positions.</summary>
    public IReadOnlyList<int> Rows { get; }

    /// <summary>For every repetition, the fold of each row that is judged.</summary>
    public IReadOnlyList<int[]> FoldOf { get; }

    /// <summary>Whether scores are 1 and 0 for right and wrong classes; otherwise they are minus squared errors.</summary>
    public bool IsClassification { get; }

    /// <summary>Scores of the judged rows under a choice in one repetition; null when the teacher cannot be judged.</summary>
    public double[]? Scores(TrainingChoice choice, int repeat) => _scores[repeat][(int)choice];

    /// <summary>Scores of the judged rows under a choice, means over repetitions; null when the teacher cannot be judged.</summary>
    public double[]? Scores(TrainingChoice choice)
    {
        if (_scores[0][(int)choice] is not { } first)
            return null;
        var means = new double[first.Length];
        foreach (double[]?[] scores in _scores)
            System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(scores[(int)choice], 1.0 / _scores.Length, means, means);
        return means;
    }

    /// <summary>The candidate with the best score over all folds: the position of a ridge or, for the mixture, weight x
    /// ridges + ridge.</summary>
    public int Chosen(TrainingChoice choice) => _chosen[(int)choice];

    /// <summary>How often folds are drawn anew: often for few rows, where it matters and costs little.</summary>
    public static int RepeatsFor(int rows) => Math.Clamp(RowsWanted / rows, 1, MostRepeats);

    /// <summary>Cross-fits.</summary>
    /// <param name="strong">Strong features.</param>
    /// <param name="source">Where weak labels come from.</param>
    /// <param name="truth">True labels of the labelled rows.</param>
    /// <param name="rows">The labelled rows to use; at least <see cref="LeastRows"/>. At most 10 000 of them are judged.</param>
    /// <param name="repeats">How often folds are drawn.</param>
    /// <param name="random">Draws them.</param>
    /// <param name="options">Threads and cancellation.</param>
    public static CrossFit Of(
        StrongDesign strong, IWeakLabelSource source, TrueLabels truth, int[] rows, int repeats, RandomStream random, RunOptions options)
    {
        int[] always = [];
        if (rows.Length > MostJudged)
        {
            rows = [.. rows];
            random.Shuffle(rows);
            (rows, always) = (rows[..MostJudged], rows[MostJudged..]);
        }
        int ridges = strong.Lambdas.Count;
        int[] counts = [source.KnowsLabelledRows ? 1 : 0, ridges, ridges, strong.MixtureLambdas.Count * strong.Weights.Count];
        (double Score, double Squared)[][] sums = [.. counts.Select(count => new (double, double)[count])];
        double[]?[][] scores = [.. Enumerable.Range(0, repeats).Select(_ => (
            double[]?[])[.. counts.Select(count => count == 0 ? null : new double[rows.Length])])];
        int[][] foldOf = [.. Enumerable.Range(0, repeats).Select(_ => Cut(truth, rows, random))];
        Candidates[][] judged = [.. foldOf.Select(_ => (
            Candidates[])[.. counts.Select(count => new Candidates(rows.Length, count, truth.IsClassification))])];
        var folds = new Fold[repeats * Folds];
        FixedBlocks.Run(folds.Length, options.Threads, new Work(block =>
            folds[block] = Fold.Of(source, rows, always, foldOf[block / Folds], block % Folds)));
        strong.Expect([.. folds.Select(fold => fold.Labels)], options.Threads);
        strong.Warm(options.Threads);
        // Folds are small work: one thread each. The first failure ends the loop.
        FixedBlocks.Run(folds.Length, options.Threads, new Work(block =>
        {
            options.Cancellation.ThrowIfCancellationRequested();
            JudgeFold(strong, source.KnowsLabelledRows, truth, folds[block], judged[block / Folds]);
        }));
        if (!ReferenceEquals(folds[0].Labels, source)) // labels that were given serve for more
            strong.Forget([.. folds.Select(fold => fold.Labels)]);
        for (int repeat = 0; repeat < repeats; repeat++)
        {
            for (int c = 0; c < counts.Length; c++)
                Gather(judged[repeat][c], foldOf[repeat], scores[repeat][c], sums[c], 1.0 / repeats);
        }
        int[] chosen = [.. sums.Select((sum, c) => sum.Length == 0 ? -1 : judged[0][c].Best(sum, rows.Length))];
        return new CrossFit(scores, rows, foldOf, chosen, truth.IsClassification);
    }

    private static void JudgeFold(StrongDesign strong, bool withTeacher, TrueLabels truth, Fold fold, Candidates[] judged)
    {
        const int Threads = 1;
        (int[] at, int[] held, int[] kept, IWeakLabels weak) = fold;
        TrueLabels heldTruth = truth.Select(held);
        FeatureRows heldStrong = strong.Labelled.Select(held);
        UnlabelledTargets labels = strong.Targets(weak, Threads);
        if (withTeacher)
        {
            Judgement[] teacher = weak.Judge(held, heldTruth, Threads);
            for (int i = 0; i < at.Length; i++)
                judged[(int)TrainingChoice.Teacher][at[i], 0] = teacher[i];
        }
        Put(strong.Direct(kept, truth, Threads).Judge(heldStrong, heldTruth, Threads), TrainingChoice.Direct, 0);
        Put(strong.Students(labels, Threads).Judge(heldStrong, heldTruth, Threads), TrainingChoice.Student, 0);
        strong.JudgeMixtures(labels, kept, truth, held, (results, first) => Put(results, TrainingChoice.Mixture, first), Threads);

        void Put(Judgement[,] results, TrainingChoice choice, int first)
        {
            Candidates to = judged[(int)choice];
            for (int i = 0; i < at.Length; i++)
            {
                for (int l = 0; l < results.GetLength(1); l++)
                    to[at[i], first + l] = results[i, l];
            }
        }
    }

    /// <summary>Each fold's rows at the candidate that the other folds choose; and all rows under every candidate.</summary>
    private static void Gather(Candidates judged, int[] foldOf, double[]? scores, (double Score, double Squared)[] total, double share)
    {
        if (scores is null)
            return;
        var byFold = new (double Score, double Squared)[Folds, judged.Count];
        for (int fold = 0; fold < Folds; fold++)
        {
            bool[] counts = [.. foldOf.Select(f => f == fold)];
            for (int c = 0; c < judged.Count; c++)
            {
                (double score, double squared) = byFold[fold, c] = judged.Sum(c, counts);
                total[c] = (total[c].Score + (share * score), total[c].Squared + (share * squared));
            }
        }
        var others = new (double Score, double Squared)[judged.Count];
        for (int fold = 0; fold < Folds; fold++)
        {
            Array.Clear(others);
            for (int c = 0; c < judged.Count; c++)
            {
                for (int other = 0; other < Folds; other++)
                {
                    if (other != fold)
                        others[c] = (others[c].Score + byFold[other, c].Score, others[c].Squared + byFold[other, c].Squared);
                }
            }
            int chosen = judged.Best(others, foldOf.Count(f => f != fold));
            for (int row = 0; row < foldOf.Length; row++)
            {
                if (foldOf[row] == fold)
                    scores[row] = judged.Score(row, chosen);
            }
        }
    }

    /// <summary>A fold for each row, at random; every class is spread evenly over the folds.</summary>
    private static int[] Cut(TrueLabels truth, int[] rows, RandomStream random)
    {
        int[] order = [.. Enumerable.Range(0, rows.Length)];
        random.Shuffle(order);
        if (truth.IsClassification)
            order = [.. order.OrderBy(i => truth.ClassOf(rows[i]))];
        var foldOf = new int[rows.Length];
        for (int i = 0; i < order.Length; i++)
            foldOf[order[i]] = i % Folds;
        return foldOf;
    }

    /// <summary>A fold: where its rows are among those that are judged, which they are, the rows without it, and the weak labels that
    /// these give.</summary>
    private sealed record Fold(int[] At, int[] Held, int[] Kept, IWeakLabels Labels)
    {
        public static Fold Of(IWeakLabelSource source, int[] rows, int[] always, int[] foldOf, int fold)
        {
            int[] at = [.. Enumerable.Range(0, rows.Length).Where(i => foldOf[i] == fold)];
            int[] held = [.. at.Select(i => rows[i])], kept = [.. Enumerable.Range(0, rows.Length).Where(i => foldOf[i] != fold)
                .Select(i => rows[i]), .. always];
            return new Fold(at, held, kept, source.Learn(kept, 1));
        }
    }

    private readonly struct Work(Action<int> run) : IBlockWork
    {
        public void Run(int block) => run(block);
    }
}
