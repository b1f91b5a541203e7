using WeakToStrong.Figures.Drawing;
using WeakToStrong.Figures.Model;
using WeakToStrong.Networks;

namespace WeakToStrong.Figures.Recipes;

/// <summary>Singular values of the first layers before and after one step, with the Marchenko-Pastur bulk and predicted outliers.</summary>
internal sealed class NetworkSpectra : IFigureRecipe
{
    private const int Dimension = 800, Width = 400, Bins = 40;
    private const double Rate = 4, Spike = 2.5;

    public string Id => "network-4";

    public string Title => "Spectra of the first layers before and after one step";

    public long DefaultTrials => 1;

    public FigureOutcome Make(FigureRequest request, RunOptions options)
    {
        NetworkExperiment experiment = NetworkFigures.Experiment(Dimension) with
        {
            TeacherWidth = Width,
            StudentWidth = Width,
            TeacherRate = Rate,
            StudentRate = Rate,
            Spike = Spike
        };
        var comparison = SpectrumComparison.Run(experiment, FigureTrials.Seed(request.Seed, Id, 0), options);
        const string caption = "Singular values of the first layers in one trial, with the Marchenko-Pastur density of the random initial "
            + "weights. Diamonds mark outliers; dashed lines the positions that theory predicts for "
            + "the rank-one parts: the teacher's step, the student's spike, and the student's step on the teacher's labels.";
        var figure = new Figure(
            Panel("teacher, initial", comparison.TeacherBefore, []),
            Panel("teacher, after the step", comparison.TeacherAfter, comparison.TeacherOutliers),
            Panel("student, pre-trained", comparison.StudentBefore, comparison.PretrainedOutliers),
            Panel("student, after the step", comparison.StudentAfter, comparison.StudentOutliers))
        {
            Columns = 2,
            Legend = LegendPlacement.Below,
            Description = MathText.Plain(caption),
        };
        return new FigureOutcome(figure, comparison.ToTable(), caption,
            [.. NetworkFigures.Parameters(experiment, request, 1), new("step sizes, spike $τ$", $"{Rate}, {Spike}")], []);
    }

    private static Panel Panel(string title, WeightSpectrum spectrum, IReadOnlyList<double> predicted)
    {
        double low = spectrum.BulkLow, high = spectrum.BulkHigh, width = (high - low) / Bins;
        // The histogram covers the bulk and a little more, so that no value of the bulk is left out; outliers are drawn one by one.
        double[] edges = [.. Enumerable.Range(-2, Bins + 5).Select(i => low + (i * width))];
        double[] bulk = [.. spectrum.SingularValues.Where(s => s <= spectrum.OutlierThreshold)],
            outliers = [.. spectrum.SingularValues.Where(s => s > spectrum.OutlierThreshold)];
        double[] heights = [.. edges.SkipLast(1).Select((edge, i) =>
            bulk.Count(s => s >= edge && s < edges[i + 1]) / (width * spectrum.SingularValues.Count))];
        double[] at = [.. Enumerable.Range(0, 201).Select(i => low + (i * (high - low) / 200))];
        var layers = new List<Layer>
        {
            new Bars([.. edges.SkipLast(1)], [.. edges.Skip(1)], heights) { Name = "singular values" },
            new Curve(at, [.. at.Select(spectrum.BulkDensity)]) { Name = "Marchenko-Pastur", Stroke = new(Palette.Red) },
        };
        layers.AddRange(predicted.Select(p => new ReferenceLine(Orientation.Vertical, p) { Name = "predicted outlier" }));
        layers.Add(new Points(outliers, [.. outliers.Select(_ => 0.05)])
        {
            Name = "outlier",
            Color = Palette.Vermilion,
            Marker = Marker.Diamond,
            Size = 5
        });
        return new Panel(Axis.Linear("singular value", 0, 4), Axis.Linear("density", 0), layers) { Title = title };
    }
}
