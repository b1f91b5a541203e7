using WeakToStrong.Rules;
using WeakToStrong.Tables;

namespace WeakToStrong.Simulation;

/// <summary>A simulation of training rules as the table that users see: what <see cref="SimulationTable"/> is for ridge.</summary>
public static class RuleSimulationTable
{
    /// <summary>
    /// Columns lambda_teacher, lambda_student (NaN for rules without a ridge), teacher_rule, student_rule, same_rows (NaN on fresh rows),
    /// then those of <see cref="SimulationTable.Of"/>; the student's rule runs fastest.
    /// </summary>
    public static ResultTable Of(RuleSimulationResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        ResultTable limits = Limits(result.Rules);
        IEnumerable<ResultColumn> measured = SimulationTable.Measured(
            result, result.Rules.Teachers.Count, result.Rules.Students.Count, limits.Numbers("gap_limit"));
        return new ResultTable([.. limits.Columns.Take(5), .. measured, .. limits.Columns.Skip(6)]);
    }

    /// <summary>
    /// The limits alone: columns lambda_teacher, lambda_student, teacher_rule, student_rule, same_rows, gap_limit, teacher_limit,
    /// student_limit, teacher_cosine, student_cosine.
    /// </summary>
    public static ResultTable Limits(RuleExperiment experiment)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        LinearExperiment setting = experiment.Setting;
        Cell[] cells = [.. experiment.Teachers
            .Select(rule => new RuleTeacher(setting.GammaTeacher, rule, setting.NoiseVariance, setting.SignalPower))
            .SelectMany(teacher => Cells(experiment, teacher))];
        ResultColumn Column(string name, Func<Cell, double> value) => ResultColumn.Of(name, [.. cells.Select(value)]);
        return new ResultTable(
            Column("lambda_teacher", c => Ridge(c.Teacher.Rule)), Column("lambda_student", c => Ridge(c.Rule)),
            ResultColumn.Of("teacher_rule", [.. cells.Select(c => NameOf(c.Teacher.Rule))]),
            ResultColumn.Of("student_rule", [.. cells.Select(c => NameOf(c.Rule))]),
            Column("same_rows", _ => experiment.SameRows ?? double.NaN), Column("gap_limit", c => c.Gap),
            Column("teacher_limit", c => c.Teacher.TestError), Column("student_limit", c => c.StudentError),
            Column("teacher_cosine", c => c.Teacher.Cosine), Column("student_cosine", c => c.StudentCosine));
    }

    private static IEnumerable<Cell> Cells(RuleExperiment experiment, RuleTeacher teacher)
    {
        LinearExperiment setting = experiment.Setting;
        if (experiment.SameRows is { } mixing)
        {
            return experiment.Students.Select(rule => new SameRowStudent(teacher, rule)).Select(student => new Cell(
                teacher, student.Rule, student.TestError(mixing), student.Gap(mixing), student.Cosine(mixing)));
        }
        var fresh = new RuleStudent(teacher, setting.GammaStudent, setting.Alignment, setting.Spike);
        return experiment.Students.Select(rule => new Cell(
            teacher, rule, fresh.TestError(rule), fresh.Gap(rule), fresh.Cosine(rule)));
    }

    private static double Ridge(TrainingRule rule) => rule is RidgeRegression ridge ? ridge.Lambda : double.NaN;

    // A ridge has its number in a column of its own.
    private static string NameOf(TrainingRule rule) => rule is RidgeRegression ? "ridge" : rule.Name;

    private readonly record struct Cell(RuleTeacher Teacher, TrainingRule Rule, double StudentError, double Gap, double StudentCosine);
}
