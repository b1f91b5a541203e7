using System.Text;

namespace WeakToStrong.Cli.Completions;

/// <summary>The manual page w2s(1), in the language of man.</summary>
internal static class ManualPage
{
    private static readonly (string Status, string Meaning)[] Statuses =
    [
        ("0", "Done."),
        ("1", "It ran, and a check failed or the run broke."),
        ("2", "The input is wrong; one sentence says what was read and what is allowed, and nothing was written."),
        ("130", "Interrupted; what was finished is kept and named."),
    ];

    public static string Write(IReadOnlyList<CommandOutline> commands)
    {
        CommandOutline program = commands[0];
        var text = new StringBuilder($".TH W2S 1 \"\" \"w2s {ProgramVersion.Text}\" \"User commands\"\n.ad l\n.nh\n");
        text.Append($".SH NAME\nw2s \\- {Escape(program.Summary.TrimEnd('.'))}\n");
        text.Append(".SH SYNOPSIS\n.B w2s\n.I COMMAND\n[\\fIoptions\\fR]\n.SH OPTIONS\n");
        foreach (OptionOutline option in program.Options)
            Append(text, option);
        foreach (CommandOutline command in commands.Where(c => c.Path.Length > 0))
        {
            text.Append($".SH \"W2S {command.Path.ToUpperInvariant()}\"\n{Escape(command.Summary)}\n");
            if (command.Operand is { } operand)
                text.Append($".TP\n\\fI{Escape(operand.ValueName)}\\fR\n{Escape(operand.Help)}\n");
            foreach (OptionOutline option in command.Options)
                Append(text, option);
            if (command.Examples.Count > 0)
                text.Append(".PP\nExamples:\n");
            foreach (string example in command.Examples)
                text.Append($".PP\n.RS\nw2s {Escape(example)}\n.RE\n");
        }
        text.Append(".SH \"EXIT STATUS\"\n");
        foreach ((string status, string meaning) in Statuses)
            text.Append($".TP\n{status}\n{meaning}\n");
        return text.ToString();
    }

    private static void Append(StringBuilder text, OptionOutline option)
    {
        string value = option.ValueName.Length == 0 ? string.Empty : $" \\fI{Escape(option.ValueName)}\\fR";
        text.Append($".TP\n\\fB{Escape(option.Name)}\\fR{value}\n{Escape(option.Help)}\n");
    }

    // A backslash, a minus that is to be typed, and a point or quote that would begin a request.
    private static string Escape(string text)
    {
        string escaped = text.Replace("\\", "\\e", StringComparison.Ordinal).Replace("-", "\\-", StringComparison.Ordinal);
        return escaped.StartsWith('.') || escaped.StartsWith('\'') ? $"\\&{escaped}" : escaped;
    }
}
