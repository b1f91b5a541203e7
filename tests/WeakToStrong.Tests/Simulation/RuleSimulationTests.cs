using WeakToStrong.Rules;
using WeakToStrong.Simulation;
using WeakToStrong.Statistics;
using WeakToStrong.Trials;

namespace WeakToStrong.Tests.Simulation;

/// <summary>Training rules simulated: the two engines have one law, and both agree with the limits. Seeds are fixed.</summary>
public class RuleSimulationTests
{
    private static readonly TrainingRule[] Smooth =
        [new RidgeRegression(0.2), new GradientFlow(3), new GradientDescent(20, 0.15), Ridgeless.Instance];

    private static readonly TrainingRule[] Six = [.. Smooth, new PrincipalComponents(0.6), new GradientFlow(30)];

    // 4 experiments of 10 quantities at 1e-6 each.
    [Theory]
    [InlineData(6, 12, 9)]
    [InlineData(6, 12, 4)]
    [InlineData(6, 4, 12)]
    [InlineData(2, 6, 1)]
    public void Exact_and_dense_trials_have_one_law(int d, int nTeacher, int nStudent)
    {
        var rules = new RuleExperiment(new LinearExperiment(d, nTeacher, nStudent, 0.5, 2), [.. Smooth, new PrincipalComponents(0.6)],
            [.. Smooth, new PrincipalComponents(0.6)]);
        AssertOneLaw(rules);
    }

    [Theory]
    [InlineData(6, 12)]
    [InlineData(6, 4)]
    public void Self_distillation_has_one_law_in_both_engines(int d, int n) =>
        AssertOneLaw(new RuleExperiment(new LinearExperiment(d, n, 1, 0.5, 2), [.. Smooth, Ridgeless.Instance],
            [.. Smooth, new PrincipalComponents(0.6)], sameRows: 1.7));

    [Theory]
    [InlineData(12, 9)]
    [InlineData(4, 4)]
    public void An_aligned_student_of_any_teacher_has_one_law_in_both_engines(int nTeacher, int nStudent) =>
        AssertOneLaw(new RuleExperiment(new LinearExperiment(6, nTeacher, nStudent, 0.5, 2, 0.7), [.. Smooth, new PrincipalComponents(0.6)],
            RuleList.Ridges(Grid.Of(1e-3, 0.1, 0.3, 1, 3))));

    // Six rules for both, d/n_t and d/n_s on both sides of 1, real design matrices of two sizes. A ratio of errors is its limit plus c/d
    // plus O(1/d^2): twice the ratio at d = 96 less that at d = 48 is free of c. All of 3 x 36 ratios within 3 standard errors: of random
    // seeds at most 29% would fail, fewer since ratios of one run depend on each other. The limit of another rule is refused.
    [Theory]
    [InlineData(0.5, 0.8)]
    [InlineData(1.6, 2)]
    [InlineData(0.64, 1.6)]
    public void Dense_errors_are_the_limits_in_ratio(double gammaTeacher, double gammaStudent)
    {
        RuleSimulationResult[] sizes = [.. new[] { 48, 96 }.Select(d => new DenseSimulator().Run(
            new RuleExperiment(new LinearExperiment(d, (long)(d / gammaTeacher), (long)(d / gammaStudent), 0.7,
                signalLaw: SignalLaw.Fixed), Six, Six), 400, 1))];
        LinearExperiment setting = sizes[1].Experiment;
        Assert.Equal((sizes[0].Experiment.GammaTeacher, sizes[0].Experiment.GammaStudent), (setting.GammaTeacher, setting.GammaStudent));
        double furthest = 0;
        for (int i = 0; i < Six.Length; i++)
        {
            var teacher = new RuleTeacher(setting.GammaTeacher, Six[i], 0.7);
            var student = new RuleStudent(teacher, setting.GammaStudent);
            for (int j = 0; j < Six.Length; j++)
            {
                ((double small, double smallError), (double large, double largeError)) = (Ratio(sizes[0], i, j), Ratio(sizes[1], i, j));
                double ratio = (2 * large) - small, error = double.Hypot(2 * largeError, smallError);
                double limit = student.TestError(Six[j]) / teacher.TestError;
                Assert.True(Math.Abs(ratio - limit) < (3 * error) + 1e-12, $"{Six[i]}, {Six[j]}: {ratio} +- {error}, limit {limit}");
                furthest = Math.Max(furthest, Math.Abs(ratio - (student.TestError(Six[(j + 1) % 6]) / teacher.TestError))
                    / (error + 1e-12));
            }
        }
        Assert.InRange(furthest, 5, double.PositiveInfinity);

        static (double Ratio, double Error) Ratio(RuleSimulationResult result, int i, int j)
        {
            Estimate t = result.Teacher(i), s = result.Student(i, j);
            double ratio = s.Mean / t.Mean;
            double variance = (result.StudentVariance(i, j) - (2 * ratio * result.Covariance(i, j))
                + (ratio * ratio * result.TeacherVariance(i))) / result.Trials;
            return (ratio, Math.Sqrt(Math.Max(0, variance)) / t.Mean);
        }
    }

