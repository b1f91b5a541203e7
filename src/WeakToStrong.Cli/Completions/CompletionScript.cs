namespace WeakToStrong.Cli.Completions;

/// <summary>
/// Scripts that teach a shell the program's commands, options and values. They are complete in themselves: the program is not run when the
/// user presses the key.
/// </summary>
internal static class CompletionScript
{
    /// <summary>The shells, each with its script for a program's commands.</summary>
    public static IReadOnlyDictionary<string, Func<IReadOnlyList<CommandOutline>, string>> Shells { get; } =
        new Dictionary<string, Func<IReadOnlyList<CommandOutline>, string>>
        {
            ["bash"] = BashScript.Write,
            ["zsh"] = ZshScript.Write,
            ["fish"] = FishScript.Write,
            ["pwsh"] = PowerShellScript.Write,
        };

    /// <summary>The first sentence, without its full stop: what fits beside a word.</summary>
    public static string Brief(string help)
    {
        int end = help.IndexOf(". ", StringComparison.Ordinal);
        return (end < 0 ? help : help[..end]).TrimEnd('.');
    }

    /// <summary>The commands without the program itself.</summary>
    public static IEnumerable<CommandOutline> Named(this IReadOnlyList<CommandOutline> commands) => commands.Where(c => c.Path.Length > 0);

    /// <summary>The commands right below another, whose next word they are.</summary>
    public static IEnumerable<CommandOutline> Below(this IReadOnlyList<CommandOutline> commands, CommandOutline parent) =>
        commands.Named().Where(c => c.Path == $"{parent.Path} {c.Name}".Trim());
}
