using WeakToStrong.Asymptotics;

namespace WeakToStrong.Tests.Asymptotics;

/// <summary>Against the tables of tests/oracles/asymptotics.py: the paper's printed formulas in 400 to 3000 digits.</summary>
public class AccuracyTests
{
    private const double Tolerance = 4e-15;

    [Theory]
    [InlineData("m1")]
    [InlineData("m2")]
    [InlineData("one_minus_lambda_m1")]
    [InlineData("lambda_m1")]
    [InlineData("lambda2_m2")]
    [InlineData("m1_minus_lambda_m2")]
    [InlineData("lambda_m2_over_m1")]
    public void Resolvent_quantities_are_right_over_600_decades_of_the_ridge(string quantity)
    {
        OracleTable table = OracleTable.Read("asymptotics_resolvent");
        for (int i = 0; i < table.Count; i++)
        {
            var law = new MarchenkoPastur(table.Number(i, "gamma"), table.Number(i, "lambda"));
            AssertRelative(table.Number(i, quantity), Quantity(law, quantity), Tolerance, table, i);
        }
    }

    [Fact]
    public void Both_errors_are_right_on_ordinary_and_extreme_points()
    {
        OracleTable table = OracleTable.Read("asymptotics_errors");
        for (int i = 0; i < table.Count; i++)
        {
            (RidgeTeacher teacher, RidgeStudent student) = Models(table, i);
            AssertRelative(table.Number(i, "teacher_excess"), teacher.ExcessError, Tolerance, table, i);
            AssertRelative(table.Number(i, "student_excess"), student.ExcessError(table.Number(i, "lambda_student")), Tolerance, table, i);
        }
    }

    [Fact]
    public void The_gap_keeps_its_digits_where_the_two_errors_agree()
    {
        OracleTable table = OracleTable.Read("asymptotics_errors");
        int closer = 0;
        for (int i = 0; i < table.Count; i++)
        {
            (RidgeTeacher teacher, RidgeStudent student) = Models(table, i);
            double lambda = table.Number(i, "lambda_student"), expected = table.Number(i, "gap"), scale = teacher.ExcessError;
            AssertRelative(expected, student.Gap(lambda), 1e-12, table, i);
            closer += Math.Abs(student.ExcessError(lambda) - scale - expected) > 1e-9 * Math.Abs(expected) ? 1 : 0;
        }
        Assert.True(closer > 40,
            $"the difference of the two errors loses digits on only {closer} rows: the table no longer tests anything");
    }

    [Fact]
    public void No_window_is_misjudged_and_edges_are_right()
    {
        OracleTable table = OracleTable.Read("asymptotics_students");
        var kinds = new HashSet<WindowKind>();
        for (int i = 0; i < table.Count; i++)
        {
            WinningWindow window = Models(table, i).Student.Window;
            Assert.True(window.Kind.ToString().Equals(table.Text(i, "window"), StringComparison.OrdinalIgnoreCase),
                $"{window}; {table.Describe(i)}");
            AssertRelative(table.Number(i, "window_low"), window.Low, 1e-11, table, i);
            AssertRelative(table.Number(i, "window_high"), window.High, 1e-11, table, i);
            kinds.Add(window.Kind);
        }
        Assert.Equal(3, kinds.Count);
    }

    [Fact]
    public void The_best_student_is_right()
    {
        OracleTable table = OracleTable.Read("asymptotics_students");
        for (int i = 0; i < table.Count; i++)
        {
            (RidgeTeacher teacher, RidgeStudent student) = Models(table, i);
            AssertRelative(table.Number(i, "best_lambda_student"), student.BestRidge, 1e-11, table, i);
            double least = table.Number(i, "best_gap");
            if (double.IsFinite(least))
                Assert.Equal(least, student.Gap(student.BestRidge), 1e-14 * (teacher.ExcessError + 1));
        }
    }

    private static (RidgeTeacher Teacher, RidgeStudent Student) Models(OracleTable table, int i)
    {
        var teacher = new RidgeTeacher(table.Number(i, "gamma_teacher"), table.Number(i, "lambda_teacher"),
            table.Number(i, "noise_variance"), table.Number(i, "signal_power"));
        return (teacher, new RidgeStudent(teacher, table.Number(i, "gamma_student"), table.Number(i, "alignment"),
            table.Number(i, "spike")));
    }

    private static double Quantity(MarchenkoPastur law, string name) => name switch
    {
        "m1" => law.M1,
        "m2" => law.M2,
        "one_minus_lambda_m1" => law.P,
        "lambda_m1" => law.Q,
        "lambda2_m2" => law.V,
        "m1_minus_lambda_m2" => law.M1MinusLambdaM2,
        _ => law.R,
    };

    /// <summary>Relative error, where the exact value is a normal double; else the same overflow or underflow.</summary>
    private static void AssertRelative(double expected, double actual, double tolerance, OracleTable table, int row)
    {
        bool right = double.IsNormal(expected)
            ? Math.Abs(actual - expected) <= tolerance * Math.Abs(expected)
            : expected.Equals(actual) || (double.IsFinite(expected) && Math.Abs(actual - expected) <= 16 * double.Epsilon);
        Assert.True(right, $"expected {expected:R}, found {actual:R} (relative error {(actual / expected) - 1:E1}); {table.Describe(row)}");
    }
}
