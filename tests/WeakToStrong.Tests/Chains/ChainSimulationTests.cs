using WeakToStrong.Chains;
using WeakToStrong.Chains.Simulation;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Randomness;

namespace WeakToStrong.Tests.Chains;

/// <summary>
/// Limits against dense experiments at d = 200, seeds fixed: 20 comparisons at |z| below 4 with 60 to 80 trials each. With a limit that is
/// exact at d = 200, one seed in 300 would fail.
/// </summary>
public class ChainSimulationTests
{
    private const int D = 200;

    [Fact]
    public void Three_generations_and_a_mixed_stage_under_a_power_law() =>
        AssertAgrees(Chain(new Population(Spectrum.PowerLaw(D, 1), TargetVector.PowerLaw(D, 1.5, 1)), null, 150, 300), trials: 60,
            limit: 4);

    [Fact]
    public void The_same_with_fewer_rows_than_features_everywhere() =>
        AssertAgrees(Chain(new Population(Spectrum.PowerLaw(D, 0.6), TargetVector.PowerLaw(D, 0.8, 1)), null, 90, 60), trials: 80,
            limit: 4);

    [Fact]
    public void A_penalty_that_does_not_commute_with_the_covariance() =>
        AssertAgrees(Chain(new Population(Spectrum.PowerLaw(D, 1), TargetVector.PowerLaw(D, 1.5, 1)), NonCommuting(), 150, 300), trials: 60,
            limit: 4);

    [Fact]
    public void A_diagonal_penalty_and_isotropic_features()
    {
        double[] weights = [.. Enumerable.Range(1, D).Select(j => Math.Sqrt(j))];
        AssertAgrees(Chain(new Population(Spectrum.Isotropic(D), TargetVector.PowerLaw(D, 1, 1)), Penalty.Diagonal(weights), 120, 260),
            trials: 60, limit: 4);
    }

    /// <summary>The comparison sees a formula that is wrong by a factor: the teacher's variance without 1/(1 - df2/n).</summary>
    [Fact]
    public void The_comparison_sees_a_wrong_formula()
    {
        Chain chain = Chain(new Population(Spectrum.Isotropic(D), TargetVector.PowerLaw(D, 1, 1)), null, 120, 260);
        ChainResult solved = chain.Solve();
        ChainSimulation simulation = ChainSimulation.Run(solved, 60, seed: 5);
        StageErrors teacher = solved.Errors[0];
        double wrong = chain.NoiseVariance + teacher.Bias + (teacher.Variance * (1 - (teacher.Df2 / 120)));
        Assert.True(Math.Abs(simulation.TestErrors[0].Z(solved.TestError(0))) < 4);
        Assert.True(Math.Abs(simulation.TestErrors[0].Z(wrong)) > 8);
    }

    [Fact]
    public void Threads_do_not_change_a_bit()
    {
        ChainResult solved = Chain(new Population(Spectrum.PowerLaw(30, 1), TargetVector.PowerLaw(30, 1.5, 1)), null, 20, 50).Solve();
        ChainSimulation one = ChainSimulation.Run(solved, 40, 7, new RunOptions { Threads = 1 });
        ChainSimulation three = ChainSimulation.Run(solved, 40, 7, new RunOptions { Threads = 3 });
        Assert.Equal(one.TestErrors, three.TestErrors);
        Assert.Equal(one.Gaps, three.Gaps);
    }

    [Fact]
    public void A_mean_that_is_infinite_is_not_simulated()
    {
        var chain = new Chain(new Population(Spectrum.Isotropic(10), TargetVector.PowerLaw(10, 0, 1)), 1,
            [new StagePlan("teacher", "truth", 11, RidgeRule.Of(0), 1)]);
        Assert.Contains("its mean error is infinite", Assert.Throws<InputException>(() => ChainSimulation.Run(chain.Solve(), 5, 0)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancelled_simulation_keeps_its_finished_trials()
    {
        using var stop = new CancellationTokenSource();
        ChainResult solved = Chain(new Population(Spectrum.PowerLaw(30, 1), TargetVector.PowerLaw(30, 1.5, 1)), null, 20, 50).Solve();
        ChainSimulation simulation = ChainSimulation.Run(solved, 1L << 40, 7,
            new RunOptions { Progress = new StopAtOnce(stop), Cancellation = stop.Token });
        Assert.True(simulation.Interrupted);
        Assert.InRange(simulation.Trials, 1, 1L << 30);
        Assert.True(double.IsFinite(simulation.TestErrors[4].Mean));
    }

    private sealed class StopAtOnce(CancellationTokenSource stop) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => stop.Cancel();
    }

    [Fact]
    public void A_system_that_is_singular_to_rounding_is_told()
    {
        var chain = new Chain(new Population(Spectrum.Of(1e40, 1, 1, 1, 1, 1), [1, 1, 1, 1, 1, 1]), 1,
            [new StagePlan("teacher", "truth", 4, RidgeRule.Of(0), 1)]);
        Assert.Contains("'teacher' is singular to rounding",
            Assert.Throws<InputException>(() => ChainSimulation.Run(chain.Solve(), 5, 0)).Message, StringComparison.Ordinal);
    }

    private static Chain Chain(Population population, Penalty? penalty, long teacherRows, long studentRows) => new(population, 0.5,
    [
        new StagePlan("teacher", [new("truth", teacherRows, 0.5)], RidgeRule.Of(0.05), penalty),
        new StagePlan("student", [new("teacher", studentRows)], RidgeRule.Of(0.02), penalty),
        new StagePlan("third", [new("student", studentRows, 0.1)], RidgeRule.Of(0.01), penalty),
        new StagePlan("mixed", [new("teacher", studentRows / 2), new("truth", 50, 0.5, 2), new("student", 40, 0.2, 0.5)],
            RidgeRule.Of(0.03), penalty),
        new StagePlan("fifth", [new("mixed", teacherRows, 0), new("third", 60, 0)], RidgeRule.Of(0.02), penalty),
    ]);

    private static void AssertAgrees(Chain chain, int trials, double limit)
    {
        ChainResult solved = chain.Solve();
        ChainSimulation simulation = ChainSimulation.Run(solved, trials, seed: 5);
        for (int i = 0; i < chain.Stages.Count; i++)
        {
            double z = simulation.TestErrors[i].Z(solved.TestError(i));
            TestContext.Current.SendDiagnosticMessage($"{chain.Stages[i].Name}: {simulation.TestErrors[i].Mean:g6} +- "
                + $"{simulation.TestErrors[i].StandardError:g2}, limit {solved.TestError(i):g6}, z {z:f2}");
            Assert.True(Math.Abs(z) < limit,
                $"{chain.Stages[i].Name}: simulated {simulation.TestErrors[i]}, limit {solved.TestError(i)}, z {z}");
        }
    }

    private static Penalty NonCommuting()
    {
        // I + 20 u u' + a banded part: far from any function of the covariance.
        var random = new RandomStream(11);
        var u = new double[D];
        random.FillNormal(u);
        var omega = new Matrix<double>(D, D);
        for (int i = 0; i < D; i++)
        {
            for (int j = 0; j < D; j++)
                omega[i, j] = (i == j ? 1 : 0) + (20 * u[i] * u[j] / D) + (Math.Abs(i - j) == 1 ? 0.4 : 0);
        }
        return Penalty.Of(omega);
    }
}
