using WeakToStrong.Asymptotics;
using WeakToStrong.Figures.Drawing;
using WeakToStrong.Figures.Model;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Simulation;
using WeakToStrong.Statistics;

namespace WeakToStrong.Figures.Recipes;

/// <summary>One panel of a <see cref="GapMap"/>.</summary>
/// <param name="Name">Its name in the data, such as "left".</param>
/// <param name="Title">What it shows.</param>
/// <param name="Experiment">What is simulated.</param>
/// <param name="Levels">Levels of the contours, 0 among them.</param>
internal sealed record GapMapPanel(string Name, string Title, LinearExperiment Experiment, double[] Levels);

/// <summary>
/// The gap L_s - L_t over the plane of both ridges (Figures 1 and 2): filled contours of the simulation, dashed contours of the limit at
/// the same levels, the closed-form curve L_s = L_t, and the teacher's optimal ridge.
/// </summary>
internal sealed class GapMap(string id, string title, string caption, params GapMapPanel[] panels) : IFigureRecipe
{
    private const int EdgePoints = 160;

    /// <summary>The ridges at which everything is evaluated, for teacher and student.</summary>
    private static readonly Grid Ridges = Grid.Logarithmic(0.01, 10, 64);

    private static readonly string[] Columns =
    [
        "lambda_teacher", "lambda_student", "trials", "teacher_error", "teacher_se", "student_error", "student_se",
        "gap", "gap_se", "gap_limit", "z", "gap_limit_finite_spike", "z_finite_spike",
    ];

    public string Id => id;

    public string Title => title;

    public long DefaultTrials => 10;

    public FigureOutcome Make(FigureRequest request, RunOptions options)
    {
        long trials = request.Trials ?? DefaultTrials;
        var data = new SeriesTable(["panel", "series"], Columns);
        var agreement = new List<Agreement>();
        var drawn = new Panel[panels.Length];
        for (int k = 0; k < panels.Length; k++)
        {
            LinearExperiment experiment = panels[k].Experiment;
            SimulationResult simulated = FigureTrials.Run(experiment, Ridges, Ridges, trials, FigureTrials.Seed(request.Seed, id, k),
                options);
            Matrix<double> limit = Limit(experiment, double.PositiveInfinity);
            agreement.AddRange(Record(data, panels[k].Name, simulated, limit));
            drawn[k] = Draw(panels[k], simulated, limit, Edge(experiment, data, panels[k].Name));
        }
        var figure = new Figure(drawn) { Legend = LegendPlacement.Below, Description = MathText.Plain(caption) };
        return new FigureOutcome(figure, data.ToTable(), caption, Parameters(trials, request.Seed), agreement);
    }

    private List<FigureParameter> Parameters(long trials, ulong seed) =>
    [
        .. panels.SelectMany(p => Describe.Experiment(p.Experiment, $"{p.Name}: ")),
        new("$λ_t$, $λ_s$", $"64 × 64 logarithmic grid from {Ridges[0]} to {Ridges[^1]}"),
        new("trials", $"{trials}"),
        new("seed", $"{seed}"),
    ];

    private static Panel Draw(GapMapPanel panel, SimulationResult simulated, Matrix<double> limit, (double[] X, double[] Y) edge)
    {
        var gap = new Matrix<double>(Ridges.Count, Ridges.Count);
        for (int i = 0; i < gap.Rows; i++)
        {
            for (int j = 0; j < gap.Columns; j++)
                gap[i, j] = simulated.Gap(i, j).Mean;
        }
        LinearExperiment e = panel.Experiment;
        double optimal = RidgeTeacher.OptimalRidge(e.GammaTeacher, e.NoiseVariance, e.SignalPower);
        return new Panel(
            Axis.Log("teacher ridge $λ_t$", Ridges[0], Ridges[^1]),
            Axis.Log("student ridge $λ_s$", Ridges[0], Ridges[^1]),
            new FilledContours(new Field(Ridges, Ridges, gap), panel.Levels) { BarLabel = "simulated $ℒ_s − ℒ_t$" },
            new ContourLines(new Field(Ridges, Ridges, limit), [.. panel.Levels.Where(l => l != 0)])
            {
                Name = $"limit ({(e.HasSpike ? "Theorem 8" : "Theorem 4")}), same levels",
                Stroke = new(Palette.Red, 0.8, Dash.Dashed),
            },
            new Curve(edge.X, edge.Y) { Name = "$ℒ_s = ℒ_t$", Stroke = new(Palette.Black, 1.4) },
            new ReferenceLine(Orientation.Vertical, optimal) { Name = "$λ_t = λ_t^*$", Stroke = new(Palette.Black, 1.0, Dash.Dashed) })
        { Title = panel.Title };
    }

    private static Matrix<double> Limit(LinearExperiment e, double spike)
    {
        var surface = new LimitSurface(e.GammaTeacher, e.GammaStudent, e.NoiseVariance, Ridges, Ridges, e.SignalPower, e.Alignment, spike);
        var gap = new Matrix<double>(Ridges.Count, Ridges.Count);
        surface.Gaps(gap.Data);
        return gap;
    }

    // One row a cell; returns the agreement with the drawn limit and, where there is a spike, with the limit of that finite spike.
    private static List<Agreement> Record(SeriesTable data, string panel, SimulationResult simulated, Matrix<double> limit)
    {
        LinearExperiment e = simulated.Experiment;
        Matrix<double> finite = e.HasSpike ? Limit(e, e.Spike) : limit;
        var gaps = new List<Estimate>();
        for (int i = 0; i < Ridges.Count; i++)
        {
            Estimate teacher = simulated.Teacher(i);
            for (int j = 0; j < Ridges.Count; j++)
            {
                Estimate student = simulated.Student(i, j), gap = simulated.Gap(i, j);
                gaps.Add(gap);
                data.Add(
                    [panel, "cell"], Ridges[i], Ridges[j], simulated.Trials, teacher.Mean, teacher.StandardError, student.Mean,
                    student.StandardError,
                    gap.Mean, gap.StandardError, limit[i, j], gap.Z(limit[i, j]), finite[i, j], gap.Z(finite[i, j]));
            }
        }
        List<Agreement> agreement = [Agreement.Of(e.HasSpike ? $"{panel}, Theorem 8" : $"{panel}, Theorem 4", gaps, limit.Data.ToArray())];
        if (e.HasSpike)
            agreement.Add(Agreement.Of($"{panel}, Theorem 8 with $w = {e.Spike}$", gaps, finite.Data.ToArray()));
        return agreement;
    }

    // The curve L_s = L_t from the closed form of the winning window.
    private static (double[] X, double[] Y) Edge(LinearExperiment e, SeriesTable data, string panel)
    {
        var region = new WinningRegion(e.GammaTeacher, e.GammaStudent, e.NoiseVariance, e.SignalPower, e.Alignment);
        (double[] x, double[] y) = region.Edge(Ridges[0], 1e6, EdgePoints);
        for (int i = 0; i < x.Length; i++)
            data.Add([panel, "edge"], [x[i], y[i], .. Enumerable.Repeat(double.NaN, Columns.Length - 2)]);
        return (x, y);
    }
}
