using System.Buffers.Binary;
using System.Text;
using System.Xml.Linq;
using WeakToStrong.Asymptotics;
using WeakToStrong.Figures.Drawing;
using WeakToStrong.Figures.Model;

namespace WeakToStrong.Figures.Tests;

public class FigureWriterTests
{
    [Fact]
    public void Png_has_300_dots_to_the_inch_and_opens()
    {
        byte[] png = FigureWriter.Render(SampleFigure.Make(), FigureFormat.Png);

        Assert.Equal([0x89, .. "PNG\r\n\u001a\n"u8], png[..8]);
        // The resolution chunk follows the header; Skia refuses a file whose checksums are wrong.
        Assert.Equal("pHYs"u8, png.AsSpan(37, 4));
        Assert.Equal(11811u, BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(41)));
        using var bitmap = SkiaSharp.SKBitmap.Decode(png);
        Assert.InRange(bitmap.Width, 6 * 300, 8 * 300);
        Assert.Equal(SkiaSharp.SKColors.White, bitmap.GetPixel(bitmap.Width - 1, bitmap.Height - 1));
    }

    [Fact]
    public void Svg_is_well_formed_and_carries_every_label()
    {
        XDocument svg = XDocument.Parse(Encoding.UTF8.GetString(FigureWriter.Render(SampleFigure.Make(), FigureFormat.Svg)));
        XNamespace ns = "http://www.w3.org/2000/svg";

        string[] labels = [.. svg.Descendants(ns + "g").Select(g => (string?)g.Attribute("aria-label") ?? "")];
        Assert.Superset(
            new HashSet<string> { "teacher ridge λ_t", "student error ℒ_s", "ℒ_s − ℒ_t", "λ_t = λ_t*", "ζ = 0.68", "10^−2", "soft",
                "n_s = 100" },
            labels.ToHashSet());
        Assert.Equal("Every layer, & a <mark>.", svg.Root!.Element(ns + "desc")!.Value);

        // Every letter that is used is defined once.
        string[] ids = [.. svg.Descendants(ns + "path").Attributes("id").Select(a => a.Value)];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(svg.Descendants(ns + "use"), u => Assert.Contains(((string)u.Attribute("href")!)[1..], ids));
    }

    [Fact]
    public void Negative_numbers_have_true_minus_signs()
    {
        string svg = Encoding.UTF8.GetString(FigureWriter.Render(SampleFigure.Make(), FigureFormat.Svg));

        Assert.Contains("aria-label=\"−0.5\"", svg);
        Assert.DoesNotMatch("aria-label=\"-", svg);
        Assert.Contains("id=\"g2212\"", svg);
    }

    [Fact]
    public void Pdf_is_one_page_with_its_font_inside()
    {
        byte[] pdf = FigureWriter.Render(SampleFigure.Make(), FigureFormat.Pdf);

        string text = Encoding.Latin1.GetString(pdf);
        Assert.StartsWith("%PDF-", text);
        Assert.EndsWith("%%EOF", text.TrimEnd());
        Assert.Contains("/FontFile2", text);
        Assert.Contains("+DejaVuSans", text);
    }

    [Theory]
    [InlineData(FigureFormat.Png)]
    [InlineData(FigureFormat.Svg)]
    [InlineData(FigureFormat.Pdf)]
    public void Same_figure_same_bytes(FigureFormat format) =>
        Assert.Equal(FigureWriter.Render(SampleFigure.Make(), format), FigureWriter.Render(SampleFigure.Make(), format));

    [Fact]
    public void A_divergence_is_a_gap_in_the_curve()
    {
        static string Lines(double middle)
        {
            var panel = new Panel(Axis.Linear("x"), Axis.Linear("y", 0, 2), new Curve([0, 1, 2, 3, 4], [1, 1, middle, 1, 1]));
            string svg = Encoding.UTF8.GetString(FigureWriter.Render(new Figure(panel), FigureFormat.Svg));
            return svg;
        }

        string pen = $"stroke=\"{Palette.Blue}\"";
        Assert.Equal(1, Count(Lines(1), pen));
        Assert.Equal(2, Count(Lines(double.PositiveInfinity), pen));
        Assert.Equal(2, Count(Lines(double.NaN), pen));
    }

    [Fact]
    public void The_example_in_the_documentation_draws()
    {
        Grid ridges = Grid.Logarithmic(0.01, 10, 200);
        var student = new RidgeStudent(new RidgeTeacher(gamma: 0.25, lambda: 0.05, noiseVariance: 1), gamma: 0.25);
        var panel = new Panel(
            Axis.Log("student ridge $λ_s$"), Axis.Linear("$ℒ_s − ℒ_t$"),
            new Curve(ridges, [.. ridges.Select(student.Gap)]) { Name = "limit" },
            new ReferenceLine(Orientation.Horizontal, 0));

        Assert.NotEmpty(FigureWriter.Render(new Figure(panel), FigureFormat.Pdf));
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
