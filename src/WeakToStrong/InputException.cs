using System.Globalization;

namespace WeakToStrong;

/// <summary>
/// Input that the user can mend: a bad option, file, row or column. The message is one clear sentence that names the place,
/// says what was read and what is allowed; a front end shows it as it is and exits with status 2.
/// </summary>
/// <param name="message">The sentence to show.</param>
/// <param name="innerException">What lies behind it, if anything.</param>
public sealed class InputException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    private FormattableString? _sentence;

    /// <summary>A sentence about named inputs, which each front end spells its own way; see <see cref="Spelled"/>.</summary>
    /// <param name="sentence">Its holes that are <see cref="INamedInput"/>s are spelled; the others are shown as they are.</param>
    public static InputException About(FormattableString sentence) =>
        new(FormattableString.Invariant(sentence)) { _sentence = sentence };

    /// <summary>The message with the inputs spelled as a front end spells them, such as <c>--n-teacher</c> for <c>n_teacher</c>.</summary>
    public string Spelled(Func<INamedInput, string> spelling)
    {
        ArgumentNullException.ThrowIfNull(spelling);
        return _sentence is null ? Message : string.Format(
            CultureInfo.InvariantCulture, _sentence.Format, [.. _sentence.GetArguments()
                .Select(a => a is INamedInput input ? spelling(input) : a)]);
    }

    /// <summary>The usual sentence: <c>PLACE is 'READ'; it must be ALLOWED</c>.</summary>
    /// <param name="place">The option, or the file with row and column.</param>
    /// <param name="read">What was found there; shortened when it is long.</param>
    /// <param name="allowed">What is allowed, in words that follow "must be".</param>
    public static InputException At(string place, string read, string allowed) =>
        new($"{place} is '{Shorten(read)}'; it must be {allowed}");

    /// <summary>Text fit for a one-line message: control characters become spaces, and what is long is cut.</summary>
    public static string Shorten(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        const int Longest = 60;
        string cut = text.Length <= Longest ? text : string.Concat(text.AsSpan(0, Longest), "...");
        return string.Create(cut.Length, cut, static (line, source) =>
        {
            for (int i = 0; i < line.Length; i++)
                line[i] = char.IsControl(source[i]) ? ' ' : source[i];
        });
    }
}

/// <summary>Something that a user gives by name, which front ends spell in their own ways.</summary>
public interface INamedInput
{
    /// <summary>The concept's name in snake_case, such as <c>n_teacher</c>.</summary>
    string Name { get; }
}
