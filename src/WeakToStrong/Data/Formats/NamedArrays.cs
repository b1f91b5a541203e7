namespace WeakToStrong.Data.Formats;

/// <summary>Files that hold several arrays under names, one of which is written behind a colon: <c>FILE:NAME</c>.</summary>
internal static class NamedArrays
{
    /// <summary>The path and the name of what a user typed. A file of the whole name comes first, so that a colon may be
    /// part of a path.</summary>
    public static (string Path, string? Name) Split(string text)
    {
        int colon = text.LastIndexOf(':');
        return colon > 0 && colon < text.Length - 1 && !File.Exists(text) && File.Exists(text[..colon])
            ? (text[..colon], text[(colon + 1)..]) : (text, null);
    }

    /// <summary>The array that is meant.</summary>
    /// <param name="source">How messages call the file.</param>
    /// <param name="names">What there is.</param>
    /// <param name="name">What was asked for, or null.</param>
    /// <exception cref="InputException">There is no such array, or several to choose from.</exception>
    public static string Choose(string source, IReadOnlyList<string> names, string? name)
    {
        if (names.Count == 0)
            throw new InputException($"{source} holds no array");
        if (name is null)
            return names.Count == 1 ? names[0] : throw new InputException(
                $"{source} holds {names.Count} arrays, {List(names)}; write FILE:NAME to choose one");
        return names.Contains(name) ? name
            : throw new InputException($"{source} holds no array '{InputException.Shorten(name)}'; it must be "
                + $"{(names.Count == 1 ? List(names) : $"one of {List(names)}")}");
    }

    private static string List(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(12).Select(InputException.Shorten)) + (names.Count > 12 ? ", ..." : string.Empty);
}
