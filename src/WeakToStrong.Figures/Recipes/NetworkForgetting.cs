using WeakToStrong.Figures.Drawing;
using WeakToStrong.Figures.Model;
using WeakToStrong.Tables;

namespace WeakToStrong.Figures.Recipes;

/// <summary>What many steps on the teacher's labels do to the pre-trained direction, for both losses.</summary>
internal sealed class NetworkForgetting : IFigureRecipe
{
    private const int Dimension = 250;
    private static readonly StudyPart Study =
        new("network-forgetting", "d=250&eta_teacher=2&eta_student=2&spike=6&steps=30&true_labels=600");

    public string Id => "network-3";

    public string Title => "Forgetting over many steps";

    public long DefaultTrials => 5;

    public FigureOutcome Make(FigureRequest request, RunOptions options)
    {
        int trials = NetworkFigures.Trials(request, DefaultTrials);
        ResultTable found = Study.Simulate(trials, FigureTrials.Seed(request.Seed, Id, 0), options);
        const string caption = "The pre-trained student over repeated steps on the teacher's labels. On the correlation loss it gains for "
            + "a few steps, then the easy direction grows without bound and crowds the hard one out of the weights; on the squared loss it "
            + "stays. Left: share of the weights' energy on $β_h$. Middle: squared overlap of $β_h$ with the top two right singular "
            + "vectors. Right: test error with the readout refit on 600 true labels.";
        var figure = new Figure(
            Panel("share $‖W_s β_h‖^2/‖W_s‖_F^2$", "hard_share"),
            Panel("overlap of $β_h$", "hard_overlap"),
            Panel("test error of a probe", "probe_error"))
        {
            Description = MathText.Plain(caption),
        };
        var data = new ResultTable([.. found.Columns.SkipWhile(c => c.Name != "loss")]);
        return new FigureOutcome(
            figure, data, caption,
            [.. NetworkFigures.Parameters(NetworkFigures.Experiment(Dimension), request, trials), new("step sizes, spike $τ$", "2, 6"),
                new("true labels", "600")], []);

        Panel Panel(string label, string column) => new(
            Axis.Linear("step"), Axis.Linear(label),
            [.. Lines(found, "correlation", Palette.Vermilion, column), .. Lines(found, "squared", Palette.Blue, column)]);
    }

    private static IEnumerable<Layer> Lines(ResultTable found, string loss, Rgb color, string column)
    {
        string[] losses = ((TextColumn)found.Find("loss")!).Values;
        int[] rows = [.. Enumerable.Range(0, losses.Length).Where(i => losses[i] == loss)];
        double[] Take(double[] values) => [.. rows.Select(i => values[i])];
        double[] steps = Take(LinearSetting.Numbers(found, "step")), mean = Take(found.Numbers(column)),
            error = Take(found.Numbers($"{column}_se"));
        yield return new Band(steps, [.. mean.Zip(error, (m, e) => m - e)], [.. mean.Zip(error, (m, e) => m + e)]) { Color = color };
        yield return new Curve(steps, mean) { Name = $"{loss} loss", Stroke = new(color) };
    }
}
