using WeakToStrong.Figures.Model;
using WeakToStrong.Simulation;
using WeakToStrong.Statistics;

namespace WeakToStrong.Figures.Recipes;

/// <summary>How the limits are reached: the shift of each mean error times d, against d. Flat lines say that the shift
/// is c/d (docs/simulation.md).</summary>
internal sealed class FiniteSize : IFigureRecipe
{
    private const double Gamma = 0.5, LambdaTeacher = 0.02, LambdaStudent = 0.2, Zeta = 0.6, Spike = 5;

    private static readonly long[] Dimensions = [25, 50, 100, 200, 400, 800];

    public static IReadOnlyList<IFigureRecipe> All { get; } = [new FiniteSize()];

    public string Id => "finite-size-1";

    public string Title => "How the limits are reached: shift times d against d";

    public long DefaultTrials => 400_000;

    public FigureOutcome Make(FigureRequest request, RunOptions options)
    {
        long trials = request.Trials ?? DefaultTrials;
        var data = new SeriesTable(
            ["panel", "quantity", "series"], ["d", "trials", "mean", "mean_se", "limit", "shift_times_d", "shift_times_d_se",
                "chi2_per_dof"]);
        var panels = new List<Panel>();
        var agreement = new List<Agreement>();
        (string Panel, string Title, double Zeta, double? Spike)[] students = [("left", "plain student", 0, null),
            ("right", $"spike, $ζ = {Zeta}$, $w = {Spike}$", Zeta, Spike)];
        for (int k = 0; k < students.Length; k++)
        {
            (string panel, string title, double zeta, double? spike) = students[k];
            FiniteSizeStudy study = Study(zeta, spike, trials, FigureTrials.Seed(request.Seed, Id, k), options);
            var layers = new List<Layer> { new ReferenceLine(Orientation.Horizontal, 0) { Stroke = new(Palette.Gray, 0.7, Dash.Dotted) } };
            layers.AddRange(Series(panel, "teacher", study.TeacherPoints, Palette.Blue, Marker.Square, data, agreement));
            layers.AddRange(Series(panel, "student", study.StudentPoints, Palette.Vermilion, Marker.Circle, data, agreement));
            layers.AddRange(Series(panel, "gap", study.GapPoints, Palette.Green, Marker.Diamond, data, agreement));
            panels.Add(new Panel(Axis.Log("dimension $d$", 18, 1100), Axis.Linear("(mean error - limit) $× d$", -0.5, 1),
                layers)
            { Title = title });
        }
        return new FigureOutcome(
            new Figure(panels)
            {
                PanelWidth = 2.6,
                PanelHeight = 2.2,
                Legend = LegendPlacement.Below,
                Description = "Mean error less its limit, times d, against d, with and without a spike: flat lines.",
            },
            data.ToTable(),
            "Mean error less its limit, times $d$, at fixed ratios $d/n$. Points are exact simulations with one standard error; dashed "
            + "lines are the fitted constants $c$ of a shift $c/d$. They are flat: at finite size both errors, and so the gap, are off "
            + "their limits by a constant over $d$.",
            [
                new("$γ_t = γ_s$", $"{Gamma}"), new("$λ_t$, $λ_s$", $"{LambdaTeacher}, {LambdaStudent}"),
                new("$σ^2$, $‖β_*‖^2$", "1, 1 (fixed norm)"),
                new("trials", $"{trials} at $d$ = {Dimensions[^1]}, elsewhere in proportion to $d$, so that all error bars are equal"),
                new("seed", $"{request.Seed}"),
            ],
            agreement);
    }

    private static FiniteSizeStudy Study(double zeta, double? spike, long trials, ulong seed, RunOptions options)
    {
        LinearExperiment[] sizes =
        [
            .. from d in Dimensions
               let n = (long)(d / Gamma)
               select new LinearExperiment(d, n, n, 1, alignment: zeta, spike: spike, signalLaw: SignalLaw.Fixed),
        ];
        return FiniteSizeStudy.Run(sizes, LambdaTeacher, LambdaStudent, e => Math.Max(2, trials * e.Dimension / Dimensions[^1]), seed,
            options);
    }

    private static IEnumerable<Layer> Series(
        string panel, string quantity, IReadOnlyList<FiniteSizePoint> points, Rgb color, Marker marker, SeriesTable data,
        List<Agreement> agreement)
    {
        FiniteSizeShift fit = FiniteSizeShift.Fit(points);
        double[] d = [.. points.Select(p => (double)p.Dimension)];
        foreach (FiniteSizePoint p in points)
        {
            Estimate shift = p.ShiftTimesDimension;
            data.Add([panel, quantity, "simulation"], p.Dimension, p.Mean.Count, p.Mean.Mean, p.Mean.StandardError, p.Limit, shift.Mean,
                shift.StandardError, double.NaN);
        }
        data.Add([panel, quantity, "fit"], double.NaN, double.NaN, double.NaN, double.NaN, fit.Limit, fit.TimesDimension, fit.StandardError,
            fit.ChiSquarePerDegree);
        agreement.Add(Agreement.Of($"{panel}, {quantity}, limit $+ c/d$", points.Select(p => p.Mean),
            points.Select(p => p.Limit + (fit.TimesDimension / p.Dimension))));
        yield return new Curve(d, [.. d.Select(_ => fit.TimesDimension)]) { Stroke = new(color, 1, Dash.Dashed) };
        yield return new Points(d, [.. points.Select(p => p.ShiftTimesDimension.Mean)])
        {
            Name = quantity,
            Errors = [.. points.Select(p => p.ShiftTimesDimension.StandardError)],
            Color = color,
            Marker = marker,
        };
    }
}
