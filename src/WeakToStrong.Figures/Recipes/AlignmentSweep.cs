using WeakToStrong.Figures.Drawing;
using WeakToStrong.Figures.Model;
using WeakToStrong.Statistics;
using WeakToStrong.Tables;

namespace WeakToStrong.Figures.Recipes;

/// <summary>The student's error against its ridge for several alignments, below an optimally tuned teacher (Figure 3).</summary>
/// <param name="id">The recipe's name.</param>
/// <param name="title">What it shows.</param>
/// <param name="caption">What is seen.</param>
/// <param name="simulation">The simulation, all but the student's ridges and alignment.</param>
/// <param name="alignments">One curve each.</param>
internal sealed class AlignmentSweep(string id, string title, string caption, StudyPart simulation, double[] alignments) : IFigureRecipe
{
    private const string CurveRidges = "0.01:100:241", PointRidges = "0.01:100:25";

    private static readonly string[] Columns =
        ["alignment", "lambda_student", "trials", "student_error", "student_se", "student_limit", "z", "student_limit_finite_spike",
            "z_finite_spike", "teacher_limit"];

    public string Id => id;

    public string Title => title;

    public long DefaultTrials => 10;

    public FigureOutcome Make(FigureRequest request, RunOptions options)
    {
        long trials = request.Trials ?? DefaultTrials;
        var data = new SeriesTable(["series"], Columns);
        var layers = new List<Layer>();
        var points = new List<Layer>();
        var agreement = new List<Agreement>();
        var parameters = new List<FigureParameter>();
        for (int k = 0; k < alignments.Length; k++)
        {
            StudyPart part = simulation.With(("alignment", NumberText.Format(alignments[k])), ("lambda_student", PointRidges));
            ResultTable simulated = part.Simulate(trials, FigureTrials.Seed(request.Seed, id, k), options);
            var setting = new LinearSetting(simulated);
            string name = $"$ζ = {alignments[k]}$";
            if (k == 0)
            {
                layers.Add(new ReferenceLine(Orientation.Horizontal, simulated.Numbers("teacher_limit")[0]) { Name = "teacher $ℒ_t$" });
                parameters.AddRange([.. setting.Describe(), new("$λ_t = λ_t^*$", $"{simulated.Numbers("lambda_teacher")[0]}")]);
            }
            layers.AddRange(Curves(part, setting, Palette.Series[k], name, data));
            points.Add(new Points(simulated.Numbers("lambda_student"), simulated.Numbers("student_error"))
            {
                Errors = simulated.Numbers("student_se"),
                Color = Palette.Series[k],
                Name = name,
            });
            agreement.AddRange(Record(part, simulated, setting, name, data));
        }
        layers.Add(new Curve([], []) { Name = "finite spike $w = d$", Stroke = new(Palette.Gray, 0.9, Dash.Dotted) });
        var panel = new Panel(Axis.Log("student ridge $λ_s$"), Axis.Linear("student test error $ℒ_s$"), [.. layers, .. points]);
        var figure = new Figure(panel) { PanelWidth = 3.4, PanelHeight = 2.4, Description = MathText.Plain(caption) };
        parameters.AddRange(
        [
            new("alignments $ζ$", string.Join(", ", alignments)),
            new("spike $w$", "500 in the simulation and in the dotted curves, $∞$ in the solid ones"),
            new("trials", $"{trials} (the paper draws one, which has no standard error)"), new("seed", $"{request.Seed}"),
        ]);
        return new FigureOutcome(figure, data.ToTable(), caption, parameters, agreement);
    }

    // Theorem 8, whose spike is infinite, and the limit of the simulated spike.
    private static IEnumerable<Curve> Curves(StudyPart part, LinearSetting setting, Rgb color, string name, SeriesTable data)
    {
        ResultTable finite = part.Limits(("lambda_student", CurveRidges));
        double[] ridges = finite.Numbers("lambda_student"), atFinite = finite.Numbers("student_limit");
        double[] infinite = setting.HasSpike
            ? part.Limits(("lambda_student", CurveRidges), ("spike", "inf")).Numbers("student_limit") : atFinite;
        double[] teacher = finite.Numbers("teacher_limit");
        for (int i = 0; i < ridges.Length; i++)
        {
            data.Add(["limit"], setting.Alignment, ridges[i], double.NaN, double.NaN, double.NaN, infinite[i], double.NaN, atFinite[i],
                double.NaN, teacher[i]);
        }
        yield return new Curve(ridges, infinite) { Name = name, Stroke = new(color) };
        if (setting.HasSpike)
            yield return new Curve(ridges, atFinite) { Stroke = new(color, 0.9, Dash.Dotted) };
    }

    private static IEnumerable<Agreement> Record(
        StudyPart part, ResultTable simulated, LinearSetting setting, string name, SeriesTable data)
    {
        double[] ridges = simulated.Numbers("lambda_student"), finite = simulated.Numbers("student_limit");
        double[] infinite = setting.HasSpike ? part.Limits(("spike", "inf")).Numbers("student_limit") : finite;
        double[] teacher = simulated.Numbers("teacher_limit"), trials = LinearSetting.Numbers(simulated, "trials");
        Estimate[] errors = LinearSetting.Estimates(simulated, "student_error", "student_se");
        for (int j = 0; j < errors.Length; j++)
        {
            data.Add(["simulation"], setting.Alignment, ridges[j], trials[j], errors[j].Mean, errors[j].StandardError, infinite[j],
                errors[j].Z(infinite[j]), finite[j], errors[j].Z(finite[j]), teacher[j]);
        }
        yield return Agreement.Of($"{name}, Theorem {(setting.HasSpike ? 8 : 4)}", errors, infinite);
        if (setting.HasSpike)
            yield return Agreement.Of($"{name}, Theorem 8 with $w = {setting.Spike}$", errors, finite);
    }
}
