using WeakToStrong.Figures.Model;

namespace WeakToStrong.Figures.Drawing;

/// <summary>A legend: one sample and one name an entry. Layers that share a name share an entry.</summary>
internal sealed class Legend
{
    private const double SampleWidth = 17;
    private const double Gap = 4;
    private const double ColumnGap = 14;
    private const double LineHeight = 1.4 * Style.LegendSize;
    private readonly List<(string Name, List<Layer> Samples)> _entries = [];

    public Legend(IEnumerable<Layer> layers)
    {
        foreach (Layer layer in layers.Where(l => l.Name.Length > 0))
        {
            int known = _entries.FindIndex(e => e.Name == layer.Name);
            if (known < 0)
                _entries.Add((layer.Name, [layer]));
            else if (_entries[known].Samples.TrueForAll(l => l.GetType() != layer.GetType()))
                _entries[known].Samples.Add(layer);
        }
    }

    public bool IsEmpty => _entries.Count == 0;

    /// <summary>The names, for comparing two legends.</summary>
    public IEnumerable<string> Names => _entries.Select(e => e.Name);

    /// <summary>Width and height as one column.</summary>
    public (double Width, double Height) ColumnSize => (_entries.Max(EntryWidth), _entries.Count * LineHeight);

    /// <summary>Draws one column with its top left corner at a place.</summary>
    public void DrawColumn(ISurface surface, double left, double top)
    {
        for (int k = 0; k < _entries.Count; k++)
            DrawEntry(surface, _entries[k], left, top + ((k + 0.5) * LineHeight));
    }

    /// <summary>Height when set in centred rows of at most <paramref name="width"/>.</summary>
    public double RowsHeight(double width) => Rows(width).Count * LineHeight;

    /// <summary>Draws centred rows.</summary>
    public void DrawRows(ISurface surface, double center, double top, double width)
    {
        foreach (List<int> row in Rows(width))
        {
            double left = center - (RowWidth(row) / 2);
            foreach (int k in row)
            {
                DrawEntry(surface, _entries[k], left, top + (0.5 * LineHeight));
                left += EntryWidth(_entries[k]) + ColumnGap;
            }
            top += LineHeight;
        }
    }

    private static double EntryWidth((string Name, List<Layer> Samples) entry) =>
        SampleWidth + Gap + TextPainter.Width(entry.Name, Style.LegendSize);

    private double RowWidth(List<int> row) => row.Sum(k => EntryWidth(_entries[k])) + ((row.Count - 1) * ColumnGap);

    private List<List<int>> Rows(double width)
    {
        List<List<int>> rows = [[]];
        for (int k = 0; k < _entries.Count; k++)
        {
            if (rows[^1].Count > 0 && RowWidth([.. rows[^1], k]) > width)
                rows.Add([]);
            rows[^1].Add(k);
        }
        return rows;
    }

    private static void DrawEntry(ISurface surface, (string Name, List<Layer> Samples) entry, double left, double middle)
    {
        Vertex a = new(left, middle), b = new(left + SampleWidth, middle), center = new(left + (SampleWidth / 2), middle);
        Box patch = new(left + 2, middle - 2.7, left + SampleWidth - 2, middle + 2.7);
        foreach (Layer layer in entry.Samples)
        {
            switch (layer)
            {
                case Curve c: surface.Line([a, b], c.Stroke); break;
                case ContourLines c: surface.Line([a, b], c.Stroke); break;
                case ReferenceLine r: surface.Line([a, b], r.Stroke); break;
                case Band s: surface.Fill([patch.Corners], s.Color, s.Opacity); break;
                case Bars s: surface.Fill([patch.Corners], s.Color, s.Opacity); break;
                case Points p: LayerPainter.DrawMarker(surface, center, p); break;
            }
        }
        var at = new Vertex(left + SampleWidth + Gap, middle + (Style.LegendSize * TextPainter.CapHeight / 2));
        TextPainter.Draw(surface, entry.Name, at, Style.LegendSize);
    }
}
