using WeakToStrong.Chains;
using WeakToStrong.Chains.Simulation;
using WeakToStrong.Figures.Model;
using WeakToStrong.Neighbours;
using WeakToStrong.Randomness;
using WeakToStrong.Rules;
using WeakToStrong.Statistics;

namespace WeakToStrong.Figures.Recipes;

/// <summary>Results of neighbouring papers as cases of chains and views, one panel a result (docs/neighbours.md).</summary>
internal static class NeighbourFigures
{
    public static IReadOnlyList<IFigureRecipe> All { get; } =
    [
        new NeighbourFigure(
            "neighbours-1", "Neighbouring results: random features, surrogates, discrepancy, misfit",
            "Curves are limits, points are dense experiments with one standard error. Medvedev et al. 2025: a student of a random-feature "
            + "teacher, by gradient flow at its best time, errs by nearly the square of the teacher's error; the proved exponent for ReLU "
            + "is 1.49, the computed one 1.85. Ildiz et al. 2025: the surrogate from whose labels a ridgeless student learns best enlarges "
            + "the strong directions and shrinks the weak ones; its errors are .119 (true labels), .090 (best mask) and .083 (best "
            + "surrogate). Dong et al. 2025: a student's variance falls with the number of directions that it shares with its teacher; "
            + "curves are exact. Charikar et al. 2024: gain equals misfit for a linear class and all rows, and no longer with ridge.",
            [RandomFeatures, Surrogates, Shared, Misfits]),
        new NeighbourFigure(
            "neighbours-2", "Neighbouring results: generations, real labels, self-distillation, kernels, two views",
            "Curves are limits, points are dense experiments with one standard error. Dohmatob et al. 2024: every generation loses 1/4. Wu "
            + "et al. 2026: self-training is U-shaped when the signal lies in "
            + "ten strong directions (1.144, .833, .820, .981, 1.249), and monotone for isotropic features. Garg et al. 2025, He et al. "
            + "2025: real labels deserve the weight 1/(golden ratio) = .618. "
            + "Dang et al. 2026: self-distillation on the same rows helps at every ridge, with a mixing weight that may be negative. Xue "
            + "et al. 2025: the distance of student and ceiling is known from kernels when "
            + "there are many more rows than features. Two views: a student that sees other features than its teacher.",
            [Collapse, SelfTraining, RealLabels, Distillation, Kernels, TwoViews]),
    ];

    private static Panel RandomFeatures(NeighbourPanel panel)
    {
        double[] sizes = [16, 32, 64, 128, 256, 512, 1024, 2048, 4096];
        var linear = sizes.Select(m => RandomFeatureGain.Linear((int)m)).ToArray();
        var relu = Enumerable.Range(12, 7).Select(i => RandomFeatureGain.ReluOnSphere(32, (int)Math.Round(Math.Pow(2, 0.5 * i)))).ToArray();
        double[] proved = [.. relu.Select(g => g.TeacherError)];
        const int M = 64, Rest = 512;
        var limit = RandomFeatureGain.Linear(M);
        double[] times = [.. Grid.Logarithmic(0.5, 20, 200)];
        double time = times.MinBy(t => limit.StudentError(s => 1 - Math.Exp(-t * s)));
        double[] spectrum = [1, .. Enumerable.Repeat(1.0 / M, Rest)];
        var chain = new Chain(
            new Population(Spectrum.Of(spectrum), [1, .. new double[Rest]]), 0,
            [
                new StagePlan("teacher", "features", GroupPlan.Infinite, RidgeRule.Of(0)),
                new StagePlan("student", "features", GroupPlan.Infinite, RidgeRule.Of(0)) { Rule = new GradientFlow(time) },
            ],
            sources: [new SourcePlan.Random("features", M)]);
        ChainSimulation simulation = panel.Simulate(chain.Solve(panel.Options));
        double[] teacher = [simulation.TestErrors[0].Mean];
        return new Panel(
            Axis.Log("teacher's error"), Axis.Log("student's error"),
            panel.Data.Curve(panel.Name, "linear", [.. linear.Select(g => g.TeacherError)], [.. linear.Select(g => g.FlowError)],
                Palette.Blue),
            panel.Data.Curve(panel.Name, "ReLU, d = 32", proved, [.. relu.Select(g => g.FlowError)], Palette.Series[1]),
            panel.Data.Curve(panel.Name, "exponent 1.49", proved,
                [.. proved.Select(e => relu[0].FlowError * Math.Pow(e / proved[0], 1.49))], Palette.Gray),
            panel.Points("linear", teacher, [simulation.TestErrors[1]], [limit.FlowError], Palette.Blue, allowance: 0.03))
        {
            Title = "Medvedev et al.",
        };
    }

