using WeakToStrong.Asymptotics;
using WeakToStrong.Figures.Drawing;
using WeakToStrong.Figures.Model;

namespace WeakToStrong.Figures.Recipes;

/// <summary>Theorem 5's H1 against the student's ridge (Figure 4).</summary>
internal sealed class StudentFunction(string id, string title, string caption) : IFigureRecipe
{
    private static readonly Grid Ridges = Grid.Logarithmic(1e-3, 100, 401);

    public string Id => id;

    public string Title => title;

    public long DefaultTrials => 0;

    public FigureOutcome Make(FigureRequest request, RunOptions options)
    {
        var data = new SeriesTable([], ["gamma_student", "lambda_student", "h1"]);
        var layers = new List<Layer>();
        foreach (StudentRatio ratio in StudentRatio.All)
        {
            double[] h = [.. Ridges.Select(l => new MarchenkoPastur(ratio.Gamma, l).H1)];
            for (int i = 0; i < h.Length; i++)
                data.Add([], ratio.Gamma, Ridges[i], h[i]);
            layers.Add(new Curve(Ridges, h) { Name = ratio.Name, Stroke = ratio.Stroke });
        }
        var panel = new Panel(Axis.Log("student ridge $λ_s$", Ridges[0], Ridges[^1]), Axis.Linear("$H_1(λ_s; γ_s)$", -1, 0.02), layers);
        var figure = new Figure(panel) { PanelWidth = 3.4, PanelHeight = 2.4, Description = MathText.Plain(caption) };
        return new FigureOutcome(figure, data.ToTable(), caption, StudentRatio.Parameters, []);
    }
}

/// <summary>The student ridges that solve H1 = c, against c (Figure 5), from the closed form of the winning window.</summary>
internal sealed class StudentFunctionRoots(string id, string title, string caption) : IFigureRecipe
{
    private const int Count = 240;

    public string Id => id;

    public string Title => title;

    public long DefaultTrials => 0;

    public FigureOutcome Make(FigureRequest request, RunOptions options)
    {
        var data = new SeriesTable(["branch"], ["gamma_student", "c", "lambda_student"]);
        var layers = new List<Layer>();
        foreach (StudentRatio ratio in StudentRatio.All)
        {
            (string Branch, double C, double Root)[] roots = [.. Roots(ratio.Gamma)];
            foreach ((string branch, double c, double root) in roots)
                data.Add([branch], ratio.Gamma, c, root);
            layers.Add(new Curve([.. roots.Select(r => r.C)], [.. roots.Select(r => r.Root)]) { Name = ratio.Name, Stroke = ratio.Stroke });
        }
        var panel = new Panel(Axis.Linear("$c$", -1, 0), Axis.Log("roots $λ_s$ of $H_1(λ_s; γ_s) = c$", 1e-3, 1e3), layers);
        var figure = new Figure(panel) { PanelWidth = 3.4, PanelHeight = 2.4, Description = MathText.Plain(caption) };
        return new FigureOutcome(figure, data.ToTable(), caption, StudentRatio.Parameters, []);
    }

    // Along the larger root from c = -1 to the fold, then back along the smaller one. A student wins where H1 > -kappa: the edges of its
    // window at kappa = -c are the roots.
    private static IEnumerable<(string Branch, double C, double Root)> Roots(double gamma)
    {
        double fold = WinningWindow.Threshold(gamma);
        double[] kappas = [.. Enumerable.Range(1, Count).Select(k => fold + ((1 - fold) * Math.Pow(1 - (k / (Count + 1.0)), 2)))];
        foreach (double kappa in kappas)
            yield return ("larger", -kappa, WinningWindow.Of(kappa, gamma).High);
        foreach (double kappa in kappas.Reverse().Where(_ => gamma > 1))
            yield return ("smaller", -kappa, WinningWindow.Of(kappa, gamma).Low);
    }
}

/// <summary>A ratio gamma_s with its colour: greens below one, blue dashes at one, oranges above.</summary>
internal sealed record StudentRatio(double Gamma, Stroke Stroke)
{
    /// <summary>The ratios of Figures 4 and 5.</summary>
    public static IReadOnlyList<StudentRatio> All { get; } =
    [
        new(0.25, new(new(0x7f, 0xcd, 0xb0))), new(0.5, new(new(0x2f, 0xa8, 0x82))), new(0.75, new(new(0x00, 0x6b, 0x4f))),
        new(1, new(Palette.Blue, 1.4, Dash.Dashed)),
        new(1.25, new(new(0x9a, 0x3e, 0x00))), new(1.5, new(new(0xd5, 0x5e, 0x00))), new(2, new(new(0xf2, 0x9e, 0x5c))),
    ];

    /// <summary>For the report.</summary>
    public static IReadOnlyList<FigureParameter> Parameters { get; } = [new("$γ_s$", string.Join(", ", All.Select(r => r.Gamma)))];

    /// <summary>Its entry in the legend.</summary>
    public string Name => $"$γ_s = {Gamma}$";
}