    [Fact]
    public void A_student_of_a_wrong_rule_is_noticed()
    {
        RuleExperiment Rules(double time) => new(new LinearExperiment(6, 12, 9, 0.5, 2), [new GradientFlow(3)], [new GradientFlow(time)]);
        double[][] exact = Sample(new ExactRuleTrial(Rules(8), 1), 1), dense = Sample(new DenseTrial(Rules(3), 2), 1);
        Assert.True(KolmogorovSmirnov.TwoSample(exact[1], dense[1]) > KolmogorovSmirnov.Threshold);
    }

    [Theory]
    [InlineData(300, 200, 400)]
    [InlineData(200, 300, 120)]
    public void The_leading_block_gives_what_all_rows_give(int d, int nTeacher, int nStudent)
    {
        TrainingRule[] rules = [new RidgeRegression(0.2), new GradientFlow(3), new GradientDescent(20, 0.15)];
        TrainingRule[] all = [.. rules, new PrincipalComponents(0.5)]; // a jump takes all rows
        double[] errors = Trial(rules, rules), full = Trial(all, all);
        for (int i = 0; i < rules.Length; i++)
        {
            for (int j = 0; j <= rules.Length; j++)
                Assert.Equal(full[(i * 8) + j], errors[(i * 8) + j], 1e-13);
        }

        // Teacher's error, then its students'.
        double[] Trial(TrainingRule[] teachers, TrainingRule[] students)
        {
            var engine = new ExactRuleTrial(new RuleExperiment(new LinearExperiment(d, nTeacher, nStudent, 1), teachers, students), 3);
            Assert.Equal(teachers.Length == 4, engine.Steps == Math.Min(d, nTeacher) + Math.Min(d, nStudent));
            var values = new double[9 * teachers.Length];
            Assert.True(engine.TryRun(5, values, TrialWatch.Nobody));
            double[] student = values[teachers.Length..];
            return [.. values[..teachers.Length].SelectMany((t, i) => (double[])[t, .. student[(8 * i)..((8 * i) + 7)]])];
        }
    }

