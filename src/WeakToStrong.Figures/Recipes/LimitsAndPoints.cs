using WeakToStrong.Figures.Model;
using WeakToStrong.Statistics;
using WeakToStrong.Tables;

namespace WeakToStrong.Figures.Recipes;

/// <summary>The layers of a figure of limits and simulated points, whose numbers are collected as they are drawn:
/// one row a point.</summary>
internal sealed class LimitsAndPoints
{
    private readonly SeriesTable _table = new(["panel", "series"], ["x", "limit", "mean", "se"]);

    /// <summary>A curve of limits.</summary>
    public Curve Curve(string panel, string series, IReadOnlyList<double> x, IReadOnlyList<double> limits, Rgb color)
    {
        for (int i = 0; i < x.Count; i++)
            _table.Add([panel, series], x[i], limits[i], double.NaN, double.NaN);
        return new Curve(x, limits) { Stroke = new(color), Name = series };
    }

    /// <summary>Simulated points with one standard error, beside their limits.</summary>
    public Points Points(string panel, string series, IReadOnlyList<double> x, IReadOnlyList<Estimate> simulated,
        IReadOnlyList<double> limits, Rgb color)
    {
        for (int i = 0; i < x.Count; i++)
            _table.Add([panel, series], x[i], limits[i], simulated[i].Mean, simulated[i].StandardError);
        return new Points(x, [.. simulated.Select(e => e.Mean)]) { Errors = [.. simulated.Select(e => e.StandardError)], Color = color };
    }

    /// <summary>Columns panel, series, x, limit, mean, se; the last two are NaN where nothing was simulated.</summary>
    public ResultTable ToTable() => _table.ToTable();
}
