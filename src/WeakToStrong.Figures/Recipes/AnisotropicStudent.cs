using WeakToStrong.Chains;
using WeakToStrong.Chains.Simulation;
using WeakToStrong.Figures.Model;
using WeakToStrong.Statistics;

namespace WeakToStrong.Figures.Recipes;

/// <summary>
/// Beyond the paper, first finding: with an anisotropic covariance a student beats the optimally tuned teacher, although it is
/// told nothing about the target. Derived in docs/beyond.md.
/// </summary>
internal sealed class AnisotropicStudent : IFigureRecipe
{
    private const int D = 400;
    private const long TeacherRows = 400, StudentRows = 4000;
    private const double Noise = 1;

    public string Id => "beyond-1";

    public string Title => "Anisotropic features: a student beats the optimally tuned teacher";

    public long DefaultTrials => 40;

    public FigureOutcome Make(FigureRequest request, RunOptions options)
    {
        var data = new LimitsAndPoints();
        Panel ridges = RidgePanel(data, request.Trials ?? DefaultTrials, FigureTrials.Seed(request.Seed, Id, 0), options,
            out Agreement agreement);
        Panel exponents = ExponentPanel(data, options);
        return new FigureOutcome(
            new Figure(ridges, exponents)
            {
                Legend = LegendPlacement.Automatic,
                Description = "Left: excess error of the student relative to the optimally tuned teacher against the student's ridge; "
                    + "right: the best student's gain against the covariance exponent.",
            },
            data.ToTable(),
            "Left: the student's excess error relative to that of the optimally tuned teacher, against the student's ridge; curves are "
            + "limits, points are dense simulations with one standard error. With $s_j = 1/j$ and target coefficients $b_j ∝ j^{-3/2}$ the "
            + "student wins below zero; with isotropic features it never does. Right: the gain of the best student over the best teacher, "
            + "against the exponent $α$ of the covariance $s_j = j^{-α}$, for target coefficients $b_j ∝ j^{-β}$. There is nothing to gain "
            + "when features are isotropic ($α = 0$) or when the target has no preferred direction ($β = 0$), where tuned ridge already is "
            + "the best estimator.",
            [
                new("$d$", $"{D}"), new("$n_t$", $"{TeacherRows}"), new("$n_s$", $"{StudentRows}"), new("$σ^2$", $"{Noise}"),
                new("$|b|$", "1"),
                new("trials", $"{request.Trials ?? DefaultTrials}"),
            ],
            [agreement]);
    }

    private static Panel RidgePanel(LimitsAndPoints data, long trials, ulong seed, RunOptions options, out Agreement agreement)
    {
        double[] ridges = [.. Grid.Logarithmic(1e-4, 1, 81)], simulated = [.. Grid.Logarithmic(1e-3, 0.3, 9)];
        Chain Students(Population population, double[] lambdas) => new(population, Noise,
        [
            new StagePlan("teacher", Chain.Truth, TeacherRows, RidgeRule.Best, Noise),
            .. lambdas.Select((lambda, i) => new StagePlan($"student {i}", "teacher", StudentRows, RidgeRule.Of(lambda))),
        ]);
        double[] Relative(ChainResult result) => [.. result.Errors.Skip(1).Select(e => (e.ExcessError / result.Errors[0].ExcessError) - 1)];

        Population slopes = Problem(1, 1.5), isotropic = Problem(0, 1.5);
        ChainResult solved = Students(slopes, simulated).Solve(options);
        ChainSimulation simulation = FigureTrials.Run(solved, trials, seed, options);
        double teacher = solved.Errors[0].ExcessError;
        Estimate[] gaps = [.. simulation.Gaps.Skip(1).Select(g => new Estimate(g.Mean / teacher, g.StandardError / teacher, g.Count))];
        double[] limits = Relative(solved);
        agreement = Agreement.Of("left panel", gaps, limits);
        return new Panel(
            Axis.Log("student ridge $λ_s$", 1e-4, 1), Axis.Linear("$E_s/E_t - 1$", -0.15, 0.3),
            new ReferenceLine(Orientation.Horizontal, 0),
            data.Curve("left", "isotropic", ridges, Relative(Students(isotropic, ridges).Solve(options)), Palette.Gray),
            data.Curve("left", "$s_j = 1/j$", ridges, Relative(Students(slopes, ridges).Solve(options)), Palette.Blue),
            data.Points("left", "$s_j = 1/j$", simulated, gaps, limits, Palette.Blue))
        {
            Title = "student of the best teacher",
        };
    }

    private static Panel ExponentPanel(LimitsAndPoints data, RunOptions options)
    {
        double[] alphas = [.. Enumerable.Range(0, 41).Select(i => 0.05 * i)];
        var layers = new List<Layer> { new ReferenceLine(Orientation.Horizontal, 0) };
        double[] betas = [0, 0.5, 1, 1.5];
        for (int k = 0; k < betas.Length; k++)
        {
            double[] gains = [.. alphas.Select(alpha => Gain(Problem(alpha, betas[k]), options))];
            layers.Add(data.Curve("right", $"$β = {betas[k]}$", alphas, gains, Palette.Series[k]));
        }
        return new Panel(Axis.Linear("covariance exponent $α$", 0, 2), Axis.Linear("gain $1 - E_s/E_t$", -0.01, 0.15), [.. layers])
        {
            Title = "best student of the best teacher",
        };
    }

    private static double Gain(Population population, RunOptions options)
    {
        options.Cancellation.ThrowIfCancellationRequested();
        var teachers = new TrainingStage(new RowGroup(population.Truth, TeacherRows, Noise));
        StageErrors teacher = teachers.Best().Errors;
        return 1 - (new TrainingStage(new RowGroup(teachers.Train(teacher.Ridge), StudentRows))
            .Best().Errors.ExcessError / teacher.ExcessError);
    }

    private static Population Problem(double alpha, double beta) => new(Spectrum.PowerLaw(D, alpha), TargetVector.PowerLaw(D, beta, 1));
}
