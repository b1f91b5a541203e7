using WeakToStrong.Figures.Model;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Figures.Drawing;

/// <summary>Draws each kind of layer.</summary>
internal static class LayerPainter
{
    private static readonly Rgb White = new(0xff, 0xff, 0xff);

    public static void Draw(ISurface surface, PanelPainter panel, Box box, Layer layer)
    {
        switch (layer)
        {
            case FilledContours filled:
                DrawFilled(surface, panel, box, filled);
                break;
            case ContourLines lines:
                DrawLines(surface, panel, box, lines);
                break;
            case Curve curve:
                foreach (Vertex[] piece in Pieces(panel, box, curve.X, curve.Y))
                    surface.Line(piece, curve.Stroke);
                break;
            case Points points:
                DrawErrors(surface, panel, box, points);
                break;
            case Band band:
                DrawBand(surface, panel, box, band);
                break;
            case ReferenceLine line:
                surface.Line(Ends(panel, box, line), line.Stroke);
                break;
            case Bars bars:
                DrawBars(surface, panel, box, bars);
                break;
            case Note note:
                Vertex at = panel.Place(box, note.X, note.Y);
                TextPainter.Draw(surface, note.Text, at with { Y = at.Y + (Style.NoteSize * TextPainter.CapHeight / 2) }, Style.NoteSize,
                    0.5);
                break;
            default:
                throw new ArgumentException($"a layer of type {layer.GetType().Name} cannot be drawn", nameof(layer));
        }
    }

    /// <summary>The pieces of a curve between its gaps, on the page.</summary>
    public static IEnumerable<Vertex[]> Pieces(PanelPainter panel, Box box, IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        var piece = new List<Vertex>();
        for (int i = 0; i <= x.Count; i++)
        {
            Vertex v = i < x.Count ? panel.Place(box, x[i], y[i]) : new(double.NaN, 0);
            if (double.IsFinite(v.X) && double.IsFinite(v.Y))
            {
                // Far outside the panel the exact place no longer matters, and huge coordinates harm some viewers.
                piece.Add(v with { Y = Math.Clamp(v.Y, box.Top - 1e4, box.Bottom + 1e4) });
                continue;
            }
            if (piece.Count > 1)
                yield return [.. piece];
            piece.Clear();
        }
    }

    public static void DrawMarkers(ISurface surface, PanelPainter panel, Box box, Points points)
    {
        for (int i = 0; i < points.X.Count; i++)
        {
            Vertex at = panel.Place(box, points.X[i], points.Y[i]);
            if (box.Grown(0.5).Contains(at))
                DrawMarker(surface, at, points);
        }
    }

    public static void DrawMarker(ISurface surface, Vertex at, Points points)
    {
        double r = points.Size / 2;
        var pen = new Stroke(points.Color, 0.8);
        if (points.Marker is Marker.Circle or Marker.Disc)
        {
            surface.Circle(at, r, points.Marker == Marker.Disc ? points.Color : White, pen);
            return;
        }
        Vertex[] shape = points.Marker switch
        {
            Marker.Square => new Box(at.X - r, at.Y - r, at.X + r, at.Y + r).Grown(-0.1 * r).Corners,
            Marker.Diamond => [new(at.X, at.Y - (1.3 * r)), new(at.X + (1.3 * r), at.Y), new(at.X, at.Y + (1.3 * r)),
                new(at.X - (1.3 * r), at.Y)],
            _ => [new(at.X, at.Y - (1.2 * r)), new(at.X + (1.1 * r), at.Y + (0.8 * r)), new(at.X - (1.1 * r), at.Y + (0.8 * r))],
        };
        surface.Fill([shape], White);
        surface.Line([.. shape, shape[0]], pen);
    }

    /// <summary>Both ends of a reference line.</summary>
    public static Vertex[] Ends(PanelPainter panel, Box box, ReferenceLine line)
    {
        double x = box.Left + (panel.X.Place(line.Value) * box.Width);
        double y = box.Bottom - (panel.Y.Place(line.Value) * box.Height);
        return line.Orientation == Orientation.Vertical ? [new(x, box.Bottom), new(x, box.Top)] : [new(box.Left, y), new(box.Right, y)];
    }

