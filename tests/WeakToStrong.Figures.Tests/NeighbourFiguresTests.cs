using WeakToStrong.Figures.Drawing;
using WeakToStrong.Figures.Recipes;

namespace WeakToStrong.Figures.Tests;

/// <summary>The figures of neighbouring results draw, with few trials, and hold the numbers that the papers give.</summary>
public class NeighbourFiguresTests
{
    [Theory]
    [InlineData("neighbours-1", 4)]
    [InlineData("neighbours-2", 6)]
    public void Every_panel_draws(string id, int panels)
    {
        FigureOutcome outcome = FigureCatalog.Find(id).Single().Make(new FigureRequest(Seed: 1, Trials: 3), RunOptions.Default);
        Assert.Equal(panels, outcome.Figure.Panels.Count);
        Assert.All(outcome.Figure.Panels, panel => Assert.True(panel.Layers.Count > 0 && panel.Title.Length > 0));
        Assert.NotEmpty(outcome.Agreement);
        string svg = System.Text.Encoding.UTF8.GetString(FigureWriter.Render(outcome.Figure, FigureFormat.Svg));
        Assert.True(svg.Length > 20_000);
        Assert.DoesNotContain("NaN", svg, StringComparison.Ordinal);
    }
}
