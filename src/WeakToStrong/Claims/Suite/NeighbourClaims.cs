using WeakToStrong.Chains;
using WeakToStrong.Chains.Simulation;
using WeakToStrong.Functions;
using WeakToStrong.Neighbours;
using WeakToStrong.Rules;
using WeakToStrong.Statistics;

namespace WeakToStrong.Claims.Suite;

/// <summary>Results of neighbouring papers as cases of chains and views (docs/neighbours.md), each against dense experiments.</summary>
internal static class NeighbourClaims
{
    public static IReadOnlyList<Claim> All { get; } =
    [
        new Claim(
            "medvedev-linear", "A gradient-flow student of a random-feature teacher, stopped in time, errs by nearly the square of the "
            + "teacher's error",
            "Medvedev, Lyu, Li and Srebro 2025, linear case",
            "Teacher and student over 60 dense trials with M = 64 features of 513, against the limits; their exponent from M = 16 to 4096 "
            + "must rise from 1.79 towards 2.",
            MedvedevLinear, "the student errs as the teacher does", "the exponent is 1.5"),
        new Claim(
            "medvedev-relu", "With ReLU features on the sphere and a linear target the exponent is above the 1.49 that is proved",
            "Medvedev, Lyu, Li and Srebro 2025, ReLU",
            "Exponents at d = 32, M = 128, 256 and 512 with harmonics up to degree 30, and the limits against 40 dense trials on the "
            + "harmonics up to degree 2.",
            MedvedevRelu, "the exponent is the proved 1.49", "the teacher errs by 1 - M over the number of directions"),
        new Claim(
            "ildiz-surrogate", "A ridgeless student learns best not from the truth but from a surrogate that is larger in strong "
            + "directions and smaller in weak ones",
            "Ildiz, Gozeten, Taga, Mondelli and Oymak 2025",
            "True labels, the best surrogate and the best mask over 60 dense trials at p = 500, n = 200, s_j = j^-2, against the limits.",
            Ildiz, "all labels give the error of true ones", "the best surrogate halves the error"),
        new Claim(
            "dong-discrepancy", "A student inherits a teacher's noise only in the directions that both see",
            "Dong, Li, Li, Lee and Lei 2025",
            "Variances of least squares over 300 dense trials with 30 and 50 features of which 10 are shared, 120 and 400 rows, against "
            + "the exact means.",
            Dong, "the student inherits all of it", "the student inherits only what both see"),
        new Claim(
            "dohmatob-collapse",
            "Least squares on labels of the generation before, noisy anew each time, loses as much in every generation",
            "Dohmatob, Feng and Kempe 2024",
            "Excess after 1, 4 and 10 generations over 400 exact trials at d = 3000, against 1/4 (1/2 + generations).",
            Dohmatob, "later generations lose nothing", "every generation doubles the loss"),
        new Claim(
            "golden-ratio", "Where every generation mixes real and synthetic labels of the same rows, real ones deserve the weight "
            + "1/(golden ratio)",
            "Garg, Bhattacharya and Sur 2025; He, Xu and Cheng 2025",
            "The weight of least fixed point by search, and fixed points at three weights over 300 dense trials of 12 generations at d = "
            + "20, n = 200.",
            GoldenRatio, "the fixed point does not depend on the weight", "real labels alone are best"),
        new Claim(
            "u-shaped-self-training", "Errors of self-training fall and rise again when the signal lies in a few strong directions, and "
            + "are monotone for isotropic features",
            "Wu, Yang and Sun 2026",
            "Five generations of interpolators over 60 dense trials with ten spikes of 20 in d = 400, n = 200, against the recursion, "
            + "whose least error must be the third; isotropic ones against their closed form.",
            SelfTraining, "the spikes do not matter", "every generation errs as the first does"),
        new Claim(
            "dang-distillation", "Distilling a ridge regression on its own rows with the best mixing weight, which may be negative, always "
            + "helps, for any covariance",
            "Dang, Patil and Rinaldo 2026",
            "Pure and best self-distillation over 60 dense trials at d = 300, n = 200, s_j = 1/j, ridges .003, .03 and .3, against the "
            + "limits.",
            Dang, "distilling changes nothing", "the best weight is 1"),
        new Claim(
            "charikar-misfit", "A student that has all rows, a linear class and no ridge gains over its teacher exactly its misfit to the "
            + "labels; ridge and finite rows break this",
            "Charikar, Pabbaraju and Shiragur 2024",
            "Gain against misfit in the limits of two views, and the gain over 200 dense teachers against the misfit.",
            Charikar, "the gain is half the misfit", "the student gains nothing"),
        new Claim(
            "xue-prediction", "The distance of student and ceiling is what the teacher misses and the student can express, known from "
            + "kernels before training",
            "Xue, Li and Mirzasoleiman 2025",
            "Ratio of measured to predicted distance over 24 draws of n = 1500 rows with 20 weak and 30 strong features, which must be 1 "
            + "within 5%; at n = 60 it must be off by more.",
            Xue, "the student expresses all that the teacher misses", "teacher and ceiling agree twice as well"),
        new Claim(
            "two-views", "Teacher and student that see different features follow the stages of one view, with what the student cannot see "
            + "of the labels as noise",
            "docs/views.md",
            "Test errors of teacher, student, direct model and mixture over 60 dense trials of two noisy views of 80 latent variables, "
            + "against the limits.",
            TwoViews, "the student's labels have no noise", "the student errs as the teacher does"),
    ];

