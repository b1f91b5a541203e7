using WeakToStrong.Chains;
using WeakToStrong.Chains.Simulation;
using WeakToStrong.Simulation;
using WeakToStrong.Trials;

namespace WeakToStrong.Tests.Chains;

/// <summary>
/// The exact O(d) chain and the dense one have one law: two-sample Kolmogorov-Smirnov tests on every stage's error and on the difference
/// of neighbouring stages in one trial, at 1e-6 each. Seeds are fixed.
/// </summary>
public class ExactChainTests
{
    private const int Trials = 4000;

    [Theory]
    [InlineData(6, 12, 8, 4)]
    [InlineData(6, 4, 3, 9)]
    [InlineData(1, 4, 2, 1)]
    [InlineData(2, 5, 1, 3)]
    public void Exact_and_dense_chains_have_one_law(int d, int first, int second, int third)
    {
        ChainTrialProblem problem = Problem(d, first, second, third);
        IReadOnlyList<ExactStage> stages = problem.ExactStages()!;
        double norm = problem.Views[0].Scale[0] * Math.Sqrt(problem.Views[0].Target.Sum(b => b * b));
        double[][] exact = Sample(new ExactChain(d, norm, stages, 1)), dense = Sample(new ChainTrial(problem, 2));
        for (int i = 0; i < exact.Length; i++)
            Assert.InRange(KolmogorovSmirnov.TwoSample(exact[i], dense[i]), 0, KolmogorovSmirnov.Threshold);
    }

    [Fact]
    public void Another_chain_is_noticed()
    {
        ChainTrialProblem problem = Problem(6, 12, 8, 4), other = Problem(6, 12, 8, 5);
        double norm = problem.Views[0].Scale[0] * Math.Sqrt(problem.Views[0].Target.Sum(b => b * b));
        double[][] exact = Sample(new ExactChain(6, norm, other.ExactStages()!, 1)), dense = Sample(new ChainTrial(problem, 2));
        Assert.True(KolmogorovSmirnov.TwoSample(exact[2], dense[2]) > KolmogorovSmirnov.Threshold);
    }

    [Fact]
    public void Long_chains_at_a_large_dimension_reach_their_limits()
    {
        const int D = 20_000;
        StagePlan[] stages = [new("1", "truth", 30_000, RidgeRule.Of(0.2), 0.7),
            .. Enumerable.Range(2, 9).Select(k => new StagePlan($"{k}", $"{k - 1}", 15_000 + (5000 * k), RidgeRule.Of(0.05), 0.1))];
        ChainResult solved = new Chain(new Population(Spectrum.Isotropic(D), TargetVector.PowerLaw(D, 0.5, 1)), 0.7, stages).Solve();
        ChainSimulation simulation = ChainSimulation.Run(solved, 30, 3);
        for (int i = 0; i < stages.Length; i++)
            Assert.InRange(simulation.TestErrors[i].Z(solved.TestError(i)), -4.5, 4.5);
    }

    private static ChainTrialProblem Problem(int d, int first, int second, int third)
    {
        var population = new Population(Spectrum.Of([.. Enumerable.Repeat(2.5, d)]), TargetVector.PowerLaw(d, 0.3, 1));
        return new(new Chain(population, 0.5,
        [
            new StagePlan("teacher", "truth", first, RidgeRule.Of(0.4), 0.5),
            new StagePlan("student", "teacher", second, RidgeRule.Of(0.1)),
            new StagePlan("third", "student", third, RidgeRule.Of(0.3), 0.2),
            new StagePlan("other", [new GroupPlan("teacher", third, 0.1, 3)], RidgeRule.Of(0.2)),
        ]).Solve());
    }

    private static double[][] Sample(ITrialEngine engine)
    {
        double[][] samples = [.. Enumerable.Range(0, 7).Select(_ => new double[Trials])];
        var values = new double[1 + Lanes.Width];
        var watch = TrialWatch.Nobody;
        for (int trial = 0; trial < Trials; trial++)
        {
            engine.TryRun(trial, values, watch);
            ReadOnlySpan<double> student = values.AsSpan(1);
            for (int i = 0; i < 4; i++)
                samples[i][trial] = student[i];
            for (int i = 0; i < 3; i++)
                samples[4 + i][trial] = student[i + 1] - student[i == 2 ? 0 : i];
        }
        return samples;
    }
}
