using WeakToStrong.Asymptotics;
using WeakToStrong.Figures.Drawing;
using WeakToStrong.Figures.Model;
using WeakToStrong.Simulation;
using WeakToStrong.Statistics;

namespace WeakToStrong.Figures.Recipes;

/// <summary>The student's error against its ridge for several alignments, below an optimally tuned teacher (Figure 3).</summary>
internal sealed class AlignmentSweep(
    string id, string title, string caption, long dimension, long samples, double noiseVariance, double lambdaTeacher, double[] alignments)
        : IFigureRecipe
{
    private static readonly Grid CurveRidges = Grid.Logarithmic(0.01, 100, 241);
    private static readonly Grid PointRidges = Grid.Logarithmic(0.01, 100, 25);

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
        var teacher = new RidgeTeacher((double)dimension / samples, lambdaTeacher, noiseVariance);
        var layers = new List<Layer> { new ReferenceLine(Orientation.Horizontal, teacher.TestError) { Name = "teacher $ℒ_t$" } };
        var points = new List<Layer>();
        var agreement = new List<Agreement>();
        for (int k = 0; k < alignments.Length; k++)
        {
            LinearExperiment e = Experiment(alignments[k]);
            var infinite = new RidgeStudent(teacher, e.GammaStudent, e.Alignment);
            var finite = new RidgeStudent(teacher, e.GammaStudent, e.Alignment, e.Spike);
            Rgb color = Palette.Series[k];
            string name = $"$ζ = {alignments[k]}$";
            layers.Add(new Curve(CurveRidges, [.. CurveRidges.Select(infinite.TestError)]) { Name = name, Stroke = new(color) });
            if (e.HasSpike)
                layers.Add(new Curve(CurveRidges, [.. CurveRidges.Select(finite.TestError)]) { Stroke = new(color, 0.9, Dash.Dotted) });
            foreach (double l in CurveRidges)
                data.Add(["limit"], e.Alignment, l, double.NaN, double.NaN, double.NaN, infinite.TestError(l), double.NaN,
                    finite.TestError(l), double.NaN, teacher.TestError);

            SimulationResult simulated = FigureTrials.Run(e, Grid.Of(lambdaTeacher), PointRidges, trials,
                FigureTrials.Seed(request.Seed, id, k), options);
            Estimate[] errors = [.. PointRidges.Select((_, j) => simulated.Student(0, j))];
            points.Add(new Points(PointRidges, [.. errors.Select(s => s.Mean)])
            {
                Errors = [.. errors.Select(s => s.StandardError)],
                Color = color,
                Name = name
            });
            for (int j = 0; j < errors.Length; j++)
            {
                double l = PointRidges[j], at = infinite.TestError(l), atFinite = finite.TestError(l);
                data.Add(["simulation"], e.Alignment, l, trials, errors[j].Mean, errors[j].StandardError, at, errors[j].Z(at), atFinite,
                    errors[j].Z(atFinite), teacher.TestError);
            }
            agreement.Add(Agreement.Of($"{name}, Theorem {(e.HasSpike ? 8 : 4)}", errors, PointRidges.Select(infinite.TestError)));
            if (e.HasSpike)
                agreement.Add(Agreement.Of($"{name}, Theorem 8 with $w = {e.Spike}$", errors, PointRidges.Select(finite.TestError)));
        }
        layers.Add(new Curve([], []) { Name = "finite spike $w = d$", Stroke = new(Palette.Gray, 0.9, Dash.Dotted) });
        var panel = new Panel(Axis.Log("student ridge $λ_s$"), Axis.Linear("student test error $ℒ_s$"), [.. layers, .. points]);
        var figure = new Figure(panel) { PanelWidth = 3.4, PanelHeight = 2.4, Description = MathText.Plain(caption) };
        return new FigureOutcome(figure, data.ToTable(), caption, Parameters(trials, request.Seed), agreement);
    }

    private LinearExperiment Experiment(double alignment) => new(dimension, samples, samples, noiseVariance, alignment: alignment);

    private List<FigureParameter> Parameters(long trials, ulong seed) =>
    [
        .. Describe.Experiment(Experiment(0)),
        new("$λ_t = λ_t^*$", $"{lambdaTeacher}"),
        new("alignments $ζ$", string.Join(", ", alignments)),
        new("spike $w$", $"{dimension} in the simulation and in the dotted curves, $∞$ in the solid ones"),
        new("trials", $"{trials} (the paper draws one, which has no standard error)"),
        new("seed", $"{seed}"),
    ];
}