    private static Evidence MedvedevLinear(ClaimTest test)
    {
        const int M = 64, Rest = 512;
        var limit = RandomFeatureGain.Linear(M);
        double[] exponents = [.. Enumerable.Range(2, 5).Select(i => RandomFeatureGain.Linear(1 << (2 * i)).Exponent)];
        bool rises = exponents.Zip(exponents.Skip(1)).All(pair => pair.First < pair.Second) && exponents[0] is > 1.785 and < 1.795
            && exponents[^1] is > 1.99 and < 2.01;
        double time = BestTime(limit, 1);
        double student = test.Formula(limit.FlowError, limit.TeacherError, Math.Pow(limit.TeacherError, 1.5));
        double[] spectrum = [1, .. Enumerable.Repeat(1.0 / M, Rest)];
        return Evidence.Worst(
            Evidence.Never(rises ? 0 : 1, 1), RandomFeatures(test, spectrum, 0, M, time, limit.TeacherError, student, 60));
    }

    private static Evidence MedvedevRelu(ClaimTest test)
    {
        int exceptions = 0;
        foreach (int m in new[] { 128, 256, 512 })
        {
            double exponent = RandomFeatureGain.ReluOnSphere(32, m).Exponent;
            exceptions += Math.Abs(test.Formula(exponent, 1.49, exponent) - 1.85) < 0.02 ? 0 : 1;
        }
        // A sphere small enough for dense trials: d = 12, a constant, 12 linear and 77 quadratic harmonics.
        const int D = 12, M = 40;
        var limit = RandomFeatureGain.ReluOnSphere(D, M, degrees: 2);
        double[] distinct = [.. limit.Eigenvalues];
        double[] spectrum = [distinct[0], .. Enumerable.Repeat(distinct[1], D), .. Enumerable.Repeat(distinct[2], 77)];
        double teacher = test.Formula(limit.TeacherError, limit.TeacherError, 1 - (M / 90.0));
        return Evidence.Worst(Evidence.Never(exceptions, 3), RandomFeatures(test, spectrum, 1, M, BestTime(limit, distinct[1]), teacher,
            limit.FlowError, 40));
    }

    /// <summary>A random-feature teacher and its gradient-flow student over dense trials; they are good to 3% at these sizes.</summary>
    private static Evidence RandomFeatures(ClaimTest test, double[] spectrum, int target, int features, double time, double teacher,
        double student, int trials)
    {
        double[] b = new double[spectrum.Length];
        b[target] = 1 / Math.Sqrt(spectrum[target]);
        var chain = new Chain(
            new Population(Spectrum.Of(spectrum), b), 0,
            [
                new StagePlan("teacher", "features", GroupPlan.Infinite, RidgeRule.Of(0)),
                new StagePlan("student", "features", GroupPlan.Infinite, RidgeRule.Of(0)) { Rule = new GradientFlow(time) },
            ],
            sources: [new SourcePlan.Random("features", features)]);
        ChainSimulation simulation = Simulate(test, chain.Solve(test.Options), trials);
        var comparisons = new MeanComparisons();
        comparisons.Add(simulation.TestErrors[0], teacher, allowance: 0.03 * teacher);
        comparisons.Add(simulation.TestErrors[1], student, allowance: 0.03 * student);
        return comparisons.ToEvidence(test.FalseAlarmRate);
    }