    private static void DrawFilled(ISurface surface, PanelPainter panel, Box box, FilledContours filled)
    {
        (double[] x, double[] y) = GridPlaces(panel, box, filled.Field);
        Matrix<double> z = filled.Field.Values;
        var colors = new LevelColors(filled.Levels);
        double least = double.PositiveInfinity;
        foreach (double v in z.Data)
            least = double.IsNaN(v) ? least : Math.Min(least, v);
        // Each area lies within the one before: painted over it, no seam can show.
        surface.Fill(ContourTracer.Area(x, y, z, least), colors.Band(Math.Max(0, colors.BandOf(least))));
        for (int k = Math.Max(0, colors.BandOf(least)); k < filled.Levels.Count; k++)
        {
            IReadOnlyList<Vertex[]> area = ContourTracer.Area(x, y, z, filled.Levels[k]);
            if (area.Count > 0)
                surface.Fill(area, colors.Band(k + 1));
        }
    }

    private static void DrawLines(ISurface surface, PanelPainter panel, Box box, ContourLines lines)
    {
        (double[] x, double[] y) = GridPlaces(panel, box, lines.Field);
        foreach (double level in lines.Levels)
        {
            IReadOnlyList<Vertex[]> traced = ContourTracer.Lines(x, y, lines.Field.Values, level);
            foreach (Vertex[] line in traced)
                surface.Line(line, lines.Stroke);
            if (lines.Labelled && traced.Count > 0)
                DrawLineLabel(surface, box, traced.MaxBy(l => l.Length)!, level, lines.Stroke.Color);
        }
    }

    private static void DrawLineLabel(ISurface surface, Box box, Vertex[] line, double level, Rgb color)
    {
        Vertex at = line[line.Length / 2];
        string label = MathText.Number(level);
        double half = (TextPainter.Width(label, Style.TickSize) / 2) + 1.5;
        var plate = new Box(at.X - half, at.Y - (0.5 * Style.TickSize), at.X + half, at.Y + (0.5 * Style.TickSize));
        if (!box.Contains(new(plate.Left, plate.Top)) || !box.Contains(new(plate.Right, plate.Bottom)))
            return;
        surface.Fill([plate.Corners], White, 0.75);
        TextPainter.Draw(surface, label, at with { Y = at.Y + (Style.TickSize * TextPainter.CapHeight / 2) }, Style.TickSize, 0.5, color);
    }

    private static void DrawErrors(ISurface surface, PanelPainter panel, Box box, Points points)
    {
        for (int i = 0; points.Errors is { } errors && i < points.X.Count; i++)
        {
            Vertex high = panel.Place(box, points.X[i], points.Y[i] + errors[i]);
            Vertex low = panel.Place(box, points.X[i], points.Y[i] - errors[i]);
            if (double.IsNaN(low.Y))
                low = low with { Y = box.Bottom };
            if (!double.IsFinite(high.Y) || !double.IsFinite(high.X))
                continue;
            var pen = new Stroke(points.Color, 0.8);
            double cap = 0.4 * points.Size;
            surface.Line([low, high], pen);
            surface.Line([high with { X = high.X - cap }, high with { X = high.X + cap }], pen);
            surface.Line([low with { X = low.X - cap }, low with { X = low.X + cap }], pen);
        }
    }

    private static void DrawBand(ISurface surface, PanelPainter panel, Box box, Band band)
    {
        Vertex[][] low = [.. Pieces(panel, box, band.X, band.Low)];
        Vertex[][] high = [.. Pieces(panel, box, band.X, band.High)];
        for (int k = 0; k < Math.Min(low.Length, high.Length); k++)
            surface.Fill([[.. low[k], .. high[k].Reverse()]], band.Color, band.Opacity);
    }

    // All bars in one shape: no seam shows where two of them touch.
    private static void DrawBars(ISurface surface, PanelPainter panel, Box box, Bars bars)
    {
        double foot = panel.Y.Place(0);
        double bottom = box.Bottom - ((double.IsNaN(foot) ? 0 : foot) * box.Height);
        var rings = new List<Vertex[]>();
        for (int i = 0; i < bars.Height.Count; i++)
        {
            Vertex top = panel.Place(box, bars.Left[i], bars.Height[i]);
            double right = panel.Place(box, bars.Right[i], bars.Height[i]).X;
            if (double.IsFinite(top.Y))
                rings.Add(new Box(top.X, Math.Min(top.Y, bottom), right, Math.Max(top.Y, bottom)).Corners);
        }
        surface.Fill(rings, bars.Color, bars.Opacity);
    }

    /// <summary>Places of a field's grid lines on the page.</summary>
    public static (double[] X, double[] Y) GridPlaces(PanelPainter panel, Box box, Field field) => (
        [.. field.X.Select(v => box.Left + (panel.X.Place(v) * box.Width))],
        [.. field.Y.Select(v => box.Bottom - (panel.Y.Place(v) * box.Height))]);
}
