using WeakToStrong.Figures.Model;

namespace WeakToStrong.Figures.Drawing;

/// <summary>One panel with its axes settled: knows the room that its labels need, and draws itself once it is told its box.</summary>
internal sealed class PanelPainter
{
    // Categories whose names would overlap side by side are written upwards, at this angle.
    private const double Slant = 60;
    private static readonly (double Sin, double Cos) Steep = Math.SinCos(Slant * Math.PI / 180);

    private readonly Panel _panel;
    private readonly double _width;
    private readonly bool _isSlanted;
    private readonly IReadOnlyList<Tick> _ticksX, _ticksY;
    private readonly ColorBar? _bar;

    /// <summary>Settles the axes.</summary>
    /// <param name="panel">What is drawn.</param>
    /// <param name="width">Width of the plotting area in points.</param>
    public PanelPainter(Panel panel, double width)
    {
        _panel = panel;
        _width = width;
        // A map fills its panel to the edge; points and lines keep clear of it.
        bool isMap = panel.Layers.Any(l => l is FilledContours);
        X = AxisMap.Fit(panel.X, panel.Layers.SelectMany(LayerExtent.X), isMap ? 0 : 0.03);
        Y = AxisMap.Fit(panel.Y, panel.Layers.SelectMany(LayerExtent.Y), isMap ? 0 : 0.06);
        _ticksX = X.Ticks();
        _ticksY = Y.Ticks();
        _isSlanted = panel.X.Categories is { } names && names.Max(NameWidth) > (width / names.Count) - Style.TickGap;
        _bar = panel.Layers.OfType<FilledContours>().Select(f => new ColorBar(f)).FirstOrDefault();
    }

    public AxisMap X { get; }

    public AxisMap Y { get; }

    /// <summary>The panel's layers.</summary>
    public IReadOnlyList<Layer> Layers => _panel.Layers;

    /// <summary>Room that is needed left of, above, right of and below the plotting area.</summary>
    public Box Margins => new(
        Math.Max(Style.TickGap + Style.LabelGap + Style.LabelSize + TickLabelWidth, NamesToTheLeft),
        _panel.Title.Length > 0 ? Style.LabelSize + 7 : Style.TickSize / 2,
        _bar?.Width ?? 6,
        Style.TickGap + TickLabelHeight + Style.LabelGap + (1.15 * Style.LabelSize));

    // Room below the plotting area for the names or numbers along it.
    private double TickLabelHeight => _isSlanted
        ? (Steep.Sin * _panel.X.Categories!.Max(NameWidth)) + (Steep.Cos * Style.TickSize) : Style.TickSize;

    // How far slanted names reach to the left of the plotting area.
    private double NamesToTheLeft => _isSlanted
        ? _ticksX.Max(t => (Steep.Cos * NameWidth(t.Label)) + (Steep.Sin * Style.TickSize) - (t.Place * _width)) : 0;

    private double TickLabelWidth => _ticksY.Max(t => (double?)TextPainter.Width(t.Label, Style.TickSize)) ?? 0;

    /// <summary>Place of a value pair on the page.</summary>
    public Vertex Place(Box box, double x, double y) =>
        new(box.Left + (X.Place(x) * box.Width), box.Bottom - (Y.Place(y) * box.Height));

    /// <summary>Draws the panel into its plotting area and its labels around it.</summary>
    public void Draw(ISurface surface, Box box)
    {
        using (surface.Clip(box))
        {
            foreach (Layer layer in _panel.Layers)
                LayerPainter.Draw(surface, this, box, layer);
        }
        // Markers on the frame are drawn whole.
        foreach (Points points in _panel.Layers.OfType<Points>())
            LayerPainter.DrawMarkers(surface, this, box, points);
        DrawFrame(surface, box);
        _bar?.Draw(surface, box);
    }

    private void DrawFrame(ISurface surface, Box box)
    {
        surface.Line([.. box.Corners, box.Corners[0]], Style.Axis);
        foreach (Tick tick in _ticksX)
        {
            double x = box.Left + (tick.Place * box.Width);
            if (_panel.X.Categories is null)
                surface.Line([new(x, box.Bottom), new(x, box.Bottom - TickLength(tick))], Style.Axis);
            if (tick.Label.Length > 0)
                DrawBelow(surface, tick.Label, x, box.Bottom + Style.TickGap);
        }
        foreach (Tick tick in _ticksY)
        {
            double y = box.Bottom - (tick.Place * box.Height);
            surface.Line([new(box.Left, y), new(box.Left + TickLength(tick), y)], Style.Axis);
            if (tick.Label.Length > 0)
                TextPainter.Draw(surface, tick.Label, new(box.Left - Style.TickGap, y + (Style.TickSize * TextPainter.CapHeight / 2)),
                    Style.TickSize, 1);
        }
        double below = box.Bottom + Style.TickGap + TickLabelHeight + Style.LabelGap + (0.85 * Style.LabelSize);
        TextPainter.Draw(surface, _panel.X.Label, new(box.Center.X, below), Style.LabelSize, 0.5);
        var left = new Vertex(box.Left - Style.TickGap - TickLabelWidth - Style.LabelGap, box.Center.Y);
        using (surface.Rotate(-90, left))
            TextPainter.Draw(surface, _panel.Y.Label, left, Style.LabelSize, 0.5);
        TextPainter.Draw(surface, _panel.Title, new(box.Center.X, box.Top - 5), Style.LabelSize, 0.5);
    }

    private void DrawBelow(ISurface surface, string label, double x, double top)
    {
        if (!_isSlanted)
        {
            TextPainter.Draw(surface, label, new(x, top + Style.TickSize), Style.TickSize, 0.5);
            return;
        }
        double half = TextPainter.CapHeight * Style.TickSize / 2;
        var end = new Vertex(x + (Steep.Sin * half), top + (Steep.Cos * half));
        using (surface.Rotate(-Slant, end))
            TextPainter.Draw(surface, label, end, Style.TickSize, 1);
    }

    private static double NameWidth(string name) => TextPainter.Width(name, Style.TickSize);

    private static double TickLength(Tick tick) => tick.Label.Length > 0 ? Style.MajorTick : Style.MinorTick;
}
