using WeakToStrong.Figures.Model;

namespace WeakToStrong.Figures.Drawing;

/// <summary>Colours of the bands between levels: below the first, between each two, above the last.</summary>
internal sealed class LevelColors(IReadOnlyList<double> levels)
{
    /// <summary>Colour of band k; band 0 lies below the first level, band <c>levels.Count</c> above the last.</summary>
    public Rgb Band(int k)
    {
        if (k == 0)
            return levels[0] > 0 ? Palette.Diverging(levels[0] / levels[^1]) : Palette.Diverging(-1);
        if (k == levels.Count)
            return levels[^1] < 0 ? Palette.Diverging(-levels[^1] / levels[0]) : Palette.Diverging(1);
        // Places count levels from zero, not values, so that uneven levels are still told apart.
        double below = levels.Count(l => l < 0), above = levels.Count(l => l > 0);
        double place = k - 0.5 - below + (levels.Contains(0) ? 0 : 0.5);
        return place < 0 ? Palette.Diverging(place / (below + 0.5)) : Palette.Diverging(place / (above + 0.5));
    }

    /// <summary>In which band a value lies.</summary>
    public int BandOf(double value) => levels.Count(l => l <= value);
}

/// <summary>The scale of a <see cref="FilledContours"/> layer, right of its panel: one field a band, pointed where
/// values go beyond.</summary>
internal sealed class ColorBar
{
    private readonly FilledContours _layer;
    private readonly LevelColors _colors;
    private readonly bool _under, _over;
    private readonly string[] _labels;

    public ColorBar(FilledContours layer)
    {
        _layer = layer;
        _colors = new LevelColors(layer.Levels);
        foreach (double v in layer.Field.Values.Data)
        {
            _under |= v < layer.Levels[0];
            _over |= v > layer.Levels[^1];
        }
        _labels = [.. layer.Levels.Select(l => MathText.Number(l))];
    }

    /// <summary>Room that it needs right of the panel.</summary>
    public double Width => Style.BarGap + Style.BarWidth + Style.TickGap + _labels.Max(l => TextPainter.Width(l, Style.TickSize))
        + (_layer.BarLabel.Length > 0 ? Style.LabelGap + (1.3 * Style.LabelSize) : 2);

    public void Draw(ISurface surface, Box panel)
    {
        double point = 1.1 * Style.BarWidth;
        var bar = new Box(panel.Right + Style.BarGap, panel.Top + (_over ? point : 0), panel.Right + Style.BarGap + Style.BarWidth,
            panel.Bottom - (_under ? point : 0));
        int bands = _layer.Levels.Count - 1;
        double step = bar.Height / bands;
        for (int k = 0; k < bands; k++)
            surface.Fill([new Box(bar.Left, bar.Bottom - ((k + 1) * step), bar.Right, bar.Bottom - (k * step)).Corners],
                _colors.Band(k + 1));
        if (_over)
            surface.Fill([[new(bar.Left, bar.Top), new(bar.Right, bar.Top), new(bar.Center.X, panel.Top)]], _colors.Band(bands + 1));
        if (_under)
            surface.Fill([[new(bar.Left, bar.Bottom), new(bar.Right, bar.Bottom), new(bar.Center.X, panel.Bottom)]], _colors.Band(0));
        Vertex top = new(bar.Center.X, panel.Top), bottom = new(bar.Center.X, panel.Bottom);
        surface.Line(
            [new(bar.Left, bar.Bottom), new(bar.Left, bar.Top), .. _over ? [top] : Array.Empty<Vertex>(), new(bar.Right, bar.Top),
                new(bar.Right, bar.Bottom), .. _under ? [bottom] : Array.Empty<Vertex>(), new(bar.Left, bar.Bottom)],
            Style.Axis);
        int every = (int)Math.Ceiling(_labels.Length * 1.15 * Style.TickSize / bar.Height);
        int zero = Math.Max(0, _layer.Levels.ToList().IndexOf(0));
        for (int k = 0; k <= bands; k++)
        {
            double y = bar.Bottom - (k * step);
            if ((k - zero) % every != 0)
                continue;
            surface.Line([new(bar.Right - 2, y), new(bar.Right, y)], Style.Axis);
            TextPainter.Draw(surface, _labels[k], new(bar.Right + Style.TickGap, y + (Style.TickSize * TextPainter.CapHeight / 2)),
                Style.TickSize);
        }
        if (_layer.BarLabel.Length == 0)
            return;
        var at = new Vertex(panel.Right + Width - (0.35 * Style.LabelSize), panel.Center.Y);
        using (surface.Rotate(-90, at))
            TextPainter.Draw(surface, _layer.BarLabel, at, Style.LabelSize, 0.5);
    }
}
