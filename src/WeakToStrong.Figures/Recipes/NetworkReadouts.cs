using WeakToStrong.Figures.Drawing;
using WeakToStrong.Figures.Model;
using WeakToStrong.Networks;
using WeakToStrong.Networks.Readouts;
using WeakToStrong.Statistics;

namespace WeakToStrong.Figures.Recipes;

/// <summary>Who wins in test error, against the spike, the step size and the number of samples.</summary>
internal sealed class NetworkReadouts : IFigureRecipe
{
    private const int Dimension = 250, TrueLabels = 600;
    private const double Rate = 3, Spike = 8;
    private static readonly double[] Spikes = [0, 1, 2, 4, 6, 8, 12], Rates = [0, 1, 2, 4, 6];
    private static readonly int[] SamplesPerFeature = [1, 2, 4, 8];

    public string Id => "network-2";

    public string Title => "Who wins: test errors of teacher and student with refit readouts";

    public long DefaultTrials => 10;

    public FigureOutcome Make(FigureRequest request, RunOptions options)
    {
        int trials = NetworkFigures.Trials(request, DefaultTrials);
        var data = new SeriesTable(["panel", "network", "readout"],
            ["spike", "eta", "samples", "trials", "test_error", "se", "predicted", "gain_over_teacher", "gain_over_teacher_se"]);
        NetworkExperiment standard = NetworkFigures.Experiment(Dimension) with { TeacherRate = 2, StudentRate = Rate, Spike = Spike };
        Layer[] overSpike = Panel("spike", 0, Spikes, tau => standard with { Spike = tau });
        Layer[] overRate = Panel("eta", 1, Rates, eta => standard with { TeacherRate = eta, StudentRate = eta });
        double[] samples = [.. SamplesPerFeature.Select(k => (double)k * Dimension)];
        Layer[] overSamples = Panel("samples", 2, samples, n => standard with { TeacherSamples = (int)n, StudentSamples = (int)n });
        const string caption = "Test error against the noise-free target; 1 + 2 is the error of predicting zero. Lines: predicted from the "
            + "trials' weights, no sample being drawn. Points: measured. Solid: each network's readout refit by ridge on "
            + "600 true labels. Dashed: the student's readout fitted to the teacher's labels alone, which never beats the teacher. Left: "
            + "against the spike $τ$, with $p^{1/4}$ marked, where the probe begins to see the hard direction. "
            + "Middle: against the step size $η_t = η_s$. Right: against the number of samples of each step.";
        var figure = new Figure(
            new Panel(Axis.Linear("spike $τ$"), Axis.Linear("test error"),
                [new ReferenceLine(Orientation.Vertical, Math.Pow(Dimension, 0.25)) { Stroke = new(Palette.Gray, 0.9, Dash.Dotted) },
                .. overSpike]),
            new Panel(Axis.Linear("step size $η$"), Axis.Linear("test error"), overRate),
            new Panel(Axis.Log("samples $n$"), Axis.Linear("test error"), overSamples))
        {
            Legend = LegendPlacement.Below,
            Description = MathText.Plain(caption),
        };
        return new FigureOutcome(figure, data.ToTable(), caption, [.. NetworkFigures.Parameters(standard, request, trials),
            new("step sizes $η_t$, $η_s$, spike $τ$", $"2, {Rate}, {Spike} where not on the axis"),
                new("true labels", $"{TrueLabels}, a fifth of them held out for the ridge")], []);

        Layer[] Panel(string name, int part, double[] x, Func<double, NetworkExperiment> experiment)
        {
            var results = new List<ReadoutResult>();
            for (int i = 0; i < x.Length; i++)
            {
                results.Add(new ReadoutComparison(experiment(x[i]), TrueLabels)
                    .Run(trials, FigureTrials.Seed(request.Seed, Id, part), options));
                options.Cancellation.ThrowIfCancellationRequested();
            }
            return [
                .. Line(ProbedNetwork.Teacher, ReadoutSource.TrueLabels, "teacher", Palette.Blue),
                .. Line(ProbedNetwork.UntrainedStudent, ReadoutSource.TrueLabels, "student, untrained", Palette.Gray),
                .. Line(ProbedNetwork.PretrainedStudent, ReadoutSource.TrueLabels, "pre-trained", Palette.Orange),
                .. Line(ProbedNetwork.TrainedStudent, ReadoutSource.TrueLabels, "after the step", Palette.Vermilion),
                .. Line(ProbedNetwork.TrainedStudent, ReadoutSource.TeacherLabels, "after the step, teacher's labels only", Palette.Purple,
                    Dash.Dashed),
            ];

            IEnumerable<Layer> Line(ProbedNetwork network, ReadoutSource readout, string title, Rgb color, Dash dash = Dash.Solid)
            {
                Estimate[] errors = [.. results.Select(r => r.TestError(network, readout))];
                double[] predicted = [.. results.Select(r => r.Predicted(network, readout).Mean)];
                for (int i = 0; i < x.Length; i++)
                {
                    NetworkExperiment e = results[i].Comparison.Experiment;
                    Estimate gain = results[i].Gain(network, ProbedNetwork.Teacher, readout);
                    data.Add([name, TableNames.Of(network), TableNames.Of(readout)], e.Spike, e.StudentRate, e.StudentSamples, trials,
                        errors[i].Mean, errors[i].StandardError, predicted[i], gain.Mean, gain.StandardError);
                }
                yield return new Curve(x, predicted) { Stroke = new(color, 1.1, dash), Name = title };
                yield return new Points(x, [.. errors.Select(e => e.Mean)])
                {
                    Errors = [.. errors.Select(e => e.StandardError)],
                    Color = color
                };
            }
        }
    }
}
