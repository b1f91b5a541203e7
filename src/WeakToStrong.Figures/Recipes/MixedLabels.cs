using WeakToStrong.Chains;
using WeakToStrong.Chains.Simulation;
using WeakToStrong.Figures.Model;
using WeakToStrong.Statistics;

namespace WeakToStrong.Figures.Recipes;

/// <summary>
/// Beyond the paper, third finding: a student with a share of real labels, and the weight that its real rows deserve.
/// Derived in docs/beyond.md.
/// </summary>
internal sealed class MixedLabels : IFigureRecipe
{
    private const int D = 200;
    private const long Rows = 1000, TeacherRows = 100;
    private const double Noise = 1;

    private static readonly Population Problem = new(Spectrum.PowerLaw(D, 1), TargetVector.PowerLaw(D, 1.5, 1));

    public string Id => "beyond-3";

    public string Title => "Mixed labels: error against the share of real ones, and the weight that they deserve";

    public long DefaultTrials => 40;

    public FigureOutcome Make(FigureRequest request, RunOptions options)
    {
        long trials = request.Trials ?? DefaultTrials;
        var data = new LimitsAndPoints();
        Panel errors = ErrorPanel(data, trials, request.Seed, options, out List<Agreement> agreement);
        Panel weights = WeightPanel(data, options);
        return new FigureOutcome(
            new Figure(errors, weights)
            {
                Legend = LegendPlacement.Automatic,
                Description = "Left: excess error of a student on mixed labels against the share of real ones; right: the best weight of a "
                    + "real row against that share.",
            },
            data.ToTable(),
            $"A student trains on {Rows} rows, a share of them with real, noisy labels and the rest labelled by a teacher (noiseless, but "
            + "wrong where the teacher is); every ridge is tuned. Left: its excess error with equal weights, with the best weight of the "
            + "real rows, and with the teacher's rows thrown away; curves are limits, points are dense simulations with one standard "
            + "error. Right: the best weight of a real row relative to one of the teacher's, for teachers with more or fewer rows. A poor "
            + "teacher's labels repeat its mistakes, so that real rows deserve a multiple of their weight although they are noisy; beside "
            + "a good teacher they deserve less.",
            [
                new("$d$", $"{D}"), new("$n_t$ (left)", $"{TeacherRows}"), new("$n$", $"{Rows}"), new("$s_j$", "$1/j$"),
                new("$b_j$", "$∝ j^{-3/2}$, norm 1"),
                new("$σ^2$", $"{Noise}"), new("trials", $"{trials}"),
            ],
            agreement);
    }

    private Panel ErrorPanel(LimitsAndPoints data, long trials, ulong seed, RunOptions options, out List<Agreement> agreement)
    {
        double[] shares = [.. Enumerable.Range(1, 49).Select(i => 0.02 * i)], simulatedShares = [0.02, 0.1, 0.26, 0.5, 0.74, 0.9];
        Estimator teacher = Teacher(TeacherRows);
        (string Name, Func<double, RowGroup[]> Groups)[] ways =
        [
            ("equal weights", share => Mixed(teacher, share)),
            ("best weight", share => Weighted(teacher, share, options)),
            ("real rows only", share => [Mixed(teacher, share)[1]]),
        ];
        var layers = new List<Layer>();
        agreement = [];
        for (int k = 0; k < ways.Length; k++)
        {
            Func<double, RowGroup[]> groups = ways[k].Groups;
            layers.Add(data.Curve("left", ways[k].Name, shares,
                [.. shares.Select(s => new TrainingStage(groups(s)).Best().Errors.ExcessError)], Palette.Series[k]));
            ChainResult solved = AsChain(teacher, [.. simulatedShares.Select(groups)]).Solve(options);
            ChainSimulation simulation = FigureTrials.Run(solved, trials, FigureTrials.Seed(seed, Id, k), options);
            Estimate[] simulated = [.. simulation.TestErrors.Skip(1).Select(e => e with { Mean = e.Mean - Noise })];
            double[] limits = [.. solved.Errors.Skip(1).Select(e => e.ExcessError)];
            layers.Add(data.Points("left", ways[k].Name, simulatedShares, simulated, limits, Palette.Series[k]));
            agreement.Add(Agreement.Of(ways[k].Name, simulated, limits));
        }
        layers.Add(new ReferenceLine(Orientation.Horizontal, teacher.Errors.ExcessError) { Name = "teacher" });
        return new Panel(Axis.Linear("share of real labels", 0, 1), Axis.Linear("excess error $E$", 0, 0.13), layers);
    }

    private static Panel WeightPanel(LimitsAndPoints data, RunOptions options)
    {
        double[] shares = [.. Enumerable.Range(1, 49).Select(i => 0.02 * i)];
        long[] teachers = [50, 100, 200, 400];
        IReadOnlyList<Rgb> colors = Palette.Ordered(teachers.Length);
        var layers = new List<Layer> { new ReferenceLine(Orientation.Horizontal, 1) };
        for (int k = 0; k < teachers.Length; k++)
        {
            Estimator teacher = Teacher(teachers[k]);
            double[] weights = [.. shares.Select(s => Weighted(teacher, s, options)[1].Weight)];
            layers.Add(data.Curve("right", $"$n_t = {teachers[k]}$", shares, weights, colors[k]));
        }
        return new Panel(Axis.Linear("share of real labels", 0, 1), Axis.Log("best weight of a real row", 0.1, 1000), layers);
    }

    private static Estimator Teacher(long rows)
    {
        var stage = new TrainingStage(new RowGroup(Problem.Truth, rows, Noise));
        return stage.Train(stage.Best().Errors.Ridge);
    }

    private static RowGroup[] Mixed(Estimator teacher, double share)
    {
        long real = (long)Math.Round(share * Rows);
        return [new RowGroup(teacher, Rows - real), new RowGroup(Problem.Truth, real, Noise)];
    }

    private static RowGroup[] Weighted(Estimator teacher, double share, RunOptions options)
    {
        options.Cancellation.ThrowIfCancellationRequested();
        RowGroup[] groups = Mixed(teacher, share);
        double weight = BestWeight.Of(groups, 1).Weight;
        return [groups[0], new RowGroup(Problem.Truth, groups[1].Rows, Noise, weight)];
    }

    private static Chain AsChain(Estimator teacher, RowGroup[][] students) => new(Problem, Noise,
    [
        new StagePlan("teacher", Chain.Truth, TeacherRows, RidgeRule.Of(teacher.Errors.Ridge), Noise),
        .. students.Select((groups, i) => new StagePlan(
            $"student {i}", [.. groups.Select(g => new GroupPlan(g.Labels.IsTruth ? Chain.Truth : "teacher", g.Rows, g.LabelNoise,
                g.Weight))], RidgeRule.Best)),
    ]);
}
