using WeakToStrong.Figures.Drawing;
using WeakToStrong.Figures.Model;
using WeakToStrong.Statistics;
using WeakToStrong.Tables;

namespace WeakToStrong.Figures.Recipes;

/// <summary>What one step learns and keeps, against the step size, the spike and the dimension, beside Proposition 10
/// and Theorem 11.</summary>
internal sealed class NetworkOverlaps : IFigureRecipe
{
    private const int Dimension = 500;
    private static readonly double[] Rates = [0.25, 0.5, 1, 1.5, 2, 3, 4], Spikes = [0, 0.5, 1, 1.5, 2, 3, 4];
    private static readonly double[] Dimensions = [125, 250, 500, 1000];

    private static readonly string[] Columns = ["eta", "spike", "d", "trials", "measured", "se", "sd", "predicted", "z", "printed"];

    public string Id => "network-1";

    public string Title => "One gradient step: what the networks learn of each direction";

    public long DefaultTrials => 10;

    public FigureOutcome Make(FigureRequest request, RunOptions options)
    {
        int trials = NetworkFigures.Trials(request, DefaultTrials);
        var data = new SeriesTable(["panel", "quantity"], Columns);
        var agreement = new List<Agreement>();
        ResultTable[] overRate = Run(0, Rates, "d=500&eta_teacher={0}&eta_student={0}");
        ResultTable[] overSpike = Run(1, Spikes, "d=500&spike={0}");
        ResultTable[] overDimension = Run(2, Dimensions, "d={0}");

        Layer[] rate = [.. Show("eta", overRate, Rates, ("teacher_update_easy", "teacher, easy", Palette.Blue),
            ("student_update_easy", "student, easy", Palette.Vermilion), ("teacher_update_hard", "teacher, hard", Palette.Green))];
        Layer[] spike =
        [
            .. Show("spike", overSpike, Spikes, ("student_update_hard_spike", "spike kept", Palette.Purple),
                ("student_norm_hard", "$‖W_s β_h‖$", Palette.Orange)),
            new Curve(Spikes, [.. overSpike.Select(t => t.Numbers("printed")[Row(t, "student_norm_hard")])])
            {
                Name = "as printed",
                Stroke = new(Palette.Gray, 0.9, Dash.Dashed),
            },
        ];
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

        ResultTable[] Run(int part, double[] values, string arguments) => [.. values.Select((value, i) =>
            new StudyPart("network-updates", arguments.Replace("{0}", NumberText.Format(value), StringComparison.Ordinal))
                .Simulate(trials, FigureTrials.Seed(request.Seed, Id, (100 * part) + i), options))];

        IEnumerable<Layer> Show(string panel, ResultTable[] results, double[] x, params (string Quantity, string Name, Rgb Color)[] series)
        {
            foreach ((string quantity, string name, Rgb color) in series)
            {
                Estimate[] measured = [.. results.Select(r => Measured(r, quantity))];
                double[] predicted = [.. results.Select(r => r.Numbers("predicted")[Row(r, quantity)])];
                yield return new Curve(x, predicted) { Stroke = new(color) };
                yield return new Points(x, [.. measured.Select(m => m.Mean)])
                {
                    Errors = [.. measured.Select(m => m.StandardError)],
                    Color = color,
                    Name = name
                };
                agreement.Add(Agreement.Of($"{name}, against {panel}", measured, predicted));
                foreach (ResultTable r in results)
                    AddRow(panel, r, quantity);
            }
        }

        IEnumerable<Layer> Vanishing(ResultTable[] results)
        {
            double[] d = Dimensions;
            yield return new Band(d, [.. d.Select(x => 0.5 / Math.Sqrt(x))],
                [.. d.Select(x => 1.5 / Math.Sqrt(x))])
            { Color = Palette.Gray };
            foreach (Layer layer in Show("d", results, d, ("teacher_update_hard", "teacher, hard", Palette.Green)))
                yield return layer;
            (string Quantity, string Name, Rgb Color)[] spreads =
                [("teacher_readout_hard", "spread, readout", Palette.Blue), ("label_direction_easy", "spread, labels", Palette.Vermilion)];
            foreach ((string quantity, string name, Rgb color) in spreads)
            {
                yield return new Points(d, [.. results.Select(r => Spread(Measured(r, quantity)))])
                {
                    Color = color,
                    Name = name,
                    Marker = Marker.Square
                };
                foreach (ResultTable r in results)
                    AddRow("d", r, quantity);
            }
        }

        void AddRow(string panel, ResultTable r, string quantity)
        {
            Estimate m = Measured(r, quantity);
            double At(string column) => LinearSetting.Numbers(r, column)[Row(r, quantity)];
            data.Add([panel, quantity], At("eta_teacher"), At("spike"), At("d"), trials, m.Mean, m.StandardError, Spread(m),
                At("predicted"), At("z"), At("printed"));
        }

        Estimate Measured(ResultTable r, string quantity) =>
            new(r.Numbers("measured")[Row(r, quantity)], r.Numbers("se")[Row(r, quantity)], trials);
    }

    private static int Row(ResultTable table, string quantity) => Array.IndexOf(((TextColumn)table.Find("quantity")!).Values, quantity);

    /// <summary>Standard deviation over the trials.</summary>
    private static double Spread(Estimate e) => e.StandardError * Math.Sqrt(e.Count);
}