    [Theory]
    [InlineData(300, 200, 400, 0)]
    [InlineData(200, 300, 120, 0)]
    [InlineData(200, 300, 120, 0.6)]
    public void Ridge_as_a_rule_is_the_trial_of_the_ridge_engine(int d, int nTeacher, int nStudent, double zeta)
    {
        var setting = new LinearExperiment(d, nTeacher, nStudent, 1, alignment: zeta);
        Grid ridges = Grid.Of(0.01, 0.3, 2);
        SimulationResult reference = new ExactSimulator().Run(setting, ridges, ridges, 3, 7);
        RuleSimulationResult result = new ExactSimulator().Run(
            new RuleExperiment(setting, RuleList.Ridges(ridges), RuleList.Ridges(ridges)), 3, 7);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(reference.Teacher(i).Mean, result.Teacher(i).Mean, 1e-12);
            for (int j = 0; j < 3; j++)
                Assert.Equal(reference.Student(i, j).Mean, result.Student(i, j).Mean, 1e-12);
        }
    }

    // 2 x 42 means of exact trials at d = 1e5, where nothing is left of the finite-size shift: |z| above 4.9 has probability 1e-6 each.
    [Theory]
    [InlineData(0.5, 0.8)]
    [InlineData(2.0, 1.6)]
    public void Means_are_the_limits(double gammaTeacher, double gammaStudent)
    {
        const int D = 100_000;
        TrainingRule[] smooth = [.. Smooth, new GradientFlow(30), new GradientDescent(3, 0.3)];
        var setting = new LinearExperiment(D, (long)(D / gammaTeacher), (long)(D / gammaStudent), 0.7, 1.3, signalLaw: SignalLaw.Fixed);
        RuleSimulationResult result = new ExactSimulator().Run(new RuleExperiment(setting, smooth, [.. smooth, Shrinkage.Instance]), 40, 1);
        for (int i = 0; i < smooth.Length; i++)
        {
            var teacher = new RuleTeacher(setting.GammaTeacher, smooth[i], 0.7, 1.3);
            var student = new RuleStudent(teacher, setting.GammaStudent);
            Agree(result.Teacher(i), teacher.TestError, $"{smooth[i]}");
            for (int j = 0; j <= smooth.Length; j++)
            {
                TrainingRule rule = j < smooth.Length ? smooth[j] : Shrinkage.Instance;
                Agree(result.Student(i, j), student.TestError(rule), $"{smooth[i]}, {rule}");
            }
        }

        static void Agree(Estimate measured, double limit, string what) =>
            Assert.True(Math.Abs(measured.Mean - limit) < 4.9 * measured.StandardError + (1e-5 * limit),
                $"{what}: {measured.Mean} +- {measured.StandardError}, limit {limit}");
    }

    [Fact]
    public void What_does_not_go_together_is_refused()
    {
        var setting = new LinearExperiment(10, 10, 5, 1);
        Assert.Contains("n_teacher = 10", Refused(() => new RuleExperiment(setting, [Ridgeless.Instance], [Ridgeless.Instance])),
            StringComparison.Ordinal);
        Assert.Contains("shrink", Refused(() => new RuleExperiment(setting, [Shrinkage.Instance], [Ridgeless.Instance])),
            StringComparison.Ordinal);
        Assert.Contains("aligned", Refused(() =>
            new RuleExperiment(new LinearExperiment(10, 20, 5, 1, alignment: 0.5), [new GradientFlow(1)], [new GradientFlow(1)])),
            StringComparison.Ordinal);
        Assert.Contains("at most 20000", Refused(() => new ExactRuleTrial(
            new RuleExperiment(new LinearExperiment(1_000_000, 2_000_000, 500_000, 1), [new PrincipalComponents(1)], [new GradientFlow(1)]),
            0)), StringComparison.Ordinal);

        static string Refused(Func<object> make) => Assert.Throws<InputException>(make).Message;
    }

    private static void AssertOneLaw(RuleExperiment rules)
    {
        double[][] exact = Sample(new ExactRuleTrial(rules, 1), 5), dense = Sample(new DenseTrial(rules, 2), 5);
        for (int i = 0; i < exact.Length; i++)
            Assert.InRange(KolmogorovSmirnov.TwoSample(exact[i], dense[i]), 0, KolmogorovSmirnov.Threshold);
    }

    /// <summary>Each teacher's error, and that of its student of the same number.</summary>
    private static double[][] Sample(ITrialEngine engine, int rules)
    {
        const int Trials = 2500;
        double[][] samples = [.. Enumerable.Range(0, 2 * rules).Select(_ => new double[Trials])];
        var values = new double[9 * rules];
        var watch = TrialWatch.Nobody;
        for (int trial = 0; trial < Trials; trial++)
        {
            engine.TryRun(trial, values, watch);
            for (int i = 0; i < rules; i++)
                (samples[2 * i][trial], samples[(2 * i) + 1][trial]) = (values[i], values[rules + (8 * i) + i]);
        }
        return samples;
    }
}
