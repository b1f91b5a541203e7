using WeakToStrong.Chains;
using WeakToStrong.Chains.Simulation;

namespace WeakToStrong.Claims.Suite;

/// <summary>The findings beyond the paper (docs/beyond.md), each against dense simulations.</summary>
internal static class ChainClaims
{
    public static IReadOnlyList<Claim> All { get; } =
    [
        new Claim(
            "beyond-anisotropic-student",
            "With anisotropic features (s_j = 1/j, b_j^2 ~ j^-3) a student that knows nothing of the target beats the optimally tuned "
            + "teacher",
            "docs/beyond.md",
            "Paired gap of errors over 40 dense trials at d = n_t = 400, n_s = 4000, sigma^2 = 1, both ridges best, against the limit, "
            + "which must be negative.",
            AnisotropicStudent,
            "the gap is zero, as for isotropic features", "the gap has the opposite sign"),
        new Claim(
            "beyond-generations",
            "Under label noise a fixed ridge lets errors pile up over generations of students; a share of real labels bounds them",
            "docs/beyond.md",
            "Errors of generations 2, 5 and 10 over 40 dense trials at d = 200, n = 400, without and with 20% real labels, against the "
            + "recursion.",
            Generations,
            "every generation errs as the first one does", "each generation adds the first one's error"),
        new Claim(
            "beyond-mixed-labels",
            "A student on half real, half teacher-labelled rows follows the mixed fixed point, and the best weight of real rows beats both "
            + "equal weights and real rows alone",
            "docs/beyond.md",
            "Errors of two mixed students over 40 dense trials at d = 200, n_t = 100, 1000 rows, sigma^2 = 1, against the limit; the best "
            + "weight by search.",
            MixedLabels,
            "all rows count as the teacher's", "all rows count as real"),
    ];

    private static Evidence AnisotropicStudent(ClaimTest test)
    {
        ChainResult solved = new Chain(new Population(Spectrum.PowerLaw(400, 1), TargetVector.PowerLaw(400, 1.5, 1)), 1,
        [
            new StagePlan("teacher", Chain.Truth, 400, RidgeRule.Best, 1),
            new StagePlan("student", "teacher", 4000, RidgeRule.Best),
        ]).Solve(test.Options);
        double gap = solved.Errors[1].ExcessError - solved.Errors[0].ExcessError;
        var comparison = new MeanComparisons();
        comparison.Add(Simulate(test, solved).Gaps[1], test.Formula(gap, 0, -gap));
        return Evidence.Worst(Evidence.Never(gap < 0 ? 0 : 1, 1), comparison.ToEvidence(test.FalseAlarmRate));
    }

    private static Evidence Generations(ClaimTest test)
    {
        const double Noise = 0.25;
        var population = new Population(Spectrum.PowerLaw(200, 1), TargetVector.PowerLaw(200, 1.5, 1));
        var comparisons = new MeanComparisons();
        var last = new List<double>();
        foreach (long real in new long[] { 0, 80 })
        {
            List<StagePlan> stages = [new StagePlan("1", Chain.Truth, 400, RidgeRule.Of(0.001), Noise)];
            for (int g = 2; g <= 10; g++)
            {
                GroupPlan inherited = new($"{g - 1}", 400 - real, Noise);
                stages.Add(new StagePlan($"{g}", real == 0 ? [inherited] : [inherited, new GroupPlan(Chain.Truth, real, Noise)],
                    RidgeRule.Of(0.001)));
            }
            ChainResult solved = new Chain(population, Noise, stages).Solve(test.Options);
            ChainSimulation simulation = Simulate(test, solved);
            double first = solved.Errors[0].ExcessError;
            foreach (int g in new[] { 2, 5, 10 })
                comparisons.Add(simulation.TestErrors[g - 1], Noise + test.Formula(solved.Errors[g - 1].ExcessError, first, g * first));
            last.Add(solved.Errors[9].ExcessError / first);
        }
        return Evidence.Worst(Evidence.Never(last[0] > 4 && last[1] < 3 ? 0 : 1, 1), comparisons.ToEvidence(test.FalseAlarmRate));
    }

    private static Evidence MixedLabels(ClaimTest test)
    {
        const long Half = 500;
        var population = new Population(Spectrum.PowerLaw(200, 1), TargetVector.PowerLaw(200, 1.5, 1));
        var teachers = new TrainingStage(new RowGroup(population.Truth, 100, 1));
        Estimator teacher = teachers.Train(teachers.Best().Errors.Ridge);
        var real = new RowGroup(population.Truth, Half, 1);
        BestWeight best = BestWeight.Of([new RowGroup(teacher, Half), real], 1);
        ChainResult solved = new Chain(population, 1,
        [
            new StagePlan("teacher", Chain.Truth, 100, RidgeRule.Best, 1),
            new StagePlan("equal", [new GroupPlan("teacher", Half), new GroupPlan(Chain.Truth, Half, 1)], RidgeRule.Best),
            new StagePlan("weighted", [new GroupPlan("teacher", Half), new GroupPlan(Chain.Truth, Half, 1, best.Weight)], RidgeRule.Best),
        ]).Solve(test.Options);
        double allTeacher = new TrainingStage(new RowGroup(teacher, 2 * Half)).Best().Errors.ExcessError;
        double allReal = new TrainingStage(new RowGroup(population.Truth, 2 * Half, 1)).Best().Errors.ExcessError;

        ChainSimulation simulation = Simulate(test, solved);
        var comparisons = new MeanComparisons();
        for (int i = 1; i <= 2; i++)
            comparisons.Add(simulation.TestErrors[i], 1 + test.Formula(solved.Errors[i].ExcessError, allTeacher, allReal));
        bool wins = best.Errors.ExcessError < Math.Min(solved.Errors[1].ExcessError, new TrainingStage(real).Best().Errors.ExcessError);
        return Evidence.Worst(Evidence.Never(wins ? 0 : 1, 1), comparisons.ToEvidence(test.FalseAlarmRate));
    }

    private static ChainSimulation Simulate(ClaimTest test, ChainResult solved)
    {
        ChainSimulation simulation = ChainSimulation.Run(solved, 40, test.Seed, test.Options);
        test.Options.Cancellation.ThrowIfCancellationRequested();
        return simulation;
    }
}
