using System.Globalization;
using System.Security;
using System.Text;
using SkiaSharp;
using WeakToStrong.Figures.Model;

namespace WeakToStrong.Figures.Drawing;

/// <summary>
/// Writes SVG. Letters are outlines, defined once and reused, so that the picture is the same whatever fonts a machine has; each text
/// is a group whose <c>aria-label</c> is what a reader would say, which keeps it searchable and readable aloud.
/// </summary>
internal sealed class SvgSurface : ISurface
{
    private const double GlyphSize = 100;
    private readonly StringBuilder _body = new();
    private readonly SortedDictionary<string, string> _glyphs = new(StringComparer.Ordinal);
    private readonly List<Box> _clips = [];

    public void Fill(IReadOnlyList<Vertex[]> rings, Rgb color, double opacity = 1)
    {
        string veil = opacity < 1 ? $" fill-opacity=\"{Short(opacity)}\"" : "";
        _body.Append($"<path fill=\"{color}\"{veil} fill-rule=\"evenodd\" d=\"");
        foreach (Vertex[] ring in rings)
            Trace(ring, close: true);
        _body.Append("\"/>\n");
    }

    public void Line(ReadOnlySpan<Vertex> vertices, Stroke stroke)
    {
        _body.Append($"<path fill=\"none\"{Pen(stroke)} d=\"");
        Trace(vertices, close: false);
        _body.Append("\"/>\n");
    }

    public void Circle(Vertex center, double radius, Rgb fill, Stroke outline) => _body.Append(
        $"<circle cx=\"{Short(center.X)}\" cy=\"{Short(center.Y)}\" r=\"{Short(radius)}\" fill=\"{fill}\"{Pen(outline)}/>\n");

    public void Text(string run, Vertex at, double size, bool italic, Rgb color)
    {
        double x = at.X;
        foreach (Rune letter in run.EnumerateRunes())
        {
            string text = letter.ToString();
            if (!Rune.IsWhiteSpace(letter))
            {
                string scale = (size / GlyphSize).ToString("0.####", CultureInfo.InvariantCulture);
                _body.Append($"<use href=\"#{Glyph(letter, italic)}\" fill=\"{color}\" transform=\"translate({Short(x)} {Short(at.Y)}) "
                    + $"scale({scale})\"/>");
            }
            x += Typeface.Width(text, size);
        }
        _body.Append('\n');
    }

    public IDisposable Clip(Box box)
    {
        if (!_clips.Contains(box))
            _clips.Add(box);
        return Open($"<g clip-path=\"url(#{Id(box)})\">");
    }

    public IDisposable Rotate(double degrees, Vertex about) =>
        Open($"<g transform=\"rotate({Short(degrees)} {Short(about.X)} {Short(about.Y)})\">");

    public IDisposable Group(string words) => Open($"<g role=\"text\" aria-label=\"{SecurityElement.Escape(words)}\">");

    /// <summary>The whole document.</summary>
    /// <param name="width">Page width in points.</param>
    /// <param name="height">Page height in points.</param>
    /// <param name="description">What a reader who cannot see the picture is told.</param>
    public string ToDocument(double width, double height, string description)
    {
        var text = new StringBuilder();
        text.Append($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Short(width)}pt\" height=\"{Short(height)}pt\" viewBox=\"0 0 "
            + $"{Short(width)} {Short(height)}\" role=\"img\">\n");
        text.Append($"<desc>{SecurityElement.Escape(description)}</desc>\n<defs>\n");
        foreach ((string id, string outline) in _glyphs)
            text.Append($"<path id=\"{id}\" d=\"{outline}\"/>\n");
        foreach (Box b in _clips)
        {
            text.Append($"<clipPath id=\"{Id(b)}\"><rect x=\"{Short(b.Left)}\" y=\"{Short(b.Top)}\" width=\"{Short(b.Width)}\" "
                + $"height=\"{Short(b.Height)}\"/></clipPath>\n");
        }
        return text.Append("</defs>\n").Append(_body).Append("</svg>\n").ToString();
    }

    // Named after its place: documents that share a page may then share an id.
    private static string Id(Box box) => $"c{Short(box.Left)}-{Short(box.Top)}-{Short(box.Width)}-{Short(box.Height)}".Replace('.', '_');

    private Finally Open(string tag)
    {
        _body.Append(tag).Append('\n');
        return new Finally(() => _body.Append("</g>\n"));
    }

    private string Glyph(Rune letter, bool italic)
    {
        string id = $"{(italic ? "i" : "g")}{letter.Value:x}";
        if (!_glyphs.ContainsKey(id))
        {
            using SKFont font = Typeface.At(GlyphSize, italic);
            using SKPath outline = font.GetTextPath(letter.ToString());
            _glyphs.Add(id, outline.ToSvgPathData());
        }
        return id;
    }

    private void Trace(ReadOnlySpan<Vertex> vertices, bool close)
    {
        for (int i = 0; i < vertices.Length; i++)
            _body.Append(i == 0 ? 'M' : 'L').Append(Short(vertices[i].X)).Append(' ').Append(Short(vertices[i].Y));
        if (close)
            _body.Append('Z');
    }

    private static string Pen(Stroke stroke)
    {
        double[] pattern = DashPattern.Of(stroke);
        string dash = pattern.Length > 0 ? $" stroke-dasharray=\"{string.Join(' ', pattern.Select(Short))}\"" : " stroke-linecap=\"round\"";
        return $" stroke=\"{stroke.Color}\" stroke-width=\"{Short(stroke.Width)}\" stroke-linejoin=\"round\"{dash}";
    }

    private static string Short(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
