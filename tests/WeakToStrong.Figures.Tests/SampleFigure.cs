using WeakToStrong.Figures.Model;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Figures.Tests;

/// <summary>A figure with every kind of layer.</summary>
internal static class SampleFigure
{
    public static Figure Make()
    {
        Field field = TiltedPlane(40, 30);
        double[] levels = [-1.5, -1, -0.5, 0, 0.25, 0.5];
        var map = new Panel(
            Axis.Log("teacher ridge $λ_t$"),
            Axis.Log("student ridge $λ_s$"),
            new FilledContours(field, levels) { BarLabel = "$ℒ_s − ℒ_t$" },
            new ContourLines(field, levels) { Stroke = new(Palette.Red, 0.8, Dash.Dashed), Name = "theory", Labelled = true },
            new ReferenceLine(Orientation.Vertical, 0.25) { Name = "$λ_t = λ_t^*$" })
        { Title = "under-parameterized student, $γ_s = 0.25$" };

        double[] x = [.. Grid.Logarithmic(0.01, 10, 200)];
        double[] coarse = [.. Grid.Logarithmic(0.01, 10, 20)];
        var lines = new Panel(
            Axis.Log("student ridge $λ_s$"),
            Axis.Linear("student error $ℒ_s$"),
            new Band(x, [.. x.Select(v => Math.Sin(v) - 0.2)], [.. x.Select(v => Math.Sin(v) + 0.2)]) { Name = "band" },
            new Curve(x, [.. x.Select(v => v is > 1 and < 1.2 ? double.NaN : Math.Sin(v))]) { Name = "$ζ = 0.68$" },
            new Points(coarse, [.. coarse.Select(v => Math.Sin(v) + 0.05)]) { Errors = [.. coarse.Select(_ => 0.1)], Name = "$ζ = 0.68$" },
            new ReferenceLine(Orientation.Horizontal, -0.5) { Name = "teacher" });

        var bars = new Panel(
            new Axis("label") { Categories = ["soft", "hard"] },
            Axis.Linear("accuracy"),
            Bars.Grouped([0.75, 0.8], 0, 2) with { Name = "teacher" },
            Bars.Grouped([0.77, 0.85], 1, 2) with { Name = "student", Color = Palette.Vermilion },
            new Note(0.5, 0.95, "$n_s = 100$"));
        return new Figure(map, lines, bars) { Columns = 2, Description = "Every layer, & a <mark>." };
    }

    /// <summary>log10 x + log10 y over three decades each way: its contours are straight lines on logarithmic axes.</summary>
    public static Field TiltedPlane(int rows, int columns)
    {
        double[] x = [.. Grid.Logarithmic(0.01, 10, rows)];
        double[] y = [.. Grid.Logarithmic(0.01, 10, columns)];
        var values = new Matrix<double>(rows, columns);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
                values[i, j] = Math.Log10(x[i]) + Math.Log10(y[j]);
        }
        return new Field(x, y, values);
    }
}