    private static double BestTime(RandomFeatureGain limit, double eigenvalue) =>
        Math.Exp(BrentMinimum.Search(logTime => limit.StudentError(s => 1 - Math.Exp(-Math.Exp(logTime) * s)), Math.Log(0.5 / eigenvalue),
            Math.Log(50 / eigenvalue), 1e-9, 200));

    private static Evidence Ildiz(ClaimTest test)
    {
        SurrogateTeacher problem = SurrogateTeacher.Example;
        double[] ones = [.. Enumerable.Repeat(1.0, 500)];
        double standard = problem.Error(ones), best = problem.Error(problem.Factors), mask = problem.Error(problem.Mask);
        double[] target = [.. Enumerable.Range(1, 500).Select(j => Math.Pow(j, 0.25))];
        IReadOnlyList<double>[] factors = [ones, problem.Factors, problem.Mask];
        ChainResult solved = new Chain(
            new Population(Spectrum.PowerLaw(500, 2), target), 0,
            [.. factors.Select((_, i) => new StagePlan($"{i}", $"source {i}", 200, RidgeRule.Of(0)))],
            sources: [.. factors.Select((f, i) => new SourcePlan.Vector($"source {i}", [.. target.Select((b, j) => f[j] * b)]))]).Solve(
                test.Options);
        ChainSimulation simulation = Simulate(test, solved, 60);
        double[] expected = [standard, test.Formula(best, standard, 0.5 * standard), test.Formula(mask, standard, mask)];
        var comparisons = new MeanComparisons();
        for (int i = 0; i < 3; i++)
            comparisons.Add(simulation.TestErrors[i], expected[i], allowance: 0.02 * expected[i]);
        bool ordered = best < mask && mask < standard && problem.Factors[0] > 1 && problem.Factors[^1] < 1;
        return Evidence.Worst(Evidence.Never(ordered ? 0 : 1, 1), comparisons.ToEvidence(test.FalseAlarmRate));
    }

    private static Evidence Dong(ClaimTest test)
    {
        Discrepancy problem = Discrepancy.Example;
        Discrepancy all = problem with { SharedDimension = problem.WeakDimension };
        ChainResult solved = problem.ToChain().Solve(test.Options);
        ChainSimulation simulation = Simulate(test, solved, 300);
        double student = test.Formula(problem.StudentVariance, all.StudentVariance,
            problem.Noise * problem.SharedDimension / (problem.TeacherRows - problem.WeakDimension - 1));
        var comparisons = new MeanComparisons();
        comparisons.Add(simulation.TestErrors[0], problem.Noise + problem.TeacherVariance);
        comparisons.Add(simulation.TestErrors[1], problem.Noise + student);
        return comparisons.ToEvidence(test.FalseAlarmRate);
    }

    private static Evidence Dohmatob(ClaimTest test)
    {
        var comparisons = new MeanComparisons();
        foreach (int generations in new[] { 1, 4, 10 })
        {
            ChainSimulation simulation = Simulate(test, GenerationChains.Collapse(3000, generations).Solve(test.Options), 400);
            double expected = 0.25 * test.Formula(0.5 + generations, 1.5, 0.5 + Math.Pow(2, generations) - 1);
            comparisons.Add(simulation.TestErrors[generations], 0.25 + expected, allowance: 1e-3 * expected);
        }
        return comparisons.ToEvidence(test.FalseAlarmRate);
    }

