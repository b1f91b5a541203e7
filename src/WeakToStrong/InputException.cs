namespace WeakToStrong;

/// <summary>
/// Input that the user can mend: a bad option, file, row or column. The message is one clear sentence that names the place,
/// says what was read and what is allowed; a front end shows it as it is and exits with status 2.
/// </summary>
/// <param name="message">The sentence to show.</param>
/// <param name="innerException">What lies behind it, if anything.</param>
public sealed class InputException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>The usual sentence: <c>PLACE is 'READ'; it must be ALLOWED</c>.</summary>
    /// <param name="place">The option, or the file with row and column.</param>
    /// <param name="read">What was found there; shortened when it is long.</param>
    /// <param name="allowed">What is allowed, in words that follow "must be".</param>
    public static InputException At(string place, string read, string allowed) => new($"{place} is '{Shorten(read)}'; it must be {allowed}");

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
