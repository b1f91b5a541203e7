namespace WeakToStrong.Cli.Tests;

/// <summary>A fenced block of a markdown file.</summary>
/// <param name="Language">The word behind the fence.</param>
/// <param name="Lines">What stands between the fences.</param>
/// <param name="Remark">The HTML comment right above the fence; empty when there is none.</param>
internal sealed record MarkdownBlock(string Language, IReadOnlyList<string> Lines, string Remark);

/// <summary>Finds what the documentation claims can be run.</summary>
internal static class MarkdownDocument
{
    /// <summary>The root of the checkout.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Every markdown file that users read, relative to the root.</summary>
    public static IEnumerable<string> Files =>
        Directory.GetFiles(Root, "*.md").Concat(Directory.GetFiles(Path.Combine(Root, "docs"), "*.md"))
            .Select(f => Path.GetRelativePath(Root, f)).Order();

    /// <summary>The fenced blocks of a file, in order.</summary>
    public static IEnumerable<MarkdownBlock> Blocks(string file)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Root, file));
        for (int i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith("```", StringComparison.Ordinal))
                continue;
            int end = Array.FindIndex(lines, i + 1, l => l.StartsWith("```", StringComparison.Ordinal));
            Assert.True(end > i, $"{file}:{i + 1} opens a block that is never closed");
            string above = i == 0 ? string.Empty : lines[i - 1].Trim();
            yield return new MarkdownBlock(
                lines[i][3..].Trim(), lines[(i + 1)..end], above.StartsWith("<!--", StringComparison.Ordinal) ? above[4..^3].Trim()
                    : string.Empty);
            i = end;
        }
    }

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "WeakToStrong.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("the tests run outside of a checkout");
    }
}
