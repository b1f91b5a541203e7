using WeakToStrong.Asymptotics;
using WeakToStrong.Figures.Drawing;
using WeakToStrong.Figures.Model;
using WeakToStrong.Figures.Pictures;
using WeakToStrong.Statistics;
using WeakToStrong.Tables;

namespace WeakToStrong.Figures.Recipes;

/// <summary>One panel of a <see cref="GapMap"/>.</summary>
/// <param name="Name">Its name in the data, such as "left".</param>
/// <param name="Title">What it shows.</param>
/// <param name="Experiment">Arguments of <c>simulate</c>, all but the ridges.</param>
/// <param name="Levels">Levels of the contours, 0 among them.</param>
internal sealed record GapMapPanel(string Name, string Title, string Experiment, double[] Levels)
{
    /// <summary>The simulation over the plane of both ridges.</summary>
    public StudyPart Simulation { get; } = new StudyPart("simulate", Experiment).With(
        ("lambda_teacher", GapMap.Ridges), ("lambda_student", GapMap.Ridges));
}

/// <summary>
/// The gap L_s - L_t over the plane of both ridges (Figures 1 and 2): the map of a simulation with dashed contours of the
/// limit at the same levels.
/// </summary>
internal sealed class GapMap(string id, string title, string caption, params GapMapPanel[] panels) : IFigureRecipe
{
    /// <summary>The ridges at which everything is evaluated, for teacher and student.</summary>
    public const string Ridges = "0.01:10:64";

    private const double LargestTeacherRidge = 1e6;

    private static readonly string[] Measured =
    [
        "lambda_teacher", "lambda_student", "trials", "teacher_error", "teacher_se", "student_error", "student_se", "gap", "gap_se",
    ];

    private static readonly string[] Columns = [.. Measured, "gap_limit", "z", "gap_limit_finite_spike", "z_finite_spike"];

    public string Id => id;

    public string Title => title;

    public long DefaultTrials => 10;

    public FigureOutcome Make(FigureRequest request, RunOptions options)
    {
        long trials = request.Trials ?? DefaultTrials;
        var data = new SeriesTable(["panel", "series"], Columns);
        var agreement = new List<Agreement>();
        var drawn = new List<Panel>();
        var parameters = new List<FigureParameter>();
        foreach (GapMapPanel panel in panels)
        {
            ResultTable simulated = panel.Simulation.Simulate(trials, FigureTrials.Seed(request.Seed, id, drawn.Count), options);
            var setting = new LinearSetting(simulated);
            double[] limit = setting.HasSpike ? InfiniteSpike(setting) : simulated.Numbers("gap_limit");
            agreement.AddRange(Record(data, panel.Name, simulated, limit));
            drawn.Add(Draw(panel, simulated, limit, Edge(setting, data, panel.Name)));
            parameters.AddRange(setting.Describe($"{panel.Name}: "));
        }
        parameters.AddRange(
        [
            new("$λ_t$, $λ_s$", "64 × 64 logarithmic grid from 0.01 to 10"), new("trials", $"{trials}"), new("seed", $"{request.Seed}"),
        ]);
        var figure = new Figure(drawn) { Legend = LegendPlacement.Below, Description = MathText.Plain(caption) };
        return new FigureOutcome(figure, data.ToTable(), caption, parameters, agreement);
    }

    private static Panel Draw(GapMapPanel panel, ResultTable simulated, double[] limit, Curve edge) =>
        new MapPicture(panel.Simulation.Arguments, simulated, "gap")
        {
            BarLabel = "simulated $ℒ_s − ℒ_t$",
            Limit = ($"limit ({(new LinearSetting(simulated).HasSpike ? "Theorem 8" : "Theorem 4")}), same levels", limit),
            Edge = edge,
        }.Map([.. Enumerable.Range(0, simulated.RowCount)], panel.Levels, panel.Title);

    // Theorem 8 is of an infinite spike; the simulated one is finite.
    private static double[] InfiniteSpike(LinearSetting e)
    {
        Grid ridges = Grid.Parse(Ridges);
        var surface = new LimitSurface(
            e.GammaTeacher, e.GammaStudent, e.NoiseVariance, ridges, ridges, e.SignalPower, e.Alignment, double.PositiveInfinity);
        var gaps = new double[surface.CellCount];
        surface.Gaps(gaps);
        return gaps;
    }

    // One row a cell; returns the agreement with the drawn limit and, where there is a spike, with the limit of that finite spike.
    private static List<Agreement> Record(SeriesTable data, string panel, ResultTable simulated, double[] limit)
    {
        double[][] measured = [.. Measured.Select(name => LinearSetting.Numbers(simulated, name))];
        double[] finite = simulated.Numbers("gap_limit"), finiteZ = simulated.Numbers("z");
        Estimate[] gaps = LinearSetting.Estimates(simulated, "gap", "gap_se");
        for (int i = 0; i < gaps.Length; i++)
            data.Add([panel, "cell"], [.. measured.Select(c => c[i]), limit[i], gaps[i].Z(limit[i]), finite[i], finiteZ[i]]);
        var setting = new LinearSetting(simulated);
        List<Agreement> agreement = [Agreement.Of(setting.HasSpike ? $"{panel}, Theorem 8" : $"{panel}, Theorem 4", gaps, limit)];
        if (setting.HasSpike)
            agreement.Add(Agreement.Of($"{panel}, Theorem 8 with $w = {setting.Spike}$", gaps, finite));
        return agreement;
    }

    // The curve L_s = L_t from the closed form of the winning window.
    private static Curve Edge(LinearSetting e, SeriesTable data, string panel)
    {
        var region = new WinningRegion(e.GammaTeacher, e.GammaStudent, e.NoiseVariance, e.SignalPower, e.Alignment);
        (double[] x, double[] y) = region.Edge(Grid.Parse(Ridges)[0], LargestTeacherRidge);
        for (int i = 0; i < x.Length; i++)
            data.Add([panel, "edge"], [x[i], y[i], .. Enumerable.Repeat(double.NaN, Columns.Length - 2)]);
        return new Curve(x, y) { Name = "$ℒ_s = ℒ_t$", Stroke = new(Palette.Black, 1.4) };
    }
}
