namespace WeakToStrong.Cli.Presentation;

/// <summary>Breaks sentences at blanks.</summary>
internal static class TextWrap
{
    /// <summary>The lines of a text; a word longer than a line has one of its own.</summary>
    public static IEnumerable<string> Lines(string text, int width)
    {
        string line = string.Empty;
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = string.Empty;
            }
            line = line.Length == 0 ? word : $"{line} {word}";
        }
        yield return line;
    }
}
