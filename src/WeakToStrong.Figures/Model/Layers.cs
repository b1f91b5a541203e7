namespace WeakToStrong.Figures.Model;

/// <summary>Something drawn in a <see cref="Panel"/>. Positions are in the units of the axes; NaN means "not there".</summary>
public abstract record Layer
{
    /// <summary>Its entry in the legend; empty for none.</summary>
    public string Name { get; init; } = "";

    /// <summary>Checks that a list has as many entries as the positions that it goes with, and returns it.</summary>
    private protected static IReadOnlyList<double> Along(IReadOnlyList<double> positions, IReadOnlyList<double> values, string name)
    {
        Require.SameLength(positions.Count, values.Count, name);
        return values;
    }
}

/// <summary>
/// Areas between levels in a diverging colour map whose white is at zero, with a colour bar. The two sides have their own
/// scale when the levels reach further on one side; the bar shows it.
/// </summary>
/// <param name="Field">The values.</param>
/// <param name="Levels">Boundaries between colours, strictly increasing.</param>
public sealed record FilledContours(Field Field, IReadOnlyList<double> Levels) : Layer
{
    /// <summary>Boundaries between colours.</summary>
    public IReadOnlyList<double> Levels { get; } = Levels.Count >= 2 && Levels.Zip(Levels.Skip(1)).All(l => l.First < l.Second)
        ? Levels
        : throw new ArgumentException("must be at least two, strictly increasing", nameof(Levels));

    /// <summary>Label of the colour bar.</summary>
    public string BarLabel { get; init; } = "";
}

/// <summary>Lines of equal value.</summary>
/// <param name="Field">The values; usually much finer than a simulated grid.</param>
/// <param name="Levels">The values at which lines are drawn.</param>
public sealed record ContourLines(Field Field, IReadOnlyList<double> Levels) : Layer
{
    /// <summary>How the lines look.</summary>
    public Stroke Stroke { get; init; } = new(Palette.Black, 0.7);

    /// <summary>Whether each line carries its value. Default: no.</summary>
    public bool Labelled { get; init; }
}

/// <summary>A line through points; a NaN or infinite value breaks it, so a divergence is a gap.</summary>
/// <param name="X">Positions along the horizontal axis.</param>
/// <param name="Y">Positions along the vertical axis.</param>
public sealed record Curve(IReadOnlyList<double> X, IReadOnlyList<double> Y) : Layer
{
    /// <summary>Positions along the vertical axis, one for each of <see cref="X"/>.</summary>
    public IReadOnlyList<double> Y { get; } = Along(X, Y, nameof(Y));

    /// <summary>How the line looks.</summary>
    public Stroke Stroke { get; init; } = new(Palette.Blue, 1.1);
}

/// <summary>Separate points, with vertical error bars if there are any.</summary>
/// <param name="X">Positions along the horizontal axis.</param>
/// <param name="Y">Positions along the vertical axis.</param>
public sealed record Points(IReadOnlyList<double> X, IReadOnlyList<double> Y) : Layer
{
    /// <summary>Positions along the vertical axis, one for each of <see cref="X"/>.</summary>
    public IReadOnlyList<double> Y { get; } = Along(X, Y, nameof(Y));

    private readonly IReadOnlyList<double>? _errors;

    /// <summary>Half-length of the error bars, usually one standard error; null for none.</summary>
    public IReadOnlyList<double>? Errors
    {
        get => _errors;
        init => _errors = value is null ? null : Along(X, value, nameof(Errors));
    }

    /// <summary>Their colour.</summary>
    public Rgb Color { get; init; } = Palette.Blue;

    /// <summary>Their shape.</summary>
    public Marker Marker { get; init; } = Marker.Circle;

    /// <summary>Diameter in points (1/72 inch).</summary>
    public double Size { get; init; } = 3.6;
}

/// <summary>A shaded strip between two curves.</summary>
/// <param name="X">Positions along the horizontal axis.</param>
/// <param name="Low">Lower edge.</param>
/// <param name="High">Upper edge.</param>
public sealed record Band(IReadOnlyList<double> X, IReadOnlyList<double> Low, IReadOnlyList<double> High) : Layer
{
    /// <summary>Lower edge, one value for each of <see cref="X"/>.</summary>
    public IReadOnlyList<double> Low { get; } = Along(X, Low, nameof(Low));