    private static Panel Surrogates(NeighbourPanel panel)
    {
        SurrogateTeacher problem = SurrogateTeacher.Example;
        double[] j = [.. Enumerable.Range(1, 500).Select(i => (double)i)];
        return new Panel(
            Axis.Log("direction $j$", 1, 500), Axis.Linear("factor", 0, 1.4),
            new ReferenceLine(Orientation.Horizontal, 1),
            panel.Data.Curve(panel.Name, "best surrogate", j, problem.Factors, Palette.Blue),
            panel.Data.Curve(panel.Name, "best mask", j, problem.Mask, Palette.Series[1]))
        {
            Title = "Ildiz et al.",
        };
    }

    private static Panel Shared(NeighbourPanel panel)
    {
        double[] shared = [.. Enumerable.Range(0, 31).Select(i => (double)i)], drawn = [0, 10, 20, 30];
        Discrepancy With(double overlap) => Discrepancy.Example with { SharedDimension = (int)overlap };
        Estimate[] students = new Estimate[drawn.Length], teachers = new Estimate[drawn.Length];
        for (int i = 0; i < drawn.Length; i++)
        {
            ChainSimulation simulation = panel.Simulate(With(drawn[i]).ToChain().Solve(panel.Options));
            (teachers[i], students[i]) = (Less(simulation.TestErrors[0], 1), Less(simulation.TestErrors[1], 1));
        }
        return new Panel(
            Axis.Linear("directions shared, of 30", 0, 30), Axis.Linear("variance", 0, 0.4),
            panel.Data.Curve(panel.Name, "teacher", shared, [.. shared.Select(s => With(s).TeacherVariance)], Palette.Gray),
            panel.Data.Curve(panel.Name, "student", shared, [.. shared.Select(s => With(s).StudentVariance)], Palette.Blue),
            panel.Points("teacher", drawn, teachers, [.. drawn.Select(s => With(s).TeacherVariance)], Palette.Gray),
            panel.Points("student", drawn, students, [.. drawn.Select(s => With(s).StudentVariance)], Palette.Blue))
        {
            Title = "Dong et al.",
        };
    }

    private static Panel Misfits(NeighbourPanel panel)
    {
        double[] ridges = [.. Grid.Logarithmic(1e-4, 1, 41)];
        Views views = LatentViews.Make(20, 80, targetNoise: 0.3, seenByStudent: true);
        ChainResult solved = new Chain(views,
        [
            new StagePlan("teacher", Chain.Truth, 60, RidgeRule.Of(0.02)) { View = "weak" },
            .. ridges.Select((r, i) => new StagePlan($"student {i}", "teacher", GroupPlan.Infinite, RidgeRule.Of(r)) { View = "strong" }),
        ]).Solve(panel.Options);
        double[] At(Func<int, double> value) => [.. Enumerable.Range(1, ridges.Length).Select(value)];
        int[] drawn = [1, 11, 21, 31];
        ChainSimulation simulation = panel.Simulate(solved);
        return new Panel(
            Axis.Log("student's ridge, all rows", 1e-4, 1), Axis.Linear("difference of errors"),
            panel.Data.Curve(panel.Name, "misfit", ridges, At(i => solved.Errors[i].Misfit), Palette.Gray),
            panel.Data.Curve(panel.Name, "gain", ridges, At(solved.Gain), Palette.Blue),
            panel.Points(
                "gain", [.. drawn.Select(i => ridges[i - 1])],
                [.. drawn.Select(i => simulation.Gaps[i] with { Mean = -simulation.Gaps[i].Mean })],
                [.. drawn.Select(solved.Gain)], Palette.Blue, allowance: 0.01))
        {
            Title = "Charikar et al.",
        };
    }

