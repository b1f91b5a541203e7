using WeakToStrong.Asymptotics;
using WeakToStrong.Tables;

namespace WeakToStrong.Tests.Asymptotics;

/// <summary>What lengths, directions and corners of the limit must satisfy, whatever its formulas are.</summary>
public sealed class StudentLimitTests
{
    private const double Infinity = double.PositiveInfinity;

    /// <summary>|beta - beta*|^2 = |beta|^2 - 2 |beta| |beta*| cos + |beta*|^2, for teacher and student.</summary>
    [Theory]
    [InlineData(0, Infinity)]
    [InlineData(0.6, Infinity)]
    [InlineData(0.6, 4)]
    [InlineData(1, 0.3)]
    public void Length_direction_and_error_make_one_triangle(double zeta, double spike)
    {
        foreach (double gammaTeacher in (double[])[0.3, 1, 2.5])
            foreach (double gammaStudent in (double[])[0.4, 1, 3])
                foreach (double lambda in (double[])[1e-3, 0.2, 5])
                {
                    const double Power = 2.3, Noise = 0.8;
                    MarchenkoPastur t = MarchenkoPastur.Trusted(gammaTeacher, 0.05);
                    var teacher = TeacherMoments.Ridge(t, Noise, Power);
                    Triangle(teacher.SquaredNorm, teacher.Cosine, teacher.ExcessError);
                    Assert.Equal(teacher.SquaredNorm - (Power * t.P), teacher.Surplus, 1e-13);

                    var student = new StudentLimit(teacher, gammaStudent, zeta, spike);
                    MarchenkoPastur s = student.At(lambda);
                    Triangle(student.SquaredNorm(s), student.Cosine(s), student.Excess(s));
                    ErrorParts parts = student.Parts(s);
                    Assert.Equal(student.Excess(s), parts.Bias + parts.TeacherNoise + parts.OwnNoise, 1e-13 * student.Excess(s));

                    static void Triangle(double squaredNorm, double cosine, double excess) =>
                        Assert.Equal(excess, squaredNorm - (2 * Math.Sqrt(squaredNorm * Power) * cosine) + Power, 1e-12 * (1 + excess));
                }
    }

    /// <summary>A teacher of a unit that numbers hardly hold points where it pointed.</summary>
    [Theory]
    [InlineData(1e-300)]
    [InlineData(1e300)]
    public void Directions_do_not_know_the_unit(double unit)
    {
        var one = new RidgeTeacher(0.5, 0.1, 0.7, 1.2);
        var other = new RidgeTeacher(0.5, 0.1, 0.7 * unit, 1.2 * unit);
        Assert.Equal(one.Cosine, other.Cosine, 1e-14);
        foreach (double spike in (double[])[4, Infinity])
            Assert.Equal(new RidgeStudent(one, 2, 0.5, spike).Cosine(0.3), new RidgeStudent(other, 2, 0.5, spike).Cosine(0.3), 1e-14);
    }

