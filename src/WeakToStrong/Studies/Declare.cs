using System.Globalization;
using WeakToStrong.Tables;

namespace WeakToStrong.Studies;

/// <summary>Makes the parameters of studies: one call a kind, the shared ones ready made.</summary>
public static class Declare
{
    private static readonly string SeedAllowed = $"a whole number from 0 to {ulong.MaxValue}";

    private const string OrGrid = "a grid of such numbers: a list a,b,c or a range low:high:count";

    /// <summary>Names the random numbers of a study with chance; a study that has it names it in every row.</summary>
    public static AxisParameter<ulong> Seed { get; } = new(
        "seed", ParameterKind.WholeNumber, "Names the random numbers; the same seed gives the same bits for any number of threads.",
        SeedAllowed, AxisReader.ListOf<ulong>(ReadSeed, static seed => seed.ToString(CultureInfo.InvariantCulture), SeedAllowed), "0")
    { ValueName = "N" };

    /// <summary>The same where it may not be a grid.</summary>
    public static Parameter<ulong> OneSeed { get; } = new(
        Seed.Name, ParameterKind.WholeNumber, Seed.Help, SeedAllowed, ReadSeed, static seed => seed.ToString(CultureInfo.InvariantCulture),
        "0")
    { ValueName = "N" };

    /// <summary>How many independent repetitions.</summary>
    public static Parameter<long> Trials(long standard, string help = "Independent repetitions.", long most = 1L << 53) =>
        WholeNumber("trials", help, 1, most, standard);

    /// <summary>A real number that may be a grid.</summary>
    /// <param name="name">In snake_case.</param>
    /// <param name="help">What it means, with its symbol.</param>
    /// <param name="range">The allowed numbers.</param>
    /// <param name="standard">The value when absent.</param>
    /// <param name="required">Whether it may not be absent.</param>
    /// <param name="inWords">The value when absent, in words.</param>
    public static AxisParameter<double> Axis(
        string name, string help, NumberRange range, double? standard = null, bool required = false, string? inWords = null) =>
        new(name, ParameterKind.Number, help, $"{range.Allowed}, or {OrGrid}", AxisReader.Numbers(range),
            standard is { } value ? NumberText.Format(value) : null)
        { Range = range, IsRequired = required, DefaultInWords = inWords };

    /// <summary>A whole number that may be a grid.</summary>
    public static AxisParameter<long> WholeAxis(
        string name, string help, long least, long most = long.MaxValue, long? standard = null, bool required = false,
        Func<Arguments, long>? from = null,
        string? inWords = null)
    {
        NumberRange range = NumberRange.Whole(least, most);
        return new(name, ParameterKind.WholeNumber, help, $"{range.Allowed}, or {OrGrid}", AxisReader.WholeNumbers(range),
            standard?.ToString(CultureInfo.InvariantCulture))
        { Range = range, IsRequired = required, ValueName = "N", DefaultOf = from, DefaultInWords = inWords };
    }

    /// <summary>A ridge, or a grid of ridges, or a word for the ridge that suits each cell.</summary>
    public static AxisParameter<RidgeChoice> Ridge(string name, string help, string? word, bool required = false) =>
        new(name, ParameterKind.Number, help, $"{NumberRange.NonNegative.Allowed}, {OrGrid}{(word is null ? null : $", or {word}")}",
            AxisReader.Ridges(NumberRange.NonNegative, word))
        {
            Range = NumberRange.NonNegative,
            IsRequired = required,
            SharesTrials = true,
            ValueName = "GRID",
            Words = word is null ? [] : [word]
        };

    /// <summary>A training rule, whose numbers may be grids; plain ridge when absent.</summary>
    public static AxisParameter<RuleChoice> Rule(string name, string help, string allowed) =>
        new(name, ParameterKind.Text, help, allowed, RuleChoice.Read, "ridge")
        { SharesTrials = true, ValueName = "RULE", Words = ["ridge", "flow:", "descent:", "components:", "ridgeless"] };

    /// <summary>A real number.</summary>
    public static Parameter<double> Number(string name, string help, NumberRange range, double? standard = null) =>
        new(name, ParameterKind.Number, help, range.Allowed, ReadNumber(range), NumberText.Format,
            standard is { } value ? NumberText.Format(value) : null)
        { Range = range };

    /// <summary>A whole number; 1e6 is read as 1000000.</summary>
    public static Parameter<long> WholeNumber(string name, string help, long least, long most = long.MaxValue, long? standard = null)
    {
        NumberRange range = NumberRange.Whole(least, most);
        return new(name, ParameterKind.WholeNumber, help, range.Allowed, AxisReader.Whole(range), static value =>
            value.ToString(CultureInfo.InvariantCulture), standard?.ToString(CultureInfo.InvariantCulture))
        { Range = range, ValueName = "N" };
    }

