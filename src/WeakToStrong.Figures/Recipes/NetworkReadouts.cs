using WeakToStrong.Figures.Drawing;
using WeakToStrong.Figures.Model;
using WeakToStrong.Tables;

namespace WeakToStrong.Figures.Recipes;

/// <summary>Who wins in test error, against the spike, the step size and the number of samples.</summary>
internal sealed class NetworkReadouts : IFigureRecipe
{
    private const int Dimension = 250;

    // Which rows are drawn, and how.
    private static readonly (string Network, string Readout, string Title, Rgb Color, Dash Dash)[] Lines =
    [
        ("teacher", "true_labels", "teacher", Palette.Blue, Dash.Solid),
        ("untrained_student", "true_labels", "student, untrained", Palette.Gray, Dash.Solid),
        ("pretrained_student", "true_labels", "pre-trained", Palette.Orange, Dash.Solid),
        ("trained_student", "true_labels", "after the step", Palette.Vermilion, Dash.Solid),
        ("trained_student", "teacher_labels", "after the step, teacher's labels only", Palette.Purple, Dash.Dashed),
    ];

    private static readonly StudyPart Study = new("network-readouts", "d=250&true_labels=600");

    public string Id => "network-2";

    public string Title => "Who wins: test errors of teacher and student with refit readouts";

    public long DefaultTrials => 10;

    public FigureOutcome Make(FigureRequest request, RunOptions options)
    {
        int trials = NetworkFigures.Trials(request, DefaultTrials);
        var data = new SeriesTable(["panel", "network", "readout"],
            ["spike", "eta", "samples", "trials", "test_error", "se", "predicted", "gain_over_teacher", "gain_over_teacher_se"]);
        Layer[] overSpike = Panel("spike", 0, [0, 1, 2, 4, 6, 8, 12], "eta_teacher=2&eta_student=3&spike={0}");
        Layer[] overRate = Panel("eta", 1, [0, 1, 2, 4, 6], "eta_teacher={0}&eta_student={0}&spike=8");
        Layer[] overSamples = Panel(
            "samples", 2, [250, 500, 1000, 2000], "eta_teacher=2&eta_student=3&spike=8&n_teacher={0}&n_student={0}");
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
        FigureParameter[] parameters =
        [
            .. NetworkFigures.Parameters(NetworkFigures.Experiment(Dimension), request, trials),
            new("step sizes $η_t$, $η_s$, spike $τ$", "2, 3, 8 where not on the axis"),
            new("true labels", "600, a fifth of them held out for the ridge"),
        ];
        return new FigureOutcome(figure, data.ToTable(), caption, parameters, []);

        Layer[] Panel(string name, int part, double[] x, string arguments)
        {
            ResultTable[] found = [.. x.Select(value => (Study with
            {
                Text = $"{Study.Text}&{arguments.Replace("{0}", NumberText.Format(value), StringComparison.Ordinal)}",
            }).Simulate(trials, FigureTrials.Seed(request.Seed, Id, part), options))];
            return [.. Lines.SelectMany(line =>
                Draw(name, x, found, line.Network, line.Readout, line.Title, new(line.Color, 1.1, line.Dash)))];
        }

        IEnumerable<Layer> Draw(string panel, double[] x, ResultTable[] found, string network, string readout, string title, Stroke stroke)
        {
            int row = Row(found[0], network, readout);
            double[] Take(string column) => [.. found.Select(table => LinearSetting.Numbers(table, column)[row])];
            double[] predicted = Take("predicted"), error = Take("test_error"), se = Take("se");
            double[][] inputs = [Take("spike"), Take("eta_student"), Take("n_student"), Take("trials"), error, se, predicted,
                Take("gain_over_teacher"), Take("gain_over_teacher_se")];
            for (int i = 0; i < x.Length; i++)
                data.Add([panel, network, readout], [.. inputs.Select(column => column[i])]);
            yield return new Curve(x, predicted) { Stroke = stroke, Name = title };
            yield return new Points(x, error) { Errors = se, Color = stroke.Color };
        }
    }

    private static int Row(ResultTable table, string network, string readout)
    {
        string[] networks = ((TextColumn)table.Find("network")!).Values, readouts = ((TextColumn)table.Find("readout")!).Values;
        return Enumerable.Range(0, networks.Length).Single(i => networks[i] == network && readouts[i] == readout);
    }
}
