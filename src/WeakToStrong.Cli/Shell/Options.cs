using System.Globalization;
using WeakToStrong.Studies;
using WeakToStrong.Tables;

namespace WeakToStrong.Cli.Shell;

/// <summary>Makes the options of commands. Every value is checked against the range that is declared here, before anything runs.</summary>
internal static class Options
{
    private const string Grids = "a grid: a value, a list a,b,c or a range low:high:count";

    /// <summary>The option of a study's parameter, as it is typed; the study reads it.</summary>
    public static ValueOption<string> Of(Parameter parameter)
    {
        static string? Take(string text, out string? value)
        {
            value = text;
            return null;
        }
        return new ValueOption<string>(OptionNames.Of(parameter), parameter.Allowed, Take, null, required: false)
        {
            Description = OptionNames.Help(parameter),
            Words = parameter.Words,
            HelpName = parameter.IsAxis ? $"{parameter.ValueName}|GRID".Replace("GRID|GRID", "GRID", StringComparison.Ordinal)
                : parameter.ValueName,
        };
    }

    /// <summary>A real number in a range.</summary>
    /// <param name="name">The name with its dashes.</param>
    /// <param name="description">What it means, with its symbol.</param>
    /// <param name="range">The allowed numbers.</param>
    /// <param name="standard">The value when absent; null makes the option required.</param>
    public static ValueOption<double> Number(string name, string description, NumberRange range, double? standard = null) =>
        Described(
            new ValueOption<double>(name, range.Allowed, ReadNumber(range), standard ?? 0, required: standard is null),
            description, "X", standard is { } value ? NumberText.Format(value) : "required");

    /// <summary>A real number that may be absent.</summary>
    /// <param name="name">The name with its dashes.</param>
    /// <param name="description">What it means, and what happens without it.</param>
    /// <param name="range">The allowed numbers.</param>
    public static ValueOption<double?> OptionalNumber(string name, string description, NumberRange range) =>
        Described(new ValueOption<double?>(name, range.Allowed, Optional(ReadNumber(range)), null, required: false), description, "X",
            null);

    /// <summary>A whole number; 1e6 is read as 1000000.</summary>
    /// <param name="name">The name with its dashes.</param>
    /// <param name="description">What it means, with its symbol.</param>
    /// <param name="atLeast">The least that is allowed.</param>
    /// <param name="standard">The value when absent; null makes the option required.</param>
    /// <param name="atMost">The most that is allowed.</param>
    public static ValueOption<long> WholeNumber(string name, string description, long atLeast, long? standard = null,
        long atMost = long.MaxValue) =>
        Described(
            new ValueOption<long>(name, WholeNumbers(atLeast, atMost), ReadWholeNumber(atLeast, atMost), standard ?? 0,
                required: standard is null),
            description, "N", standard is { } value ? value.ToString(CultureInfo.InvariantCulture) : "required");

    /// <summary>A whole number that may be absent.</summary>
    public static ValueOption<long?> OptionalWholeNumber(string name, string description, long atLeast, long atMost = long.MaxValue) =>
        Described(
            new ValueOption<long?>(name, WholeNumbers(atLeast, atMost), Optional(ReadWholeNumber(atLeast, atMost)), null, required: false),
            description, "N", null);

    /// <summary>A grid of values; see <see cref="WeakToStrong.Grid"/>.</summary>
    /// <param name="name">The name with its dashes.</param>
    /// <param name="description">What it means, with its symbol.</param>
    /// <param name="standard">The grid's text when absent; null makes the option required.</param>
    public static ValueOption<Grid> Grid(string name, string description, string? standard = null) =>
        Described(
            new ValueOption<Grid>(name, Grids, ReadGrid, standard is null ? null : WeakToStrong.Grid.Parse(standard),
                required: standard is null),
            description, "GRID", standard ?? "required");

    /// <summary>A grid of values that may be absent.</summary>
    /// <param name="name">The name with its dashes.</param>
    /// <param name="description">What it means, and what happens without it.</param>
    public static ValueOption<Grid?> OptionalGrid(string name, string description) =>
        Described(new ValueOption<Grid?>(name, Grids, ReadGrid, null, required: false), description, "GRID", null);

