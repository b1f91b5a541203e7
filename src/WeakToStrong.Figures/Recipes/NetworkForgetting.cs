using WeakToStrong.Figures.Drawing;
using WeakToStrong.Figures.Model;
using WeakToStrong.Networks;
using WeakToStrong.Statistics;

namespace WeakToStrong.Figures.Recipes;

/// <summary>What many steps on the teacher's labels do to the pre-trained direction, for both losses.</summary>
internal sealed class NetworkForgetting : IFigureRecipe
{
    private const int Dimension = 250, Steps = 30, TrueLabels = 600;
    private const double Rate = 2, Spike = 6;

    public string Id => "network-3";

    public string Title => "Forgetting over many steps";

    public long DefaultTrials => 5;

    public FigureOutcome Make(FigureRequest request, RunOptions options)
    {
        int trials = NetworkFigures.Trials(request, DefaultTrials);
        NetworkExperiment experiment = NetworkFigures.Experiment(Dimension) with
        {
            TeacherRate = Rate,
            StudentRate = Rate,
            Spike = Spike,
            StudentSteps = Steps
        };
        (TrainingLoss Loss, string Name, Rgb Color)[] losses = [(TrainingLoss.Correlation, "correlation loss", Palette.Vermilion),
            (TrainingLoss.Squared, "squared loss", Palette.Blue)];
        Forgetting[] runs = [.. losses.Select(l =>
        {
            Forgetting run = Forgetting.Run(experiment with { Loss = l.Loss }, TrueLabels, trials, FigureTrials.Seed(request.Seed, Id, 0),
                options);
            options.Cancellation.ThrowIfCancellationRequested();
            return run;
        })];
        const string caption = "The pre-trained student over repeated steps on the teacher's labels. On the correlation loss it gains for "
            + "a few steps, then the easy direction grows without bound and crowds the hard one out of the weights; on the squared loss it "
            + "stays. Left: share of the weights' energy on $β_h$. Middle: squared overlap of $β_h$ with the top two right singular "
            + "vectors. Right: test error with the readout refit on 600 true labels.";
        var figure = new Figure(
            Panel("share $‖W_s β_h‖^2/‖W_s‖_F^2$", s => s.HardShare),
            Panel("overlap of $β_h$", s => s.HardOverlap),
            Panel("test error of a probe", s => s.ProbeError))
        {
            Description = MathText.Plain(caption),
        };
        return new FigureOutcome(figure, Forgetting.ToTable(runs), caption, [.. NetworkFigures.Parameters(experiment, request, trials),
            new("step sizes, spike $τ$", $"{Rate}, {Spike}"), new("true labels", $"{TrueLabels}")], []);

        Panel Panel(string label, Func<ForgettingStep, Estimate> measure) =>
            new(Axis.Linear("step"), Axis.Linear(label),
            [.. losses.SelectMany((loss, i) => Lines(runs[i], loss.Name, loss.Color, measure))]);
    }

    private static IEnumerable<Layer> Lines(Forgetting run, string name, Rgb color, Func<ForgettingStep, Estimate> measure)
    {
        double[] steps = [.. run.Steps.Select(s => (double)s.Step)];
        Estimate[] values = [.. run.Steps.Select(measure)];
        yield return new Band(steps, [.. values.Select(v => v.Mean - v.StandardError)],
            [.. values.Select(v => v.Mean + v.StandardError)])
        { Color = color };
        yield return new Curve(steps, [.. values.Select(v => v.Mean)]) { Name = name, Stroke = new(color) };
    }
}
