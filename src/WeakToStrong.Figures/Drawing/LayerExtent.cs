using WeakToStrong.Figures.Model;

namespace WeakToStrong.Figures.Drawing;

/// <summary>Which values of a layer an axis must reach.</summary>
internal static class LayerExtent
{
    public static IEnumerable<double> X(Layer layer) => layer switch
    {
        FilledContours f => f.Field.X,
        ContourLines c => c.Field.X,
        Curve c => c.X,
        Points p => p.X,
        Band b => b.X,
        Bars b => b.Left.Concat(b.Right),
        ReferenceLine { Orientation: Orientation.Vertical } r => [r.Value],
        _ => [],
    };

    public static IEnumerable<double> Y(Layer layer) => layer switch
    {
        FilledContours f => f.Field.Y,
        ContourLines c => c.Field.Y,
        Curve c => c.Y,
        Points p => p.Errors is { } e ? p.Y.Zip(e, (y, s) => y - s).Concat(p.Y.Zip(e, (y, s) => y + s)).Concat(p.Y) : p.Y,
        Band b => b.Low.Concat(b.High),
        Bars b => b.Height.Append(0),
        ReferenceLine { Orientation: Orientation.Horizontal } r => [r.Value],
        _ => [],
    };
}