    private static Panel Collapse(NeighbourPanel panel)
    {
        const int Most = 10;
        double[] generations = [.. Enumerable.Range(1, Most).Select(g => (double)g)],
            formula = [.. generations.Select(g => 0.25 * (0.5 + g))];
        Estimate[] simulated = [.. generations.Select(g => Less(
            panel.Simulate(GenerationChains.Collapse(3000, (int)g).Solve(panel.Options)).TestErrors[^1], 0.25))];
        return new Panel(
            Axis.Linear("generations", 0, Most + 1), Axis.Linear("excess error", 0, 3),
            panel.Data.Curve(panel.Name, "1/4 (1/2 + n)", generations, formula, Palette.Gray),
            panel.Points("exact trials", generations, simulated, formula, Palette.Blue, allowance: 1e-3))
        {
            Title = "Dohmatob et al.",
        };
    }

    private static Panel SelfTraining(NeighbourPanel panel)
    {
        const int Most = 5;
        double[] generations = [.. Enumerable.Range(1, Most).Select(g => (double)g)];
        ChainResult spiked = GenerationChains.SelfTraining(Most).Solve(panel.Options),
            plain = GenerationChains.IsotropicSelfTraining(400, 200, Most, 1).Solve(panel.Options);
        double[] limits = [.. spiked.Errors.Select(e => e.ExcessError)];
        Estimate[] simulated = [.. panel.Simulate(spiked).TestErrors.Select(e => Less(e, 1))];
        return new Panel(
            Axis.Linear("generation", 0.5, Most + 0.5), Axis.Linear("excess error", 0.6, 1.6),
            panel.Data.Curve(panel.Name, "ten spikes", generations, limits, Palette.Blue),
            panel.Data.Curve(panel.Name, "isotropic", generations, [.. plain.Errors.Select(e => e.ExcessError)], Palette.Gray),
            panel.Points("ten spikes", generations, simulated, limits, Palette.Blue, allowance: 0.02))
        {
            Title = "Wu et al.",
        };
    }

    private static Panel RealLabels(NeighbourPanel panel)
    {
        double[] weights = [.. Enumerable.Range(4, 17).Select(i => 0.05 * i)], drawn = [0.3, 0.618, 0.9];
        double Error(double w) => 9 * GenerationChains.RealAndSynthetic(20, 200, 40, w).Solve(panel.Options).Errors[40].ExcessError;
        // Gaussian rows have n - d - 1 where the limit has n - d.
        double one = 20 / 179.0;
        Estimate[] simulated = [.. drawn.Select(w =>
        {
            Estimate error = Less(panel.Simulate(GenerationChains.RealAndSynthetic(20, 200, 20, w).Solve(panel.Options)).TestErrors[20], 1);
            return error with { Mean = error.Mean / one, StandardError = error.StandardError / one };
        })];
        return new Panel(
            Axis.Linear("weight of real labels", 0.15, 1.05), Axis.Linear("error at the fixed point", 0.5, 2),
            new ReferenceLine(Orientation.Vertical, (Math.Sqrt(5) - 1) / 2),
            panel.Data.Curve(panel.Name, "limit", weights, [.. weights.Select(Error)], Palette.Blue),
            panel.Points("dense", drawn, simulated, [.. drawn.Select(Error)], Palette.Blue, allowance: 0.02))
        {
            Title = "Garg et al., He et al.",
        };
    }

