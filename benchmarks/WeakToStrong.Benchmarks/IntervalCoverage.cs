using System.Globalization;
using WeakToStrong.Data;
using WeakToStrong.Data.Decision;
using WeakToStrong.Data.Experiment;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Randomness;
using WeakToStrong.Statistics;

namespace WeakToStrong.Benchmarks;

/// <summary>
/// How often the 95% intervals of `w2s data` hold the truth, over simulated data sets: those of every model's accuracy or error, of what
/// one choice gains on another, of the advised choice's gain, and of PGR; rows of Markdown for docs/real-data.md.
/// </summary>
internal static class IntervalCoverage
{
    private const int Sets = 200, Splits = 5, Labelled = 60, Unlabelled = 200, Test = 150, Fresh = 4000, RowsOfMany = 450;
    private const int Ridge = 1;

    // Intervals were chosen by looking at 3001; the table is of sets that nobody had looked at.
    private const ulong Seed = 2027;

    private const double SmallestGap = 0.02;
    private static readonly TrainingChoice[] Models = [.. CrossFit.Choices, TrainingChoice.Ceiling];
    private static readonly (TrainingChoice, TrainingChoice)[] Pairs = [(TrainingChoice.Direct, TrainingChoice.Teacher),
        (TrainingChoice.Student, TrainingChoice.Teacher), (TrainingChoice.Mixture, TrainingChoice.Direct)];

    /// <summary>Prints a table.</summary>
    /// <param name="words">Words that a setting must all have in its name, such as "better soft"; none for all settings. A number among
    /// them is another seed.</param>
    public static void Run(IReadOnlyList<string> words)
    {
        Console.WriteLine("| data | splits | teacher | direct | student | mixture | ceiling | direct over teacher | student over teacher "
            + "| mixture over direct | advised over next | PGR |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|---|");
        ulong seed = words.Select(word => ulong.TryParse(word, out ulong number) ? number : Seed).FirstOrDefault(s => s != Seed, Seed);
        Kind[] kinds = [new(seed, false, false, true), new(seed, false, false, false), new(seed, false, true, true),
            new(seed, false, true, false), new(seed, true, false, true), new(seed, true, false, false)];
        foreach (Kind kind in kinds.Where(kind => words.All(word => ulong.TryParse(word, out _) || kind.Name.Contains(word))))
        {
            Held[] one = new Held[Sets], many = new Held[Sets];
            var truths = new Truths[Sets];
            Parallel.For(0, Sets, set => truths[set] = Truths.Of(Experiment(kind, set, Fresh, isMany: false)));
            Truths all = Truths.Mean(truths);
            Parallel.For(0, Sets, set =>
            {
                one[set] = Held.Of(Experiment(kind, set, Test, isMany: false), truths[set]);
                many[set] = Held.Of(Experiment(kind, set, Test, isMany: true), all);
            });
            Print(kind, 1, one);
            Print(kind, Splits, many);
        }
    }

    private static void Print(Kind kind, int splits, Held[] sets)
    {
        var cells = Enumerable.Range(0, sets[0].Z.Length).Select(i =>
        {
            double[] z = [.. sets.Select(set => Math.Abs(set.Z[i])).Where(z => !double.IsNaN(z))];
            return z.Length < Sets / 2 ? "-" : string.Create(CultureInfo.InvariantCulture, $"{100.0 * z.Count(z => z <= 1) / z.Length:F1}");
        });
        Console.WriteLine($"| {kind.Name} | {splits} | {string.Join(" | ", cells)} |");
    }

