using WeakToStrong.Chains;
using WeakToStrong.Chains.Simulation;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Randomness;
using WeakToStrong.Rules;
using WeakToStrong.Tests.Choices;

namespace WeakToStrong.Tests.Chains;

/// <summary>
/// Every way of training and every source of labels against dense trials, seeds fixed. Limits that were exact at these sizes would fail for
/// one seed in 300.
/// </summary>
public class StageKindTests
{
    private const int D = 150;

    private static readonly Population Powers = new(Spectrum.PowerLaw(D, 1), TargetVector.PowerLaw(D, 0.7, 1.5));

    [Fact]
    public void The_best_penalty_and_what_learns_from_it() => AssertAgrees(new Chain(Powers, 0.5,
    [
        new StagePlan("teacher", "truth", 120, RidgeRule.Of(0.02), 0.5),
        new StagePlan("best", "teacher", 200, RidgeRule.Best) { HasBestPenalty = true },
        new StagePlan("from truth", "truth", 100, RidgeRule.Best, 0.5) { HasBestPenalty = true },
        new StagePlan("later", "best", 130, RidgeRule.Of(0.01), 0.1),
    ]), 60);

    [Theory]
    [InlineData(90)]
    [InlineData(220)]
    public void The_same_rows_again(long rows) => AssertAgrees(new Chain(Powers, 0.5,
    [
        new StagePlan("teacher", "truth", rows, RidgeRule.Of(0.03), 0.5),
        Again("pure", MixingRule.Of(1)),
        Again("half", MixingRule.Of(0.5)),
        Again("negative", MixingRule.Of(-1)),
        Again("best", MixingRule.Best),
        Again("cross-validated", MixingRule.CrossValidated),
    ]), 80);

    [Fact]
    public void The_same_rows_again_under_a_penalty()
    {
        double[] weights = [.. Enumerable.Range(1, D).Select(j => Math.Sqrt(j))];
        AssertAgrees(new Chain(Powers, 0.5,
        [
            new StagePlan("teacher", [new GroupPlan("truth", 130, 0.5, 2)], RidgeRule.Of(0.03), Penalty.Diagonal(weights)),
            Again("pure", MixingRule.Of(1)),
            Again("cross-validated", MixingRule.CrossValidated),
        ]), 80);
    }

    [Fact]
    public void Fixed_mixed_and_random_sources_and_infinitely_many_rows()
    {
        double[] vector = [.. Enumerable.Range(1, D).Select(j => 1.0 / j)];
        AssertAgrees(new Chain(Powers, 0.5,
        [
            new StagePlan("teacher", "truth", 120, RidgeRule.Of(0.02), 0.5),
            new StagePlan("of a vector", "vector", 80, RidgeRule.Of(0), 0.2),
            new StagePlan("of random features", "features", 200, RidgeRule.Of(0.01)),
            new StagePlan("of a mixture", "mixture", 100, RidgeRule.Of(0.02), 0.3),
            new StagePlan("everything", "of a mixture", GroupPlan.Infinite, RidgeRule.Best) { Rule = new GradientFlow(20) },
            new StagePlan("ridge on everything", "mixture", GroupPlan.Infinite, RidgeRule.Of(0.05)),
            new StagePlan("of both", [new("everything", 60), new("teacher", 70, 0.1, 2), new("features", 40)], RidgeRule.Of(0.01)),
        ],
        sources:
        [
            new SourcePlan.Vector("vector", vector),
            new SourcePlan.Random("features", 40),
            new SourcePlan.Mixture("mixture", [("truth", 0.5), ("teacher", 0.3), ("vector", 0.4)]),
        ]), 80);
    }

