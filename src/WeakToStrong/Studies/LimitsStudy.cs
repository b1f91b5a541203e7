using WeakToStrong.Asymptotics;
using WeakToStrong.Tables;

namespace WeakToStrong.Studies;

/// <summary>Exact limiting errors, at a point, over grids of any numbers, or for every row of a table.</summary>
public sealed class LimitsStudy : IStudy
{
    private static readonly AxisParameter<double> GammaTeacher = Declare.Axis("gamma_teacher",
        "gamma_t = d/n_t, features over the teacher's samples.", NumberRange.Positive);
    private static readonly AxisParameter<double> GammaStudent = Declare.Axis("gamma_student",
        "gamma_s = d/n_s, features over the student's samples.", NumberRange.Positive);
    private static readonly AxisParameter<double> NoiseVariance = Declare.Axis("noise_variance",
        "sigma^2, variance of the teacher's label noise.", NumberRange.NonNegative);
    private static readonly AxisParameter<double> SignalPower = Declare.Axis("signal_power", "a^2 = ||beta*||^2.", NumberRange.Positive, 1);
    private static readonly AxisParameter<double> Alignment = Declare.Axis("alignment",
        "zeta, cosine between the student's direction and beta*.", NumberRange.UnitInterval, 0);
    private static readonly AxisParameter<double> Spike = Declare.Axis(
        "spike", "w of the student's Gamma = I + w bh bh'; inf is Theorem 8.", NumberRange.NonNegativeOrInfinite, double.PositiveInfinity);
    private static readonly AxisParameter<RidgeChoice> LambdaTeacher = Declare.Ridge(
        "lambda_teacher", "lambda_t of (1/n_t) sum of squares + lambda_t ||b||^2; optimal is sigma^2 gamma_t/a^2. Without it, only what does not need it.", "optimal");
    private static readonly AxisParameter<RidgeChoice> LambdaStudent = Declare.Ridge(
        "lambda_student", "lambda_s of (1/n_s) sum of squares + lambda_s b' Gamma^-1 b; best is each row's best one. Without it, only what does not need it.", "best");
    private static readonly Parameter<string> Points = Declare.File(
        "points", "Table with the columns gamma_teacher, gamma_student, lambda_teacher, lambda_student, noise_variance and optionally signal_power, alignment, spike; "
        + "one result a row, other columns carried through. - is standard input.", "the path of a CSV file, or -");
    private static readonly Parameter<bool> Resolvent = Declare.Flag("resolvent",
        "Marchenko-Pastur resolvent quantities instead; points then has the columns gamma, lambda.");

    private static readonly Parameter[] Typed = [GammaTeacher, GammaStudent, LambdaTeacher, LambdaStudent, NoiseVariance, SignalPower,
        Alignment, Spike];

    // What cannot be said without a student's ridge, and without any.
    private static readonly string[] NeedStudent = ["lambda_student", "student_error", "gap"];
    private static readonly string[] NeedTeacher =
        [.. NeedStudent, "lambda_teacher", "teacher_error", "window", "window_low", "window_high", "best_lambda_student",
            "best_student_error"];

    /// <inheritdoc/>
    public string Name => "limits";

    /// <inheritdoc/>
    public string Summary => "Exact limiting errors at a point, over grids, or for every row of a table.";

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters { get; } = [.. Typed, Points, Resolvent];

