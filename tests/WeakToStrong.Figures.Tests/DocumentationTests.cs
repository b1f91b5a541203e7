using WeakToStrong.Asymptotics;
using WeakToStrong.Figures.Drawing;
using WeakToStrong.Figures.Model;

namespace WeakToStrong.Figures.Tests;

/// <summary>The example of docs/figures.md, as it stands there.</summary>
public class DocumentationTests
{
    [Fact]
    public void The_example_draws_a_page()
    {
        Grid ridges = Grid.Logarithmic(0.01, 10, 200);
        var student = new RidgeStudent(new RidgeTeacher(gamma: 0.25, lambda: 0.05, noiseVariance: 1), gamma: 0.25);
        var panel = new Panel(
            Axis.Log("student ridge $λ_s$"), Axis.Linear("$ℒ_s − ℒ_t$"),
            new Curve(ridges, [.. ridges.Select(student.Gap)]) { Name = "limit" },
            new ReferenceLine(Orientation.Horizontal, 0));
        File.WriteAllBytes("gap.pdf", FigureWriter.Render(new Figure(panel), FigureFormat.Pdf));

        Assert.StartsWith("%PDF", File.ReadAllText("gap.pdf"), StringComparison.Ordinal);
        File.Delete("gap.pdf");
    }
}