    /// <summary>One of a few words, each standing for a value, such as the members of an enumeration.</summary>
    public static Parameter<T> Word<T>(string name, string help, string? standard, params (string Word, T Value)[] words)
        where T : notnull
    {
        string[] known = [.. words.Select(w => w.Word)];
        return new(name, ParameterKind.Word, help, OneOf(known), Read, value => words.First(w => w.Value.Equals(value)).Word, standard)
        { Words = known, ValueName = string.Join('|', known) };

        string? Read(string text, out T? value)
        {
            int at = Array.IndexOf(known, text);
            value = at < 0 ? default : words[at].Value;
            return at < 0 ? string.Empty : null;
        }
    }

    /// <summary>One or several of a few words.</summary>
    public static AxisParameter<T> WordAxis<T>(string name, string help, string? standard, params (string Word, T Value)[] words)
        where T : notnull
    {
        Parameter<T> one = Word(name, help, standard, words);
        return new(name, ParameterKind.Word, help, $"{one.Allowed}, or a list of these",
            AxisReader.ListOf<T>(one.ReadOne, value => one.Write(value), one.Allowed), standard)
        { Words = one.Words, ValueName = one.ValueName };
    }

    /// <summary>On or off; off when absent.</summary>
    public static Parameter<bool> Flag(string name, string help) =>
        new(name, ParameterKind.Flag, help, "true or false", ReadFlag, static value => value ? "true" : "false", "false");

    /// <summary>The path of a file or folder that may be absent.</summary>
    /// <param name="name">In snake_case.</param>
    /// <param name="help">What is read from it, and what happens without it.</param>
    /// <param name="allowed">What is allowed, in words that follow "must be", such as "the path of a CSV file".</param>
    /// <param name="valueName">How help shows it.</param>
    public static Parameter<string> File(string name, string help, string allowed, string valueName = "FILE") =>
        new(name, ParameterKind.File, help, allowed, ReadText, static value => value) { ValueName = valueName };

    /// <summary>Text that a reader understands which throws <see cref="InputException"/> or <see cref="FormatException"/>.</summary>
    /// <param name="name">In snake_case.</param>
    /// <param name="help">What it means.</param>
    /// <param name="allowed">What is allowed, in words that follow "must be".</param>
    /// <param name="parse">Turns the text into a value.</param>
    /// <param name="write">The canonical text of a value.</param>
    /// <param name="standard">The text when absent.</param>
    /// <param name="valueName">How help shows it.</param>
    /// <param name="inWords">The value when absent, in words.</param>
    /// <param name="words">Words worth offering.</param>
    public static Parameter<T> Text<T>(
        string name, string help, string allowed, Func<string, T> parse, Func<T, string> write, string? standard, string valueName,
        string? inWords = null, IReadOnlyList<string>? words = null)
        where T : notnull =>
        new(name, ParameterKind.Text, help, allowed, Reader(parse), write, standard)
        {
            ValueName = valueName,
            DefaultInWords = inWords,
            Words = words ?? []
        };

    /// <summary>A whole document, such as a specification; a command line takes its path and reads it.</summary>
    /// <param name="name">In snake_case.</param>
    /// <param name="help">What it describes.</param>
    /// <param name="language">What it is written in, such as TOML.</param>
    /// <param name="valueName">How help shows it.</param>
    public static Parameter<string> Document(string name, string help, string language, string valueName) =>
        new(name, ParameterKind.Document, help, $"a text in {language}", ReadDocument, static value => value)
        { ValueName = valueName, IsRequired = true, Words = [language] };

    /// <summary>Turns a function that throws into a <see cref="ValueReader{T}"/>.</summary>
    private static ValueReader<T> Reader<T>(Func<string, T> parse) => (string text, out T? value) =>
    {
        value = default;
        try
        {
            value = parse(text);
            return null;
        }
        catch (Exception e) when (e is InputException or FormatException)
        {
            return e.Message;
        }
    };

    /// <summary>Words as a sentence lists them: a, b or c.</summary>
    internal static string OneOf(IReadOnlyList<string> words) =>
        words.Count == 1 ? words[0] : $"{string.Join(", ", words.SkipLast(1))} or {words[^1]}";

    private static ValueReader<double> ReadNumber(NumberRange range) => (string text, out double value) =>
        NumberText.TryParse(text, out value) && range.Contains(value) ? null : string.Empty;

    // Beyond 2^53 only digits name a whole number exactly; below, 1e3 does too.
    private static string? ReadSeed(string text, out ulong seed)
    {
        if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out seed))
            return null;
        bool whole = AxisReader.Whole(NumberRange.Whole(0))(text, out long value) is null;
        seed = (ulong)Math.Max(value, 0);
        return whole ? null : string.Empty;
    }

    private static string? ReadFlag(string text, out bool value) => bool.TryParse(text, out value) ? null : string.Empty;

    private static string? ReadDocument(string text, out string? value)
    {
        value = text;
        return null;
    }

    private static string? ReadText(string text, out string? value)
    {
        value = text;
        return string.IsNullOrWhiteSpace(text) ? string.Empty : null;
    }
}