    /// <inheritdoc/>
    public IReadOnlyList<StudyColumn> Columns { get; } =
    [
        new("gamma_teacher", "Input.", "gamma_t"), new("gamma_student", "Input.", "gamma_s"),
        new("lambda_teacher", "Input, or the optimal one.", "lambda_t"), new("lambda_student", "Input, or the best one.", "lambda_s"),
        new("noise_variance", "Input.", "sigma^2"), new("signal_power", "Input.", "a^2"), new("alignment", "Input.", "zeta"),
            new("spike", "Input.", "w"),
        new("teacher_error", "The teacher's test error, noise included.", "L_t"),
        new("student_error", "The student's test error, noise included.", "L_s"),
        new("gap", "student_error - teacher_error, accurate where they nearly agree; negative where the student wins.", "L_s - L_t"),
        new("window", "Which ridges of the student win: never, interval or always."),
        new("window_low", "Lower end of the window, excluded; nan for never."),
        new("window_high", "Upper end of the window, excluded; nan for never, inf for always."),
        new("best_lambda_student", "The student's best ridge; 0 or inf when the least error is approached there."),
        new("best_student_error", "The least test error of a student."),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<StudyExample> Examples { get; } =
    [
        new("One point.", ("gamma_teacher", "0.25"), ("gamma_student", "1.2"), ("lambda_teacher", "0.05"), ("lambda_student", "0.1"),
            ("noise_variance", "1")),
        new("A curve over the student's ridge.", ("gamma_teacher", "0.25"), ("gamma_student", "0.25"), ("noise_variance", "1"),
            ("alignment", "0.8"),
            ("lambda_teacher", "0.1"), ("lambda_student", "0.01:10:16")),
        new("The best student as the teacher's noise grows.", ("gamma_teacher", "0.25"), ("gamma_student", "0.5"),
            ("noise_variance", "0.1:10:16"),
            ("lambda_teacher", "0.05"), ("lambda_student", "best")),
    ];

    /// <inheritdoc/>
    public StudyChart? Chart { get; } = new("test error", new StudySeries("teacher", "teacher_error"),
        new StudySeries("student", "student_error"),
        new StudySeries("best student", "best_student_error") { Unless = "student_error" }) { Map = "gap" };

    /// <inheritdoc/>
    public long MostCells => 50_000_000;

    /// <inheritdoc/>
    public void Check(Arguments arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        if (arguments.Find(Points, out _))
        {
            if (Typed.FirstOrDefault(arguments.Has) is { } extra)
                throw InputException.About($"{extra} and {Points} are both given; a point is either typed or read from a table");
            return;
        }
        if (arguments.Get(Resolvent))
            throw InputException.About($"{Points} is missing; with {Resolvent} it must be {Points.Allowed}");
        foreach (Parameter needed in new Parameter[] { GammaTeacher, GammaStudent, NoiseVariance })
        {
            if (!arguments.Has(needed))
                throw InputException.About($"{needed} is missing; without {Points} it must be {needed.Allowed}");
        }
        if (arguments.Has(LambdaStudent) && !arguments.Has(LambdaTeacher))
            throw InputException.About($"{LambdaTeacher} is missing; with {LambdaStudent} it must be {LambdaTeacher.Allowed}");
    }

    /// <inheritdoc/>
    public StudyOutcome Run(Arguments arguments, RunOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        options ??= RunOptions.Default;
        return arguments.Find(Points, out string? file) ? FromTable(file!, arguments.Get(Resolvent), options)
            : new StudyOutcome { Table = FromAxes(arguments, options) };
    }

    private static StudyOutcome FromTable(string file, bool resolvent, RunOptions options)
    {
        PointTable table = ColumnReader.Read(file, resolvent ? ResolventTable.Columns : LimitPoints.Columns, options);
        double[][] c = table.Numbers;
        ResultTable result = resolvent ? ResolventTable.Evaluate(c[0], c[1], options)
            : LimitTable.Evaluate(new LimitPoints(c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7]), options);
        // A result may be the next table of points: what is computed again replaces what was there.
        ResultColumn[] replaced = [.. table.Others.Where(other => result.Find(other.Name) is not null)];
        return new StudyOutcome
        {
            Table = result.With([.. table.Others.Except(replaced)]),
            Remarks = replaced.Length == 0 ? []
                : [$"computed again, not carried through: {string.Join(", ", replaced.Select(column => column.Name))}"],
        };
    }

    private static ResultTable FromAxes(Arguments arguments, RunOptions options)
    {
        double[] gammaTeacher = arguments.Column(GammaTeacher), noise = arguments.Column(NoiseVariance),
            power = arguments.Column(SignalPower);
        double[] teacher = Ridges(arguments, LambdaTeacher, i => RidgeTeacher.OptimalRidge(gammaTeacher[i], noise[i], power[i]));
        double[] gammaStudent = arguments.Column(GammaStudent), alignment = arguments.Column(Alignment), spike = arguments.Column(Spike);
        LimitPoints Points(double[] student) => new(gammaTeacher, gammaStudent, teacher, student, noise, power, alignment, spike);

        bool best = arguments.Find(LambdaStudent, out AxisValues<RidgeChoice>? typed) && typed![0].IsFound;
        ResultTable table = LimitTable.Evaluate(Points(Ridges(arguments, LambdaStudent, _ => 0)), options);
        if (best)
            table = AtBest(table, ridges => LimitTable.Evaluate(Points(ridges), options));
        return table.Without(typed is not null ? [] : arguments.Has(LambdaTeacher) ? NeedStudent : NeedTeacher);
    }

    // The rows again, at each one's best ridge. Where that is infinite its error is known already.
    private static ResultTable AtBest(ResultTable table, Func<double[], ResultTable> evaluate)
    {
        double[] ridge = table.Numbers("best_lambda_student"), error = table.Numbers("best_student_error"),
            teacher = table.Numbers("teacher_error");
        ResultTable again = evaluate([.. ridge.Select(r => double.IsFinite(r) ? r : 0)]);
        double[] Where(string column, Func<int, double> atInfinity) =>
            [.. again.Numbers(column).Select((value, i) => double.IsFinite(ridge[i]) ? value : atInfinity(i))];
        return again.Replace("lambda_student", ridge).Replace("student_error", Where("student_error", i => error[i]))
            .Replace("gap", Where("gap", i => error[i] - teacher[i]));
    }

    private static double[] Ridges(Arguments arguments, AxisParameter<RidgeChoice> axis, Func<int, double> found)
    {
        if (!arguments.Find(axis, out _))
            return new double[arguments.Cells];
        RidgeChoice[] ridges = arguments.Column(axis);
        var values = new double[ridges.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = ridges[i].IsFound ? found(i) : ridges[i].Value;
        return values;
    }
}
