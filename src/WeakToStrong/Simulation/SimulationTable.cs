using WeakToStrong.Asymptotics;
using WeakToStrong.Tables;

namespace WeakToStrong.Simulation;

/// <summary>A simulation as the table that users see: one row a cell of the grid, each gap beside its limit.</summary>
public static class SimulationTable
{
    /// <summary>
    /// Columns lambda_teacher, lambda_student, trials, teacher_error, teacher_se, student_error, student_se, gap, gap_se, gap_limit, z,
    /// teacher_limit, student_limit, teacher_cosine, student_cosine; the student's ridge runs fastest. The limit is that of the
    /// experiment's own gamma = d/n and finite spike; z = (gap - gap_limit)/gap_se is NaN
    /// with fewer than two trials.
    /// </summary>
    public static ResultTable Of(SimulationResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        ResultTable limits = Limits(result.Experiment, result.LambdaTeacher, result.LambdaStudent);
        return new ResultTable(
        [
            .. limits.Columns.Take(2), .. Measured(result, result.LambdaTeacher.Count, result.LambdaStudent.Count, GapLimits(result)),
            .. limits.Columns.Skip(2),
        ]);
    }

    /// <summary>Columns trials, teacher_error ... z of any lists of teachers and students, the student fastest.</summary>
    /// <param name="result">The errors.</param>
    /// <param name="teachers">How many teachers.</param>
    /// <param name="students">How many students of each.</param>
    /// <param name="limits">The limit of the gap in every cell.</param>
    internal static IEnumerable<ResultColumn> Measured(SimulatedErrors result, int teachers, int students, double[] limits)
    {
        double[] Column(Func<int, int, double> value)
        {
            var column = new double[teachers * students];
            for (int cell = 0; cell < column.Length; cell++)
                column[cell] = value(cell / students, cell % students);
            return column;
        }

        var trials = new long[teachers * students];
        trials.AsSpan().Fill(result.Trials);
        return
        [
            ResultColumn.Of("trials", trials),
            ResultColumn.Of("teacher_error", Column((i, _) => result.Teacher(i).Mean)),
            ResultColumn.Of("teacher_se", Column((i, _) => result.Teacher(i).StandardError)),
            ResultColumn.Of("student_error", Column((i, j) => result.Student(i, j).Mean)),
            ResultColumn.Of("student_se", Column((i, j) => result.Student(i, j).StandardError)),
            ResultColumn.Of("gap", Column((i, j) => result.Gap(i, j).Mean)),
            ResultColumn.Of("gap_se", Column((i, j) => result.Gap(i, j).StandardError)),
            ResultColumn.Of("gap_limit", limits),
            ResultColumn.Of("z", Column((i, j) => result.Gap(i, j).Z(limits[(i * students) + j]))),
        ];
    }

    /// <summary>
    /// Columns lambda_teacher, lambda_student, teacher_limit, student_limit, teacher_cosine, student_cosine (limits too) of a grid of
    /// ridges, the student's ridge fastest.
    /// </summary>
    public static ResultTable Limits(LinearExperiment experiment, Grid lambdaTeacher, Grid lambdaStudent)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentNullException.ThrowIfNull(lambdaTeacher);
        ArgumentNullException.ThrowIfNull(lambdaStudent);
        LinearExperiment e = experiment;
        RidgeStudent[] students = [.. lambdaTeacher.Select(t =>
            new RidgeStudent(new RidgeTeacher(e.GammaTeacher, t, e.NoiseVariance, e.SignalPower), e.GammaStudent, e.Alignment, e.Spike))];
        double[] Column(Func<RidgeStudent, double, double> value) =>
            [.. students.SelectMany(student => lambdaStudent.Select(l => value(student, l)))];
        return new ResultTable(
            ResultColumn.Of("lambda_teacher", Column((student, _) => student.Teacher.Lambda)),
            ResultColumn.Of("lambda_student", Column((_, l) => l)),
            ResultColumn.Of("teacher_limit", Column((student, _) => student.Teacher.TestError)),
            ResultColumn.Of("student_limit", Column((student, l) => student.TestError(l))),
            ResultColumn.Of("teacher_cosine", Column((student, _) => student.Teacher.Cosine)),
            ResultColumn.Of("student_cosine", Column((student, l) => student.Cosine(l))));
    }

    /// <summary>The limit of the gap (Theorems 4 and 8) in every cell, row-major, at the experiment's own gamma = d/n and spike.</summary>
    public static double[] GapLimits(SimulationResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        LinearExperiment e = result.Experiment;
        var surface = new LimitSurface(e.GammaTeacher, e.GammaStudent, e.NoiseVariance, result.LambdaTeacher, result.LambdaStudent,
            e.SignalPower, e.Alignment, e.Spike);
        var gaps = new double[surface.CellCount];
        surface.Gaps(gaps);
        for (int cell = 0; cell < gaps.Length; cell++)
            gaps[cell] += 0.0; // no -0
        return gaps;
    }
}
