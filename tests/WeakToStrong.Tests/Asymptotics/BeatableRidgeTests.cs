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
