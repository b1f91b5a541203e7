using SkiaSharp;
using WeakToStrong.Figures.Model;

namespace WeakToStrong.Figures.Drawing;

/// <summary>Draws with Skia, for PNG and PDF.</summary>
internal sealed class SkiaSurface(SKCanvas canvas) : ISurface
{
    public void Fill(IReadOnlyList<Vertex[]> rings, Rgb color, double opacity = 1)
    {
        using var path = new SKPath { FillType = SKPathFillType.EvenOdd };
        foreach (Vertex[] ring in rings)
            Trace(path, ring, close: true);
        using var paint = new SKPaint { Color = Ink(color, opacity), IsAntialias = true, Style = SKPaintStyle.Fill };
        canvas.DrawPath(path, paint);
    }

    public void Line(ReadOnlySpan<Vertex> vertices, Stroke stroke)
    {
        using var path = new SKPath();
        Trace(path, vertices, close: false);
        using SKPaint paint = Pen(stroke);
        canvas.DrawPath(path, paint);
    }

    public void Circle(Vertex center, double radius, Rgb fill, Stroke outline)
    {
        using var inside = new SKPaint { Color = Ink(fill, 1), IsAntialias = true };
        canvas.DrawCircle((float)center.X, (float)center.Y, (float)radius, inside);
        using SKPaint pen = Pen(outline);
        canvas.DrawCircle((float)center.X, (float)center.Y, (float)radius, pen);
    }

    public void Text(string run, Vertex at, double size, bool italic, Rgb color)
    {
        using SKFont font = Typeface.At(size, italic);
        using var paint = new SKPaint { Color = Ink(color, 1), IsAntialias = true };
        canvas.DrawText(run, (float)at.X, (float)at.Y, SKTextAlign.Left, font, paint);
    }

    public IDisposable Clip(Box box)
    {
        int depth = canvas.Save();
        canvas.ClipRect(new SKRect((float)box.Left, (float)box.Top, (float)box.Right, (float)box.Bottom));
        return new Finally(() => canvas.RestoreToCount(depth));
    }

    public IDisposable Rotate(double degrees, Vertex about)
    {
        int depth = canvas.Save();
        canvas.RotateDegrees((float)degrees, (float)about.X, (float)about.Y);
        return new Finally(() => canvas.RestoreToCount(depth));
    }

    public IDisposable Group(string words) => new Finally(() => { });

    private static void Trace(SKPath path, ReadOnlySpan<Vertex> vertices, bool close)
    {
        for (int i = 0; i < vertices.Length; i++)
        {
            if (i == 0)
                path.MoveTo((float)vertices[i].X, (float)vertices[i].Y);
            else
                path.LineTo((float)vertices[i].X, (float)vertices[i].Y);
        }
        if (close)
            path.Close();
    }

    private static SKColor Ink(Rgb color, double opacity) => new(color.Red, color.Green, color.Blue, (byte)Math.Round(255 * opacity));

    private static SKPaint Pen(Stroke stroke)
    {
        double[] pattern = DashPattern.Of(stroke);
        var pen = new SKPaint
        {
            Color = Ink(stroke.Color, 1),
            IsAntialias = true,
            Style = SKPaintStyle.Stroke,
            StrokeWidth = (float)stroke.Width,
            StrokeJoin = SKStrokeJoin.Round,
            StrokeCap = pattern.Length > 0 ? SKStrokeCap.Butt : SKStrokeCap.Round,
        };
        if (pattern.Length > 0)
            pen.PathEffect = SKPathEffect.CreateDash([.. pattern.Select(l => (float)l)], 0);
        return pen;
    }
}

/// <summary>Lengths of dashes and gaps.</summary>
internal static class DashPattern
{
    /// <summary>Alternating lengths in points; empty for a solid line.</summary>
    public static double[] Of(Stroke stroke) => stroke.Dash switch
    {
        Dash.Dashed => [3.6, 2.0],
        Dash.Dotted => [stroke.Width, 1.8 * stroke.Width],
        Dash.DashDotted => [4.5, 1.7, stroke.Width, 1.7],
        _ => [],
    };
}
