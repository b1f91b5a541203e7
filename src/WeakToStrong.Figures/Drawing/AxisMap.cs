namespace WeakToStrong.Figures.Drawing;

/// <summary>An axis with its range settled: maps values to 0..1 along it and back, and chooses its ticks.</summary>
internal sealed class AxisMap
{
    private readonly Axis _axis;
    private readonly double _start, _span;

    private AxisMap(Axis axis, double low, double high)
    {
        _axis = axis;
        Low = low;
        High = high;
        _start = Transform(low);
        _span = Transform(high) - _start;
    }

    /// <summary>First value.</summary>
    public double Low { get; }

    /// <summary>Last value.</summary>
    public double High { get; }

    /// <summary>Settles the range from the axis' own limits or else from the data, with a margin.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="data">All values that lie along it.</param>
    /// <param name="margin">Share of the range left free at each end that comes from the data.</param>
    public static AxisMap Fit(Axis axis, IEnumerable<double> data, double margin)
    {
        bool log = axis.Scale == AxisScale.Logarithmic;
        double least = double.PositiveInfinity, most = double.NegativeInfinity;
        foreach (double v in data)
        {
            if (!double.IsFinite(v) || (log && v <= 0))
                continue;
            least = Math.Min(least, v);
            most = Math.Max(most, v);
        }
        if (axis.Categories is { } names)
            (least, most) = (-0.5, names.Count - 0.5);
        if (least > most)
            (least, most) = log ? (1, 10) : (0, 1);
        if (least == most)
            (least, most) = log ? (least / 2, most * 2) : (least - 0.5, most + 0.5);
        double room = axis.Categories is null ? margin : 0;
        double low = axis.Low ?? Stretch(least, least, most, -room, log);
        double high = axis.High ?? Stretch(most, least, most, room, log);
        return new AxisMap(axis, low, high);
    }

    /// <summary>Position along the axis: 0 at its start, 1 at its end; NaN where the value cannot be shown.</summary>
    public double Place(double value) => (Transform(value) - _start) / _span;

    /// <summary>Ticks inside the range, with labels on the major ones.</summary>
    public IReadOnlyList<Tick> Ticks()
    {
        if (_axis.Categories is { } names)
            return [.. names.Select((name, i) => new Tick(Place(i), name))];
        IEnumerable<(double Value, string Label)> ticks =
            _axis.Scale == AxisScale.Logarithmic ? TickRules.Logarithmic(Low, High) : TickRules.Linear(Low, High);
        return [.. ticks.Select(t => new Tick(Place(t.Value), t.Label)).Where(t => t.Place is >= -1e-9 and <= 1 + 1e-9)];
    }

    private double Transform(double value) =>
        _axis.Scale == AxisScale.Linear ? value : value > 0 ? Math.Log10(value) : double.NaN;

    private static double Stretch(double edge, double least, double most, double share, bool log) =>
        log ? edge * Math.Pow(most / least, share) : edge + (share * (most - least));
}

/// <summary>A mark on an axis.</summary>
/// <param name="Place">Position along it, from 0 to 1.</param>
/// <param name="Label">Its label; empty for a minor tick.</param>
internal readonly record struct Tick(double Place, string Label);

/// <summary>Where ticks go and how they are labelled.</summary>
internal static class TickRules
{
    /// <summary>Multiples of 1, 2, 2.5 or 5 times a power of ten, four to seven of them.</summary>
    public static IEnumerable<(double Value, string Label)> Linear(double low, double high, int about = 5)
    {
        double raw = (high - low) / about;
        double power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        double step = power * ((raw / power) switch { < 1.4 => 1, < 2.2 => 2, < 3.2 => 2.5, < 7 => 5, _ => 10 });
        int decimals = Math.Clamp((int)Math.Ceiling(-Math.Log10(step) - 1e-9) + (step / power == 2.5 ? 1 : 0), 0, 12);
        for (double k = Math.Ceiling((low / step) - 1e-9); k * step <= high + (1e-9 * step); k++)
            yield return (k * step, MathText.Number(k * step == 0 ? 0 : k * step, $"F{decimals}"));
    }

    /// <summary>
    /// Powers of ten with minor ticks between; over less than two decades also 2 and 5 times each; decades are skipped when there are
    /// more than seven.
    /// </summary>
    public static IEnumerable<(double Value, string Label)> Logarithmic(double low, double high)
    {
        double decades = Math.Log10(high / low);
        int every = Math.Max(1, (int)Math.Ceiling(decades / 7));
        for (int k = (int)Math.Floor(Math.Log10(low) - 1e-9); k <= Math.Ceiling(Math.Log10(high) + 1e-9); k++)
        {
            double power = Math.Pow(10, k);
            for (int m = 1; m <= 9; m++)
            {
                bool labelled = m == 1 ? k % every == 0 : decades < 1.9 && (m is 2 or 5 || (decades < 0.9 && m is 3));
                if (m == 1 || every == 1)
                    yield return (m * power, labelled ? Label(m, k, plain: decades < 1.9 && k is >= -3 and <= 3) : "");
            }
        }
    }

    private static string Label(int m, int k, bool plain) =>
        plain ? MathText.Number(m * Math.Pow(10, k), "0.####")
        : m == 1 ? k == 0 ? "1" : k == 1 ? "10" : $"$10^{{{MathText.Number(k)}}}$"
        : $"$\\{m}·10^{{{MathText.Number(k)}}}$".Replace("\\", "");
}