    /// <summary>One of a few words.</summary>
    /// <param name="name">The name with its dashes.</param>
    /// <param name="description">What it decides.</param>
    /// <param name="words">The allowed words.</param>
    /// <param name="standard">The word when absent; null makes the option required.</param>
    public static ValueOption<string> Choice(string name, string description, IReadOnlyList<string> words, string? standard = null) =>
        Described(
            new ValueOption<string>(name, OneOf(words), ReadWord(words), standard, required: standard is null),
            description, string.Join('|', words), standard ?? "required");

    /// <summary>One of a few words, each standing for a value, such as the members of an enumeration.</summary>
    /// <param name="name">The name with its dashes.</param>
    /// <param name="description">What it decides.</param>
    /// <param name="values">The allowed words and what they stand for.</param>
    /// <param name="standard">The word when absent; null makes the option required.</param>
    public static ValueOption<T> Choice<T>(string name, string description, IReadOnlyDictionary<string, T> values, string? standard = null)
    {
        string[] words = [.. values.Keys];
        string? Read(string text, out T? value) => values.TryGetValue(text, out value) ? null : string.Empty;
        return Described(
            new ValueOption<T>(name, OneOf(words), Read, standard is null ? default : values[standard], required: standard is null),
            description, string.Join('|', words), standard ?? "required");
    }

    /// <summary>Any text, such as a name or a path, that may be absent; the empty text is refused.</summary>
    /// <param name="name">The name with its dashes.</param>
    /// <param name="description">What it means, and what happens without it.</param>
    /// <param name="allowed">What is allowed, in words that follow "must be", such as "the path of a CSV file".</param>
    /// <param name="valueName">How help shows the value, such as FILE.</param>
    public static ValueOption<string> Text(string name, string description, string allowed, string valueName) =>
        Described(new ValueOption<string>(name, allowed, ReadText, null, required: false), description, valueName, null);

    /// <summary>Text that a reader of the command's own understands, such as a pipeline of features.</summary>
    /// <param name="name">The name with its dashes.</param>
    /// <param name="description">What it means, with its default.</param>
    /// <param name="allowed">What is allowed, in words that follow "must be".</param>
    /// <param name="read">Turns the text into a value, or says what is wrong.</param>
    /// <param name="standard">The value when absent.</param>
    /// <param name="valueName">How help shows the value.</param>
    /// <param name="required">Whether it may not be absent.</param>
    public static ValueOption<T> Parsed<T>(
        string name, string description, string allowed, TextReader<T> read, T? standard, string valueName, bool required = false) =>
        Described(new ValueOption<T>(name, allowed, read, standard, required), description, valueName, required ? "required" : null);

    private static ValueOption<T> Described<T>(ValueOption<T> option, string description, string valueName, string? standard)
    {
        option.Description = standard is null ? description : standard == "required" ? $"{description} [required]"
            : $"{description} [default: {standard}]";
        option.HelpName = valueName;
        return option;
    }

    private static TextReader<double> ReadNumber(NumberRange range) => (string text, out double value) =>
        NumberText.TryParse(text, out value) && range.Contains(value) ? null : string.Empty;

    private static TextReader<long> ReadWholeNumber(long atLeast, long atMost) => (string text, out long value) =>
    {
        bool whole = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
        if (!whole && NumberText.TryParse(text, out double number) && Math.Abs(number) < 1L << 53 && number == Math.Floor(number))
        {
            whole = true;
            value = (long)number;
        }
        return whole && value >= atLeast && value <= atMost ? null : string.Empty;
    };

    private static TextReader<T?> Optional<T>(TextReader<T> read)
        where T : struct => (string text, out T? value) =>
        {
            string? problem = read(text, out T plain);
            value = plain;
            return problem;
        };

    private static string? ReadGrid(string text, out Grid? value)
    {
        _ = WeakToStrong.Grid.TryParse(text, out value, out string? problem);
        return problem;
    }

    private static TextReader<string> ReadWord(IReadOnlyList<string> words) => (string text, out string? value) =>
    {
        value = text;
        return words.Contains(text) ? null : string.Empty;
    };

    private static string? ReadText(string text, out string? value)
    {
        value = text;
        return string.IsNullOrWhiteSpace(text) ? string.Empty : null;
    }

    private static string WholeNumbers(long atLeast, long atMost) =>
        atMost == long.MaxValue ? $"a whole number of at least {atLeast}" : $"a whole number from {atLeast} to {atMost}";

    private static string OneOf(IReadOnlyList<string> words) =>
        words.Count == 1 ? words[0] : $"{string.Join(", ", words.SkipLast(1))} or {words[^1]}";
}
