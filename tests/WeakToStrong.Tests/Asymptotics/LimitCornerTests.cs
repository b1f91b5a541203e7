using WeakToStrong.Asymptotics;

namespace WeakToStrong.Tests.Asymptotics;

/// <summary>Limits at the ends of every range, known values, and what is refused.</summary>
public class LimitCornerTests
{
    private const double Infinity = double.PositiveInfinity;

    [Theory]
    [InlineData(0.25, 0.75, 1, 0, 4 / 3.0, 4 / 3.0, 0, 0)]
    [InlineData(1, 0, 1, 0, Infinity, Infinity, 0, 0.5)]
    [InlineData(4, 3, 0.25, 0.75, Infinity, 1 / 12.0, 0.75, 1)]
    public void At_ridge_zero_the_resolvent_has_its_limits(double gamma, double s, double p, double q, double m1, double slope, double v,
        double r)
    {
        var law = new MarchenkoPastur(gamma, 0);
        Assert.Equal([s, p, q, v, r], new[] { law.S, law.P, law.Q, law.V, law.R });
        Assert.Equal(m1, law.M1);
        Assert.Equal(slope, law.M1MinusLambdaM2, 1e-15);
    }

    [Theory]
    [InlineData(0.25)]
    [InlineData(1)]
    [InlineData(4)]
    public void An_infinite_ridge_keeps_nothing(double gamma)
    {
        var law = new MarchenkoPastur(gamma, Infinity);
        Assert.Equal([0, 1, 1, 1, 0, 0], new[] { law.P, law.Q, law.R, law.V, law.M1, law.M2 });
        var student = new RidgeStudent(new RidgeTeacher(0.5, 0.1, 1, 2), gamma);
        Assert.Equal(2, student.ExcessError(Infinity), 1e-15);
    }

    [Theory]
    [InlineData(0.5, 1)]
    [InlineData(2, 0.25)]
    public void A_ridgeless_teacher_has_the_textbook_error(double gamma, double s2)
    {
        double expected = gamma < 1 ? s2 * gamma / (1 - gamma) : 1 - (1 / gamma) + (s2 / (gamma - 1));
        Assert.Equal(expected, new RidgeTeacher(gamma, 0, s2).ExcessError, 1e-15);
    }

    /// <summary>Where lengths leave the range of numbers, directions are those of one step: beta_t is X'y, 1/(1 + 2 gamma_t) of its
    /// squared length along beta*; isotropic rows keep 1/(1 + gamma_s) of that, and a spike turns it.</summary>
    [Theory]
    [InlineData(0, Infinity, 0.22360679774997896)]
    [InlineData(0, 4, 0.22360679774997896)]
    [InlineData(0.5, Infinity, 0.5)]
    [InlineData(0.5, 4, 0.39223227027636809)] // 2/sqrt(26)
    public void Directions_outlast_lengths(double alignment, double spike, double expected)
    {
        foreach (double lambda in (double[])[1e60, 1e140, 1e300])
        {
            var teacher = new RidgeTeacher(2, lambda, 1);
            Assert.Equal(1 / Math.Sqrt(5), teacher.Cosine, 1e-14);
            Assert.Equal(expected, new RidgeStudent(teacher, 3, alignment, spike).Cosine(lambda), 1e-14);
        }
    }

    [Fact]
    public void A_ridgeless_student_with_enough_samples_copies_its_teacher()
    {
        foreach (double gamma in new[] { 0.3, 1 })
        {
            var student = new RidgeStudent(new RidgeTeacher(0.8, 0.05, 1), gamma, 0.5);
            Assert.Equal(0, student.Gap(0));
            Assert.Equal(student.Teacher.ExcessError, student.ExcessError(0), 1e-15);
        }
    }

    [Fact]
    public void A_ridgeless_student_with_few_samples_shrinks_its_teacher()
    {
        // Mean E_s = a2 (1 - n_s/d) + (n_s/d) E_t.
        var student = new RidgeStudent(new RidgeTeacher(0.8, 0.05, 1, 3), 4);
        Assert.Equal((3 * 0.75) + (0.25 * student.Teacher.ExcessError), student.ExcessError(0), 1e-14);
    }

    [Fact]
    public void A_teacher_of_infinite_error_is_always_beaten_and_best_ignored()
    {
        var student = new RidgeStudent(new RidgeTeacher(1, 0, 1), 0.5);
        Assert.Equal(Infinity, student.Teacher.TestError);
        Assert.Equal(WinningWindow.Always, student.Window);
        Assert.Equal(Infinity, student.BestRidge);
        Assert.Equal(2, student.BestTestError);
        Assert.Equal(double.NegativeInfinity, student.Gap(0.1));
        Assert.Equal(0, student.Gap(0));
    }

