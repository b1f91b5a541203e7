using WeakToStrong.Figures.Model;

namespace WeakToStrong.Figures.Drawing;

/// <summary>Lays a figure out on a page and draws it. The plotting areas have the size that the figure asks for; the page
/// grows around them.</summary>
internal sealed class FigurePainter
{
    private readonly Figure _figure;
    private readonly PanelPainter[] _panels;
    private readonly Box[] _boxes;
    private readonly Box?[] _legendBoxes;
    private readonly Legend _below;
    private readonly double _legendTop;

    public FigurePainter(Figure figure)
    {
        _figure = figure;
        _panels = [.. figure.Panels.Select(p => new PanelPainter(p, 72 * figure.PanelWidth))];
        (_boxes, Width, double bottom) = Layout();
        _legendBoxes = new Box?[_panels.Length];
        _below = new Legend(PlaceLegends());
        _legendTop = bottom + 4;
        Height = (_below.IsEmpty ? bottom : _legendTop + _below.RowsHeight(Width - (2 * Style.PageMargin))) + Style.PageMargin;
    }

    /// <summary>Page width in points.</summary>
    public double Width { get; }

    /// <summary>Page height in points.</summary>
    public double Height { get; }

    public void Draw(ISurface surface)
    {
        surface.Fill([new Box(0, 0, Width, Height).Corners], new Rgb(0xff, 0xff, 0xff));
        for (int k = 0; k < _panels.Length; k++)
        {
            _panels[k].Draw(surface, _boxes[k]);
            if (_legendBoxes[k] is { } place)
                new Legend(_figure.Panels[k].Layers).DrawColumn(surface, place.Left, place.Top);
        }
        if (!_below.IsEmpty)
            _below.DrawRows(surface, Width / 2, _legendTop, Width - (2 * Style.PageMargin));
    }

    private (Box[] Boxes, double Width, double Bottom) Layout()
    {
        int columns = _figure.Columns > 0 ? _figure.Columns : _panels.Length;
        int rows = (_panels.Length + columns - 1) / columns;
        double width = 72 * _figure.PanelWidth, height = 72 * _figure.PanelHeight;
        var boxes = new Box[_panels.Length];
        IEnumerable<Box> Column(int c) => _panels.Where((_, k) => k % columns == c).Select(p => p.Margins);
        IEnumerable<Box> Row(int r) => _panels.Where((_, k) => k / columns == r).Select(p => p.Margins);
        double top = Style.PageMargin;
        double right = 0;
        for (int r = 0; r < rows; r++)
        {
            top += Row(r).Max(m => m.Top);
            double left = Style.PageMargin;
            for (int c = 0; c < columns && (r * columns) + c < _panels.Length; c++)
            {
                left += Column(c).Max(m => m.Left);
                boxes[(r * columns) + c] = new Box(left, top, left + width, top + height);
                left += width + Column(c).Max(m => m.Right) + Style.PanelGap;
            }
            right = Math.Max(right, left - Style.PanelGap);
            top += height + Row(r).Max(m => m.Bottom) + (r + 1 < rows ? Style.PanelGap / 2 : 0);
        }
        return (boxes, right + Style.PageMargin, top);
    }

    // Puts legends into free corners where the figure allows it; returns the layers whose legend goes below.
    private IEnumerable<Layer> PlaceLegends()
    {
        if (_figure.Legend == LegendPlacement.None)
            return [];
        IEnumerable<Layer> all = _figure.Panels.SelectMany(p => p.Layers);
        Legend[] legends = [.. _figure.Panels.Select(p => new Legend(p.Layers))];
        bool shared = legends.Length > 1 && legends.All(l => l.Names.SequenceEqual(legends[0].Names));
        if (_figure.Legend == LegendPlacement.Below || shared)
            return all;
        var left = new List<Layer>();
        for (int k = 0; k < legends.Length; k++)
        {
            if (legends[k].IsEmpty)
                continue;
            (double width, double height) = legends[k].ColumnSize;
            _legendBoxes[k] = FreeCorner.Find(_panels[k], _boxes[k], width, height);
            if (_legendBoxes[k] is null)
                left.AddRange(_figure.Panels[k].Layers);
        }
        return left;
    }
}
