using WeakToStrong.Asymptotics;
using WeakToStrong.Tables;

namespace WeakToStrong.Tests.Asymptotics;

/// <summary>
/// The far ends of every range and finite spikes of any strength, against asymptotics_extremes.csv: printed formulas in 2500 digits,
/// windows and best ridges by bisection on them.
/// </summary>
public class ExtremesTests
{
    private static readonly OracleTable Table = OracleTable.Read("asymptotics_extremes");

    public static TheoryData<int> Rows => [.. Enumerable.Range(0, Table.Count)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Every_number_is_right(int row)
    {
        var teacher = new RidgeTeacher(At("gamma_teacher"), At("lambda_teacher"), At("noise_variance"), At("signal_power"));
        var student = new RidgeStudent(teacher, At("gamma_student"), At("alignment"), At("spike"));
        Near("teacher_excess", teacher.ExcessError, 4e-15);
        Near("student_excess", student.ExcessError(At("lambda_student")), 4e-15);
        Near("gap", student.Gap(At("lambda_student")), 1e-12);
        Near("best_lambda_student", student.BestRidge, 1e-11);
        Assert.Equal(Table.Text(row, "window"), student.Window.Kind.ToString(), ignoreCase: true);
        Near("window_low", student.Window.Low, 1e-11);
        Near("window_high", student.Window.High, 1e-11);

        var surface = new LimitSurface(teacher.Gamma, student.Gamma, teacher.NoiseVariance, Grid.Of(teacher.Lambda),
            Grid.Of(At("lambda_student")),
            teacher.SignalPower, student.Alignment, student.Spike);
        var cell = new double[1];
        surface.Gaps(cell);
        Near("gap", cell[0], 1e-12);

        double At(string column) => Table.Number(row, column);

        void Near(string column, double actual, double tolerance)
        {
            double expected = At(column);
            bool right = expected.Equals(actual) || Math.Abs(actual - expected) <= (tolerance * Math.Abs(expected)) + 1e-307;
            Assert.True(right, $"{column}: expected {expected:R}, found {actual:R}; {Table.Describe(row)}");
        }
    }

    [Theory]
    [InlineData(1e300, 1e-100, 1e200)]  // (1 - 1/g)/l^2
    [InlineData(1e-100, 1e100, 1e-200)]
    [InlineData(1e6, 1e-150, 0.999999e300)]
    public void The_second_moment_is_right_where_the_first_overflows_its_square(double gamma, double lambda, double expected) =>
        Assert.Equal(expected, new MarchenkoPastur(gamma, lambda).M2, 1e-14 * expected);

    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(4)]
    public void The_largest_finite_ridge_keeps_next_to_nothing(double gamma)
    {
        var law = new MarchenkoPastur(gamma, double.MaxValue);
        Assert.Equal([1, 1, 1], new[] { law.Q, law.R, law.V });
        Assert.Equal(1 / double.MaxValue, law.P, 1e-320);
        Assert.Equal(1 / double.MaxValue, law.M1, 1e-320);
    }

    /// <summary>Far above 1, S is gamma + lambda and p its reciprocal.</summary>
    [Theory]
    [InlineData(1e200, 1e200)]
    [InlineData(3e200, 1e200)]
    [InlineData(1e200, 3e200)]
    [InlineData(8e307, 8e307)]
    public void Both_arguments_may_be_huge(double gamma, double lambda)
    {
        var law = new MarchenkoPastur(gamma, lambda);
        Assert.Equal(1, law.S / gamma / (1 + (lambda / gamma)), 1e-14);
        Assert.Equal(1, law.P * gamma * (1 + (lambda / gamma)), 1e-14);
        Assert.Equal((1.0, 1.0), (law.Q, law.R));
    }

    /// <summary>Rows far fewer than features: the best ridge is kappa gamma_s.</summary>
    [Theory]
    [InlineData(1e160)]
    [InlineData(1e300)]
    public void A_student_of_hardly_any_rows_has_its_best_ridge(double gamma)
    {
        var teacher = new RidgeTeacher(2, 0.25, 10, 1);
        double expected = new RidgeStudent(teacher, 1e16).BestRidge / 1e16 * gamma;
        Assert.Equal(1, new RidgeStudent(teacher, gamma).BestRidge / expected, 1e-12);
    }

    /// <summary>The gap of scaled problems is scaled, where kappa nearly overflows too.</summary>
    [Fact]
    public void A_gap_of_huge_noise_is_finite()
    {
        double Gap(double scale) => new RidgeStudent(new RidgeTeacher(3, 1e-3, 1e300 * scale, 1), 0.5, 0, 0.25).Gap(0.5);
        Assert.Equal(1, Gap(1e8) / Gap(1) / 1e8, 1e-12);
        var cell = new double[1];
        new LimitSurface(3, 0.5, 1e308, Grid.Of(1e-3), Grid.Of(0.5), 1, 0, 0.25).Gaps(cell);
        Assert.Equal(1, cell[0] / Gap(1e8), 1e-12);
    }

    [Fact]
    public void A_perfect_teacher_of_a_tiny_signal_is_not_under_regularised() =>
        Assert.Equal(0, new RidgeTeacher(1, 0, 0, 1e-300).UnderRegularization);

    [Fact]
    public void A_table_of_points_keeps_its_values_when_the_callers_arrays_change()
    {
        double[] ratio = [0.5], ridge = [0.1];
        LimitPoints points = One(ratio, ridge);
        (ratio[0], ridge[0]) = (-1, double.NaN);
        Assert.Equal(Gap(One([0.5], [0.1])), Gap(points));

        static LimitPoints One(double[] gammaTeacher, double[] lambdaTeacher) => new(new()
        {
            GammaTeacher = gammaTeacher,
            GammaStudent = [0.25],
            LambdaTeacher = lambdaTeacher,
            LambdaStudent = [0.2],
            NoiseVariance = [1],
        });
        static double Gap(LimitPoints points) => LimitTable.Evaluate(points).Columns.OfType<NumberColumn>().Single(c =>
            c.Name == "gap").Values[0];
    }
}
