using CsCheck;
using WeakToStrong.Asymptotics;

namespace WeakToStrong.Tests.Asymptotics;

/// <summary>The largest teacher ridge that a student beats, against the windows themselves on either side of it.</summary>
public class BeatableRidgeTests
{
    [Theory]
    [InlineData(double.PositiveInfinity)]
    [InlineData(30.0)]
    [InlineData(0.5)]
    public void Just_below_a_student_wins_and_above_none_does(double spike)
    {
        int found = 0;
        Gen.Select(Log(0.05, 20), Log(0.05, 20), Log(0.01, 20), Gen.Double[0.02, 0.98], Log(1.001, 1e4)).Check((gt, gs, s2, zeta, factor) =>
        {
            double? largest = RidgeTeacher.LargestBeatableRidge(gt, s2, gs, 1, zeta, spike);
            if (largest is not { } edge)
            {
                Assert.Equal(WindowKind.Never, Window(s2 * gt * factor / 100));
                return;
            }
            found++;
            Assert.NotEqual(WindowKind.Never, Window(edge * (1 - 1e-6)));
            Assert.Equal(WindowKind.Never, Window(edge * (1 + 1e-6)));
            Assert.Equal(WindowKind.Never, Window(edge * factor));

            WindowKind Window(double lambda) => new RidgeStudent(new RidgeTeacher(gt, lambda, s2), gs, zeta, spike).Window.Kind;
        }, examples: double.IsInfinity(spike) ? 2000 : 150);
        Assert.True(found > 100);
    }

    /// <summary>
    /// Little noise and a nearly known direction: a teacher without ridge is not beaten, one with some ridge is, one with more is not.
    /// The reference is a scan of ridges, which knows no cubic.
    /// </summary>
    [Fact]
    public void A_teacher_may_be_beaten_between_two_ridges_only()
    {
        int between = 0, never = 0;
        Gen.Select(Log(0.1, 1.2), Log(1.1, 60), Log(1e-4, 2e-2), Gen.Double[0.95, 0.999]).Check((gt, gs, noise, zeta) =>
        {
            double[] scan = [.. Grid.Logarithmic(1e-6, 1e2, 161).Where(Wins)];
            double? largest = RidgeTeacher.LargestBeatableRidge(gt, noise, gs, 1, zeta);
            if (largest is not { } edge)
            {
                never++;
                Assert.Empty(scan);
                return;
            }
            Assert.True(Wins(edge * (1 - 1e-9)));
            Assert.False(Wins(edge * (1 + 1e-9)));
            Assert.All(scan, lambda => Assert.True(lambda < edge));
            if (scan.Length > 0 && !Wins(0) && between++ % 8 == 0)
                Assert.Equal(1, RidgeTeacher.LargestBeatableRidge(gt, noise, gs, 1, zeta, spike: 1e12)!.Value / edge, 1e-3);

            bool Wins(double lambda) => new RidgeStudent(new RidgeTeacher(gt, lambda, noise), gs, zeta).Window.Kind != WindowKind.Never;
        }, examples: 1000);
        Assert.True(between > 20 && never > 20, $"{between} between, {never} never");
    }

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(1, 0)]
    public void A_perfect_teacher_is_not_beaten_even_by_a_student_that_knows_the_direction(double gamma, double noise) =>
        Assert.Null(RidgeTeacher.LargestBeatableRidge(gamma, noise, 2, alignment: 1));

    [Fact]
    public void Missing_rows_are_beaten_without_noise() =>
        Assert.Equal(double.PositiveInfinity, RidgeTeacher.LargestBeatableRidge(1.5, 0, 2, alignment: 1));

    [Fact]
    public void A_vanishing_alignment_or_spike_leaves_the_closed_form()
    {
        Gen.Select(Log(0.05, 20), Log(0.05, 20), Log(0.05, 20)).Check((gt, gs, s2) =>
        {
            double? plain = RidgeTeacher.LargestBeatableRidge(gt, s2, gs);
            Assert.Equal(plain, RidgeTeacher.LargestBeatableRidge(gt, s2, gs, alignment: 0.7, spike: 0));
            double? aligned = RidgeTeacher.LargestBeatableRidge(gt, s2, gs, alignment: 1e-7);
            if (plain is { } value && value > 1e-3)
                Assert.Equal(value, aligned!.Value, 1e-8 * (1 + value));
        }, examples: 300);
    }

    [Fact]
    public void A_student_that_knows_the_direction_beats_every_teacher() =>
        Assert.Equal(double.PositiveInfinity, RidgeTeacher.LargestBeatableRidge(0.5, 1, 2, alignment: 1));

    [Fact]
    public void Below_a_student_ratio_of_one_every_alignment_helps_beyond_the_optimal_ridge() =>
        Assert.True(RidgeTeacher.LargestBeatableRidge(0.25, 1, 0.25, alignment: 0.2) > RidgeTeacher.OptimalRidge(0.25, 1));

    private static Gen<double> Log(double low, double high) => Gen.Double[Math.Log(low), Math.Log(high)].Select(Math.Exp);
}
