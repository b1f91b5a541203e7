using System.Globalization;
using System.Runtime.InteropServices;
using WeakToStrong.Data;
using WeakToStrong.Data.Decision;
using WeakToStrong.Data.Experiment;
using WeakToStrong.Heads;
using WeakToStrong.Statistics;

namespace WeakToStrong.Benchmarks;

/// <summary>
/// The choices on real data: test accuracies over random splits, which wins, which is advised, and what the advice costs against the best
/// choice of each split in hindsight; rows of Markdown for docs/real-data.md. Asked to end (kill), it ends with the splits that are
/// finished.
/// </summary>
internal static class ChoiceTables
{
    private static readonly int[] LabelledRows = [30, 100, 300, 1000];

    /// <summary>Prints a row a setting.</summary>
    /// <param name="words">Words that a setting must all have in its name, such as "mail hard"; none for all settings.</param>
    public static void Run(IReadOnlyList<string> words)
    {
        Console.WriteLine("| data, labelled rows, weak labels | teacher | direct | student | mixture | ceiling | PGR of the best student "
            + "| wins on average | advised | regret |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
        using var stop = new CancellationTokenSource();
        using var signal = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            stop.Cancel();
        });
        foreach (Setting setting in Settings())
        {
            if (!stop.IsCancellationRequested && words.All(setting.Name.Contains))
                Console.WriteLine(Row(setting, stop.Token));
        }
    }

    private static IEnumerable<Setting> Settings()
    {
        // On digits, 1000 labelled rows leave 400 for the student.
        var mail = new Lazy<Dataset>(Dataset.Mail);
        var digits = new Lazy<Dataset>(Dataset.Digits);
        var fashion = new Lazy<Dataset>(() => Dataset.FashionMnist());
        foreach (PseudoLabels labels in Enum.GetValues<PseudoLabels>())
        {
            foreach (int rows in LabelledRows)
            {
                yield return new Setting("mail", mail, new SplitSizes(rows, 3000, 1800), 20, labels);
                yield return new Setting("digits", digits, new SplitSizes(rows, Math.Min(1000, 1400 - rows), 397), 20, labels);
                if (Dataset.FashionMnistIsInstalled)
                    yield return new Setting("fashion-mnist", fashion, new SplitSizes(rows, 5000, 5000), 8, labels);
            }
        }
        yield return new Setting("mail", mail, new SplitSizes(100, 3000, 1800), 20, PseudoLabels.Soft) { Head = LogisticHead.Instance };
        yield return new Setting("mail", mail, new SplitSizes(100, 3000, 1800), 20, PseudoLabels.Soft) { Confidence = 0.5 };
    }

    private static string Row(Setting setting, CancellationToken cancellation)
    {
        DataResult result = new DataExperiment
        {
            Data = setting.Data.Value,
            Sizes = setting.Sizes,
            Repeats = setting.Splits,
            Labels = setting.Labels,
            Head = setting.Head,
            Confidence = setting.Confidence,
            Choices = true,
        }.Run(seed: 0, new RunOptions { Cancellation = cancellation });
        RatioOfMeans pgr = result.Pgr(0, result.BestStudent(0));
        TrainingChoice best = CrossFit.Choices.MaxBy(choice => result.TestScore(choice, 0));
        string advised = string.Join(", ", result.Splits.GroupBy(split => split.Choices[0].Scores.Advised)
            .OrderByDescending(group => group.Count()).Select(group => $"{Name(group.Key)} {group.Count()}"));
        string[] cells = [setting.Name, .. CrossFit.Choices.Append(TrainingChoice.Ceiling).Select(Accuracy),
            $"{Two(pgr.Ratio)} ({Two(pgr.Low)} to {Two(pgr.High)})", Name(best), $"{advised} of {result.Splits.Count}",
            string.Create(CultureInfo.InvariantCulture,
                $"{result.AdviceRegret(0).Mean:.0000} +- {result.AdviceRegret(0).StandardError:.0000}")];
        return $"| {string.Join(" | ", cells)} |";

        string Accuracy(TrainingChoice choice)
        {
            Estimate accuracy = result.TestAccuracy(choice, 0);
            return string.Create(CultureInfo.InvariantCulture, $"{accuracy.Mean:.000} +- {accuracy.StandardError:.000}");
        }
    }

    private static string Two(double value) => double.IsFinite(value) ? value.ToString(".00", CultureInfo.InvariantCulture)
        : double.IsNaN(value) ? "-" : value > 0 ? "inf" : "-inf";

    private static string Name(TrainingChoice choice) => choice.ToString().ToLowerInvariant();

    private sealed record Setting(string Source, Lazy<Dataset> Data, SplitSizes Sizes, int Splits, PseudoLabels Labels)
    {
        public IHead Head { get; init; } = RidgeHead.Instance;

        public double Confidence { get; init; }

        public string Name => $"{Source} {Sizes.Teacher} {Labels.ToString().ToLowerInvariant()}"
            + (Head.TakesNumbers ? string.Empty : " logistic")
            + (Confidence > 0 ? FormattableString.Invariant($" confidence {Confidence}") : string.Empty);
    }
}
