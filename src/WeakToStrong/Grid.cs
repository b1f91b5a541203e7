using System.Collections;
using System.Globalization;

namespace WeakToStrong;

/// <summary>
/// A non-empty, strictly increasing list of finite, non-negative values, such as the ridges of a simulation.
/// Written as text: <c>0.3</c> is one value, <c>0.1,0.3,1</c> a list, <c>0.01:10:64</c> 64 log-spaced values with both ends
/// included, <c>0:1:11:lin</c> 11 evenly spaced ones.
/// </summary>
public sealed class Grid : IReadOnlyList<double>
{
    private const int MostValues = 1_000_000;
    private readonly double[] _values;

    private Grid(double[] values) => _values = values;

    /// <inheritdoc/>
    public int Count => _values.Length;

    /// <inheritdoc/>
    public double this[int index] => _values[index];

    /// <summary>The values, in increasing order.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>A grid of the given values.</summary>
    /// <param name="values">At least one; finite, not negative, strictly increasing.</param>
    /// <exception cref="ArgumentException">The values break one of these rules; the message says which.</exception>
    public static Grid Of(params ReadOnlySpan<double> values)
    {
        string? problem = Check(values);
        return problem is null ? new Grid(values.ToArray()) : throw new ArgumentException(problem, nameof(values));
    }

    /// <summary>Log-spaced values with both ends included exactly.</summary>
    /// <param name="low">First value, positive.</param>
    /// <param name="high">Last value, above <paramref name="low"/>.</param>
    /// <param name="count">How many, at least 2.</param>
    public static Grid Logarithmic(double low, double high, int count)
    {
        return Of(LogarithmicValues(Require.Positive(low), Require.Positive(high), Require.AtLeast(count, 2)));
    }

    /// <summary>Evenly spaced values with both ends included exactly.</summary>
    /// <param name="low">First value, not negative.</param>
    /// <param name="high">Last value, above <paramref name="low"/>.</param>
    /// <param name="count">How many, at least 2.</param>
    public static Grid Linear(double low, double high, int count)
    {
        return Of(LinearValues(Require.NonNegative(low), Require.Positive(high), Require.AtLeast(count, 2)));
    }

    /// <summary>Reads a grid from its text form.</summary>
    /// <exception cref="FormatException">The text is not a grid; the message says what was read and what is allowed.</exception>
    public static Grid Parse(string text) =>
        TryParse(text, out Grid? grid, out string? problem) ? grid! : throw new FormatException(problem);

    /// <summary>Reads a grid from its text form; on failure <paramref name="problem"/> says what was read and what is allowed.</summary>
    public static bool TryParse(string? text, out Grid? grid, out string? problem)
    {
        grid = null;
        problem = null;
        if (string.IsNullOrWhiteSpace(text))
        {
            problem = "the grid is empty; write a value, a list a,b,c or a range low:high:count";
            return false;
        }
        double[]? values = text.Contains(':') ? ParseRange(text, out problem) : ParseList(text, out problem);
        if (values is not null && Check(values) is { } rule)
        {
            problem = text.Contains(':') ? $"'{text}' asks for {values.Length} values between ends that are too close for so many"
                : $"{rule} in '{text}'";
        }
        if (problem is null)
            grid = new Grid(values!);
        return grid is not null;
    }

    /// <inheritdoc/>
    public IEnumerator<double> GetEnumerator() => ((IEnumerable<double>)_values).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _values.GetEnumerator();

    /// <summary>The values as a list that <see cref="Parse"/> reads back to the same bits.</summary>
    public override string ToString() => string.Join(',', _values.Select(v => v.ToString("R", CultureInfo.InvariantCulture)));

    private static string? Check(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
            return "a grid needs at least one value";
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]) || values[i] < 0)
                return FormattableString.Invariant($"grid values must be finite and not negative, found {values[i]}");
            if (i > 0 && values[i] <= values[i - 1])
                return FormattableString.Invariant($"grid values must strictly increase, found {values[i]} after {values[i - 1]}");
        }
        return null;
    }

    private static double[] LogarithmicValues(double low, double high, int count)
    {
        double logLow = Math.Log(low), logHigh = Math.Log(high);
        return Spaced(low, high, count, t => Math.Exp(logLow + (t * (logHigh - logLow))));
    }

    private static double[] LinearValues(double low, double high, int count) => Spaced(low, high, count, t => low + (t * (high - low)));

    private static double[] Spaced(double low, double high, int count, Func<double, double> inner)
    {
        var values = new double[count];
        for (int i = 0; i < count; i++)
            values[i] = AsTyped(inner(i / (double)(count - 1)));
        values[0] = low;
        values[^1] = high;
        return values;
    }

    // A value that rounding keeps from being a short decimal is that decimal: 0.01:10:4 holds 0.1, not 0.10000000000000002.
    private static double AsTyped(double value)
    {
        const int Digits = 14, Short = 9;
        string rounded = value.ToString($"E{Digits - 1}", CultureInfo.InvariantCulture);
        int significant = rounded.Split('E')[0].TrimEnd('0').Length - 1;
        return significant <= Short ? double.Parse(rounded, CultureInfo.InvariantCulture) : value;
    }

    private static double[]? ParseList(string text, out string? problem)
    {
        problem = null;
        string[] parts = text.Split(',');
        var values = new double[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (TryNumber(parts[i], out values[i]) && double.IsFinite(values[i]))
                continue;
            problem = Unreadable(parts[i], text);
            return null;
        }
        return values;
    }

    private static double[]? ParseRange(string text, out string? problem)
    {
        string[] parts = text.Split(':');
        bool linear = parts is [_, _, _, "lin"];
        problem = $"'{text}' is not a grid; write low:high:count for log-spaced or low:high:count:lin for evenly spaced values";
        if (!(linear || parts.Length == 3) || !TryNumber(parts[0], out double low) || !TryNumber(parts[1], out double high)
            || !int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out int count))
            return null;
        if (Array.Find(parts[..2], part => TryNumber(part, out double value) && !double.IsFinite(value)) is { } endless)
        {
            problem = Unreadable(endless, text);
            return null;
        }
        problem = count is < 2 or > MostValues ? $"a range takes 2 to {MostValues} values, found {count} in '{text}'"
            : !(high > low) || !double.IsFinite(high) ? FormattableString.Invariant(
                $"a range must run upwards between finite ends, found {low} to {high} in '{text}'")
            : low < 0 ? FormattableString.Invariant($"grid values must not be negative, found {low} in '{text}'")
            : !linear && low == 0 ? $"a log-spaced range must start above 0 in '{text}'; write low:high:count:lin for even spacing"
            : null;
        if (problem is not null)
            return null;
        return linear ? LinearValues(low, high, count) : LogarithmicValues(low, high, count);
    }

    /// <summary>What is wrong with a number, in its own words: 1e400 is not "infinity" to whoever wrote it.</summary>
    private static string Unreadable(string number, string text) =>
        !TryNumber(number, out double value) ? $"'{number.Trim()}' in '{text}' is not a number"
        : double.IsInfinity(value) && number.Any(char.IsAsciiDigit) ? $"'{number.Trim()}' in '{text}' is beyond the largest number, 1.8e308"
        : $"grid values must be finite and not negative, found {number.Trim()} in '{text}'";

    private static bool TryNumber(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
}
