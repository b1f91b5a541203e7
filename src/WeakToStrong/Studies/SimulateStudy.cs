using WeakToStrong.Asymptotics;
using WeakToStrong.Simulation;
using WeakToStrong.Tables;
using WeakToStrong.Trials;

namespace WeakToStrong.Studies;

/// <summary>Monte Carlo of the linear experiment, each cell beside its limit.</summary>
public sealed partial class SimulateStudy : PlaneStudy, ILimitedStudy
{
    private static readonly AxisParameter<long> Dimension = Declare.WholeAxis("d", "d, number of features.", 1, required: true);
    private static readonly AxisParameter<long> TeacherSamples = Declare.WholeAxis("n_teacher", "n_t, rows with true, noisy labels.", 1);
    private static readonly AxisParameter<long> StudentSamples = Declare.WholeAxis("n_student", "n_s, fresh rows that the teacher labels.",
        1);
    private static readonly AxisParameter<double> GammaTeacher = Declare.Axis(
        "gamma_teacher", "d/n_t in place of n_teacher, which is then rounded to a whole number, so that d alone can vary.",
        NumberRange.Positive);
    private static readonly AxisParameter<double> GammaStudent = Declare.Axis(
        "gamma_student", "d/n_s in place of n_student, likewise.", NumberRange.Positive);
    private static readonly AxisParameter<double> NoiseVariance = Declare.Axis(
        "noise_variance", "sigma^2, variance of the teacher's label noise.", NumberRange.NonNegative, required: true);
    private static readonly AxisParameter<double> SignalPower = Declare.Axis("signal_power", "||beta*||^2, or its mean.",
        NumberRange.Positive, 1);
    private static readonly AxisParameter<double> Alignment = Declare.Axis(
        "alignment", "zeta, cosine between the student's direction and beta*.", NumberRange.UnitInterval, 0);
    private static readonly AxisParameter<double> Spike = Declare.Axis(
        "spike", "w of the student's Gamma = I + w bh bh'; given, it is simulated whatever the alignment.",
        NumberRange.NonNegativeOrInfinite,
        inWords: "d with a positive alignment, else none");
    private static readonly AxisParameter<RidgeChoice> LambdaTeacher = Declare.Ridge(
        "lambda_teacher", "lambda_t of (1/n_t) sum of squares + lambda_t ||b||^2; optimal is sigma^2 gamma_t/||beta*||^2.", "optimal");
    private static readonly AxisParameter<RidgeChoice> LambdaStudent = Declare.Ridge(
        "lambda_student", "lambda_s of (1/n_s) sum of squares + lambda_s b' Gamma^-1 b; best is the best one of the limit.", "best");
    private static readonly Parameter<long> Trials = Declare.Trials(100);
    private static readonly Parameter<ISimulator> Engine = Declare.Word<ISimulator>(
        "engine", "exact draws what matters of a trial; dense draws real design matrices. Both have the same law.", "exact",
        ("exact", new ExactSimulator()), ("dense", new DenseSimulator()));
    private static readonly Parameter<SignalLaw> Signal = Declare.Word(
        "signal", "beta* ~ N(0, ||beta*||^2 I/d), as in the paper, or of fixed norm.", "gaussian", ("gaussian", SignalLaw.Gaussian),
        ("fixed", SignalLaw.Fixed));

    private static readonly Parameter<bool> FiniteSize = Declare.Flag(
        "finite_size", "Fit how the limits are reached instead: mean = limit + c/d over a grid of d at fixed gamma_teacher and "
        + "gamma_student.");

    /// <inheritdoc/>
    public override string Name => "simulate";

