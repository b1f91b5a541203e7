using WeakToStrong.Chains;
using WeakToStrong.Functions;
using WeakToStrong.Neighbours;
using WeakToStrong.Rules;

namespace WeakToStrong.Tests.Chains;

/// <summary>Numbers of neighbouring papers and of other derivations, to the digits in which they are known.</summary>
public class NeighbourTests
{
    [Theory]
    [InlineData(16, .1675, .0412)]
    [InlineData(64, .1000, .0113)]
    [InlineData(256, .0556, .00317)]
    [InlineData(1024, .0294, 8.7e-4)]
    [InlineData(4096, .0152, 2.3e-4)]
    public void A_student_of_random_features_by_gradient_flow(int features, double teacherError, double studentError)
    {
        int rest = (int)Math.Round(Math.Pow(features, 1.5));
        double[] s = [1, .. Enumerable.Repeat(1.0 / features, rest)], b = [1, .. new double[rest]];
        Estimator teacher = RandomFeatures.Teacher(new Population(Spectrum.Of(s), b), features);
        Assert.Equal(teacherError, teacher.Errors.ExcessError, Half(teacherError));
        var student = new PopulationStage(teacher);
        double Flow(double logTime) => student.At(new GradientFlow(Math.Exp(logTime))).ExcessError;
        Assert.Equal(studentError, Flow(BrentMinimum.Search(Flow, -3, 10, 1e-8, 100)), Half(studentError));
    }

    [Theory]
    [InlineData(128, .0900, .0117)]
    [InlineData(256, .0334, .00176)]
    [InlineData(512, .00967, 1.94e-4)]
    public void Relu_features_on_the_sphere(int features, double teacherError, double studentError)
    {
        var gain = RandomFeatureGain.ReluOnSphere(32, features);
        Assert.Equal(teacherError, gain.TeacherError, teacherError < .01 ? 5e-6 : 5e-5);
        Assert.Equal(studentError, gain.FlowError, studentError < .001 ? 5e-7 : studentError < .01 ? 5e-6 : 5e-5);
        Assert.Equal(1.85, gain.Exponent, 0.02);
    }

    [Fact]
    public void A_student_inherits_noise_only_in_shared_directions()
    {
        Discrepancy example = Discrepancy.Example;
        Assert.Equal(.33708, example.TeacherVariance, 5e-6);
        Assert.Equal(.14455, example.StudentVariance, 5e-6);
        // The stage's limit has n - d where Gaussian rows have n - d - 1.
        ChainResult limit = example.ToChain().Solve();
        Assert.Equal(30 / 90.0, limit.Errors[0].ExcessError, 1e-12);
        Assert.Equal((10 + (20 * 50 / 350.0)) / 90, limit.Errors[1].ExcessError, 1e-12);
    }

    private static double Half(double value) => 0.5 * Math.Pow(10,
        Math.Floor(Math.Log10(value)) - (value >= 0.1 ? 3 : value < 1e-3 ? 1 : 2)) * 1.001;

    [Theory]
    [InlineData(.003, 2.08, .127)]
    [InlineData(.03, .764, .074)]
    [InlineData(.3, -1.65, .070)]
    public void Self_distillation_on_the_same_rows(double ridge, double mixing, double excess)
    {
        double[] s = [.. Enumerable.Range(1, 300).Select(j => 1.0 / j)], b = [.. Enumerable.Range(1, 300).Select(j => 1 / Math.Sqrt(j))];
        double norm = Math.Sqrt(s.Zip(b, (x, y) => x * y * y).Sum());
        var pair = SelfDistillation.Of(new Population(Spectrum.Of(s), [.. b.Select(x => x / norm)]), 200, ridge, .5);
        Assert.Equal(mixing, pair.BestMixing, Math.Abs(mixing) < 1 ? 5e-4 : 5e-3);
        Assert.Equal(excess, pair.At(pair.BestMixing).ExcessError, 5e-4);
        Assert.Equal(pair.Teacher.ExcessError, pair.At(0).ExcessError, 1e-14);
        Assert.Equal(pair.Pure, pair.At(1).ExcessError, 1e-13);
    }

    [Theory]
    [InlineData(.05, 1.1468, 2.582, .6103)]
    [InlineData(.2, .6507, 1.130, .5081)]
    [InlineData(2, .5953, -1.220, .5034)]
    [InlineData(5, .7456, -2.809, .5202)]
    public void Self_distillation_of_isotropic_features(double ridge, double teacher, double mixing, double excess)
    {
        var pair = SelfDistillation.Of(new Population(Spectrum.Isotropic(200), TargetVector.PowerLaw(200, 0, 1)), 300, ridge, 1);
        Assert.Equal(teacher, pair.Teacher.ExcessError, 5e-5);
        Assert.Equal(mixing, pair.BestMixing, 5e-4);
        Assert.Equal(excess, pair.At(pair.BestMixing).ExcessError, 5e-5);
    }

    [Theory]
    [InlineData(150, .7, 1, 1, 120, .02, 400, .54720, .14905, .07380)]
    [InlineData(150, 1, .5, .5, 200, .05, 300, .07342, .07116, .06685)]
    public void The_best_penalty(int d, double spectrum, double target, double noise, long teacherRows, double ridge, long rows,
        double teacher, double bestRidge, double best)
    {
        var population = Scaled(d, spectrum, target);
        Estimator first = new TrainingStage(new RowGroup(population.Truth, teacherRows, noise)).Train(ridge);
        Assert.Equal(teacher, first.Errors.ExcessError, 5.1e-6);
        // The numbers for the best ridge are those of a grid; the search may find a little less.
        Assert.InRange(new TrainingStage(new RowGroup(first, rows)).Best().Errors.ExcessError, bestRidge - 2e-5, bestRidge + 5e-6);
        Assert.Equal(best, BestPenalty.Of(new RowGroup(first, rows)).Errors.ExcessError, 5.1e-6);
    }

