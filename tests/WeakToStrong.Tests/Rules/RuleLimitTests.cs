using CsCheck;
using WeakToStrong.Asymptotics;
using WeakToStrong.Rules;

namespace WeakToStrong.Tests.Rules;

public class RuleLimitTests
{
    private static readonly Gen<TrainingRule> Rules = Gen.OneOf(
        Log(1e-6, 1e4).Select(l => (TrainingRule)new RidgeRegression(l)),
        Log(1e-4, 1e6).Select(t => (TrainingRule)new GradientFlow(t)),
        Gen.Select(Gen.Int[1, 100], Log(1e-3, 0.5)).Select(x => (TrainingRule)new GradientDescent(x.Item1, x.Item2)),
        Log(1e-3, 8).Select(c => (TrainingRule)new PrincipalComponents(c)),
        Gen.Const((TrainingRule)Ridgeless.Instance));

    [Fact]
    public void Ridge_as_a_rule_is_the_ridge_of_the_paper()
    {
        Gen.Select(Log(0.05, 20), Log(0.05, 20), Log(1e-6, 1e3), Log(1e-6, 1e3)).Check((gt, gs, lt, ls) =>
        {
            var reference = new RidgeTeacher(gt, lt, 0.7, 1.3);
            var teacher = new RuleTeacher(gt, new RidgeRegression(lt), 0.7, 1.3);
            Near(reference.ExcessError, teacher.ExcessError);
            var student = new RidgeStudent(reference, gs, 0.6, 40);
            var rule = new RuleStudent(teacher, gs, 0.6, 40);
            Assert.Equal(student.ExcessError(ls), rule.ExcessError(new RidgeRegression(ls)));
            Assert.Equal(student.Gap(ls), rule.Gap(new RidgeRegression(ls)));
            Assert.Equal(student.Cosine(ls), rule.Cosine(new RidgeRegression(ls)));
        }, examples: 300);
    }

    [Fact]
    public void The_general_formulas_agree_with_those_of_ridge()
    {
        Gen.Select(Log(0.05, 20), Log(0.05, 20), Log(1e-4, 1e2), Log(1e-4, 1e2)).Check((gt, gs, lt, ls) =>
        {
            var reference = new RidgeTeacher(gt, lt, 0.7, 1.3);
            var teacher = new RuleTeacher(gt, new Disguised(lt), 0.7, 1.3);
            Near(reference.ExcessError, teacher.ExcessError);
            Near(reference.Cosine, teacher.Cosine);
            Assert.Equal(reference.UnderRegularization, teacher.UnderRegularization,
                1e-11 * Math.Max(1, Math.Abs(reference.UnderRegularization)));
            var student = new RidgeStudent(reference, gs);
            var general = new RuleStudent(teacher, gs);
            Near(student.ExcessError(ls), general.ExcessError(new Disguised(ls)));
            Near(student.Cosine(ls), general.Cosine(new Disguised(ls)));
            Assert.Equal(student.Gap(ls), general.Gap(new Disguised(ls)), 1e-11 * reference.ExcessError);
            Assert.Equal(student.BestRidge, general.BestRidge, 1e-9 * student.BestRidge);
        }, examples: 300);
    }

    [Fact]
    public void No_student_of_any_rule_is_below_the_bound_and_shrinkage_reaches_it()
    {
        int students = 0, close = 0;
        Gen.Select(Log(0.05, 20), Log(0.05, 20), Rules, Gen.Select(Log(0.05, 20), Rules).Array[20]).Check((gt, s2, t, draws) =>
        {
            var teacher = new RuleTeacher(gt, t, s2);
            foreach ((double gs, TrainingRule s) in draws)
            {
                var student = new RuleStudent(teacher, gs);
                double bound = teacher.LeastStudentExcess(gs), error = student.ExcessError(s);
                Assert.True(error >= bound * (1 - 1e-13), $"{error} below {bound}: gamma {gt}, {gs}, noise {s2}, {t}, {s}");
                students++;
                close += error < 1.01 * bound ? 1 : 0;
                Assert.Equal(teacher.LeastStudentExcess(1), student.ExcessError(Shrinkage.Instance));
                Assert.Equal(student.ExcessError(Shrinkage.Instance) - teacher.ExcessError, student.Gap(Shrinkage.Instance),
                    1e-12 * (1 + teacher.ExcessError));
            }
        }, examples: 5000);
        Assert.Equal(100_000, students);
        Assert.InRange(close, 1000, 100_000);
    }

    [Fact]
    public void No_isotropic_student_has_a_better_angle_and_the_optimal_ridge_has_the_best_of_all_teachers()
    {
        Gen.Select(Log(0.05, 20), Log(0.05, 20), Log(0.05, 20), Rules, Rules).Check((gt, gs, s2, t, s) =>
        {
            var teacher = new RuleTeacher(gt, t, s2);
            double cosine = new RuleStudent(teacher, gs).Cosine(s), best = new RuleTeacher(gt, new RidgeRegression(s2 * gt), s2).Cosine;
            Assert.True(double.IsNaN(cosine) || Math.Abs(cosine) <= Math.Abs(teacher.Cosine) * (1 + 1e-13));
            Assert.True(double.IsNaN(cosine) || teacher.Cosine <= best * (1 + 1e-13));
        }, examples: 3000);
    }

