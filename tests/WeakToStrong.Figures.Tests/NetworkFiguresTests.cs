using WeakToStrong.Figures.Model;
using WeakToStrong.Figures.Recipes;
using WeakToStrong.Tables;

namespace WeakToStrong.Figures.Tests;

public class NetworkFiguresTests
{
    [Fact]
    public void Spectra_show_the_bulk_and_the_outliers_where_predicted()
    {
        FigureOutcome outcome = FigureCatalog.Find("network-4").Single().Make(new FigureRequest(1), RunOptions.Default);
        Assert.Equal(4, outcome.Figure.Panels.Count);
        int[] marked = [.. outcome.Figure.Panels.Select(p => p.Layers.OfType<Points>().Single().X.Count)];
        Assert.Equal([0, 1, 1, 2], marked);
        foreach (Panel panel in outcome.Figure.Panels)
        {
            double[] predicted = [.. panel.Layers.OfType<ReferenceLine>().Select(l => l.Value).Order()];
            double[] found = [.. panel.Layers.OfType<Points>().Single().X.Order()];
            Assert.Equal(predicted.Length, found.Length);
            for (int i = 0; i < found.Length; i++)
                Assert.Equal(predicted[i], found[i], 0.06 * predicted[i]);
            // A density: its bars have area one, but for the outliers.
            Bars bars = panel.Layers.OfType<Bars>().Single();
            Assert.InRange(bars.Height.Select((h, i) => h * (bars.Right[i] - bars.Left[i])).Sum(), 0.98, 1.0001);
        }
        Assert.Equal(1600, outcome.Data.RowCount);
    }

    [Fact]
    public void A_figure_repeats_itself_whatever_the_number_of_threads()
    {
        IFigureRecipe recipe = FigureCatalog.Find("network-4").Single();
        Assert.Equal(Numbers(1), Numbers(2));

        double[] Numbers(int threads)
        {
            ResultTable data = recipe.Make(new FigureRequest(3, 1), new RunOptions { Threads = threads }).Data;
            return data.Columns.OfType<NumberColumn>().Single(c => c.Name == "singular_value").Values;
        }
    }
}