    /// <summary>Sources of other views mixed on the same rows: the parts of their labels that the learner cannot
    /// see are correlated.</summary>
    [Fact]
    public void Mixtures_and_groups_across_views()
    {
        Matrix<double> weak = CosineViews.WeakCovariance;
        double[] weakTarget = CosineViews.WeakTarget.Data.ToArray();
        var views = new Views(
            CosineViews.TargetVariance,
            [new("weak", weak, weakTarget), new("strong", CosineViews.StrongCovariance, CosineViews.StrongTarget.Data.ToArray())],
            [new("weak", "strong", CosineViews.Cross)]);
        double[] vector = [.. Enumerable.Range(1, CosineViews.Weak).Select(j => Math.Cos(j))];
        AssertAgrees(new Chain(views,
        [
            new StagePlan("teacher", "truth", 100, RidgeRule.Of(0.01)) { View = "weak" },
            new StagePlan("second teacher", "truth", 90, RidgeRule.Of(0.03)) { View = "weak" },
            new StagePlan("student", "teacher", 150, RidgeRule.Of(0.005)) { View = "strong" },
            new StagePlan("of a mixture", "mixture", 160, RidgeRule.Of(0.01)) { View = "strong" },
            new StagePlan("of two teachers", "teachers", 160, RidgeRule.Of(0.01)) { View = "strong" },
            new StagePlan("mixed", [new("teacher", 80), new("truth", 60, 0, 2), new("student", 50)],
                RidgeRule.Of(0.01)) { View = "strong" },
            new StagePlan("back", [new("mixed", 60), new("student", 50), new("teacher", 40)], RidgeRule.Of(0.01)) { View = "weak" },
            new StagePlan("of a vector", "vector", 90, RidgeRule.Of(0.01)) { View = "strong" },
            new StagePlan("everything", "teacher", GroupPlan.Infinite, RidgeRule.Best) { View = "strong", Rule = new GradientFlow(20) },
            new StagePlan("best penalty", "teacher", 100, RidgeRule.Best) { View = "strong", HasBestPenalty = true },
            new StagePlan("again", "second teacher", 1, RidgeRule.Of(0)) { View = "weak", SameRows = MixingRule.Best },
        ],
        sources:
        [
            new SourcePlan.Vector("vector", vector, "weak"),
            new SourcePlan.Mixture("mixture", [("truth", 0.6), ("teacher", 0.4), ("student", 0.3)]),
            new SourcePlan.Mixture("teachers", [("teacher", 0.5), ("second teacher", 0.5)]),
        ]), 80);
    }

    /// <summary>The closed form against fitting both regressions again without each row.</summary>
    [Theory]
    [InlineData(12, 5)]
    [InlineData(7, 9)]
    public void One_shot_mixing_is_exact_leave_one_out(int n, int p)
    {
        const double Ridge = 0.2;
        var random = new RandomStream(4);
        var x = new Matrix<double>(n, p);
        var y = new double[n];
        random.FillNormal(x.Data);
        random.FillNormal(y);
        double[] e = new double[n], f = new double[n];
        for (int left = 0; left < n; left++)
        {
            int[] kept = [.. Enumerable.Range(0, n).Where(i => i != left)];
            double[] first = Fit(kept, i => y[i]), second = Fit(kept, i => Dot(i, first));
            (e[left], f[left]) = (y[left] - Dot(left, first), y[left] - Dot(left, second));
        }
        double apart = e.Zip(f, (a, b) => (b - a) * (b - a)).Sum(), cross = e.Zip(f, (a, b) => a * (b - a)).Sum(), xi = -cross / apart;
        OneShotMixing found = OneShotMixing.Of(x, y, Ridge);
        Assert.Equal(xi, found.Mixing, 1e-11);
        Assert.Equal(e.Sum(a => a * a) / n, found.TeacherError, 1e-12);
        Assert.Equal(e.Zip(f, (a, b) => a + (xi * (b - a))).Sum(a => a * a) / n, found.MixedError, 1e-12);

        double Dot(int row, double[] b) => Enumerable.Range(0, p).Sum(j => x[row, j] * b[j]);

        // The penalty keeps its weight, n lambda, when a row is left out.
        double[] Fit(int[] rows, Func<int, double> label)
        {
            Matrix<double> gram = new(p, p), moment = new(p, 1);
            foreach (int i in rows)
            {
                for (int j = 0; j < p; j++)
                {
                    moment[j, 0] += x[i, j] * label(i);
                    for (int k = 0; k < p; k++)
                        gram[j, k] += x[i, j] * x[i, k];
                }
            }
            for (int j = 0; j < p; j++)
                gram[j, j] += n * Ridge;
            Assert.True(Dense.TrySolvePositiveDefinite(gram, moment));
            return moment.Data.ToArray();
        }
    }

    private static StagePlan Again(string name, MixingRule mixing) => new(name, "teacher", 1, RidgeRule.Of(0)) { SameRows = mixing };

    private static void AssertAgrees(Chain chain, int trials)
    {
        ChainResult solved = chain.Solve();
        ChainSimulation simulation = ChainSimulation.Run(solved, trials, seed: 2);
        for (int i = 0; i < chain.Stages.Count; i++)
        {
            double z = simulation.TestErrors[i].Z(solved.TestError(i));
            TestContext.Current.SendDiagnosticMessage(
                $"{chain.Stages[i].Name}: {simulation.TestErrors[i].Mean:g6} +- {simulation.TestErrors[i].StandardError:g2}, limit "
                + $"{solved.TestError(i):g6}, z {z:f2}");
            // Choosing xi from few rows costs something of order 1/n, which the limit does not have; it stays better than not distilling.
            if (chain.Stages[i].SameRows == MixingRule.CrossValidated)
                Assert.True(z > -4 && simulation.TestErrors[i].Mean < simulation.TestErrors[0].Mean, $"{chain.Stages[i].Name}: z {z}");
            else
                Assert.True(Math.Abs(z) < 4,
                    $"{chain.Stages[i].Name}: simulated {simulation.TestErrors[i]}, limit {solved.TestError(i)}, z {z}");
        }
    }
}
