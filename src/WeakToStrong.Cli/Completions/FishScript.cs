using System.Text;

namespace WeakToStrong.Cli.Completions;

/// <summary>Completions for fish: one line a word, with the condition under which it is offered.</summary>
internal static class FishScript
{
    public static string Write(IReadOnlyList<CommandOutline> commands)
    {
        var text = new StringBuilder(
            "# Completions of w2s for fish: w2s completion fish > ~/.config/fish/completions/w2s.fish\ncomplete -c w2s -f\n");
        foreach (CommandOutline command in commands)
        {
            CommandOutline[] below = [.. commands.Below(command)];
            string start = $"complete -c w2s -n '{Condition(command, below)}'";
            foreach (CommandOutline child in below)
                text.Append($"{start} -a {child.Name} -d {Brief(child.Summary)}\n");
            foreach (OptionOutline option in command.Options)
                text.Append($"{start} -l {option.Name.TrimStart('-')}{Value(option)} -d {Brief(option.Help)}\n");
            if (command.Operand is { } operand)
                text.Append($"{start}{(operand.Words.Count == 0 ? " -F" : $" -a '{string.Join(' ', operand.Words)}'")}\n");
        }
        return text.ToString();
    }

    // The command's words were typed, and none of those below it.
    private static string Condition(CommandOutline command, CommandOutline[] below)
    {
        if (command.Path.Length == 0)
            return "__fish_use_subcommand";
        string typed = string.Join("; and ", command.Path.Split(' ').Select(word => $"__fish_seen_subcommand_from {word}"));
        return below.Length == 0 ? typed : $"{typed}; and not __fish_seen_subcommand_from {string.Join(' ', below.Select(c => c.Name))}";
    }

    private static string Value(OptionOutline option) =>
        option.ValueName.Length == 0 ? string.Empty
        : option.TakesPath ? " -r -F"
        : option.Words.Count == 0 ? " -x"
        : $" -x -a '{string.Join(' ', option.Words)}'";

    private static string Brief(string help) =>
        $"'{CompletionScript.Brief(help).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