    private static Evidence GoldenRatio(ClaimTest test)
    {
        const int D = 20, Rows = 200, Generation = 12;
        static double Factor(double w) => ((2 * w * w) - (2 * w) + 1) / ((2 * w) - (w * w));
        double best = BrentMinimum.Search(w => GenerationChains.RealAndSynthetic(D, Rows, 40, w).Solve().Errors[40].ExcessError, 0.2, 1,
            1e-7, 60);
        // Gaussian rows have n - d - 1 where the limit has n - d.
        double one = D / (double)(Rows - D - 1);
        var comparisons = new MeanComparisons();
        foreach (double w in new[] { 0.4, 0.618, 0.9 })
        {
            ChainSimulation simulation = Simulate(test, GenerationChains.RealAndSynthetic(D, Rows, Generation, w).Solve(test.Options), 300);
            comparisons.Add(simulation.TestErrors[Generation], 1 + (one * test.Formula(Factor(w), 1, Factor(w))), allowance: 0.01 * one);
        }
        return Evidence.Worst(Evidence.Close(best, test.Formula((Math.Sqrt(5) - 1) / 2, (Math.Sqrt(5) - 1) / 2, 1), 1e-5),
            comparisons.ToEvidence(test.FalseAlarmRate));
    }

    private static Evidence SelfTraining(ClaimTest test)
    {
        const int Most = 5;
        ChainResult solved = GenerationChains.SelfTraining(Most).Solve(test.Options);
        double[] errors = [.. solved.Errors.Select(e => e.ExcessError)];
        ChainSimulation simulation = Simulate(test, solved, 60);
        var comparisons = new MeanComparisons();
        for (int g = 0; g < Most; g++)
        {
            double isotropic = 1 - Math.Pow(2, -g - 1) + Math.Pow(2, -g);
            comparisons.Add(simulation.TestErrors[g], 1 + test.Formula(errors[g], isotropic, errors[0]), allowance: 0.02);
        }
        double worst = 0;
        bool shape = Array.IndexOf(errors, errors.Min()) == 2;
        foreach (double noise in new[] { 0.2, 1.5 })
        {
            double[] plain = [.. GenerationChains.IsotropicSelfTraining(300, 150, Most, noise)
                .Solve(test.Options).Errors.Select(e => e.ExcessError)];
            for (int g = 1; g <= Most; g++)
                worst = Math.Max(worst, Math.Abs(plain[g - 1] - (1 - Math.Pow(2, -g) + (Math.Pow(2, 1 - g) * noise))));
            shape &= plain.Zip(plain.Skip(1)).All(pair => pair.First < pair.Second == noise < 0.5);
        }
        return Evidence.Worst(
            Evidence.Never(shape ? 0 : 1, 1), Evidence.Close(worst, 0, 1e-12), comparisons.ToEvidence(test.FalseAlarmRate));
    }

    private static Evidence Dang(ClaimTest test)
    {
        const int D = 300;
        double[] b = [.. Enumerable.Range(1, D).Select(j => 1 / Math.Sqrt(j))];
        double norm = Math.Sqrt(b.Select((x, j) => x * x / (j + 1)).Sum());
        var population = new Population(Spectrum.PowerLaw(D, 1), [.. b.Select(x => x / norm)]);
        var comparisons = new MeanComparisons();
        bool helps = true;
        foreach (double ridge in new[] { 0.003, 0.03, 0.3 })
        {
            ChainResult solved = new Chain(population, 0.5,
            [
                new StagePlan("teacher", Chain.Truth, 200, RidgeRule.Of(ridge), 0.5),
                new StagePlan("pure", "teacher", 1, RidgeRule.Of(0)) { SameRows = MixingRule.Of(1) },
                new StagePlan("best", "teacher", 1, RidgeRule.Of(0)) { SameRows = MixingRule.Best },
            ]).Solve(test.Options);
            ChainSimulation simulation = Simulate(test, solved, 60);
            double[] errors = [.. solved.Errors.Select(e => e.ExcessError)];
            helps &= errors[2] < errors[0] && errors[2] < errors[1];
            comparisons.Add(simulation.TestErrors[1], 0.5 + test.Formula(errors[1], errors[0], errors[1]), allowance: 0.02 * errors[1]);
            comparisons.Add(simulation.TestErrors[2], 0.5 + test.Formula(errors[2], errors[0], errors[1]), allowance: 0.02 * errors[2]);
        }
        return Evidence.Worst(Evidence.Never(helps ? 0 : 1, 1), comparisons.ToEvidence(test.FalseAlarmRate));
    }

