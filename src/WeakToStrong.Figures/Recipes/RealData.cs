using WeakToStrong.Data;
using WeakToStrong.Data.Experiment;
using WeakToStrong.Data.Features;
using WeakToStrong.Figures.Drawing;
using WeakToStrong.Figures.Model;
using WeakToStrong.Statistics;

namespace WeakToStrong.Figures.Recipes;

/// <summary>
/// Real data, two panels. Left: teacher, student and ceiling in accuracy, the teacher on weak features and the student, taught by hard
/// labels, on strong ones, with the recommended and the best ridge. Right: both on the same features with soft labels, and what the theory
/// predicts for the error.
/// </summary>
internal sealed class RealData(string id, string title, string caption, Func<Dataset> read, DataPanel left, DataPanel right, long trials)
    : IFigureRecipe
{
    private static readonly string[] Numbers = ["lambda_student", "measured", "se", "predicted"];

    public string Id => id;

    public string Title => title;

    public long DefaultTrials => trials;

    public FigureOutcome Make(FigureRequest request, RunOptions options)
    {
        int splits = (int)(request.Trials ?? DefaultTrials);
        Dataset data = read();
        DataResult gain = left.Run(data, PseudoLabels.Hard, splits, request.Seed, options),
            theory = right.Run(data, PseudoLabels.Soft, splits, request.Seed, options);
        options.Cancellation.ThrowIfCancellationRequested();
        var table = new SeriesTable(["panel", "quantity"], Numbers);
        Panel gains = Gains(gain, table), errors = Errors(theory, table);
        Agreement agreement = Agreement.Of("right panel", [.. Students(theory, theory.StudentError)], Predicted(theory));
        var figure = new Figure(gains, errors)
        {
            PanelWidth = 3.0,
            PanelHeight = 2.3,
            Legend = LegendPlacement.Below,
            Description = MathText.Plain(caption)
        };
        return new FigureOutcome(figure, table.ToTable(), caption, Parameters(gain, theory, splits, request.Seed), [agreement]);
    }

    private static Panel Gains(DataResult result, SeriesTable table)
    {
        Estimate[] student = Students(result, result.StudentAccuracy);
        Record(table, "accuracy", result, student, result.TeacherAccuracy(0), result.CeilingAccuracy, null);
        double[] x = [.. result.LambdaStudent];
        // Of the splits' recommendations, the middle one.
        int[] recommended = [.. result.Splits.Select(split => split.Advice[0]!.Best).Order()];
        return new Panel(
            Axis.Log("student ridge $λ_s$", x[0] / 1.5, x[^1] * 1.5), Axis.Linear("test accuracy"),
            Flat(x, result.CeilingAccuracy, Palette.Green, "ceiling: true labels"),
            Flat(x, result.TeacherAccuracy(0), Palette.Black, "teacher"),
            new Curve(x, [.. student.Select(e => e.Mean)]) { Stroke = new(Palette.Blue, 0.8) },
            new Points(x, [.. student.Select(e => e.Mean)])
            {
                Name = "student",
                Errors = [.. student.Select(e => e.StandardError)],
                Color = Palette.Blue
            },
            new ReferenceLine(Orientation.Vertical, x[recommended[recommended.Length / 2]])
            {
                Name = "recommended $λ_s$",
                Stroke = new(Palette.Vermilion, 0.9, Dash.Dashed)
            },
            new ReferenceLine(Orientation.Vertical, x[result.BestStudent(0)])
            {
                Name = "best $λ_s$ in hindsight",
                Stroke = new(Palette.Purple, 0.9, Dash.Dotted)
            })
        {
            Title = "weak and strong features",
        };
    }

    private static Panel Errors(DataResult result, SeriesTable table)
    {
        Estimate[] student = Students(result, result.StudentError);
        double[] x = [.. result.LambdaStudent], predicted = Predicted(result);
        double teacher = result.Prediction!.Teacher(0).SquaredError;
        Record(table, "error", result, student, result.TeacherError(0), result.CeilingError, result.Prediction);
        return new Panel(
            Axis.Log("student ridge $λ_s$", x[0] / 1.5, x[^1] * 1.5), Axis.Linear("test error"),
            Flat(x, result.CeilingError, Palette.Green, ""), Flat(x, result.TeacherError(0), Palette.Black, ""),
            new Curve(x, [.. x.Select(_ => teacher)]) { Name = "theory: teacher", Stroke = new(Palette.Red, 0.9, Dash.Dotted) },
            new Curve(x, predicted) { Name = "theory: student", Stroke = new(Palette.Red, 1.0) },
            new Points(x, [.. student.Select(e => e.Mean)]) { Errors = [.. student.Select(e => e.StandardError)], Color = Palette.Blue })
        {
            Title = "same features, with theory",
        };
    }

    private static Curve Flat(double[] x, Estimate level, Rgb color, string name) =>
        new(x, [.. x.Select(_ => level.Mean)]) { Name = name, Stroke = new(color, 0.9, Dash.Dashed) };

    private static Estimate[] Students(DataResult result, Func<int, int, Estimate> value) =>
        [.. Enumerable.Range(0, result.LambdaStudent.Count).Select(s => value(0, s))];

    private static double[] Predicted(DataResult result) =>
        [.. Enumerable.Range(0, result.LambdaStudent.Count).Select(s => result.Prediction!.Student(0, s).SquaredError)];

    private static void Record(SeriesTable table, string quantity, DataResult result, Estimate[] student, Estimate teacher,
        Estimate ceiling, ChoiceForecast? theory)
    {
        string panel = theory is null ? "left" : "right";
        table.Add([panel, $"teacher_{quantity}"], double.NaN, teacher.Mean, teacher.StandardError,
            theory?.Teacher(0).SquaredError ?? double.NaN);
        table.Add([panel, $"ceiling_{quantity}"], double.NaN, ceiling.Mean, ceiling.StandardError, double.NaN);
        for (int s = 0; s < student.Length; s++)
            table.Add([panel, $"student_{quantity}"], result.LambdaStudent[s], student[s].Mean, student[s].StandardError,
                theory?.Student(0, s).SquaredError ?? double.NaN);
    }

    private List<FigureParameter> Parameters(DataResult gain, DataResult theory, int splits, ulong seed) =>
    [
        new("left: features", $"teacher {left.Weak}, student {left.Strong}; hard labels"),
        new("left: rows", Rows(gain)),
        new("left: $λ_t$", $"{gain.LambdaTeacher[0]}"),
        new("left: best PGR", $"{gain.Pgr(0, gain.BestStudent(0)).Ratio:F3} ± {gain.Pgr(0, gain.BestStudent(0)).StandardError:F3}"),
        new("right: features", $"{right.Weak} for both; soft labels"),
        new("right: rows", Rows(theory)),
        new("right: $λ_t$", $"{theory.LambdaTeacher[0]}"),
        new("random splits", $"{splits}"),
        new("seed", $"{seed}"),
    ];

    private static string Rows(DataResult result) =>
        $"$n_t$ = {result.Sizes.Teacher}, $n_s$ = {result.Sizes.Student}, test {result.Sizes.Test}";
}

