using WeakToStrong.Asymptotics;
using WeakToStrong.Rules;
using WeakToStrong.Tables;

namespace WeakToStrong.Studies;

/// <summary>One row of limits with training rules: the inputs, and what was found.</summary>
/// <param name="Teacher">The teacher.</param>
/// <param name="GammaStudent">gamma_s; that of the teacher on its own rows.</param>
/// <param name="Alignment">zeta.</param>
/// <param name="Spike">w.</param>
/// <param name="Rule">The student's rule; null for ridge at its best, or without a student.</param>
/// <param name="SameRows">xi, NaN for the best; null on fresh rows.</param>
internal readonly record struct RuleRow(
    RuleTeacher Teacher, double GammaStudent, double Alignment, double Spike, TrainingRule? Rule, double? SameRows)
{
    /// <summary>The row's limits.</summary>
    public RuleLimit Evaluate()
    {
        double s2 = Teacher.NoiseVariance, a2 = Teacher.SignalPower;
        if (SameRows is { } xi)
        {
            var distilled = new SameRowStudent(Teacher, Rule!);
            double mixing = double.IsNaN(xi) ? distilled.BestMixing : xi;
            return new RuleLimit(distilled.TestError(mixing), distilled.Gap(mixing), distilled.Cosine(mixing), Ridge(Rule), mixing)
            {
                Optimal = RidgeTeacher.OptimalRidge(Teacher.Gamma, s2, a2),
            };
        }
        var student = new RuleStudent(Teacher, GammaStudent, Alignment, Spike);
        TrainingRule rule = Rule ?? new RidgeRegression(student.BestRidge);
        return new RuleLimit(student.TestError(rule), student.Gap(rule), student.Cosine(rule), Ridge(rule), double.NaN)
        {
            Window = student.Window,
            BestRidge = student.BestRidge,
            BestError = student.BestTestError,
            Least = Alignment > 0 && Spike > 0 ? double.NaN : s2 + Teacher.LeastStudentExcess(GammaStudent),
            Optimal = RidgeTeacher.OptimalRidge(Teacher.Gamma, s2, a2),
            Beatable = RidgeTeacher.LargestBeatableRidge(Teacher.Gamma, s2, GammaStudent, a2, Alignment, Spike) ?? double.NaN,
        };
    }

    /// <summary>The ridge of a rule, NaN for others.</summary>
    public static double Ridge(TrainingRule? rule) => rule is RidgeRegression ridge ? ridge.Lambda : double.NaN;
}

/// <summary>What <see cref="RuleRow"/> finds; errors include the noise.</summary>
internal readonly record struct RuleLimit(double StudentError, double Gap, double StudentCosine, double StudentRidge, double SameRows)
{
    public WinningWindow Window { get; init; }

    public double BestRidge { get; init; } = double.NaN;

    public double BestError { get; init; } = double.NaN;

    public double Least { get; init; } = double.NaN;

    public double Optimal { get; init; } = double.NaN;

    public double Beatable { get; init; } = double.NaN;

    /// <summary>
    /// Many rows as a table: teacher_rule, student_rule, same_rows behind the inputs, least_student_error behind the best ridge's.
    /// </summary>
    public static ResultTable Table(RuleRow[] rows, RunOptions options)
    {
        var found = new RuleLimit[rows.Length];
        FixedBlocks.Each(rows.Length, 64, options, "points", i => found[i] = rows[i].Evaluate());
        ResultColumn Input(string name, Func<RuleRow, double> value) => ResultColumn.Of(name, [.. rows.Select(value)]);
        ResultColumn Found(string name, Func<RuleLimit, double> value) => ResultColumn.Of(name, [.. found.Select(value)]);
        return new ResultTable(
            Input("gamma_teacher", r => r.Teacher.Gamma), Input("gamma_student", r => r.GammaStudent),
            Input("lambda_teacher", r => RuleRow.Ridge(r.Teacher.Rule)), Found("lambda_student", f => f.StudentRidge),
            Input("noise_variance", r => r.Teacher.NoiseVariance), Input("signal_power", r => r.Teacher.SignalPower),
            Input("alignment", r => r.Alignment), Input("spike", r => r.Spike),
            ResultColumn.Of("teacher_rule", [.. rows.Select(r => NameOf(r.Teacher.Rule))]),
            ResultColumn.Of("student_rule", [.. rows.Select(r => r.Rule is null ? "ridge" : NameOf(r.Rule))]),
            Found("same_rows", f => f.SameRows),
            Input("teacher_error", r => r.Teacher.TestError), Found("student_error", f => f.StudentError), Found("gap", f => f.Gap),
            ResultColumn.Of("window", [.. found.Select(f => LimitTable.Word(f.Window.Kind))]), Found("window_low", f => f.Window.Low),
            Found("window_high", f => f.Window.High), Found("best_lambda_student", f => f.BestRidge),
            Found("best_student_error", f => f.BestError),
            Found("least_student_error", f => f.Least), Found("optimal_lambda_teacher", f => f.Optimal),
            Found("largest_beatable_lambda_teacher", f => f.Beatable), Input("teacher_cosine", r => r.Teacher.Cosine),
            Found("student_cosine", f => f.StudentCosine));

        // A ridge has its number in a column of its own.
        static string NameOf(TrainingRule rule) => rule is RidgeRegression ? "ridge" : rule.Name;
    }
}
