using System.Globalization;
using WeakToStrong.Tables;

namespace WeakToStrong.Studies;

/// <summary>Reads axes from text: a value, a list <c>a,b,c</c> or a range as <see cref="Grid"/> writes it.</summary>
internal static class AxisReader
{
    /// <summary>An axis of real numbers.</summary>
    public static ValueReader<Axis<double>> Numbers(NumberRange range) => (string text, out Axis<double>? axis) =>
        Read(text, range, static value => value, NumberText.Format, out axis);

    /// <summary>An axis of whole numbers: ranges are rounded, and values that fall together merge.</summary>
    public static ValueReader<Axis<long>> WholeNumbers(NumberRange range) => (string text, out Axis<long>? axis) =>
        text.Contains(':')
            ? Read(text, range, static value => (long)Math.Round(value), static value => value.ToString(CultureInfo.InvariantCulture), out axis)
            : List(text, Whole(range), static value => value.ToString(CultureInfo.InvariantCulture), out axis);

    /// <summary>An axis of values that are read one by one.</summary>
    public static ValueReader<Axis<T>> ListOf<T>(ValueReader<T> read, Func<T, string> write)
        where T : notnull => (string text, out Axis<T>? axis) => List(text, read, write, out axis);

    /// <summary>An axis of ridges: numbers, or one word that stands for a number which each cell finds for itself.</summary>
    public static ValueReader<Axis<Ridge>> Ridges(NumberRange range, string? word) => (string text, out Axis<Ridge>? axis) =>
    {
        axis = text.Trim() == word ? new Axis<Ridge>([Ridge.Found], word!, Write) : null;
        return axis is not null ? null : Read(text, range, static value => new Ridge(value), Write, out axis);

        string Write(Ridge ridge) => ridge.IsFound ? word! : NumberText.Format(ridge.Value);
    };

    /// <summary>One whole number; 1e6 is read as 1000000.</summary>
    public static ValueReader<long> Whole(NumberRange range) => (string text, out long value) =>
    {
        bool whole = long.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out value);
        if (!whole && NumberText.TryParse(text, out double number) && Math.Abs(number) < 1L << 53 && number == Math.Floor(number))
        {
            whole = true;
            value = (long)number;
        }
        return whole && range.Contains(value) ? null : string.Empty;
    };

    private static string? Read<T>(string text, NumberRange range, Func<double, T> convert, Func<T, string> write, out Axis<T>? axis)
        where T : notnull
    {
        if (!text.Contains(':'))
            return List(text, Single, write, out axis);
        axis = null;
        if (!Grid.TryParse(text, out Grid? grid, out string? problem))
            return problem;
        T[] values = [.. grid!.Select(convert).Distinct()];
        if (grid!.FirstOrDefault(v => !range.Contains(v), double.NaN) is var outside && !double.IsNaN(outside))
            return $"{NumberText.Format(outside)} in '{InputException.Shorten(text)}' is not {range.Allowed}";
        axis = new Axis<T>(values, values.Length == 1 ? write(values[0]) : CanonicalRange(text), write);
        return null;

        string? Single(string word, out T? value)
        {
            bool read = NumberText.TryParse(word, out double number) && range.Contains(number);
            value = read ? convert(number) : default;
            return read ? null : string.Empty;
        }
    }

    private static string? List<T>(string text, ValueReader<T> read, Func<T, string> write, out Axis<T>? axis)
        where T : notnull
    {
        axis = null;
        string[] words = text.Split(',', StringSplitOptions.TrimEntries);
        var values = new List<T>();
        var seen = new HashSet<T>();
        foreach (string word in words)
        {
            if (read(word, out T? value) is { } problem)
                return words.Length == 1 || problem.Length > 0 ? problem : $"'{InputException.Shorten(word)}' in '{InputException.Shorten(text)}' is not allowed";
            if (seen.Add(value!))
                values.Add(value!);
        }
        if (values is IEnumerable<IComparable> numbers && numbers.Zip(numbers.Skip(1)).Any(pair => pair.First.CompareTo(pair.Second) > 0))
            return $"grid values must increase in '{InputException.Shorten(text)}'";
        axis = new Axis<T>([.. values], string.Join(',', values.Select(write)), write);
        return null;
    }

    // Numbers in their shortest form, so that 0.10:1e1:8 and .1:10:8 are one grid.
    private static string CanonicalRange(string text) => string.Join(':', text.Split(':', StringSplitOptions.TrimEntries)
        .Select(part => NumberText.TryParse(part, out double number) ? NumberText.Format(number) : part));
}