    /// <summary>Upper edge, one value for each of <see cref="X"/>.</summary>
    public IReadOnlyList<double> High { get; } = Along(X, High, nameof(High));

    /// <summary>Its colour.</summary>
    public Rgb Color { get; init; } = Palette.Blue;

    /// <summary>0 (invisible) to 1 (solid).</summary>
    public double Opacity { get; init; } = 0.2;
}

/// <summary>A straight line across the panel at one value of one axis.</summary>
/// <param name="Orientation">Horizontal: <paramref name="Value"/> is on the vertical axis; vertical: on the horizontal one.</param>
/// <param name="Value">Where.</param>
public sealed record ReferenceLine(Orientation Orientation, double Value) : Layer
{
    /// <summary>How the line looks.</summary>
    public Stroke Stroke { get; init; } = new(Palette.Black, 0.9, Dash.Dashed);
}

/// <summary>Rectangles standing on zero (or on the axis' low end when it is logarithmic): a histogram or a bar chart.</summary>
/// <param name="Left">Left edges.</param>
/// <param name="Right">Right edges.</param>
/// <param name="Height">Heights, in units of the vertical axis.</param>
public sealed record Bars(IReadOnlyList<double> Left, IReadOnlyList<double> Right, IReadOnlyList<double> Height) : Layer
{
    /// <summary>Right edges, one for each of <see cref="Left"/>.</summary>
    public IReadOnlyList<double> Right { get; } = Along(Left, Right, nameof(Right));

    /// <summary>Heights, one for each of <see cref="Left"/>.</summary>
    public IReadOnlyList<double> Height { get; } = Along(Left, Height, nameof(Height));

    /// <summary>Fill colour.</summary>
    public Rgb Color { get; init; } = Palette.Blue;

    /// <summary>0 (invisible) to 1 (solid).</summary>
    public double Opacity { get; init; } = 0.55;

    /// <summary>Bars of one series among several at category positions 0, 1, 2, ..., side by side.</summary>
    /// <param name="heights">One height a category.</param>
    /// <param name="series">Which series, from 0.</param>
    /// <param name="seriesCount">How many series share a category.</param>
    public static Bars Grouped(IReadOnlyList<double> heights, int series = 0, int seriesCount = 1)
    {
        const double groupWidth = 0.8;
        double width = groupWidth / seriesCount;
        double[] left = [.. heights.Select((_, i) => i - (groupWidth / 2) + (series * width))];
        return new Bars(left, [.. left.Select(l => l + width)], heights);
    }
}

/// <summary>Words at a place, for naming a region; use sparingly.</summary>
/// <param name="X">Position along the horizontal axis.</param>
/// <param name="Y">Position along the vertical axis.</param>
/// <param name="Text">The words, centred at the place.</param>
public sealed record Note(double X, double Y, string Text) : Layer;

/// <summary>Direction of a <see cref="ReferenceLine"/>.</summary>
public enum Orientation
{
    /// <summary>From left to right.</summary>
    Horizontal,

    /// <summary>From bottom to top.</summary>
    Vertical,
}

/// <summary>Shape of <see cref="Points"/>.</summary>
public enum Marker
{
    /// <summary>A circle with a white inside.</summary>
    Circle,

    /// <summary>A filled circle.</summary>
    Disc,

    /// <summary>A square with a white inside.</summary>
    Square,

    /// <summary>A triangle with a white inside.</summary>
    Triangle,

    /// <summary>A diamond with a white inside.</summary>
    Diamond,
}

/// <summary>Pattern of a line.</summary>
public enum Dash
{
    /// <summary>Unbroken.</summary>
    Solid,

    /// <summary>Dashes.</summary>
    Dashed,

    /// <summary>Dots.</summary>
    Dotted,

    /// <summary>Dash, dot, dash, dot.</summary>
    DashDotted,
}

/// <summary>How a line looks.</summary>
/// <param name="Color">Its colour.</param>
/// <param name="Width">Its width in points (1/72 inch).</param>
/// <param name="Dash">Its pattern.</param>
public readonly record struct Stroke(Rgb Color, double Width = 1.1, Dash Dash = Dash.Solid);