    [Fact]
    public void A_ridgeless_student_of_a_surrogate()
    {
        const int P = 500, N = 200;
        double[] s = [.. Enumerable.Range(1, P).Select(j => Math.Pow(j, -2.0))],
            b = [.. Enumerable.Range(1, P).Select(j => Math.Pow(j, .25))];
        var population = new Population(Spectrum.Of(s), b);
        double kappa = EffectiveRidge.Solve(population.Spectrum, N, 0).Kappa;
        Assert.Equal(3.97337e-5, kappa, 5e-11);
        double[] g = [.. s.Select(x => kappa / (x + kappa))];
        double w = g.Sum(x => (1 - x) * (1 - x)) / N, odds = w / (1 - w);
        double Error(Func<int, double> factor) =>
            new TrainingStage(new RowGroup(Estimator.Fixed(population, [.. b.Select((x, j) => factor(j) * x)]), N)).At(0).ExcessError;
        double Gain(int j) => (1 - g[j]) / (((1 - g[j]) * (1 - g[j])) + (g[j] * g[j] * odds));
        Assert.Equal(.11937, Error(_ => 1), 5e-6);
        Assert.Equal(.08325, Error(Gain), 5e-6);
        Assert.Equal(.08966, Error(j => g[j] * g[j] < 1 - w ? 1 : 0), 5e-6);
        Assert.Equal(126, Enumerable.Range(0, P).Count(j => Gain(j) > 1));
        Assert.Equal(203, Enumerable.Range(0, P).Count(j => g[j] * g[j] < 1 - w));
    }

    [Fact]
    public void Collapse_over_generations_of_least_squares()
    {
        var population = new Population(Spectrum.Isotropic(300), TargetVector.PowerLaw(300, 0, 1));
        for (int n = 1; n <= 4; n++)
        {
            List<StagePlan> stages = [];
            for (int g = 0; g < n; g++)
                stages.Add(new StagePlan($"{g}", g == 0 ? "truth" : $"{g - 1}", 600, RidgeRule.Of(0), .25));
            stages.Add(new StagePlan("last", $"{n - 1}", 900, RidgeRule.Of(0), .25));
            Assert.Equal(.25 * (.5 + n), new Chain(population, .25, stages).Solve().Errors[n].ExcessError, 1e-12);
        }
    }

    [Fact]
    public void Self_training_is_u_shaped_with_spikes()
    {
        double[] s = [.. Enumerable.Range(0, 400).Select(j => j < 10 ? 20.0 : 1)],
            b = [.. Enumerable.Range(0, 400).Select(j => j < 10 ? Math.Sqrt(.1) : 0)];
        var population = new Population(Spectrum.Of(s), b);
        List<StagePlan> stages = [new("1", "truth", 200, RidgeRule.Of(0), 1)];
        for (int g = 2; g <= 5; g++)
            stages.Add(new StagePlan($"{g}", $"{g - 1}", 200, RidgeRule.Of(0)));
        double[] errors = [.. new Chain(population, 1, stages).Solve().Errors.Select(e => e.ExcessError)];
        double[] expected = [1.144, .833, .820, .981, 1.249];
        for (int g = 0; g < 5; g++)
            Assert.Equal(expected[g], errors[g], 5e-4);
    }

    [Fact]
    public void The_golden_ratio_of_real_labels()
    {
        // Labels w y + (1 - w) (yhat + noise) of the same fresh rows, least squares, to the fixed point; noise
        // variance (w^2 + (1 - w)^2) s2.
        var population = new Population(Spectrum.Isotropic(20), TargetVector.PowerLaw(20, 0, 1));
        double Fixed(double w)
        {
            List<StagePlan> stages = [new("0", "truth", 100, RidgeRule.Of(0), 1)];
            List<SourcePlan> sources = [];
            for (int g = 1; g <= 60; g++)
            {
                sources.Add(new SourcePlan.Mixture($"m{g}", [("truth", w), ($"{g - 1}", 1 - w)]));
                stages.Add(new StagePlan($"{g}", $"m{g}", 100, RidgeRule.Of(0), (w * w) + ((1 - w) * (1 - w))));
            }
            return new Chain(population, 1, stages, sources: sources).Solve().Errors[60].ExcessError;
        }
        foreach (double w in new[] { .3, .5, .8 })
            ChainOracle.Close(.25 * ((2 * w * w) - (2 * w) + 1) / ((2 * w) - (w * w)), Fixed(w), 1e-9, $"fixed point at {w}");
        Assert.Equal(.618034, BrentMinimum.Search(Fixed, .2, 1, 1e-7, 100), 5e-7);
    }

    private static Population Scaled(int d, double spectrum, double target)
    {
        double[] s = [.. Enumerable.Range(1, d).Select(j => Math.Pow(j, -spectrum))],
            b = [.. Enumerable.Range(1, d).Select(j => Math.Pow(j, -target))];
        double norm = Math.Sqrt(s.Zip(b, (x, y) => x * y * y).Sum());
        return new Population(Spectrum.Of(s), [.. b.Select(x => x / norm)]);
    }
}