    private static DataResult Experiment(Kind kind, int set, int test, bool isMany)
    {
        int rows = isMany ? RowsOfMany : Labelled + Unlabelled + test;
        // The rows that train are the same whatever comes behind them: a split is measured on few rows, and its truth on many.
        var random = new RandomStream(kind.Seed, (ulong)set, isMany ? 1UL : 0);
        Matrix<double> weak = new(rows, 3), strong = new(rows, 12);
        double[] numbers = new double[rows];
        int[] classes = new int[rows];
        for (int i = 0; i < rows; i++)
        {
            random.FillNormal(weak.Row(i));
            random.FillNormal(strong.Row(i));
            classes[i] = random.NextUniform() < 0.5 ? 1 : 0;
            double target = kind.IsRegression ? random.NextNormal() : (classes[i] * 2) - 1;
            numbers[i] = target;
            weak[i, 0] += 0.8 * target;
            for (int j = 0; j < strong.Columns; j++)
                strong[i, j] += (kind.IsBetter ? 1.5 : 0.5) * target / (1 + j);
        }
        int[] all = [.. Enumerable.Range(0, rows)];
        Labels labels = kind.IsRegression ? Labels.OfValues("y", numbers) : Labels.OfClasses("y", classes, ["a", "b"]);
        RowSplit? split = isMany ? null
            : new RowSplit(all[..Labelled], all[Labelled..(Labelled + Unlabelled)], all[(Labelled + Unlabelled)..]);
        return new DataExperiment
        {
            Data = new Dataset("simulated", labels, new RawFeatures("weak", weak), new RawFeatures("strong", strong), split),
            Sizes = isMany ? new SplitSizes(Labelled, Unlabelled, Test) : null,
            Repeats = isMany ? Splits : 1,
            LambdaTeacher = Grid.Of(0.1),
            LambdaStudent = Grid.Of(0.01, 0.1, 1, 10),
            Labels = kind.IsHard ? PseudoLabels.Hard : PseudoLabels.Soft,
            Choices = true,
        }.Run((ulong)set, new RunOptions { Threads = 1 });
    }

    private sealed record Kind(ulong Seed, bool IsRegression, bool IsHard, bool IsBetter)
    {
        public string Name => (IsRegression ? "numbers" : "classes") + (IsBetter ? ", strong better" : ", strong worse")
            + (IsRegression ? string.Empty : IsHard ? ", hard" : ", soft");
    }

    /// <summary>What intervals should hold: scores of the models, larger is better, and PGR's numerator and denominator.</summary>
    private sealed record Truths(double[] Scores, double Top, double Bottom)
    {
        public double this[TrainingChoice choice] => Scores[(int)choice];

        public static Truths Of(DataResult result)
        {
            double sign = result.IsClassification ? 1 : -1;
            double student = result.IsClassification ? result.StudentAccuracy(0, Ridge).Mean : -result.StudentError(0, Ridge).Mean;
            double[] scores = [.. Models.Select(model => sign * result.TestScore(model, 0))];
            double teacher = scores[(int)TrainingChoice.Teacher];
            return new Truths(scores, student - teacher, scores[(int)TrainingChoice.Ceiling] - teacher);
        }

        public static Truths Mean(Truths[] all) => new(
            [.. Models.Select(model => all.Average(truth => truth[model]))], all.Average(truth => truth.Top),
            all.Average(truth => truth.Bottom));
    }

    /// <summary>How far the truth lies from the middle of each interval, in half lengths.</summary>
    private sealed record Held(double[] Z)
    {
        public static Held Of(DataResult result, Truths truth)
        {
            double quantile = StandardNormal.TwoSidedThreshold(0.05, Test - 1);
            ChoiceScores scores = result.Scores(0)!;
            List<double> z = [];
            foreach (TrainingChoice model in Models)
            {
                Estimate estimate = result.IsClassification ? result.TestAccuracy(model, 0) : result.TestError(model, 0);
                z.Add(estimate.Z(Math.Abs(truth[model])) / quantile);
            }
            foreach ((TrainingChoice choice, TrainingChoice other) in Pairs.Append((scores.Advised, scores.Next)))
            {
                // Half the length in standard errors is the same for every difference.
                double half = (scores.High - scores.Low) / 2 / scores.Gain.StandardError;
                z.Add(scores.Difference(choice, other).Z(truth[choice] - truth[other]) / half);
            }
            RatioOfMeans pgr = result.Pgr(0, Ridge);
            double ratio = truth.Top / truth.Bottom;
            // Without a gap there is nothing to recover.
            z.Add(truth.Bottom < SmallestGap ? double.NaN : double.IsInfinity(pgr.Low) ? 0
                : ratio < pgr.Ratio ? (pgr.Ratio - ratio) / (pgr.Ratio - pgr.Low) : (ratio - pgr.Ratio) / (pgr.High - pgr.Ratio));
            return new Held([.. z]);
        }
    }
}
