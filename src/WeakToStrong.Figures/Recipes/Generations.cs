using WeakToStrong.Chains;
using WeakToStrong.Chains.Simulation;
using WeakToStrong.Figures.Model;
using WeakToStrong.Statistics;

namespace WeakToStrong.Figures.Recipes;

/// <summary>
/// Beyond the paper, second finding: what a line of students inherits. Errors against the generation under label noise, for fixed and
/// tuned ridges and with a share of real labels. Derived in docs/beyond.md.
/// </summary>
internal sealed class Generations : IFigureRecipe
{
    private const int D = 200, Last = 10;
    private const long Rows = 400;
    private const double Noise = 0.25, RealShare = 0.2;

    public string Id => "beyond-2";

    public string Title => "Generations of students under label noise: collapse and its cures";

    public long DefaultTrials => 40;

    public FigureOutcome Make(FigureRequest request, RunOptions options)
    {
        long trials = request.Trials ?? DefaultTrials;
        var data = new LimitsAndPoints();
        var layers = new List<Layer>();
        var agreement = new List<Agreement>();
        double[] generations = [.. Enumerable.Range(1, Last).Select(i => (double)i)];
        (string Name, Func<int, RidgeRule> Ridge, double Share)[] lines =
        [
            ("fixed ridge 0.001", _ => RidgeRule.Of(0.001), 0),
            ("each tuned for itself", _ => RidgeRule.Best, 0),
            ("all tuned for the last", g => g == Last ? RidgeRule.Best : RidgeRule.OptimalFor(Name(Last)), 0),
            ("tuned, 20% real labels", _ => RidgeRule.Best, RealShare),
        ];
        for (int k = 0; k < lines.Length; k++)
        {
            ChainResult solved = Line(lines[k].Ridge, lines[k].Share).Solve(options);
            ChainSimulation simulation = FigureTrials.Run(solved, trials, FigureTrials.Seed(request.Seed, Id, k), options);
            double[] limits = [.. solved.Errors.Select(e => e.ExcessError)];
            Estimate[] simulated = [.. simulation.TestErrors.Select(e => e with { Mean = e.Mean - Noise })];
            Rgb color = Palette.Series[k];
            layers.Add(data.Curve("left", lines[k].Name, generations, limits, color));
            layers.Add(data.Points("left", lines[k].Name, generations, simulated, limits, color));
            agreement.Add(Agreement.Of(lines[k].Name, simulated, limits));
        }
        return new FigureOutcome(
            new Figure(new Panel(Axis.Linear("generation", 0.5, Last + 0.5), Axis.Log("excess error $E$", 0.01, 1), layers))
            {
                PanelWidth = 3.6,
                PanelHeight = 2.6,
                Legend = LegendPlacement.Below,
                Description = "Excess error against generation for four ways to choose ridges and labels.",
            },
            data.ToTable(),
            "Each generation trains on fresh rows labelled by the one before, with label noise. Curves are limits, points are dense "
            + "simulations with one standard error. A fixed small ridge lets the noise of all generations pile up. Tuning each generation "
            + "for itself slows the collapse but does not stop it: each one smooths again what was already smoothed. Tuning all ridges for "
            + "the last generation keeps the early ones rough and ends far lower. A share of real labels stops the growth.",
            [
                new("$d$", $"{D}"), new("$n$", $"{Rows} in each generation"), new("$s_j$", "$1/j$"), new("$b_j$", "$∝ j^{-3/2}$, norm 1"),
                new("$σ^2$, label noise", $"{Noise}"), new("trials", $"{trials}"),
            ],
            agreement);
    }

    private static Chain Line(Func<int, RidgeRule> ridge, double realShare)
    {
        var population = new Population(Spectrum.PowerLaw(D, 1), TargetVector.PowerLaw(D, 1.5, 1));
        long real = (long)(realShare * Rows);
        return new Chain(population, Noise,
        [
            new StagePlan(Name(1), Chain.Truth, Rows, ridge(1), Noise),
            .. Enumerable.Range(2, Last - 1).Select(g => new StagePlan(
                Name(g),
                real == 0 ? [new GroupPlan(Name(g - 1), Rows, Noise)]
                    : [new GroupPlan(Name(g - 1), Rows - real, Noise), new GroupPlan(Chain.Truth, real, Noise)],
                ridge(g))),
        ]);
    }

    private static string Name(int generation) => $"generation {generation}";
}
