using WeakToStrong.Asymptotics;
using WeakToStrong.Rules;
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
        "lambda_teacher", "lambda_t of (1/n_t) sum of squares + lambda_t ||b||^2; optimal is sigma^2 gamma_t/a^2. Without it, only what "
        + "does not need it.", "optimal");
    private static readonly AxisParameter<RidgeChoice> LambdaStudent = Declare.Ridge(
        "lambda_student", "lambda_s of (1/n_s) sum of squares + lambda_s b' Gamma^-1 b; best is each row's best one. Without it, only what "
        + "does not need it.", "best");
    private static readonly Parameter<string> Points = Declare.File(
        "points", "Table with the columns gamma_teacher, gamma_student, lambda_teacher, lambda_student, noise_variance and optionally "
        + "signal_power, alignment, spike; one result a row, other columns carried through. - is standard input.",
            "the path of a CSV file, or -");
    private static readonly Parameter<bool> Resolvent = Declare.Flag("resolvent",
        "Marchenko-Pastur resolvent quantities instead; points then has the columns gamma, lambda.");

    private static readonly Parameter<bool> Parts = Declare.Flag("parts",
        "Also what the excess errors are made of: bias, the teacher's noise, the student's own.");

    private static readonly Parameter[] Typed =
    [
        GammaTeacher, GammaStudent, LambdaTeacher, LambdaStudent, NoiseVariance, SignalPower, Alignment, Spike,
        RuleParameters.Teacher, RuleParameters.Student, RuleParameters.SameRows,
    ];

    private const int RowsInBlock = 64;

    // What cannot be said without a student's ridge, without any, and of a student on the teacher's own rows.
    private static readonly string[] NeedStudent = ["lambda_student", "student_error", "gap", "student_cosine"];
    private static readonly string[] NeedWindow =
        ["window", "window_low", "window_high", "best_lambda_student", "best_student_error", "least_student_error"];
    private static readonly string[] NeedTeacher = [.. NeedStudent, "lambda_teacher", "teacher_error", "teacher_cosine", .. NeedWindow];
    private static readonly string[] NeedFresh = [.. NeedWindow, "largest_beatable_lambda_teacher"];

    /// <inheritdoc/>
    public string Name => "limits";

    /// <inheritdoc/>
    public string Summary => "Exact limiting errors at a point, over grids, or for every row of a table.";

    /// <inheritdoc/>
    public IReadOnlyList<Parameter> Parameters { get; } = [.. Typed, Points, Resolvent, Parts];

    /// <inheritdoc/>
    public IReadOnlyList<StudyColumn> Columns { get; } =
    [
        new("gamma_teacher", "Input.", "gamma_t"), new("gamma_student", "Input.", "gamma_s"),
        new("lambda_teacher", "Input, or the optimal one.", "lambda_t"), new("lambda_student", "Input, or the best one.", "lambda_s"),
        new("noise_variance", "Input.", "sigma^2"), new("signal_power", "Input.", "a^2"), new("alignment", "Input.", "zeta"),
        new("spike", "Input.", "w"),
        new("teacher_rule", "Input; with this and the next two only where a rule is chosen."), new("student_rule", "Input."),
        new("same_rows", "Input, or the best one; nan on fresh rows.", "xi"),
        new("teacher_error", "The teacher's test error, noise included.", "L_t"),
        new("student_error", "The student's test error, noise included.", "L_s"),
        new("gap", "student_error - teacher_error, accurate where they nearly agree; negative where the student wins.", "L_s - L_t"),
        new("window", "Which ridges of the student win: never, interval or always."),
        new("window_low", "Lower end of the window, excluded; nan for never."),
        new("window_high", "Upper end of the window, excluded; nan for never, inf for always."),
        new("best_lambda_student", "The student's best ridge; 0 or inf when the least error is approached there."),
        new("best_student_error", "The least test error of a student."),
        new("least_student_error", "The least test error that any rule reaches from the student's rows without an aligned direction; "
            + "only where a rule is chosen."),
        new("optimal_lambda_teacher", "The teacher's ridge of least error, sigma^2 gamma_t/a^2.", "lambda_t*"),
        new("largest_beatable_lambda_teacher", "Above this ridge no ridge student beats a ridge teacher; nan when none can be beaten, "
            + "inf when all can."),
        new("teacher_cosine", "Cosine between the teacher and beta*; sign(x'beta_t) is right with probability 1 - arccos/pi.",
            "cos(beta_t, beta*)"),
        new("student_cosine", "Cosine between the student and beta*; nan for a student that is 0.", "cos(beta_s, beta*)"),
        new("teacher_bias", "With parts: of the teacher's excess error, the squared distance of its mean from beta*."),
        new("teacher_noise", "With parts: the rest of it, which its rows and label noise cause."),
        new("student_bias", "With parts: of the student's excess error, the squared distance of its mean from beta*."),
        new("student_inherited_noise", "With parts: what is left in it of the teacher's noise."),
        new("student_own_noise", "With parts: what the student's own rows add to it."),
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
        new("Early stopping in place of ridge.", ("gamma_teacher", "0.25"), ("gamma_student", "0.5"), ("noise_variance", "1"),
            ("teacher_rule", "flow:0.1:100:8"), ("student_rule", "flow:3")),
    ];

    /// <inheritdoc/>
    public StudyChart? Chart { get; } = new("test error", new StudySeries("teacher", "teacher_error"),
        new StudySeries("student", "student_error"),
        new StudySeries("best student", "best_student_error") { Unless = "student_error" })
    { Map = "gap" };

    /// <inheritdoc/>
    public long MostCells => 50_000_000;

    /// <inheritdoc/>
    public void Check(Arguments arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        if (arguments.Find(Points, out _))
        {
            if (Typed.Append(Parts).FirstOrDefault(p => arguments.Has(p) && (p != Parts || arguments.Get(Parts))) is { } extra)
                throw InputException.About($"{extra} and {Points} are both given; a point is either typed or read from a table");
            return;
        }
        if (arguments.Get(Resolvent))
            throw InputException.About($"{Points} is missing; with {Resolvent} it must be {Points.Allowed}");
        bool sameRows = arguments.Has(RuleParameters.SameRows);
        foreach (Parameter needed in new Parameter[] { GammaTeacher, GammaStudent, NoiseVariance })
        {
            if (!arguments.Has(needed) && !(sameRows && needed == GammaStudent))
                throw InputException.About($"{needed} is missing; without {Points} it must be {needed.Allowed}");
        }
        CheckRules(arguments, sameRows);
        if (arguments.Get(Parts) && (RuleParameters.AreGiven(arguments) || !arguments.Has(LambdaTeacher)))
            throw InputException.About($"{Parts} is given; it needs {LambdaTeacher}, and ridge as the rule of both");
    }

    private static void CheckRules(Arguments arguments, bool sameRows)
    {
        if (sameRows && arguments.Has(GammaStudent) && !arguments.Column(GammaStudent).SequenceEqual(arguments.Column(GammaTeacher)))
        {
            Parameter same = RuleParameters.SameRows;
            throw InputException.About(
                $"{GammaStudent} differs from {GammaTeacher}; with {same} the rows are the same, and it may be left out");
        }
        RuleParameters.Check(arguments, LambdaTeacher, LambdaStudent, Alignment, arguments.Get(Alignment).Any(a => a > 0));
        bool teacherKnown = arguments.Has(LambdaTeacher) || !RuleParameters.TakesRidge(arguments, RuleParameters.Teacher);
        if ((HasStudent(arguments) || sameRows) && !teacherKnown)
            throw InputException.About($"{LambdaTeacher} is missing; with a student it must be {LambdaTeacher.Allowed}");
        if (sameRows && (!HasStudent(arguments) || IsBest(arguments)))
        {
            throw InputException.About(
                $"{LambdaStudent} must be a number or a grid with {RuleParameters.SameRows}, unless {RuleParameters.Student} has none");
        }
    }

    /// <inheritdoc/>
    public StudyOutcome Run(Arguments arguments, RunOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        options ??= RunOptions.Default;
        if (arguments.Find(Points, out string? file))
            return FromTable(file!, arguments.Get(Resolvent), options);
        bool rules = RuleParameters.AreGiven(arguments);
        return new StudyOutcome { Table = rules ? FromRules(arguments, options) : FromAxes(arguments, options) };
    }

    private static StudyOutcome FromTable(string file, bool resolvent, RunOptions options)
    {
        PointTable table = ColumnReader.Read(file, resolvent ? ResolventTable.Columns : LimitPoints.Columns, options);
        ResultTable result = resolvent ? ResolventTable.Evaluate(table.Numbers[0], table.Numbers[1], options)
            : LimitTable.Evaluate(new LimitPoints(ByName(table.Numbers)), options);
        // A result may be the next table of points: what is computed again replaces what was there.
        ResultColumn[] replaced = [.. table.Others.Where(other => result.Find(other.Name) is not null)];
        return new StudyOutcome
        {
            Table = result.With([.. table.Others.Except(replaced)]),
            Remarks = replaced.Length == 0 ? []
                : [$"computed again, not carried through: {string.Join(", ", replaced.Select(column => column.Name))}"],
        };
    }

    // In the order of LimitPoints.Columns.
    private static LimitColumns ByName(double[][] numbers) => new()
    {
        GammaTeacher = numbers[0],
        GammaStudent = numbers[1],
        LambdaTeacher = numbers[2],
        LambdaStudent = numbers[3],
        NoiseVariance = numbers[4],
        SignalPower = numbers[5],
        Alignment = numbers[6],
        Spike = numbers[7],
    };

    private static ResultTable FromAxes(Arguments arguments, RunOptions options)
    {
        double[] gammaTeacher = arguments.Column(GammaTeacher), noise = arguments.Column(NoiseVariance),
            power = arguments.Column(SignalPower);
        double[] teacher = Ridges(arguments, LambdaTeacher, i => RidgeTeacher.OptimalRidge(gammaTeacher[i], noise[i], power[i]));
        var columns = new LimitColumns
        {
            GammaTeacher = gammaTeacher,
            GammaStudent = arguments.Column(GammaStudent),
            LambdaTeacher = teacher,
            LambdaStudent = Ridges(arguments, LambdaStudent, _ => 0),
            NoiseVariance = noise,
            SignalPower = power,
            Alignment = arguments.Column(Alignment),
            Spike = arguments.Column(Spike),
        };
        ResultTable table = LimitTable.Evaluate(new LimitPoints(columns), options);
        if (IsBest(arguments))
            table = AtBest(table, ridges => LimitTable.Evaluate(new LimitPoints(columns with { LambdaStudent = ridges }), options));
        if (arguments.Get(Parts))
            table = table.With(PartColumns(table, options).AsSpan(0, HasStudent(arguments) ? 5 : 2));
        return table.Without(HasStudent(arguments) ? [] : arguments.Has(LambdaTeacher) ? NeedStudent : NeedTeacher);
    }

    private static ResultColumn[] PartColumns(ResultTable table, RunOptions options)
    {
        double[] In(string column) => table.Numbers(column);
        double[] gammaTeacher = In("gamma_teacher"), gammaStudent = In("gamma_student"), noise = In("noise_variance"),
            power = In("signal_power"), alignment = In("alignment"), spike = In("spike"), teacher = In("lambda_teacher"),
            student = In("lambda_student");
        double[][] parts = [.. Enumerable.Range(0, 5).Select(_ => new double[table.RowCount])];
        FixedBlocks.Each(table.RowCount, RowsInBlock, options with { Progress = null }, "points", i =>
        {
            var labels = new RidgeTeacher(gammaTeacher[i], teacher[i], noise[i], power[i]);
            ErrorParts learned = new RidgeStudent(labels, gammaStudent[i], alignment[i], spike[i]).Parts(student[i]);
            (parts[0][i], parts[1][i]) = (labels.Parts.Bias, labels.Parts.TeacherNoise);
            (parts[2][i], parts[3][i], parts[4][i]) = (learned.Bias, learned.TeacherNoise, learned.OwnNoise);
        });
        return
        [
            ResultColumn.Of("teacher_bias", parts[0]), ResultColumn.Of("teacher_noise", parts[1]),
            ResultColumn.Of("student_bias", parts[2]), ResultColumn.Of("student_inherited_noise", parts[3]),
            ResultColumn.Of("student_own_noise", parts[4]),
        ];
    }

    private static ResultTable FromRules(Arguments arguments, RunOptions options)
    {
        double[] gamma = arguments.Column(GammaTeacher), noise = arguments.Column(NoiseVariance), power = arguments.Column(SignalPower);
        double[] alignment = arguments.Column(Alignment), spike = arguments.Column(Spike);
        RuleChoice[] teacherRule = arguments.Column(RuleParameters.Teacher), studentRule = arguments.Column(RuleParameters.Student);
        double[] teacherRidge = Ridges(arguments, LambdaTeacher, i => RidgeTeacher.OptimalRidge(gamma[i], noise[i], power[i]));
        double[] studentRidge = Ridges(arguments, LambdaStudent, _ => double.NaN);
        bool sameRows = arguments.Has(RuleParameters.SameRows), best = IsBest(arguments);
        double[] gammaStudent = sameRows ? gamma : arguments.Column(GammaStudent);
        RidgeChoice[] mixing = sameRows ? arguments.Column(RuleParameters.SameRows) : [];
        var rows = new RuleRow[gamma.Length];
        FixedBlocks.Each(rows.Length, RowsInBlock, options with { Progress = null }, "points", i => rows[i] = new RuleRow(
            TeacherOf(i), gammaStudent[i], alignment[i], spike[i], best ? null : studentRule[i].With(studentRidge[i]),
            sameRows ? mixing[i].Value : null));
        bool hasTeacher = arguments.Has(LambdaTeacher) || teacherRule[0].Rule is not null;
        ResultTable table = RuleLimit.Table(rows, options).Without(HasStudent(arguments) ? [] : hasTeacher ? NeedStudent : NeedTeacher);
        return sameRows ? table.Without(NeedFresh) : table;

        // Rows of one teacher share its averages.
        RuleTeacher TeacherOf(int i)
        {
            RuleTeacher? last = i % RowsInBlock > 0 ? rows[i - 1].Teacher : null;
            return last is not null && ReferenceEquals(last.Rule, teacherRule[i].Rule)
                && (last.Gamma, last.NoiseVariance, last.SignalPower) == (gamma[i], noise[i], power[i])
                ? last : new RuleTeacher(gamma[i], teacherRule[i].With(teacherRidge[i]), noise[i], power[i]);
        }
    }

    /// <summary>Whether the student is known: it has a rule of its own, or a ridge.</summary>
    private static bool HasStudent(Arguments arguments) =>
        arguments.Has(LambdaStudent) || !RuleParameters.TakesRidge(arguments, RuleParameters.Student);

    private static bool IsBest(Arguments arguments) =>
        arguments.Find(LambdaStudent, out AxisValues<RidgeChoice>? typed) && typed![0].IsFound;

    // The rows again, at each one's best ridge. Where that is infinite its error is known already.
    private static ResultTable AtBest(ResultTable table, Func<double[], ResultTable> evaluate)
    {
        double[] ridge = table.Numbers("best_lambda_student"), error = table.Numbers("best_student_error"),
            teacher = table.Numbers("teacher_error");
        ResultTable again = evaluate([.. ridge.Select(r => double.IsFinite(r) ? r : 0)]);
        double[] Where(string column, Func<int, double> atInfinity) =>
            [.. again.Numbers(column).Select((value, i) => double.IsFinite(ridge[i]) ? value : atInfinity(i))];
        return again.Replace("lambda_student", ridge).Replace("student_error", Where("student_error", i => error[i]))
            .Replace("gap", Where("gap", i => error[i] - teacher[i])).Replace("student_cosine", Where("student_cosine", _ => double.NaN));
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