    private static Panel Distillation(NeighbourPanel panel)
    {
        const int D = 300;
        double[] mixing = [.. Enumerable.Range(0, 41).Select(i => -2.5 + (0.125 * i))], drawn = [-2, -1, 0, 1, 2];
        double norm = Math.Sqrt(Enumerable.Range(1, D).Sum(j => 1.0 / j / j));
        var population = new Population(Spectrum.PowerLaw(D, 1), [.. Enumerable.Range(1, D).Select(j => 1 / Math.Sqrt(j) / norm)]);
        var layers = new List<Layer>();
        double[] ridges = [0.003, 0.03, 0.3];
        for (int k = 0; k < ridges.Length; k++)
        {
            var pair = SelfDistillation.Of(population, 200, ridges[k], 0.5);
            Rgb color = Palette.Series[k];
            layers.Add(panel.Data.Curve(panel.Name, $"ridge {ridges[k]}", mixing, [.. mixing.Select(xi => pair.At(xi).ExcessError)],
                color));
            ChainResult solved = new Chain(population, 0.5,
            [
                new StagePlan("teacher", Chain.Truth, 200, RidgeRule.Of(ridges[k]), 0.5),
                .. drawn.Select(xi => new StagePlan($"mixing {xi}", "teacher", 1, RidgeRule.Of(0)) { SameRows = MixingRule.Of(xi) }),
            ]).Solve(panel.Options);
            Estimate[] simulated = [.. panel.Simulate(solved).TestErrors.Skip(1).Select(e => Less(e, 0.5))];
            layers.Add(panel.Points($"ridge {ridges[k]}", drawn, simulated, [.. drawn.Select(xi => pair.At(xi).ExcessError)], color,
                allowance: 0.03));
        }
        return new Panel(Axis.Linear("mixing weight $ξ$", -2.5, 2.5), Axis.Log("excess error", 0.05, 2), layers) { Title = "Dang et al." };
    }

    private static Panel Kernels(NeighbourPanel panel)
    {
        double[] rows = [60, 120, 250, 500, 1000, 2000];
        Estimate[] ratios = [.. rows.Select((n, i) => Estimate.Of([.. Enumerable.Range(0, 12).Select(draw =>
        {
            panel.Options.Cancellation.ThrowIfCancellationRequested();
            PseudoLabelDistance distance = PseudoLabelDistance.Draw((int)n, 20, 30, 1e-3,
                new RandomStream(panel.NextSeed(), (ulong)i, (ulong)draw));
            return distance.Measured / distance.Predicted;
        })]))];
        return new Panel(
            Axis.Log("rows $n$", 50, 2500), Axis.Log("measured / predicted distance"),
            new ReferenceLine(Orientation.Horizontal, 1),
            panel.Data.Points(panel.Name, "20 weak, 30 strong features", rows, ratios, [.. rows.Select(_ => 1.0)], Palette.Blue))
        {
            Title = "Xue et al.",
        };
    }

