using SkiaSharp;

namespace WeakToStrong.Figures.Drawing;

/// <summary>The one typeface of all figures, DejaVu Sans, carried inside the assembly so that no installed font matters.</summary>
internal static class Typeface
{
    /// <summary>Slant of italic mathematics; the typeface is upright and is sheared.</summary>
    public const float Slant = 0.21f;

    private static readonly Lazy<SKTypeface> Loaded = new(() =>
    {
        using Stream stream = typeof(Typeface).Assembly.GetManifestResourceStream("DejaVuSans.ttf")!;
        using SKData data = SKData.Create(stream);
        return SKTypeface.FromData(data);
    });

    /// <summary>The typeface at a size in points. The caller disposes it.</summary>
    public static SKFont At(double size, bool italic) => new(Loaded.Value, (float)size)
    {
        SkewX = italic ? -Slant : 0,
        Subpixel = true,
        Hinting = SKFontHinting.None,
        LinearMetrics = true,
        Edging = SKFontEdging.Antialias,
    };

    /// <summary>Advance width of a run in points.</summary>
    public static double Width(string run, double size)
    {
        using SKFont font = At(1000, italic: false);
        return font.MeasureText(run) * size / 1000;
    }
}
