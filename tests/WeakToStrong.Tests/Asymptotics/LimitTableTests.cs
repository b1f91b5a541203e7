using WeakToStrong.Asymptotics;
using WeakToStrong.Tables;

namespace WeakToStrong.Tests.Asymptotics;

/// <summary>Surfaces and tables say what the objects say, for any number of threads, and evaluate without allocating.</summary>
public class LimitTableTests
{
    private static readonly Grid Teachers = Grid.Of(0, 0.01, 0.25, 1, 1e3), Students = Grid.Of(0, 1e-3, 0.1, 0.5, 1, 7, 1e5);

    [Theory]
    [InlineData(0.25, 1.2, 0, double.PositiveInfinity)]
    [InlineData(0.25, 0.25, 0.8, 500)]
    [InlineData(1, 1, 0.5, double.PositiveInfinity)]
    [InlineData(3, 0.5, 1, 20)]
    public void A_surface_agrees_with_its_students(double gammaTeacher, double gammaStudent, double alignment, double spike)
    {
        var surface = new LimitSurface(gammaTeacher, gammaStudent, 0.7, Teachers, Students, 1.5, alignment, spike);
        double[] errors = new double[surface.CellCount], gaps = new double[surface.CellCount];
        surface.StudentTestErrors(errors);
        surface.Gaps(gaps);
        for (int i = 0; i < Teachers.Count; i++)
        {
            var teacher = new RidgeTeacher(gammaTeacher, Teachers[i], 0.7, 1.5);
            var student = new RidgeStudent(teacher, gammaStudent, alignment, spike);
            Assert.Equal(teacher.TestError, surface.TeacherTestError(i));
            for (int j = 0; j < Students.Count; j++)
            {
                int cell = (i * Students.Count) + j;
                Close(student.TestError(Students[j]), errors[cell]);
                Close(student.Gap(Students[j]), gaps[cell]);
            }
        }

        static void Close(double expected, double actual) =>
            Assert.True(expected.Equals(actual) || Math.Abs(expected - actual) <= 2e-14 * Math.Abs(expected),
                $"expected {expected:R}, found {actual:R}");
    }

    [Fact]
    public void Evaluating_a_surface_allocates_nothing()
    {
        var surface = new LimitSurface(0.25, 1.2, 1, Grid.Logarithmic(0.01, 10, 64), Grid.Logarithmic(0.01, 10, 61), alignment: 0.5);
        var cells = new double[surface.CellCount];
        surface.StudentTestErrors(cells);
        surface.Gaps(cells);
        long before = GC.GetAllocatedBytesForCurrentThread();
        surface.StudentTestErrors(cells);
        surface.Gaps(cells);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void A_surface_asks_for_the_right_length() =>
        Assert.Throws<ArgumentException>(() => new LimitSurface(1, 1, 1, Teachers, Students).Gaps(new double[3]));

    [Fact]
    public void A_table_agrees_with_the_objects_for_any_number_of_threads()
    {
        const int N = 10_000;
        var random = new WeakToStrong.Randomness.RandomStream(5);
        double[] Column(double low, double high) => [.. Enumerable.Range(0, N)
            .Select(_ => low * Math.Exp(random.NextUniform() * Math.Log(high / low)))];
        double[] gt = Column(0.1, 10), gs = Column(0.1, 10), lt = Column(0.01, 1), ls = Column(0.01, 10), s2 = Column(0.1, 2);
        double[] zeta = [.. Enumerable.Range(0, N).Select(i => i % 5 == 0 ? 0.5 : 0)],
            spike = [.. Enumerable.Range(0, N).Select(i => i % 50 == 0 ? 30 : double.PositiveInfinity)];
        var points = new LimitPoints(new()
        {
            GammaTeacher = gt,
            GammaStudent = gs,
            LambdaTeacher = lt,
            LambdaStudent = ls,
            NoiseVariance = s2,
            Alignment = zeta,
            Spike = spike,
        });
        ResultTable one = LimitTable.Evaluate(points, new RunOptions { Threads = 1 }),
            four = LimitTable.Evaluate(points, new RunOptions { Threads = 4 });
        foreach ((ResultColumn a, ResultColumn b) in one.Columns.Zip(four.Columns))
            Assert.Equal(Cells(a), Cells(b));
        for (int i = 0; i < N; i += 997)
        {
            var teacher = new RidgeTeacher(gt[i], lt[i], s2[i]);
            var student = new RidgeStudent(teacher, gs[i], zeta[i], spike[i]);
            Assert.Equal([teacher.TestError, student.TestError(ls[i]), student.Gap(ls[i]), student.Window.Low, student.Window.High,
                student.BestRidge, student.BestTestError],
                new[] { "teacher_error", "student_error", "gap", "window_low", "window_high", "best_lambda_student",
                    "best_student_error" }.Select(c => Numbers(one, c)[i]));
        }
    }

    [Fact]
    public void The_resolvent_table_has_the_contracts_columns()
    {
        ResultTable table = ResolventTable.Evaluate([0.5, 2], [0.1, 0]);
        Assert.Equal(["gamma", "lambda", "m1", "m2", "one_minus_lambda_m1", "lambda_m1", "lambda2_m2", "m1_minus_lambda_m2",
            "lambda_m2_over_m1"], table.Columns.Select(c => c.Name));
        Assert.Equal([double.PositiveInfinity], Numbers(table, "m1")[1..]);
        Assert.Equal(new MarchenkoPastur(0.5, 0.1).V, Numbers(table, "lambda2_m2")[0]);
    }

    [Fact]
    public void A_bad_row_is_named()
    {
        var columns = new LimitColumns
        {
            GammaTeacher = [1, 1],
            GammaStudent = [1, 1],
            LambdaTeacher = [0, 0],
            LambdaStudent = [0, -0.5],
            NoiseVariance = [1, 1],
        };
        InputException e = Assert.Throws<InputException>(() => new LimitPoints(columns));
        Assert.Equal("row 2, column lambda_student is '-0.5'; it must be a finite number that is not negative", e.Message);
        Assert.Throws<ArgumentException>(() => new LimitPoints(columns with { LambdaStudent = [0, 0], GammaStudent = [1] }));
    }

    [Fact]
    public void A_cancelled_table_says_so()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => ResolventTable.Evaluate([1], [1], new RunOptions { Cancellation = stop.Token }));
    }

    private static IEnumerable<object> Cells(ResultColumn column) =>
        column is NumberColumn numbers ? numbers.Values.Cast<object>() : ((TextColumn)column).Values;

    private static double[] Numbers(ResultTable table, string name) => ((NumberColumn)table.Columns.Single(c => c.Name == name)).Values;
}
