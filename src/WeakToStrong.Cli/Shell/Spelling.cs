namespace WeakToStrong.Cli.Shell;

/// <summary>Guesses what a mistyped word was meant to be.</summary>
internal static class Spelling
{
    /// <summary>The nearest of the known words, or null when none is within a third of the word's length.</summary>
    public static string? Nearest(string word, IEnumerable<string> known) =>
        known.Select(k => (Word: k, Distance: Distance(word, k)))
            .Where(c => c.Distance <= Math.Max(1, word.TrimStart('-').Length / 3))
            .OrderBy(c => c.Distance)
            .Select(c => c.Word)
            .FirstOrDefault();

    // Levenshtein's distance: the fewest letters to insert, delete or change.
    private static int Distance(string a, string b)
    {
        int[] previous = [.. Enumerable.Range(0, b.Length + 1)], current = new int[b.Length + 1];
        for (int i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= b.Length; j++)
                current[j] = Math.Min(Math.Min(previous[j], current[j - 1]) + 1, previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
            (previous, current) = (current, previous);
        }
        return previous[b.Length];
    }
}
