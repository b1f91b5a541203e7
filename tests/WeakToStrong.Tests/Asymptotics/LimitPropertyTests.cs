using CsCheck;
using WeakToStrong.Asymptotics;

namespace WeakToStrong.Tests.Asymptotics;

/// <summary>Properties that hold for every teacher and student, on random ones that visit ties and extremes.</summary>
public class LimitPropertyTests
{
    private static readonly Gen<double> Ratio = Gen.OneOf(LogUniform(0.02, 50), Gen.Const(1.0));
    private static readonly Gen<double> Lambda = Gen.OneOf(LogUniform(1e-8, 1e6), LogUniform(1e-3, 1e2), Gen.Const(0.0));
    private static readonly Gen<double> Positive = LogUniform(1e-6, 1e5);

    private static readonly Gen<RidgeTeacher> Teacher =
        Gen.Select(Ratio, Lambda, LogUniform(0.05, 20), LogUniform(0.2, 5), (g, l, s2, a2) => new RidgeTeacher(g, l, s2, a2))
            .Where(t => double.IsFinite(t.ExcessError));

    private static readonly Gen<RidgeStudent> Student = Gen.Select(
        Teacher, Ratio, Gen.OneOf(Gen.Const(0.0), Gen.Double[0.001, 1], Gen.Const(1.0)),
        Gen.OneOf(Gen.Const(double.PositiveInfinity), LogUniform(0.1, 1e5), Gen.Const(0.0)),
        (t, g, z, w) => new RidgeStudent(t, g, z, w));

    [Fact]
    public void The_five_numbers_keep_their_ranges_and_their_identities() =>
        Gen.Select(LogUniform(1e-6, 1e6), LogUniform(1e-300, 1e300)).Check((g, l) =>
        {
            var law = new MarchenkoPastur(g, l);
            Assert.InRange(law.P, 0, Math.Min(1, 1 / g) * (1 + 1e-15));
            Assert.InRange(law.Q, 0, 1);
            Assert.InRange(law.R, 0, 1);
            Assert.InRange(law.H1, -1, 0);
            Assert.Equal(1, law.P + law.Q, 4e-15);
            // p S = 1 - g p^2, the quadratic equation of p.
            Assert.Equal(1 - (g * law.P * law.P), law.PS, 1e-14);
        });

    [Fact]
    public void The_gap_is_the_difference_of_the_errors() =>
        Gen.Select(Student, Positive).Check((s, l) =>
            Assert.Equal(s.ExcessError(l) - s.Teacher.ExcessError, s.Gap(l), 1e-13 * (s.ExcessError(l) + s.Teacher.ExcessError)));

    [Fact]
    public void The_student_wins_exactly_inside_its_window() =>
        Gen.Select(Student, Positive).Check((s, l) =>
        {
            double gap = s.Gap(l);
            if (Math.Abs(gap) > 1e-13 * s.Teacher.ExcessError)
                Assert.True((gap < 0) == s.Window.Contains(l), $"{l:R}; {Describe(s)}");
        });

    [Fact]
    public void At_the_edges_of_a_window_the_gap_changes_its_sign() =>
        Student.Where(s => s.Window.Kind == WindowKind.Interval && s.Window.High is > 1e-100 and < 1e200).Check(s =>
        {
            Assert.True(s.Gap(s.Window.High * (1 - 1e-6)) < 0, Describe(s));
            Assert.True(s.Gap(s.Window.High * (1 + 1e-6)) > 0, Describe(s));
            if (s.Window.Low > 1e-200)
            {
                Assert.True(s.Gap(s.Window.Low * (1 + 1e-6)) < 0 || s.Window.Low * (1 + 1e-6) > s.Window.High);
                Assert.True(s.Gap(s.Window.Low * (1 - 1e-6)) > 0);
            }
        });

    [Fact]
    public void No_other_ridge_is_better_than_the_best() =>
        Gen.Select(Student, Positive).Check((s, l) =>
        {
            double best = s.ExcessError(s.BestRidge), slack = 1e-14 * best;
            Assert.True(best <= s.ExcessError(l) + slack, $"{l:R}; {Describe(s)}");
            foreach (double factor in new[] { 0.5, 0.9, 0.999, 1.001, 1.1, 2 })
            {
                if (double.IsFinite(s.BestRidge) && s.BestRidge > 0)
                    Assert.True(best <= s.ExcessError(s.BestRidge * factor) + slack, $"{factor}; {Describe(s)}");
            }
        });