    /// <inheritdoc/>
    public override string Summary => "Monte Carlo on a (lambda_t, lambda_s) grid, beside the limits.";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; } =
    [
        Dimension, TeacherSamples, StudentSamples, GammaTeacher, GammaStudent, NoiseVariance, SignalPower, Alignment, Spike, Engine, Signal,
        Declare.Seed,
        RuleParameters.SameRows, RuleParameters.Teacher, RuleParameters.Student, LambdaTeacher, LambdaStudent, Trials, FiniteSize,
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<StudyColumn> Columns { get; } =
    [
        new("d", "Input.", "d"), new("n_teacher", "Input, or d/gamma_teacher rounded.", "n_t"),
        new("n_student", "Input, or d/gamma_student rounded.", "n_s"),
        new("noise_variance", "Input.", "sigma^2"), new("signal_power", "Input.", "||beta*||^2"), new("alignment", "Input.", "zeta"),
        new("spike", "Input, or its default; 0 is the plain student.", "w"), new("engine", "Input."), new("signal", "Input."),
        new("seed", "Input."),
        new("lambda_teacher", "Input, or the optimal one.", "lambda_t"), new("lambda_student", "Input, or the best one.", "lambda_s"),
        new("teacher_rule", "Input; with this and the next two only where a rule is chosen."), new("student_rule", "Input."),
        new("same_rows", "Input, or the best one of the limit; nan on fresh rows.", "xi"),
        new("trials", "Trials that were finished."),
        new("teacher_error", "Mean test error of the teacher, noise included.", "L_t"), new("teacher_se", "Its standard error."),
        new("student_error", "Mean test error of the student.", "L_s"), new("student_se", "Its standard error."),
        new("gap", "student_error - teacher_error."),
        new("gap_se", "Its standard error, of paired trials; not below the rounding of the two."),
        new("gap_limit", "The limit of the gap at d/n_t, d/n_s and this spike."), new("z", "(gap - gap_limit)/gap_se."),
        new("teacher_limit", "The limit of teacher_error."), new("student_limit", "The limit of student_error."),
        new("teacher_cosine", "The limit of the cosine between the teacher and beta*.", "cos(beta_t, beta*)"),
        new("student_cosine", "The limit of the student's; nan for a student that is 0.", "cos(beta_s, beta*)"),
        new("quantity", "With finite_size: teacher, student or gap, one row each."), new("limit", "Its limit, at the largest d."),
        new("shift_times_d", "c of mean = limit + c/d.", "c"), new("shift_times_d_se", "Its standard error."),
        new("chi2_per_dof", "Squared residuals over their variances, per size less one; near 1 where c/d is all there is."),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<StudyExample> Examples { get; } =
    [
        new("A curve over the student's ridge.", ("d", "500"), ("n_teacher", "2000"), ("n_student", "416"), ("noise_variance", "1"),
            ("lambda_teacher", "0.05"),
            ("lambda_student", "0.01:10:8"), ("trials", "200")),
        new("Real design matrices.", ("d", "60"), ("n_teacher", "90"), ("n_student", "40"), ("noise_variance", "1"),
            ("lambda_teacher", "0.1"),
            ("lambda_student", "0.1"), ("engine", "dense"), ("trials", "50")),
        new("The best student against its number of rows.", ("d", "500"), ("n_teacher", "2000"), ("n_student", "100:4000:8"),
            ("noise_variance", "1"),
            ("lambda_teacher", "0.05"), ("lambda_student", "best"), ("trials", "50")),
        new("Early stopping in place of ridge.", ("d", "200"), ("n_teacher", "400"), ("n_student", "300"), ("noise_variance", "1"),
            ("teacher_rule", "flow:3"), ("student_rule", "flow:0.3:30:6"), ("trials", "50")),
        new("How fast the limits are reached.", ("d", "50:400:4"), ("gamma_teacher", "0.5"), ("gamma_student", "0.5"),
            ("noise_variance", "1"), ("lambda_teacher", "0.02"),
            ("lambda_student", "0.2"), ("finite_size", "true"), ("trials", "2000")),
    ];

    /// <inheritdoc/>
    public override StudyChart? Chart { get; } = new("test error",
        new StudySeries("teacher", "teacher_error", "teacher_se", "teacher_limit"),
            new StudySeries("student", "student_error", "student_se", "student_limit"))
    { Map = "gap" };

    private protected override void CheckAll(Arguments arguments)
    {
        CheckEither(arguments, TeacherSamples, GammaTeacher);
        if (!arguments.Has(RuleParameters.SameRows) || arguments.Has(StudentSamples) || arguments.Has(GammaStudent))
            CheckEither(arguments, StudentSamples, GammaStudent);
        CheckRules(arguments);
        if (arguments.Get(FiniteSize))
            CheckFiniteSize(arguments);
    }

    private protected override void CheckPlane(Arguments plane)
    {
        if (plane.Single(Dimension) < 2 && (plane.Single(Alignment) > 0 || plane.Has(Spike)))
            throw InputException.About(
                $"{Dimension} is '{plane.Single(Dimension)}'; it must be at least 2 with a positive {Alignment} or a {Spike}");
        if (RuleParameters.AreGiven(plane))
            CheckRulePlane(plane);
    }

    /// <inheritdoc/>
    public override long TrialsOf(Arguments arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return arguments.Get(Trials);
    }

    private protected override IEnumerable<TrialPart> Parts(Arguments plane, ulong seed)
    {
        LinearExperiment experiment = Experiment(plane);
        ISimulator engine = plane.Get(Engine);
        if (RuleParameters.AreGiven(plane))
            return RuleExperiments(plane).Select(rules => RulePart(rules, engine, seed));
        return Grids(plane, experiment).Select(grid => new TrialPart(
            (trials, options) => engine.Run(experiment, grid.Teachers, grid.Students, trials, seed, options).Moments,
            state => SimulationResult.FromState(experiment, grid.Teachers, grid.Students, state).Moments));
    }

    private protected override StudyOutcome Present(Arguments plane, IReadOnlyList<TrialState> states, RunOptions options)
    {
        if (RuleParameters.AreGiven(plane))
            return new StudyOutcome { Table = RuleTable(plane, states) };
        LinearExperiment experiment = Experiment(plane);
        var table = ResultTable.Stacked([.. Grids(plane, experiment).Zip(states, (grid, state) =>
            SimulationTable.Of(SimulationResult.FromState(experiment, grid.Teachers, grid.Students, state)))]);
        bool endless = table.Numbers("teacher_error").Concat(table.Numbers("student_error")).Any(error => !double.IsFinite(error));
        return new StudyOutcome
        {
            Table = table,
            Remarks = endless ? ["errors that are infinite here are beyond the largest number, 1.8e308, in some trial"] : [],
        };
    }

    /// <inheritdoc/>
    public ResultTable Limits(Arguments arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return ResultTable.Stacked([.. arguments.Planes().Select(plane =>
        {
            LinearExperiment experiment = Experiment(plane);
            ResultTable limits = ResultTable.Stacked(RuleParameters.AreGiven(plane)
                ? [.. RuleExperiments(plane).Select(RuleSimulationTable.Limits)]
                : [.. Grids(plane, experiment).Select(g => SimulationTable.Limits(experiment, g.Teachers, g.Students))]);
            return new ResultTable([.. Inputs(plane, limits.RowCount), .. limits.Columns]);
        })]);
    }

    private protected override IEnumerable<ResultColumn> Inputs(Arguments plane, int rows)
    {
        LinearExperiment experiment = Experiment(plane);
        double spike = plane.Has(Spike) || experiment.HasSpike ? experiment.Spike : 0;
        return
        [
            InputColumn.Of(Dimension, experiment.Dimension, rows), InputColumn.Of(TeacherSamples, experiment.TeacherSamples, rows),
            InputColumn.Of(StudentSamples, experiment.StudentSamples, rows), InputColumn.Of(NoiseVariance, experiment.NoiseVariance, rows),
            InputColumn.Of(SignalPower, experiment.SignalPower, rows), InputColumn.Of(Alignment, experiment.Alignment, rows),
            InputColumn.Of(Spike, spike, rows), InputColumn.Of(plane, Engine, rows), InputColumn.Of(plane, Signal, rows),
            InputColumn.Of(plane, Declare.Seed, rows),
        ];
    }

    // A ridge that each cell finds for itself makes a grid of one for each teacher; all draw the same random numbers.
    private static IEnumerable<(Grid Teachers, Grid Students)> Grids(Arguments plane, LinearExperiment experiment)
    {
        AxisValues<RidgeChoice> teachers = plane.Get(LambdaTeacher), students = plane.Get(LambdaStudent);
        Grid teacherGrid = teachers[0].IsFound
            ? Grid.Of(RidgeTeacher.OptimalRidge(experiment.GammaTeacher, experiment.NoiseVariance, experiment.SignalPower))
            : Grid.Of([.. teachers.Select(t => t.Value)]);
        return students[0].IsFound
            ? teacherGrid.Select(t => (Grid.Of(t), Grid.Of(BestStudent(experiment, t))))
            : [(teacherGrid, Grid.Of([.. students.Select(s => s.Value)]))];
    }

    private static double BestStudent(LinearExperiment experiment, double lambdaTeacher)
    {
        var teacher = new RidgeTeacher(experiment.GammaTeacher, lambdaTeacher, experiment.NoiseVariance, experiment.SignalPower);
        return Finite(new RidgeStudent(teacher, experiment.GammaStudent, experiment.Alignment, experiment.Spike).BestRidge);
    }

    private static double Finite(double bestRidge) => double.IsFinite(bestRidge) ? bestRidge
        : throw InputException.About($"{LambdaStudent} best is infinite here: the larger the ridge, the better; give a number");

    private static LinearExperiment Experiment(Arguments plane)
    {
        long d = plane.Single(Dimension);
        long Rows(AxisParameter<long> samples, AxisParameter<double> gamma) => plane.Has(samples) ? plane.Single(samples)
            : Math.Round(d / plane.Single(gamma)) is >= 1 and <= long.MaxValue and var rows ? (long)rows
            : throw InputException.About(
                $"{gamma} is '{plane.Single(gamma)}', which at {Dimension} {d} makes no row; it must be at most {2 * d}");
        long teacherRows = Rows(TeacherSamples, GammaTeacher);
        long studentRows = plane.Has(StudentSamples) || plane.Has(GammaStudent) ? Rows(StudentSamples, GammaStudent) : teacherRows;
        return new LinearExperiment(
            d, teacherRows, studentRows, plane.Single(NoiseVariance),
            plane.Single(SignalPower),
            plane.Single(Alignment), plane.Has(Spike) ? plane.Single(Spike) : null, plane.Get(Signal));
    }

    private static void CheckEither(Arguments arguments, Parameter samples, Parameter gamma)
    {
        if (arguments.Has(samples) && arguments.Has(gamma))
            throw InputException.About($"{samples} and {gamma} are both given; one of them says how many rows there are");
        if (!arguments.Has(samples) && !arguments.Has(gamma))
            throw InputException.About($"{samples} is missing; without {gamma} it must be {samples.Allowed}");
    }
}
