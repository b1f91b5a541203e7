using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Figures.Model;

/// <summary>
/// A picture as data: panels in reading order, nothing computed and nothing drawn yet. The writer in <c>Drawing</c> turns it into
/// PNG, SVG or PDF. Texts may hold mathematics between dollar signs.
/// </summary>
/// <param name="Panels">The panels, row by row.</param>
public sealed record Figure(params IReadOnlyList<Panel> Panels)
{
    /// <summary>Panels in a row; 0 (the default) puts all of them into one row.</summary>
    public int Columns { get; init; }

    /// <summary>Width of one panel's plotting area in inches. Labels and colour bars are added around it.</summary>
    public double PanelWidth { get; init; } = 2.15;

    /// <summary>Height of one panel's plotting area in inches.</summary>
    public double PanelHeight { get; init; } = 1.85;

    /// <summary>Where the legend goes.</summary>
    public LegendPlacement Legend { get; init; }

    /// <summary>What a reader who cannot see the picture is told; written into the SVG.</summary>
    public string Description { get; init; } = "";
}

/// <summary>Where a legend goes; never on top of what is drawn.</summary>
public enum LegendPlacement
{
    /// <summary>In each panel's emptiest corner when nothing is covered there, otherwise below the panels.</summary>
    Automatic,

    /// <summary>One legend for all panels, centred below them; entries of the same name are shown once.</summary>
    Below,

    /// <summary>No legend.</summary>
    None,
}

/// <summary>One set of axes with its layers, drawn first to last.</summary>
/// <param name="X">The horizontal axis.</param>
/// <param name="Y">The vertical axis.</param>
/// <param name="Layers">What is drawn, from bottom to top.</param>
public sealed record Panel(Axis X, Axis Y, params IReadOnlyList<Layer> Layers)
{
    /// <summary>Shown above the panel; empty for none.</summary>
    public string Title { get; init; } = "";
}

/// <summary>How an axis maps values to positions.</summary>
public enum AxisScale
{
    /// <summary>Evenly.</summary>
    Linear,

    /// <summary>By their logarithm; values that are not positive are not drawn.</summary>
    Logarithmic,
}

/// <summary>One axis.</summary>
/// <param name="Label">Its label, for example <c>"student ridge $λ_s$"</c>.</param>
/// <param name="Scale">Linear or logarithmic.</param>
public sealed record Axis(string Label, AxisScale Scale = AxisScale.Linear)
{
    /// <summary>First value shown; null: from the data, with a margin.</summary>
    public double? Low { get; init; }

    /// <summary>Last value shown; null: from the data, with a margin.</summary>
    public double? High { get; init; }

    /// <summary>Names for the positions 0, 1, 2, ... instead of numbers, as for a bar chart; null for numbers.</summary>
    public IReadOnlyList<string>? Categories { get; init; }

    /// <summary>A logarithmic axis.</summary>
    public static Axis Log(string label, double? low = null, double? high = null) =>
        new(label, AxisScale.Logarithmic) { Low = low, High = high };

    /// <summary>A linear axis.</summary>
    public static Axis Linear(string label, double? low = null, double? high = null) => new(label) { Low = low, High = high };
}

/// <summary>Values over a rectangular grid.</summary>
/// <param name="X">Positions along the horizontal axis, strictly increasing.</param>
/// <param name="Y">Positions along the vertical axis, strictly increasing.</param>
/// <param name="Values">Entry (i, j) belongs to (<paramref name="X"/>[i], <paramref name="Y"/>[j]). NaN where there is no value.</param>
public sealed record Field(IReadOnlyList<double> X, IReadOnlyList<double> Y, Matrix<double> Values)
{
    /// <summary>One row a position along the horizontal axis, one column a position along the vertical one.</summary>
    public Matrix<double> Values { get; } = Values.Rows == X.Count && Values.Columns == Y.Count
        ? Values
        : throw new ArgumentException($"has {Values.Rows} x {Values.Columns} entries; must have {X.Count} x {Y.Count}", nameof(Values));
}
