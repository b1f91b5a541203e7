using System.Globalization;
using WeakToStrong.Tables;

namespace WeakToStrong.Studies;

/// <summary>Reads axes from text: a value, a list <c>a,b,c</c> or a range as <see cref="Grid"/> writes it.</summary>
internal static class AxisReader
{
    /// <summary>An axis of real numbers.</summary>
    public static ValueReader<AxisValues<double>> Numbers(NumberRange range) => (string text, out AxisValues<double>? axis) =>
        Read(text, range, static value => value, NumberText.Format, static value => value, out axis);

    /// <summary>An axis of whole numbers: ranges are rounded, and values that fall together merge.</summary>
    public static ValueReader<AxisValues<long>> WholeNumbers(NumberRange range) => (string text, out AxisValues<long>? axis) =>
        IsRange(text)
            ? Range(text, range, static value => (long)Math.Round(value), Digits, out axis)
            : List(text, Whole(range), Digits, static value => value, range.Allowed, out axis);

    /// <summary>An axis of values that are read one by one, in any order.</summary>
    public static ValueReader<AxisValues<T>> ListOf<T>(ValueReader<T> read, Func<T, string> write, string allowed)
        where T : notnull => (string text, out AxisValues<T>? axis) => List(text, read, write, null, allowed, out axis);

    /// <summary>An axis of ridges: numbers, or one word that stands for a number which each cell finds for itself.</summary>
    public static ValueReader<AxisValues<RidgeChoice>> Ridges(NumberRange range, string? word) =>
        (string text, out AxisValues<RidgeChoice>? axis) =>
    {
        axis = text.Trim() == word ? new AxisValues<RidgeChoice>([RidgeChoice.Found], word!, Write) : null;
        return axis is not null ? null
            : Read(text, range, static value => new RidgeChoice(value), Write, static ridge => ridge.Value, out axis);

        string Write(RidgeChoice ridge) => ridge.IsFound ? word! : NumberText.Format(ridge.Value);
    };

    /// <summary>One whole number; 1e6 is read as 1000000.</summary>
    public static ValueReader<long> Whole(NumberRange range) => (string text, out long value) =>
    {
        const NumberStyles Plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;
        bool whole = long.TryParse(text, Plain, CultureInfo.InvariantCulture, out value);
        if (!whole && NumberText.TryParse(text, out double number) && Math.Abs(number) < 1L << 53 && number == Math.Floor(number))
        {
            whole = true;
            value = (long)number;
        }
        return whole && range.Contains(value) ? null : string.Empty;
    };

    private static string Digits(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static bool IsRange(string text) => text.Contains(':');

    private static string? Read<T>(
        string text, NumberRange range, Func<double, T> convert, Func<T, string> write, Func<T, double> order, out AxisValues<T>? axis)
        where T : notnull
    {
        return IsRange(text) ? Range(text, range, convert, write, out axis) : List(text, Single, write, order, range.Allowed, out axis);

        string? Single(string word, out T? value)
        {
            bool read = NumberText.TryParse(word, out double number) && range.Contains(number);
            value = read ? convert(number) : default;
            return read ? null : string.Empty;
        }
    }

    private static string? Range<T>(string text, NumberRange range, Func<double, T> convert, Func<T, string> write, out AxisValues<T>? axis)
        where T : notnull
    {
        axis = null;
        if (!Grid.TryParse(text, out Grid? grid, out string? problem))
            return problem;
        // The allowed numbers are an interval, so that the ends speak for what lies between.
        foreach (double end in (ReadOnlySpan<double>)[grid![0], grid[^1]])
        {
            if (end < range.Least || end > range.Most)
                return $"{NumberText.Format(end)} in '{InputException.Shorten(text)}' is not {range.Allowed}";
        }
        T[] values = [.. grid.Select(convert).Distinct()];
        axis = new AxisValues<T>(values, values.Length == 1 ? write(values[0]) : CanonicalRange(text), write);
        return null;
    }

    private static string? List<T>(
        string text, ValueReader<T> read, Func<T, string> write, Func<T, double>? order, string allowed, out AxisValues<T>? axis)
        where T : notnull
    {
        axis = null;
        string[] words = text.Split(',', StringSplitOptions.TrimEntries);
        var values = new List<T>(words.Length);
        HashSet<T>? seen = words.Length > 1 ? [] : null;
        foreach (string word in words)
        {
            if (read(word, out T? value) is { } problem)
            {
                return words.Length == 1 || problem.Length > 0 ? problem
                    : $"'{InputException.Shorten(word)}' in '{InputException.Shorten(text)}' is not {allowed}";
            }
            if (order is not null && values.Count > 0 && order(values[^1]) > order(value!))
                return $"grid values must increase, found {write(value!)} after {write(values[^1])} in '{InputException.Shorten(text)}'";
            if (seen?.Add(value!) ?? true)
                values.Add(value!);
        }
        axis = new AxisValues<T>([.. values], string.Join(',', values.Select(write)), write);
        return null;
    }

    // Numbers in their shortest form, so that 0.10:1e1:8 and .1:10:8 are one grid.
    private static string CanonicalRange(string text) => string.Join(':', text.Split(':', StringSplitOptions.TrimEntries)
        .Select(part => NumberText.TryParse(part, out double number) ? NumberText.Format(number) : part));
}
