using WeakToStrong.Figures.Model;

namespace WeakToStrong.Figures.Drawing;

/// <summary>An axis with its range settled: maps values to 0..1 along it and back, and chooses its ticks.</summary>
internal sealed class AxisMap
{
    private readonly Axis _axis;
    private readonly double _start, _halfSpan;

    private AxisMap(Axis axis, double low, double high)
    {
        _axis = axis;
        Low = low;
        High = high;
        _start = Transform(low);
        // In halves, so that the widest range is a number.
        _halfSpan = (0.5 * Transform(high)) - (0.5 * _start);
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
            (least, most) = log ? (least / 2, most * 2) : (least - Half(least), most + Half(most));
        double room = axis.Categories is null ? margin : 0;
        double low = axis.Low ?? Stretch(least, least, most, -room, log);
        double high = axis.High ?? Stretch(most, least, most, room, log);
        return new AxisMap(axis, low, high);
    }

    /// <summary>Position along the axis: 0 at its start, 1 at its end; NaN where the value cannot be shown.</summary>
    public double Place(double value) => ((0.5 * Transform(value)) - (0.5 * _start)) / _halfSpan;

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
        Math.Clamp(log ? edge * Math.Pow(most / least, share) : edge + ((share * most) - (share * least)), double.MinValue,
            double.MaxValue);

    /// <summary>Half the range around a single value: 0.5, or what is next to it in doubles.</summary>
    private static double Half(double value) => Math.Max(0.5, 8 * (Math.BitIncrement(Math.Abs(value)) - Math.Abs(value)));
}

/// <summary>A mark on an axis.</summary>
/// <param name="Place">Position along it, from 0 to 1.</param>
/// <param name="Label">Its label; empty for a minor tick.</param>
internal readonly record struct Tick(double Place, string Label);
