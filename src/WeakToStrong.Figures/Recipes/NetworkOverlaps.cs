using WeakToStrong.Figures.Drawing;
using WeakToStrong.Figures.Model;
using WeakToStrong.Networks;
using WeakToStrong.Statistics;

namespace WeakToStrong.Figures.Recipes;

/// <summary>What one step learns and keeps, against the step size, the spike and the dimension, beside Proposition 10
/// and Theorem 11.</summary>
internal sealed class NetworkOverlaps : IFigureRecipe
{
    private const int Dimension = 500;
    private static readonly double[] Rates = [0.25, 0.5, 1, 1.5, 2, 3, 4], Spikes = [0, 0.5, 1, 1.5, 2, 3, 4];
    private static readonly int[] Dimensions = [125, 250, 500, 1000];

    private static readonly string[] Columns = ["eta", "spike", "d", "trials", "measured", "se", "sd", "predicted", "z", "printed"];

    public string Id => "network-1";

    public string Title => "One gradient step: what the networks learn of each direction";

    public long DefaultTrials => 10;

    public FigureOutcome Make(FigureRequest request, RunOptions options)
    {
        int trials = NetworkFigures.Trials(request, DefaultTrials);
        var data = new SeriesTable(["panel", "quantity"], Columns);
        var agreement = new List<Agreement>();
        NetworkResult[] overRate = Run(0, Rates.Select(eta =>
            NetworkFigures.Experiment(Dimension) with { TeacherRate = eta, StudentRate = eta }));
        NetworkResult[] overSpike = Run(1, Spikes.Select(tau => NetworkFigures.Experiment(Dimension) with { Spike = tau }));
        NetworkResult[] overDimension = Run(2, Dimensions.Select(NetworkFigures.Experiment));

        Layer[] rate = [.. Show("eta", overRate, Rates, (NetworkQuantity.TeacherUpdateEasy, "teacher, easy", Palette.Blue),
            (NetworkQuantity.StudentUpdateEasy, "student, easy", Palette.Vermilion),
            (NetworkQuantity.TeacherUpdateHard, "teacher, hard", Palette.Green))];
        Layer[] spike = [.. Show("spike", overSpike, Spikes, (NetworkQuantity.StudentUpdateHardSpike, "spike kept", Palette.Purple),
            (NetworkQuantity.StudentNormHard, "$‖W_s β_h‖$", Palette.Orange)),
            new Curve(Spikes, [.. overSpike.Select(r => r.Prediction.Printed(NetworkQuantity.StudentNormHard))]) { Name = "as printed",
                Stroke = new(Palette.Gray, 0.9, Dash.Dashed) }];
        const string caption = "Two-layer ReLU networks with links identity and He2, before and after one step on the correlation loss. "
            + "Left: length of the update along the easy and the hard direction against the step size $η_t = η_s$. Middle: what the "
            + "student keeps of its spike, and the norm that Theorem 11 speaks of, against $τ$. Right: what must vanish, against $d$: the "
            + "teacher's hard update, and the spread over trials of its hard overlap and of the labels' easy direction, with a band $0.5 "
            + "d^{-1/2}$ to $1.5 d^{-1/2}$. Lines: theory, docs/networks.md.";
        var figure = new Figure(
            new Panel(Axis.Log("step size $η$"), Axis.Log("length of the update"), rate),
            new Panel(Axis.Linear("spike $τ$"), Axis.Linear("norm along $β_h$"), spike),
            new Panel(Axis.Log("dimension $d$"), Axis.Log("size"), [.. Vanishing(overDimension)]))
        {
            Description = MathText.Plain(caption),
        };
        return new FigureOutcome(figure, data.ToTable(), caption,
            [.. NetworkFigures.Parameters(NetworkFigures.Experiment(Dimension), request, trials)], agreement);

        NetworkResult[] Run(int part, IEnumerable<NetworkExperiment> experiments) => [.. experiments.Select((e, i) =>
        {
            NetworkResult result = NetworkSimulator.Run(e, trials, FigureTrials.Seed(request.Seed, Id, (100 * part) + i), options);
            options.Cancellation.ThrowIfCancellationRequested();
            return result;
        })];

        IEnumerable<Layer> Show(string panel, NetworkResult[] results, double[] x,
            params (NetworkQuantity Quantity, string Name, Rgb Color)[] series)
        {
            foreach ((NetworkQuantity quantity, string name, Rgb color) in series)
            {
                Estimate[] measured = [.. results.Select(r => r.Measured(quantity))];
                double[] predicted = [.. results.Select(r => r.Prediction.Corrected(quantity))];
                yield return new Curve(x, predicted) { Stroke = new(color) };
                yield return new Points(x, [.. measured.Select(m => m.Mean)])
                {
                    Errors = [.. measured.Select(m => m.StandardError)],
                    Color = color,
                    Name = name
                };
                agreement.Add(Agreement.Of($"{name}, against {panel}", measured, predicted));
                foreach (NetworkResult r in results)
                    AddRow(panel, r, quantity);
            }
        }

        IEnumerable<Layer> Vanishing(NetworkResult[] results)
        {
            double[] d = [.. Dimensions.Select(x => (double)x)];
            yield return new Band(d, [.. d.Select(x => 0.5 / Math.Sqrt(x))],
                [.. d.Select(x => 1.5 / Math.Sqrt(x))])
            { Color = Palette.Gray };
            foreach (Layer layer in Show("d", results, d, (NetworkQuantity.TeacherUpdateHard, "teacher, hard", Palette.Green)))
                yield return layer;
            foreach ((NetworkQuantity quantity, string name,
                Rgb color) in new[] { (NetworkQuantity.TeacherReadoutHard, "spread, readout", Palette.Blue),
                (NetworkQuantity.LabelDirectionEasy, "spread, labels", Palette.Vermilion) })
            {
                yield return new Points(d, [.. results.Select(r => Spread(r.Measured(quantity)))])
                {
                    Color = color,
                    Name = name,
                    Marker = Marker.Square
                };
                foreach (NetworkResult r in results)
                    AddRow("d", r, quantity);
            }
        }

        void AddRow(string panel, NetworkResult r, NetworkQuantity quantity)
        {
            Estimate m = r.Measured(quantity);
            double predicted = r.Prediction.Corrected(quantity);
            data.Add([panel, quantity.TableName()], r.Experiment.TeacherRate, r.Experiment.Spike, r.Experiment.Dimension, r.Trials, m.Mean,
                m.StandardError, Spread(m),
                predicted, m.Z(predicted), r.Prediction.Printed(quantity));
        }
    }

    /// <summary>Standard deviation over the trials.</summary>
    private static double Spread(Estimate e) => e.StandardError * Math.Sqrt(e.Count);
}