    [Fact]
    public void Kappa_decides_which_ridge_students_beat_a_teacher_of_any_rule()
    {
        Gen.Select(Log(0.05, 20), Log(0.05, 20), Log(0.05, 20), Log(1e-3, 1e3), Rules).Check((gt, gs, s2, ls, t) =>
        {
            var teacher = new RuleTeacher(gt, t, s2);
            var student = new RuleStudent(teacher, gs);
            double gap = student.ExcessError(new RidgeRegression(ls)) - teacher.ExcessError;
            if (Math.Abs(gap) > 1e-9 * teacher.ExcessError)
                Assert.Equal(gap < 0, student.Window.Contains(ls));
        });
    }

    // Section 10 of the theory: g = 2/3, noise 1, the ridge of both; the figures are those of an independent computation.
    [Theory]
    [InlineData(0.05, 1.1468, 2.582, 0.6103)]
    [InlineData(0.2, 0.6507, 1.130, 0.5081)]
    [InlineData(2.0, 0.5953, -1.220, 0.5034)]
    [InlineData(5.0, 0.7456, -2.809, 0.5202)]
    public void Self_distillation_mixes_to_the_known_figures(double ridge, double teacherError, double mixing, double error)
    {
        var rule = new RidgeRegression(ridge);
        var teacher = new RuleTeacher(2.0 / 3, rule, 1);
        var student = new SameRowStudent(teacher, rule);
        Assert.Equal(teacherError, teacher.ExcessError, 5e-5);
        Assert.Equal(mixing, student.BestMixing, 5e-4);
        Assert.Equal(error, student.ExcessError(student.BestMixing), 5e-5);
        Assert.Equal(student.ExcessError(0.4) - teacher.ExcessError, student.Gap(0.4), 1e-14);
    }

    [Fact]
    public void Nothing_is_gained_from_the_same_rows_at_the_optimal_ridge()
    {
        var rule = new RidgeRegression(2.0 / 3);
        var student = new SameRowStudent(new RuleTeacher(2.0 / 3, rule, 1), rule);
        Assert.Equal(0, student.BestMixing, 1e-13);
        Assert.Equal(0.5, student.ExcessError(student.BestMixing), 1e-14);
    }

    [Fact]
    public void A_teacher_without_limit_stays_infinite_and_is_beaten_by_nothing_but_silence()
    {
        var teacher = new RuleTeacher(1, Ridgeless.Instance, 1);
        var student = new RuleStudent(teacher, 0.5);
        Assert.Equal(double.PositiveInfinity, teacher.ExcessError);
        Assert.Equal(0, teacher.Cosine);
        Assert.Equal(double.PositiveInfinity, student.ExcessError(new GradientFlow(1)));
        Assert.Equal(double.NegativeInfinity, student.Gap(new GradientFlow(1)));
        Assert.Equal(0, student.Gap(Ridgeless.Instance));
        Assert.Equal(1, student.ExcessError(Shrinkage.Instance));
        Assert.Equal(1, student.ExcessError(new GradientFlow(0)), 1e-14);
        Assert.Equal(WindowKind.Always, student.Window.Kind);
    }

    [Fact]
    public void Rules_that_do_not_fit_are_refused_in_a_sentence()
    {
        Assert.Contains("shrink", Assert.Throws<InputException>(() => new RuleTeacher(1, Shrinkage.Instance, 1)).Message,
            StringComparison.Ordinal);
        var aligned = new RuleStudent(new RuleTeacher(0.5, new GradientFlow(3), 1), 0.5, 0.9);
        Assert.Contains("diverges at gamma = 20", Assert.Throws<InputException>(() =>
            new RuleTeacher(20, new GradientDescent(1000, 0.5), 1)).Message, StringComparison.Ordinal);
        Assert.Contains("flow:2", Assert.Throws<InputException>(() => aligned.TestError(new GradientFlow(2))).Message,
            StringComparison.Ordinal);
    }

    private static Gen<double> Log(double low, double high) => Gen.Double[Math.Log(low), Math.Log(high)].Select(Math.Exp);

    private static void Near(double expected, double actual, double tolerance = 1e-12) =>
        Assert.Equal(expected, actual, tolerance * Math.Abs(expected));

    /// <summary>Ridge, hidden from the closed forms.</summary>
    private sealed class Disguised(double lambda) : TrainingRule
    {
        private readonly RidgeRegression _ridge = new(lambda);

        public override string Name => "disguised";

        internal override double Finest => _ridge.Finest;

        public override double Kept(double s) => _ridge.Kept(s);

        public override double Lost(double s) => _ridge.Lost(s);

        public override double Gain(double s) => _ridge.Gain(s);
    }
}
