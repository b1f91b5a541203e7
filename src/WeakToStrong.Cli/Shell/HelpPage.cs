using System.CommandLine;
using System.CommandLine.Help;

namespace WeakToStrong.Cli.Shell;

/// <summary>The pages behind --help: what the parser knows, then examples.</summary>
internal static class HelpPage
{
    public static void Write(ParseResult parsed, HelpAction help, TextWriter writer, int width)
    {
        help.MaxWidth = width;
        parsed.InvocationConfiguration.Output = writer;
        help.Invoke(parsed);
        writer.WriteLine("Examples:");
        Command command = parsed.CommandResult.Command;
        IEnumerable<string> lines = command is ShellCommand own ? own.Examples
            : command.Subcommands.OfType<ShellCommand>().Select(c => c.Examples[0]);
        foreach (string line in lines)
            WriteExample(line, writer, width);
    }

    // A command that is longer than the screen goes on behind a backslash, before an option, so that it can be pasted.
    private static void WriteExample(string line, TextWriter writer, int width)
    {
        string shown = "  w2s";
        foreach (string part in line.Replace(" --", "\n--", StringComparison.Ordinal).Split('\n'))
        {
            if (shown.Length + 1 + part.Length > width - 2)
            {
                writer.WriteLine($"{shown} \\");
                shown = "     ";
            }
            shown += $" {part}";
        }
        writer.WriteLine(shown);
    }
}