    [Fact]
    public void A_teacher_as_bad_as_zero_is_always_beaten_and_a_perfect_one_never_by_a_finite_spike_too()
    {
        // kappa = sigma^2 gamma_t/S_t = 1 to the bit.
        var bad = new RidgeTeacher(0.5, 0, 1);
        Assert.Equal(1, bad.UnderRegularization);
        Assert.Equal(WinningWindow.Always, new RidgeStudent(bad, 0.5, 0.5, 2).Window);
        // At student ridge 0 the slope and the gap are 0 to the bit.
        var perfect = new RidgeStudent(new RidgeTeacher(0.5, 0, 0), 0.5, 0.5, 2);
        Assert.Equal(0, perfect.BestRidge);
        Assert.Equal(WinningWindow.Never, perfect.Window);
    }

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(1, -1.0 / 3)]
    [InlineData(2, -1)]
    public void H1_at_ridge_zero_tells_fewer_rows_from_more(double gamma, double expected) =>
        Assert.Equal(expected, new MarchenkoPastur(gamma, 0).H1, 1e-15);

    /// <summary>K = gamma (sigma^2/a^2 + q^2)/S and kappa = (gamma sigma^2/a^2 - lambda)/S where the ratio is hardly a number.</summary>
    [Theory]
    [InlineData(0, 3e200, 7e-60)]
    [InlineData(0, 3e-200, 7e60)]
    [InlineData(0.1, 3e-200, 7e60)]
    [InlineData(0.5, 0, 7e-300)]
    [InlineData(0, 3e280, 7e285)]
    public void Ratios_of_noise_to_signal_may_be_extreme(double lambda, double noise, double power)
    {
        MarchenkoPastur law = MarchenkoPastur.Trusted(0.6, lambda);
        double ratio = 0.6 * (noise / power);
        double expected = (ratio + (0.6 * law.Q * law.Q)) / law.S;
        Assert.Equal(1, (RidgeFormulas.AlongKappa(law, noise, power) + 1e-300) / (expected + 1e-300), 1e-13);
        var teacher = new RidgeTeacher(0.6, lambda, noise, power);
        Assert.Equal(1, teacher.UnderRegularization / ((ratio - lambda) / law.S), 1e-13);
        Assert.Equal(-teacher.UnderRegularization, teacher.H2);
    }

    [Fact]
    public void A_table_can_be_stopped()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        var points = new LimitPoints(new()
        {
            GammaTeacher = [1],
            GammaStudent = [1],
            LambdaTeacher = [1],
            LambdaStudent = [1],
            NoiseVariance = [1],
        });
        Assert.ThrowsAny<OperationCanceledException>(() => LimitTable.Evaluate(points, new RunOptions { Cancellation = stop.Token }));
    }

    [Theory]
    [InlineData(1, 0, 2)]
    [InlineData(0.5, 0, 0.5)]
    public void Without_noise_no_teacher_is_beaten(double gammaTeacher, double noise, double gammaStudent) =>
        Assert.Null(RidgeTeacher.LargestBeatableRidge(gammaTeacher, noise, gammaStudent));

    [Fact]
    public void A_surface_knows_errors_whose_ratio_no_number_holds()
    {
        // kappa is 1e400, E_t about 1e200.
        var surface = new LimitSurface(0.5, 2, 1e200, Grid.Of(0.1), Grid.Of(0.3, 1), 1e-200);
        var gaps = new double[2];
        surface.Gaps(gaps);
        var student = new RidgeStudent(new RidgeTeacher(0.5, 0.1, 1e200, 1e-200), 2);
        for (int j = 0; j < 2; j++)
        {
            double expected = student.ExcessError(surface.LambdaStudent[j]) - student.Teacher.ExcessError;
            Assert.True(double.IsFinite(expected) && expected < 0);
            Assert.Equal(1, gaps[j] / expected, 1e-13);
        }
    }

    [Fact]
    public void Any_teacher_has_the_kappa_of_its_moments()
    {
        // |beta_t|^2 = a2 p^2 + N = 2.5, beta_t'beta* = a2 p = 2.
        TeacherMoments some = TeacherMoments.Of(4, 0.5, 0.5, 1.5, 0.5, 2.5);
        Assert.Equal((0.25, 0.75), (some.Kappa, some.AlongKappa));
        // One that has nothing of the target, and one of infinite noise.
        TeacherMoments none = TeacherMoments.Of(4, 0, 1, 0, 0, 4);
        Assert.Equal((Infinity, Infinity), (none.Kappa, none.AlongKappa));
        Assert.Equal(Infinity, TeacherMoments.Of(4, 0.5, 0.5, Infinity, double.NaN, Infinity).Kappa);
        Assert.Equal(0, none.Surplus);
        Assert.Equal(1.5, TeacherMoments.Of(4, 0, 1, 1.5, 0, 4).Surplus);
    }

    /// <summary>Rows that differ in one value each: none may take what its neighbour found.</summary>
    [Fact]
    public void Neighbours_in_a_table_share_nothing_that_differs()
    {
        double[][] rows =
        [
            [0.5, 2, 1, 1, 0.5, 4], [0.6, 2, 1, 1, 0.5, 4], [0.6, 1.5, 1, 1, 0.5, 4], [0.6, 1.5, 1.2, 1, 0.5, 4],
            [0.6, 1.5, 1.2, 2, 0.5, 4], [0.6, 1.5, 1.2, 2, 0.7, 4], [0.6, 1.5, 1.2, 2, 0.7, 9],
        ];
        double[] Column(int k) => [.. rows.Select(row => row[k])];
        var points = new LimitPoints(new()
        {
            GammaTeacher = Column(0),
            GammaStudent = Column(1),
            LambdaTeacher = [.. rows.Select(_ => 0.1)],
            LambdaStudent = [.. rows.Select(_ => 0.2)],
            NoiseVariance = Column(2),
            SignalPower = Column(3),
            Alignment = Column(4),
            Spike = Column(5),
        });
        double[] found = LimitTable.Evaluate(points).Columns.OfType<NumberColumn>()
            .Single(column => column.Name == "largest_beatable_lambda_teacher").Values.ToArray();
        Assert.Equal(rows.Select(row => RidgeTeacher.LargestBeatableRidge(row[0], row[2], row[1], row[3], row[4], row[5])!.Value), found);
        Assert.Equal(found.Length, found.Distinct().Count());
    }
}
