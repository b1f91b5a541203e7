using WeakToStrong.Figures.Model;

namespace WeakToStrong.Figures.Drawing;

/// <summary>Finds a place inside a panel where a legend covers nothing.</summary>
internal static class FreeCorner
{
    private const double Inset = 5;

    /// <summary>The free place with the most room around it, or null when every corner is taken.</summary>
    public static Box? Find(PanelPainter panel, Box box, double width, double height)
    {
        if (panel.Layers.Any(l => l is FilledContours) || width > box.Width - (2 * Inset) || height > box.Height - (2 * Inset))
            return null;
        Vertex[] ink = [.. panel.Layers.SelectMany(l => Ink(panel, box, l)).Where(v => double.IsFinite(v.X) && double.IsFinite(v.Y))];
        double right = box.Right - Inset - width, bottom = box.Bottom - Inset - height, middle = box.Center.X - (width / 2);
        (double X, double Y)[] places =
        [
            (right, box.Top + Inset), (box.Left + Inset, box.Top + Inset), (right, bottom), (box.Left + Inset, bottom),
            (middle, box.Top + Inset), (middle, bottom), (right, box.Center.Y - (height / 2)),
            (box.Left + Inset, box.Center.Y - (height / 2)),
        ];
        var free = places
            .Select(p => new Box(p.X, p.Y, p.X + width, p.Y + height))
            .Select((b, order) => (Box: b, Order: order, Room: ink.Length == 0 ? 1e9 : ink.Min(v => Distance(b, v))))
            .Where(f => f.Room > 3)
            .ToList();
        // The first corner with ample room, else the roomiest.
        return free.Count == 0 ? null : free.OrderByDescending(f => Math.Min(f.Room, 12)).ThenBy(f => f.Order).First().Box;
    }

    private static double Distance(Box box, Vertex v) => Math.Max(
        Math.Max(box.Left - v.X, v.X - box.Right),
        Math.Max(box.Top - v.Y, v.Y - box.Bottom));

    private static IEnumerable<Vertex> Ink(PanelPainter panel, Box box, Layer layer) => layer switch
    {
        Curve c => LayerPainter.Pieces(panel, box, c.X, c.Y).SelectMany(Dense),
        Points p => p.X.SelectMany((x, i) => Dense([
            panel.Place(box, x, p.Y[i] - (p.Errors?[i] ?? 0)), panel.Place(box, x, p.Y[i]),
            panel.Place(box, x, p.Y[i] + (p.Errors?[i] ?? 0))])),
        Band b => LayerPainter.Pieces(panel, box, b.X, b.Low).Concat(LayerPainter.Pieces(panel, box, b.X, b.High)).SelectMany(Dense),
        ReferenceLine r => Dense(LayerPainter.Ends(panel, box, r)),
        ContourLines c => Lines(panel, box, c).SelectMany(Dense),
        Bars b => b.Height.SelectMany((h, i) => Dense([
            panel.Place(box, b.Left[i], 0), panel.Place(box, b.Left[i], h), panel.Place(box, b.Right[i], h),
            panel.Place(box, b.Right[i], 0)])),
        Note n => Dense([panel.Place(box, n.X, n.Y), panel.Place(box, n.X, n.Y)]),
        _ => [],
    };

    private static IEnumerable<Vertex[]> Lines(PanelPainter panel, Box box, ContourLines lines)
    {
        (double[] x, double[] y) = LayerPainter.GridPlaces(panel, box, lines.Field);
        return lines.Levels.SelectMany(level => ContourTracer.Lines(x, y, lines.Field.Values, level));
    }

    // Vertices no further than two points apart, inside or near the panel.
    private static IEnumerable<Vertex> Dense(Vertex[] line)
    {
        for (int i = 0; i + 1 < line.Length; i++)
        {
            (Vertex a, Vertex b) = (line[i], line[i + 1]);
            double length = Math.Sqrt(((b.X - a.X) * (b.X - a.X)) + ((b.Y - a.Y) * (b.Y - a.Y)));
            int steps = double.IsFinite(length) ? (int)Math.Clamp(length / 2, 1, 2000) : 1;
            for (int s = 0; s <= steps; s++)
                yield return new(a.X + ((b.X - a.X) * s / steps), a.Y + ((b.Y - a.Y) * s / steps));
        }
    }
}