    [Fact]
    public void The_best_ridge_of_a_winner_lies_in_its_window() =>
        Student.Where(s => s.Window.Kind == WindowKind.Interval && s.Window.High > 1e-100)
            .Check(s => Assert.True(s.Gap(s.BestRidge) < 0 && (s.Window.Contains(s.BestRidge) || (s.BestRidge == 0 && s.Window.Low == 0)),
            Describe(s)));

    [Fact]
    public void Only_the_ratio_of_noise_to_signal_matters() =>
        Gen.Select(Student, Positive, LogUniform(1e-3, 1e3)).Check((s, l, c) =>
        {
            RidgeTeacher t = s.Teacher;
            var scaled = new RidgeStudent(new RidgeTeacher(t.Gamma, t.Lambda, c * t.NoiseVariance, c * t.SignalPower), s.Gamma, s.Alignment,
                s.Spike);
            Assert.Equal(c * s.ExcessError(l), scaled.ExcessError(l), 1e-13 * c * s.ExcessError(l));
        });

    [Fact]
    public void A_larger_spike_along_the_target_never_hurts() =>
        Gen.Select(Teacher, Ratio, Gen.Double[0, 1], Positive, LogUniform(0.1, 1e5)).Check((t, g, z, l, w) =>
        {
            double plain = new RidgeStudent(t, g).Gap(l), some = new RidgeStudent(t, g, z, w).Gap(l);
            double more = new RidgeStudent(t, g, z, 3 * w).Gap(l), infinite = new RidgeStudent(t, g, z).Gap(l);
            double slack = 1e-14 * t.ExcessError;
            Assert.True(plain + slack >= some && some + slack >= more && more + slack >= infinite);
        });

    [Fact]
    public void A_teacher_is_beatable_exactly_below_the_critical_ridge() =>
        Gen.Select(Ratio, Ratio, LogUniform(0.05, 20), LogUniform(0.2, 5), LogUniform(1e-4, 10)).Check((gt, gs, s2, a2, share) =>
        {
            WindowKind Kind(double lt) => new RidgeStudent(new RidgeTeacher(gt, lt, s2, a2), gs).Window.Kind;
            double? critical = RidgeTeacher.LargestBeatableRidge(gt, s2, gs, a2);
            if (critical is not { } edge)
            {
                Assert.Equal(WindowKind.Never, Kind(share));
                return;
            }
            Assert.NotEqual(WindowKind.Never, Kind(edge * (1 - 1e-9)));
            Assert.Equal(WindowKind.Never, Kind(edge * (1 + 1e-9)));
        });

    [Fact]
    public void No_isotropic_student_beats_the_optimal_teacher() =>
        Gen.Select(Ratio, Ratio, LogUniform(0.05, 20), LogUniform(0.2, 5), Positive).Check((gt, gs, s2, a2, ls) =>
        {
            // The rounded optimum may lie a bit below the true one.
            double optimum = RidgeTeacher.OptimalRidge(gt, s2, a2) * (1 + 1e-15);
            var student = new RidgeStudent(new RidgeTeacher(gt, optimum, s2, a2), gs);
            Assert.Equal(WindowKind.Never, student.Window.Kind);
            Assert.True(student.Gap(ls) >= 0);
        });

    [Fact]
    public void Every_aligned_student_beats_the_optimal_teacher() =>
        Gen.Select(LogUniform(0.02, 50), LogUniform(0.02, 0.98), LogUniform(0.05, 20), Gen.Double[0.05, 1]).Check((gt, gs, s2, z) =>
            Assert.NotEqual(WindowKind.Never, new RidgeStudent(new RidgeTeacher(gt, RidgeTeacher.OptimalRidge(gt, s2), s2), gs,
                z).Window.Kind));

    private static string Describe(RidgeStudent s) =>
        $"gamma_t {s.Teacher.Gamma:R}, lambda_t {s.Teacher.Lambda:R}, s2 {s.Teacher.NoiseVariance:R}, a2 {s.Teacher.SignalPower:R}, "
        + $"gamma_s {s.Gamma:R}, zeta {s.Alignment:R}, spike {s.Spike:R}: {s.Window}, best {s.BestRidge:R} with gap {s.Gap(s.BestRidge):R}";

    private static Gen<double> LogUniform(double low, double high) =>
        Gen.Double[Math.Log(low), Math.Log(high)].Select(Math.Exp);
}
