using WeakToStrong.Figures.Model;

namespace WeakToStrong.Figures.Drawing;

/// <summary>Measures and draws <see cref="MathText"/>.</summary>
internal static class TextPainter
{
    private const double ScriptScale = 0.72;
    private const double SubDrop = 0.20, SuperRise = 0.38;

    // Where a character carries both, they keep clear of each other.
    private const double BothApart = 0.065;

    /// <summary>Height of capital letters over the font size.</summary>
    public const double CapHeight = 0.73;

    /// <summary>Width of a text in points.</summary>
    public static double Width(string markup, double size) => MathText.Parse(markup).Sum(a => Width(a, size));

    /// <summary>Draws a text with its baseline at <paramref name="at"/>.</summary>
    /// <param name="surface">Where to.</param>
    /// <param name="markup">The text.</param>
    /// <param name="at">A place on the baseline.</param>
    /// <param name="size">Font size in points.</param>
    /// <param name="align">0: starts there, 0.5: centred there, 1: ends there.</param>
    /// <param name="color">Its colour; black if not given.</param>
    public static void Draw(ISurface surface, string markup, Vertex at, double size, double align = 0, Rgb? color = null)
    {
        Rgb ink = color ?? Palette.Black;
        double x = at.X - (align * Width(markup, size));
        using IDisposable group = surface.Group(MathText.Plain(markup));
        foreach (MathText.Atom atom in MathText.Parse(markup))
        {
            surface.Text(atom.Text, new Vertex(x, at.Y), size, atom.Italic, ink);
            double scripts = x + Typeface.Width(atom.Text, size) + Lean(atom, size);
            double apart = atom is { Sub.Length: > 0, Super.Length: > 0 } ? BothApart * size : 0;
            Script(surface, atom.Sub, new Vertex(scripts - Lean(atom, size), at.Y + (SubDrop * size) + apart), size, ink);
            Script(surface, atom.Super, new Vertex(scripts, at.Y - (SuperRise * size) - apart), size, ink);
            x += Width(atom, size);
        }
    }

    private static void Script(ISurface surface, string script, Vertex at, double size, Rgb ink)
    {
        double x = at.X;
        foreach ((string run, bool italic) in Runs(script))
        {
            surface.Text(run, new Vertex(x, at.Y), ScriptScale * size, italic, ink);
            x += Typeface.Width(run, ScriptScale * size);
        }
    }

    private static double Width(MathText.Atom atom, double size)
    {
        double scripts = Math.Max(ScriptWidth(atom.Sub, size), ScriptWidth(atom.Super, size) + Lean(atom, size));
        return Typeface.Width(atom.Text, size) + (atom is { Sub: "", Super: "" } ? 0 : scripts + (0.04 * size));
    }

    private static double ScriptWidth(string script, double size) => script.Length == 0 ? 0 : Typeface.Width(script, ScriptScale * size);

    // Italic letters lean over their advance width: a superscript keeps clear of them.
    private static double Lean(MathText.Atom atom, double size) => atom.Italic && atom.Super.Length > 0 ? 0.08 * size : 0;

    private static IEnumerable<(string Run, bool Italic)> Runs(string script)
    {
        int start = 0;
        for (int i = 1; i <= script.Length; i++)
        {
            if (i < script.Length && MathText.IsItalic(script[i]) == MathText.IsItalic(script[start]))
                continue;
            yield return (script[start..i], MathText.IsItalic(script[start]));
            start = i;
        }
    }
}
