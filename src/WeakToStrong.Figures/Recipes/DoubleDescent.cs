using WeakToStrong.Asymptotics;
using WeakToStrong.Figures.Drawing;
using WeakToStrong.Figures.Model;
using WeakToStrong.Statistics;
using WeakToStrong.Tables;

namespace WeakToStrong.Figures.Recipes;

/// <summary>
/// The student's error against gamma_t for several student ridges (Figures 6 to 9), its teacher regularised by a fixed share of the
/// optimal ridge; share 0 is the ridgeless teacher, whose error diverges at gamma_t = 1.
/// </summary>
internal sealed class DoubleDescent(
    string id, string title, string caption, double noise, double shareOfOptimum, double lowest, double highest) : IFigureRecipe
{
    private const double GammaStudent = 0.1;
    private const string Students = "0.01,0.1,0.3,1";
    private const double LargestGamma = 3;

    private static readonly double[] StudentRidges = [.. Grid.Parse(Students)];

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
        List<Layer> layers = [.. Curves(data, options)];
        ResultTable[] simulated = [.. Simulate(trials, request.Seed, options)];
        layers.AddRange(Points(simulated));
        Agreement agreement = Record(simulated, data);
        var panel = new Panel(
            Axis.Linear("teacher overparameterization $γ_t = d/n_t$", 0, LargestGamma),
            Axis.Linear("student test error $ℒ_s$", lowest, highest),
            layers);
        var figure = new Figure(panel) { PanelWidth = 3.4, PanelHeight = 2.4, Description = MathText.Plain(caption) };
        return new FigureOutcome(figure, data.ToTable(), caption, Parameters(trials, request.Seed), [agreement]);
    }

    private double TeacherRidge(double gamma) => shareOfOptimum * RidgeTeacher.OptimalRidge(gamma, NoiseVariance);

    // The limits at every gamma_t, one curve a student's ridge, and the teacher's.
    private IEnumerable<Curve> Curves(SeriesTable data, RunOptions options)
    {
        double[] All(double value) => [.. CurveGammas.Select(_ => value)];
        double[] teacher = [];
        for (int k = 0; k < StudentRidges.Length; k++)
        {
            double[] ridges = [.. CurveGammas.Select(TeacherRidge)];
            using MemoryFile points = MemoryFile.Of("points", new ResultTable(
                ResultColumn.Of("gamma_teacher", CurveGammas), ResultColumn.Of("gamma_student", All(GammaStudent)),
                ResultColumn.Of("lambda_teacher", ridges), ResultColumn.Of("lambda_student", All(StudentRidges[k])),
                ResultColumn.Of("noise_variance", All(NoiseVariance))));
            ResultTable limits = new StudyPart("limits", string.Empty).With(("points", points.Path)).Run(options);
            double[] errors = limits.Numbers("student_error");
            teacher = limits.Numbers("teacher_error");
            for (int i = 0; i < errors.Length; i++)
            {
                data.Add(["limit"], CurveGammas[i], ridges[i], StudentRidges[k], double.NaN, double.NaN, double.NaN, errors[i], double.NaN,
                    teacher[i]);
            }
            yield return new Curve(CurveGammas, errors) { Name = Name(k), Stroke = new(Color(k)) };
        }
        yield return new Curve(CurveGammas, teacher) { Name = "teacher $ℒ_t$", Stroke = new(Palette.Black, 0.9, Dash.Dashed) };
    }

    // One simulation a gamma_t, but where the teacher's error diverges. Its rows are whole, and so its ridge is that of d/n_t.
    private IEnumerable<ResultTable> Simulate(long trials, ulong seed, RunOptions options)
    {
        for (int i = 0; i < PointGammas.Length; i++)
        {
            StudyPart at = new StudyPart("simulate", "d=500").With(
                ("gamma_teacher", NumberText.Format(PointGammas[i])), ("gamma_student", NumberText.Format(GammaStudent)),
                ("noise_variance", NumberText.Format(NoiseVariance)), ("lambda_student", Students));
            double gamma = new LinearSetting(at.With(("lambda_teacher", "optimal")).Limits()).GammaTeacher;
            StudyPart part = at.With(("lambda_teacher", NumberText.Format(TeacherRidge(gamma))));
            if (double.IsFinite(part.Limits().Numbers("teacher_limit")[0]))
                yield return part.Simulate(trials, FigureTrials.Seed(seed, id, i), options);
        }
    }

    private static IEnumerable<Points> Points(ResultTable[] simulated) => StudentRidges.Select((_, k) => new Points(
        [.. simulated.Select(s => new LinearSetting(s).GammaTeacher)], [.. simulated.Select(s => s.Numbers("student_error")[k])])
    {
        Name = Name(k),
        Errors = [.. simulated.Select(s => s.Numbers("student_se")[k])],
        Color = Color(k),
    });

    private static Agreement Record(ResultTable[] simulated, SeriesTable data)
    {
        var errors = new List<Estimate>();
        var limits = new List<double>();
        foreach (ResultTable table in simulated)
        {
            Estimate[] found = LinearSetting.Estimates(table, "student_error", "student_se");
            double[] limit = table.Numbers("student_limit"), teacherRidge = table.Numbers("lambda_teacher");
            for (int k = 0; k < found.Length; k++)
            {
                data.Add(["simulation"], new LinearSetting(table).GammaTeacher, teacherRidge[k], StudentRidges[k], found[k].Count,
                    found[k].Mean, found[k].StandardError, limit[k], found[k].Z(limit[k]), table.Numbers("teacher_limit")[k]);
            }
            errors.AddRange(found);
            limits.AddRange(limit);
        }
        return Agreement.Of("all points", errors, limits);
    }

    private List<FigureParameter> Parameters(long trials, ulong seed) =>
    [
        new("$γ_s$", $"{GammaStudent}"),
        new("noise $σ$", $"{noise}"),
        new("$λ_t$", shareOfOptimum switch
        {
            0 => "0 (ridgeless)",
            1 => "$λ_t^* = σ^2γ_t$",
            _ => $"${shareOfOptimum} λ_t^* = {shareOfOptimum} σ^2γ_t$",
        }),
        new("$λ_s$", string.Join(", ", StudentRidges)),
        new("simulated points", "$d$ = 500, $n_t = d/γ_t$ rounded, $n_s$ = 5000"),
        new("trials", $"{trials} a point (the paper draws the limits only)"),
        new("seed", $"{seed}"),
    ];

    private static string Name(int k) => $"$λ_s = {StudentRidges[k]}$";

    private static Rgb Color(int k) => Palette.Ordered(StudentRidges.Length)[k];

    // From 0.02 to 1, crowded toward 1.
    private static double Bend(double share) => 1 - (0.98 * Math.Pow(1 - share, 2));
}