/// <summary>One experiment of a real-data figure.</summary>
/// <param name="Weak">The teacher's features.</param>
/// <param name="Strong">The student's features.</param>
/// <param name="Sizes">Rows of each part.</param>
/// <param name="LambdaTeacher">The teacher's ridge.</param>
/// <param name="LambdaStudent">The student's ridges.</param>
internal sealed record DataPanel(string Weak, string Strong, SplitSizes Sizes, double LambdaTeacher, Grid LambdaStudent)
{
    public DataResult Run(Dataset data, PseudoLabels labels, int splits, ulong seed, RunOptions options) => new DataExperiment
    {
        Data = data,
        WeakMap = FeaturePipeline.Parse(Weak),
        StrongMap = FeaturePipeline.Parse(Strong),
        Sizes = Sizes,
        LambdaTeacher = Grid.Of(LambdaTeacher),
        LambdaStudent = LambdaStudent,
        Labels = labels,
        Repeats = splits,
        Recommend = labels == PseudoLabels.Hard,
        Predict = labels == PseudoLabels.Soft,
    }.Run(seed, options);
}

/// <summary>The figures on real data: digits, and fashion-mnist where it is installed.</summary>
internal static class RealDataFigures
{
    public static IReadOnlyList<IFigureRecipe> All { get; } = FashionMnistFiles.IsInstalled ? [Digits(), Fashion()] : [Digits()];

    private static RealData Digits() => new(
        "real-1", "Hand-written digits",
        "Ridge on hand-written digits. Left: a teacher on 4 × 4 block means labels rows for a student on random Fourier features; the "
        + "student recovers part of the gap to the ceiling, most at a ridge in the middle, and cross-fitting on the teacher's labelled "
        + "rows finds a ridge nearly as good. Right: teacher and student on the raw pixels; points are measured, lines are the "
        + "deterministic equivalents of Gaussian features with the data's covariance, target and noise.",
        Dataset.Digits,
        new DataPanel("pool:2x2 | standardise", "standardise | rff:1000:2", new SplitSizes(200, 1200, 397), 0.1,
            Grid.Logarithmic(1e-8, 1e-2, 13)),
        new DataPanel("identity", "identity", new SplitSizes(400, 1000, 397), 3, Grid.Logarithmic(1e-2, 1e3, 11)), 10);

    private static RealData Fashion() => new(
        "real-2", "Fashion-MNIST",
        "As real-1 on Fashion-MNIST. Left: a teacher on 7 × 7 block means and a student on random convolutional patches. Right: both on 14 "
        + "× 14 block means.",
        () => Dataset.FashionMnist(),
        new DataPanel("pool:4x4 | standardise", "patches:480:6 | standardise", new SplitSizes(2000, 6000, 4000), 0.01,
            Grid.Logarithmic(1e-4, 1e2, 13)),
        new DataPanel("pool:2x2 | standardise", "pool:2x2 | standardise", new SplitSizes(1000, 6000, 4000), 0.03,
            Grid.Logarithmic(1e-3, 1e2, 11)), 3);
}
