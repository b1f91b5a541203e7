using WeakToStrong.Asymptotics;
using WeakToStrong.Figures.Drawing;
using WeakToStrong.Figures.Model;
using WeakToStrong.Simulation;
using WeakToStrong.Statistics;

namespace WeakToStrong.Figures.Recipes;

/// <summary>
/// The student's error against gamma_t for several student ridges (Figures 6 to 9), its teacher regularised by a fixed share of the
/// optimal ridge; share 0 is the ridgeless teacher, whose error diverges at gamma_t = 1.
/// </summary>
internal sealed class DoubleDescent(
    string id, string title, string caption, double noise, double shareOfOptimum, double lowest, double highest) : IFigureRecipe
{
    private const long Dimension = 500;
    private const double GammaStudent = 0.1;
    private const double LargestGamma = 3;

    private static readonly double[] StudentRidges = [0.01, 0.1, 0.3, 1];

    // Dense near gamma_t = 1, where the peak is narrow; 1 itself is on the grid, so that a divergence breaks the curve there.
    private static readonly double[] CurveGammas =
    [
        .. Enumerable.Range(1, 200).Select(k => Bend(k / 200.0)),
        .. Enumerable.Range(1, 200).Select(k => 1 + ((LargestGamma - 1) * Math.Pow(k / 200.0, 2))),
    ];

    private static readonly double[] PointGammas = [0.1, 0.25, 0.4, 0.55, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.35, 1.5, 1.75, 2.0, 2.25, 2.5,
        2.75];

    private static readonly string[] Columns =
        ["gamma_teacher", "lambda_teacher", "lambda_student", "trials", "student_error", "student_se", "student_limit", "z",
            "teacher_limit"];

    public string Id => id;

    public string Title => title;

    public long DefaultTrials => 10;

    private double NoiseVariance => noise * noise;

    public FigureOutcome Make(FigureRequest request, RunOptions options)
    {
        long trials = request.Trials ?? DefaultTrials;
        var data = new SeriesTable(["series"], Columns);
        RidgeTeacher[] teachers = [.. CurveGammas.Select(Teacher)];
        List<Layer> curves = [.. StudentRidges.Select((_, k) => Curve(k, teachers, data))];
        curves.Add(new Curve(CurveGammas, [.. teachers.Select(t => t.TestError)])
        {
            Name = "teacher $ℒ_t$",
            Stroke = new(Palette.Black, 0.9, Dash.Dashed)
        });

        (SimulationResult[] simulated, Agreement agreement) = Simulate(trials, request.Seed, options, data);
        IEnumerable<Layer> points = StudentRidges.Select((_, k) => new Points(
            [.. simulated.Select(s => s.Experiment.GammaTeacher)], [.. simulated.Select(s => s.Student(0, k).Mean)])
        {
            Name = Name(k),
            Errors = [.. simulated.Select(s => s.Student(0, k).StandardError)],
            Color = Color(k),
        });
        var panel = new Panel(
            Axis.Linear("teacher overparameterization $γ_t = d/n_t$", 0, LargestGamma),
            Axis.Linear("student test error $ℒ_s$", lowest, highest),
            [.. curves, .. points]);
        var figure = new Figure(panel) { PanelWidth = 3.4, PanelHeight = 2.4, Description = MathText.Plain(caption) };
        return new FigureOutcome(figure, data.ToTable(), caption, Parameters(trials, request.Seed), [agreement]);
    }

    private RidgeTeacher Teacher(double gamma) =>
        new(gamma, shareOfOptimum * RidgeTeacher.OptimalRidge(gamma, NoiseVariance), NoiseVariance);

    private static Curve Curve(int k, RidgeTeacher[] teachers, SeriesTable data)
    {
        double lambda = StudentRidges[k];
        double[] errors = [.. teachers.Select(t => new RidgeStudent(t, GammaStudent).TestError(lambda))];
        for (int i = 0; i < errors.Length; i++)
        {
            data.Add(
                ["limit"], teachers[i].Gamma, teachers[i].Lambda, lambda, double.NaN, double.NaN, double.NaN, errors[i], double.NaN,
                teachers[i].TestError);
        }
        return new Curve(CurveGammas, errors) { Name = Name(k), Stroke = new(Color(k)) };
    }

    private (SimulationResult[] Simulated, Agreement Agreement) Simulate(long trials, ulong seed, RunOptions options, SeriesTable data)
    {
        var simulated = new List<SimulationResult>();
        var errors = new List<Estimate>();
        var limits = new List<double>();
        Grid ridges = Grid.Of(StudentRidges);
        for (int i = 0; i < PointGammas.Length; i++)
        {
            var e = new LinearExperiment(Dimension, (long)Math.Round(Dimension / PointGammas[i]),
                (long)Math.Round(Dimension / GammaStudent), NoiseVariance);
            RidgeTeacher teacher = Teacher(e.GammaTeacher);
            if (double.IsInfinity(teacher.TestError))
                continue;
            SimulationResult result = FigureTrials.Run(e, Grid.Of(teacher.Lambda), ridges, trials, FigureTrials.Seed(seed, id, i), options);
            simulated.Add(result);
            for (int k = 0; k < StudentRidges.Length; k++)
            {
                Estimate error = result.Student(0, k);
                double limit = new RidgeStudent(teacher, e.GammaStudent).TestError(StudentRidges[k]);
                errors.Add(error);
                limits.Add(limit);
                data.Add(
                    ["simulation"], e.GammaTeacher, teacher.Lambda, StudentRidges[k], trials, error.Mean, error.StandardError, limit,
                    error.Z(limit), teacher.TestError);
            }
        }
        return ([.. simulated], Agreement.Of("all points", errors, limits));
    }

    private List<FigureParameter> Parameters(long trials, ulong seed) =>
    [
        new("$γ_s$", $"{GammaStudent}"),
        new("noise $σ$", $"{noise}"),
        new("$λ_t$", shareOfOptimum switch { 0 => "0 (ridgeless)", 1 => "$λ_t^* = σ^2γ_t$", _ =>
            $"${shareOfOptimum} λ_t^* = {shareOfOptimum} σ^2γ_t$" }),
        new("$λ_s$", string.Join(", ", StudentRidges)),
        new("simulated points", $"$d$ = {Dimension}, $n_t = d/γ_t$ rounded, $n_s$ = {Dimension / GammaStudent:F0}"),
        new("trials", $"{trials} a point (the paper draws the limits only)"),
        new("seed", $"{seed}"),
    ];

    private static string Name(int k) => $"$λ_s = {StudentRidges[k]}$";

    private static Rgb Color(int k) => Palette.Ordered(StudentRidges.Length)[k];

    // From 0.02 to 1, crowded toward 1.
    private static double Bend(double share) => 1 - (0.98 * Math.Pow(1 - share, 2));
}