    private static Evidence Charikar(ClaimTest test)
    {
        // The target is linear in the strong features: the class holds it.
        ChainResult solved = new Chain(LatentViews.Make(20, 80, targetNoise: 0.3, seenByStudent: true),
        [
            new StagePlan("teacher", Chain.Truth, 60, RidgeRule.Of(0.02)) { View = "weak" },
            new StagePlan("all rows", "teacher", GroupPlan.Infinite, RidgeRule.Of(0)) { View = "strong" },
            new StagePlan("ridge", "teacher", GroupPlan.Infinite, RidgeRule.Of(0.05)) { View = "strong" },
            new StagePlan("finite rows", "teacher", 160, RidgeRule.Of(0)) { View = "strong" },
        ]).Solve(test.Options);
        ChainSimulation simulation = Simulate(test, solved, 200);
        double misfit = solved.Errors[1].Misfit;
        Estimate gap = simulation.Gaps[1];
        var comparisons = new MeanComparisons();
        comparisons.Add(gap, -test.Formula(misfit, 0.5 * misfit, 0), allowance: 0.01 * misfit);
        bool broken = Enumerable.Range(2, 2).All(i => Math.Abs((solved.Gain(i) / solved.Errors[i].Misfit) - 1) > 0.05);
        return Evidence.Worst(
            Evidence.Never(broken ? 0 : 1, 1), Evidence.Close(solved.Gain(1), test.Formula(misfit, 0.5 * misfit, 0), 1e-10),
            comparisons.ToEvidence(test.FalseAlarmRate));
    }

    private static Evidence Xue(ClaimTest test)
    {
        const int Draws = 24;
        double[] Ratios(int rows, ulong part)
        {
            var ratios = new double[Draws];
            for (int i = 0; i < Draws; i++)
            {
                test.Options.Cancellation.ThrowIfCancellationRequested();
                PseudoLabelDistance distance = PseudoLabelDistance.Draw(rows, 20, 30, 1e-3, test.Random(part, (ulong)i));
                ratios[i] = distance.Measured / test.Formula(distance.Predicted, distance.Missed, 2 * distance.Predicted);
            }
            return ratios;
        }
        var comparisons = new MeanComparisons();
        comparisons.Add(Estimate.Of(Ratios(1500, 0)), 1, allowance: 0.05);
        bool farOff = Math.Abs(Ratios(60, 1).Average() - 1) > 0.2;
        return Evidence.Worst(Evidence.Never(farOff ? 0 : 1, 1), comparisons.ToEvidence(test.FalseAlarmRate));
    }

    private static Evidence TwoViews(ClaimTest test)
    {
        Views views = LatentViews.Make(30, 60, targetNoise: 0.2, seenByStudent: false);
        ChainResult solved = new Chain(views,
        [
            new StagePlan("teacher", Chain.Truth, 80, RidgeRule.Of(0.02)) { View = "weak" },
            new StagePlan("student", "teacher", 200, RidgeRule.Of(0.01)) { View = "strong" },
            new StagePlan("direct", Chain.Truth, 80, RidgeRule.Of(0.03)) { View = "strong" },
            new StagePlan("mixture", [new GroupPlan(Chain.Truth, 80, 0, 2), new GroupPlan("teacher", 200)],
                RidgeRule.Of(0.02)) { View = "strong" },
        ]).Solve(test.Options);
        ChainSimulation simulation = Simulate(test, solved, 60);
        // The wrong formula: the student's labels as though the teacher were the part of it that the student sees.
        Estimator teacher = new TrainingStage([new RowGroup(views["weak"].Truth, 80)]).Train(0.02),
            seen = new PopulationStage(teacher, view: views["strong"]).Train(Ridgeless.Instance);
        double noiseless = views["strong"].ResidualVariance + new TrainingStage(new RowGroup(seen, 200)).At(0.01).ExcessError;
        var comparisons = new MeanComparisons();
        for (int i = 0; i < 4; i++)
            comparisons.Add(simulation.TestErrors[i], i == 1 ? test.Formula(solved.TestError(1), noiseless, solved.TestError(0))
                : solved.TestError(i), allowance: 0.01 * solved.TestError(i));
        return comparisons.ToEvidence(test.FalseAlarmRate);
    }

    private static ChainSimulation Simulate(ClaimTest test, ChainResult solved, int trials)
    {
        ChainSimulation simulation = ChainSimulation.Run(solved, trials, test.Seed, test.Options);
        test.Options.Cancellation.ThrowIfCancellationRequested();
        return simulation;
    }
}