    private static Panel TwoViews(NeighbourPanel panel)
    {
        double[] ridges = [.. Grid.Logarithmic(1e-3, 1, 31)], drawn = [.. Grid.Logarithmic(1e-3, 1, 4)];
        Views views = LatentViews.Make(30, 60, targetNoise: 0.2, seenByStudent: false);
        ChainResult Solve(double[] lambdas) => new Chain(views,
        [
            new StagePlan("teacher", Chain.Truth, 80, RidgeRule.Of(0.02)) { View = "weak" },
            .. lambdas.Select((r, i) => new StagePlan($"student {i}", "teacher", 200, RidgeRule.Of(r)) { View = "strong" }),
            .. lambdas.Select((r, i) => new StagePlan($"direct {i}", Chain.Truth, 80, RidgeRule.Of(r)) { View = "strong" }),
        ]).Solve(panel.Options);
        ChainResult curve = Solve(ridges), points = Solve(drawn);
        ChainSimulation simulation = panel.Simulate(points);
        var layers = new List<Layer> { new ReferenceLine(Orientation.Horizontal, curve.TestError(0)) { Name = "teacher" } };
        foreach ((string name, int part, Rgb color) in new[] { ("student", 0, Palette.Blue), ("direct", 1, Palette.Series[1]) })
        {
            int[] many = [.. Enumerable.Range(1 + (part * ridges.Length), ridges.Length)],
                few = [.. Enumerable.Range(1 + (part * drawn.Length), drawn.Length)];
            layers.Add(panel.Data.Curve(panel.Name, name, ridges, [.. many.Select(curve.TestError)], color));
            layers.Add(panel.Points(name, drawn, [.. few.Select(i => simulation.TestErrors[i])], [.. few.Select(points.TestError)], color,
                allowance: 0.01));
        }
        return new Panel(Axis.Log("ridge of the strong model", 1e-3, 1), Axis.Linear("test error"), layers) { Title = "two views" };
    }

    private static Estimate Less(Estimate estimate, double noise) => estimate with { Mean = estimate.Mean - noise };
}

/// <summary>What one panel of a neighbours' figure is made with: its name, its random numbers, and where its numbers go.</summary>
internal sealed class NeighbourPanel(string figure, int index, LimitsAndPoints data, FigureRequest request, long trials, RunOptions options)
{
    private int _parts;

    public string Name { get; } = $"{index + 1}";

    public LimitsAndPoints Data => data;

    public RunOptions Options => options;

    /// <summary>Agreement of all points with their limits.</summary>
    public List<Agreement> Agreement { get; } = [];

    public ulong NextSeed() => FigureTrials.Seed(request.Seed, figure, (1000 * index) + _parts++);

    public ChainSimulation Simulate(ChainResult solved) => FigureTrials.Run(solved, trials, NextSeed(), options);

    /// <summary>Points whose agreement is judged, up to a share of the limit that the finite size explains.</summary>
    public Points Points(string series, double[] x, Estimate[] simulated, double[] limits, Rgb color, double allowance = 0)
    {
        Estimate[] judged = [.. simulated.Zip(limits, (e, limit) =>
            e with { Mean = limit + (Math.Sign(e.Mean - limit) * Math.Max(0, Math.Abs(e.Mean - limit) - (allowance * Math.Abs(limit)))) })];
        Agreement.Add(Statistics.Agreement.Of($"panel {Name}, {series}", judged, limits));
        return data.Points(Name, series, x, simulated, limits, color);
    }
}

/// <summary>A figure of several results.</summary>
internal sealed class NeighbourFigure(string id, string title, string caption, IReadOnlyList<Func<NeighbourPanel, Panel>> panels)
    : IFigureRecipe
{
    public string Id => id;

    public string Title => title;

    public long DefaultTrials => 60;

    public FigureOutcome Make(FigureRequest request, RunOptions options)
    {
        var data = new LimitsAndPoints();
        var made = new List<Panel>();
        var agreement = new List<Agreement>();
        for (int i = 0; i < panels.Count; i++)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            var panel = new NeighbourPanel(id, i, data, request, request.Trials ?? DefaultTrials, options);
            made.Add(panels[i](panel));
            agreement.AddRange(panel.Agreement);
            options.Progress?.Report(new RunProgress("panels", i + 1, panels.Count));
        }
        return new FigureOutcome(
            new Figure([.. made]) { Columns = (panels.Count + 1) / 2, Legend = LegendPlacement.Automatic, Description = caption },
            data.ToTable(), caption, [new("trials", $"{request.Trials ?? DefaultTrials}")], agreement);
    }
}
