using System.Net;
using System.Text;
using WeakToStrong.Figures.Drawing;
using WeakToStrong.Figures.Recipes;

namespace WeakToStrong.Figures.Report;

/// <summary>
/// Writes report.html: one file that needs no other and no network, and prints well. It is a function of the manifest and of
/// the SVG files beside it.
/// </summary>
internal static class ReportWriter
{
    public const string FileName = "report.html";

    public static void Write(ReproductionManifest manifest, string folder, Stream stream)
    {
        using var page = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            leaveOpen: true)
        { NewLine = "\n" };
        page.WriteLine("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">");
        page.WriteLine("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        page.WriteLine($"<title>Weak-to-strong generalization: figures</title>\n<style>{Css}</style></head><body>");
        Head(page, manifest);
        Contents(page, manifest);
        foreach (FigureRecord figure in manifest.Figures)
            Section(page, figure, folder);
        ClaimSection.Write(page, manifest.Claims);
        About(page, manifest);
        page.WriteLine("</body></html>");
    }

    private static void Head(StreamWriter page, ReproductionManifest manifest)
    {
        page.WriteLine("<h1>Figures of weak-to-strong generalization</h1>");
        page.WriteLine("<p>Figures 1 to 9 follow Moniri and Hassani (2025), <i>On the Mechanisms of Weak-to-Strong Generalization</i>; the "
            + "others go beyond it. Agreement is measured in standard errors of the simulated means: with independent cells and no "
            + "finite-size shift, 95 of 100 would lie within two. Cells of one panel share their trials, so they miss together or not at "
            + "all.</p>");
        page.WriteLine("<ul class=\"summary\">");
        AgreementRecord[] cells = [.. manifest.Figures.SelectMany(f => f.Agreement).Where(a => a.Cells > 0)];
        int count = cells.Sum(a => a.Cells);
        string within = count == 0 ? "none was simulated"
            : $"{MathText.Number(100 * cells.Sum(a => a.Cells * a.ShareWithinTwo) / count, "F1")}\u2009% of {Count(count)} simulated "
                + "means lie within two standard errors of the theory";
        page.WriteLine($"<li>{manifest.Figures.Count} figure{(manifest.Figures.Count == 1 ? "" : "s")}; {within}</li>");
        page.WriteLine($"<li>{ClaimSection.Summary(manifest.Claims)}</li></ul>");
    }

    private static void Contents(StreamWriter page, ReproductionManifest manifest)
    {
        page.WriteLine("<nav aria-label=\"Contents\"><h2>Contents</h2><ol>");
        foreach (FigureRecord figure in manifest.Figures)
            page.WriteLine($"<li><a href=\"#figure-{Text(figure.Id)}\">{Text(Name(figure))}</a> {Text(figure.Title)}</li>");
        page.WriteLine("<li><a href=\"#claims\">Claims</a></li><li><a href=\"#about\">This run</a></li></ol></nav>");
    }

    private static void About(StreamWriter page, ReproductionManifest manifest)
    {
        MachineRecord m = manifest.Machine;
        page.WriteLine("<section id=\"about\"><h2>This run</h2>");
        page.WriteLine($"<table class=\"run\"><tbody><tr><th>version</th><td>{manifest.Version}</td></tr>"
            + $"<tr><th>seed</th><td>{manifest.Seed}</td></tr>"
            + $"<tr><th>machine</th><td>{Text(m.System)}; {m.Processors} processors, {m.VectorBits}-bit vectors; {Text(m.Runtime)}; "
            + $"{Text(m.LinearAlgebra)}</td></tr>"
            + $"<tr><th>wall time</th><td>{manifest.WallSeconds:F1} s</td></tr></tbody></table></section>");
    }

    private static string Name(FigureRecord figure) => char.IsAsciiDigit(figure.Id[0]) ? $"Figure {figure.Id}" : figure.Id;

    private static void Section(StreamWriter page, FigureRecord figure, string folder)
    {
        string svg = File.ReadAllText(Path.Combine(folder,
            figure.Files.Single(f => f.Name.EndsWith(".svg", StringComparison.Ordinal)).Name));
        page.WriteLine($"<section id=\"figure-{Text(figure.Id)}\"><h2>{Text(Name(figure))}. {Text(figure.Title)}</h2>");
        page.WriteLine($"<figure>{svg}<figcaption>{Math(figure.Caption)}</figcaption></figure>");
        page.WriteLine("<ul class=\"parameters\">");
        foreach (FigureParameter p in figure.Parameters)
            page.WriteLine($"<li>{Math(p.Name)}: {Math(p.Value)}</li>");
        page.WriteLine("</ul>");
        if (figure.Agreement.Count > 0)
            Agreement(page, figure.Agreement);
        string files = string.Join(", ", figure.Files.Select(f => $"<a href=\"{Text(f.Name)}\">{Text(f.Name)}</a>"));
        page.WriteLine($"<p class=\"again\"><code>{Text(figure.Command)}</code> makes it again ({figure.Seconds:F1} s). Files: "
            + $"{files}</p></section>");
    }

    private static void Agreement(StreamWriter page, IReadOnlyList<AgreementRecord> rows)
    {
        page.WriteLine("<div class=\"wide\"><table class=\"grid\"><thead><tr><th>simulation against</th><th>cells</th>"
            + "<th>within 2 s.e.</th><th>median |z|</th>"
            + "<th>largest |z|</th><th>median shift</th><th>largest shift</th></tr></thead><tbody>");
        foreach (AgreementRecord a in rows)
        {
            page.WriteLine($"<tr><td>{Math(a.Where)}</td><td>{a.Cells}</td><td>{Number(100 * a.ShareWithinTwo, "F1")}\u2009%</td>"
                + $"<td>{Number(a.MedianZ, "F2")}</td><td>{Number(a.LargestZ, "F2")}</td>"
                + $"<td>{Number(a.MedianShift, "F4")}</td><td>{Number(a.LargestShift, "F4")}</td></tr>");
        }
        page.WriteLine("</tbody></table></div>");
    }

    /// <summary>Mathematics as HTML: italic letters, real subscripts.</summary>
    internal static string Math(string markup)
    {
        var html = new StringBuilder();
        foreach (MathText.Atom atom in MathText.Parse(markup))
        {
            html.Append(atom.Italic ? $"<i>{Text(atom.Text)}</i>" : Text(atom.Text));
            if (atom.Sub.Length > 0)
                html.Append($"<sub>{Text(atom.Sub)}</sub>");
            if (atom.Super.Length > 0)
                html.Append($"<sup>{Text(atom.Super)}</sup>");
        }
        return html.ToString();
    }

    internal static string Text(string text) => WebUtility.HtmlEncode(text);

    /// <summary>A count, with thin spaces between thousands.</summary>
    internal static string Count(long value) => value.ToString("N0", System.Globalization.CultureInfo.InvariantCulture)
        .Replace(',', '\u2009');

    private static string Number(double value, string format) =>
        double.IsNaN(value) ? "" : double.IsInfinity(value) ? (value > 0 ? "∞" : "−∞") : MathText.Number(value, format);

    internal static string Scientific(double value)
    {
        string text = Number(value, "0.###E+0");
        bool plain = value == 0 || !double.IsFinite(value) || System.Math.Abs(value) is >= 1e-3 and < 1e6;
        return plain ? Number(value, "G4") : $"{text.Replace("E+", "E").Replace("E", "·10<sup>")}</sup>";
    }

    private const string Css = """

        body { max-width: 48rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; background: #fff;
          font: 16px/1.5 "Source Serif 4", "Iowan Old Style", Georgia, serif; }
        h1 { font-size: 1.7rem; line-height: 1.2; } h2 { font-size: 1.15rem; margin: 2.5rem 0 .5rem; } nav h2 { margin-top: 1.2rem; }
        figure { margin: 1rem 0; } figure svg { display: block; max-width: 100%; height: auto; margin: 0 auto; }
        figcaption { margin-top: .6rem; font-size: .92rem; overflow-wrap: break-word; }
        table { border-collapse: collapse; font-size: .85rem; margin: .8rem 0; font-variant-numeric: tabular-nums; }
        th { text-align: left; font-weight: 600; vertical-align: top; padding: .12rem 1rem .12rem 0; }
        td { vertical-align: top; padding: .12rem 0; } .run th { white-space: nowrap; } .run td { overflow-wrap: anywhere; }
        .summary { padding-left: 1.2rem; } nav ol { list-style: none; padding: 0; }
        .parameters { list-style: none; padding: 0; margin: .6rem 0; font-size: .85rem; color: #444; }
        .parameters li { display: inline-block; margin-right: 1.4rem; overflow-wrap: anywhere; }
        .wide { overflow-x: auto; } .grid { width: 100%; border-top: 1.5px solid #1a1a1a; border-bottom: 1.5px solid #1a1a1a; }
        .grid thead th { border-bottom: 1px solid #1a1a1a; }
        .grid th, .grid td { padding: .2rem .8rem .2rem 0; } .grid td + td, .grid th + th { text-align: right; }
        .claim { border-top: 1px solid #bbb; padding: .6rem 0; break-inside: avoid; } .claim p { margin: .25rem 0; }
        .claim h3 { font-size: 1rem; margin: 0; overflow-wrap: anywhere; }
        .claim dl { display: flex; flex-wrap: wrap; gap: .1rem 1.3rem; margin: .3rem 0 0; font-size: .85rem; }
        .claim dl div { display: flex; gap: .4rem; } .claim dt { color: #555; } .claim dd { margin: 0; font-variant-numeric: tabular-nums; }
        sub, sup { line-height: 0; font-size: .72em; } code { font-size: .88em; overflow-wrap: anywhere; }
        .again, .note { font-size: .85rem; color: #555; }
        .refuted { color: #b81220; font-weight: 700; } .holds { color: #006b4f; } .holds-as-corrected { color: #9a3e00; }
        @media print {
          body { max-width: none; margin: 0; font-size: 10.5pt; } a { color: inherit; text-decoration: none; }
          figure, tr, .grid { break-inside: avoid; } h2 { break-inside: avoid; break-after: avoid; } .again { break-before: avoid; }
        }
        @page { margin: 18mm; }

        """;
}