    [Fact]
    public void Without_noise_the_interpolating_teacher_is_perfect_at_ratio_one()
    {
        var teacher = new RidgeTeacher(1, 0, 0);
        Assert.Equal(0, teacher.ExcessError);
        Assert.Equal(WinningWindow.Never, new RidgeStudent(teacher, 0.5, 1).Window);
    }

    [Fact]
    public void A_student_that_knows_the_direction_needs_only_the_length()
    {
        var student = new RidgeStudent(new RidgeTeacher(0.5, 0.2, 1), 0.5, 1);
        Assert.Equal(WinningWindow.Always, student.Window);
        Assert.Equal(Infinity, student.BestRidge);
        double q = student.Teacher.Resolvent.Q;
        Assert.Equal(1 + (q * q), student.BestTestError, 1e-15);
    }

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(1, 1 / 3.0)]
    [InlineData(1.25, 0.56692)]
    [InlineData(1e9, 1)]
    public void The_threshold_rises_from_a_third_to_one(double gamma, double expected) =>
        Assert.Equal(expected, WinningWindow.Threshold(gamma), 1e-5);

    [Fact]
    public void A_window_that_is_never_has_no_edges()
    {
        Assert.Equal(WindowKind.Never, default(WinningWindow).Kind);
        Assert.True(double.IsNaN(WinningWindow.Never.Low));
        Assert.False(WinningWindow.Never.Contains(0));
        Assert.True(WinningWindow.Always.Contains(1e-300));
        Assert.False(WinningWindow.Always.Contains(0));
    }

    [Theory]
    [InlineData(0, 1, "gamma")]
    [InlineData(-1, 1, "gamma")]
    [InlineData(double.NaN, 1, "gamma")]
    [InlineData(Infinity, 1, "gamma")]
    [InlineData(1, -1e-300, "lambda")]
    [InlineData(1, double.NaN, "lambda")]
    public void Arguments_outside_their_range_are_refused_by_name(double gamma, double lambda, string name) =>
        Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => new MarchenkoPastur(gamma, lambda)).ParamName);

    [Fact]
    public void Models_refuse_what_has_no_meaning()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RidgeTeacher(1, Infinity, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RidgeTeacher(1, 0, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RidgeTeacher(1, 0, 1, 0));
        var teacher = new RidgeTeacher(1, 1, 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => new RidgeStudent(teacher, 1, 1.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RidgeStudent(teacher, 1, 0.5, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RidgeStudent(teacher, 1).TestError(-1));
    }

    [Fact]
    public void A_tolerance_of_4e15_tells_the_printed_formula_from_ours()
    {
        // The tables of AccuracyTests must refuse Definition 2 as printed, evaluated in doubles.
        OracleTable table = OracleTable.Read("asymptotics_resolvent");
        int refused = 0;
        for (int i = 0; i < table.Count; i++)
        {
            double g = table.Number(i, "gamma"), l = table.Number(i, "lambda"), exact = table.Number(i, "m1");
            double printed = -(1 - g + l - Math.Sqrt(((1 + g + l) * (1 + g + l)) - (4 * g))) / (2 * g * l);
            refused += Math.Abs(printed - exact) <= 4e-15 * exact ? 0 : 1;
        }
        Assert.True(refused > table.Count / 2, $"{refused} of {table.Count}");
    }

    [Fact]
    public void The_windows_table_tells_equation_5_as_printed_from_ours()
    {
        OracleTable table = OracleTable.Read("asymptotics_students");
        int tried = 0, misjudged = 0;
        for (int i = 0; i < table.Count; i++)
        {
            double gs = table.Number(i, "gamma_student");
            var teacher = new RidgeTeacher(table.Number(i, "gamma_teacher"), table.Number(i, "lambda_teacher"),
                table.Number(i, "noise_variance"), table.Number(i, "signal_power"));
            if (gs <= 1 || table.Number(i, "alignment") > 0 || teacher.UnderRegularization <= 0)
                continue;
            tried++;
            bool printed = teacher.H2 < 1 / (1 - (4 * gs) - (4 * Math.Sqrt(gs * (gs - 1))));
            misjudged += printed == (table.Text(i, "window") != "never") ? 0 : 1;
        }
        Assert.True(misjudged > tried / 10, $"{misjudged} of {tried}");
    }

    /// <summary>At kappa = 1 exactly a teacher is as bad as predicting zero.</summary>
    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(2)]
    public void Every_ridge_beats_a_teacher_that_is_as_bad_as_zero(double studentGamma)
    {
        Assert.Equal(WindowKind.Always, WinningWindow.Of(1, studentGamma).Kind);
        WinningWindow below = WinningWindow.Of(Math.BitDecrement(1), studentGamma);
        Assert.Equal(WindowKind.Interval, below.Kind);
        Assert.True(below.High > 1e15 && double.IsFinite(below.High));
        Assert.Equal(WindowKind.Never, WinningWindow.Of(0, studentGamma).Kind);
    }
}
