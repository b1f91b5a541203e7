using System.CommandLine;
using System.CommandLine.Help;

namespace WeakToStrong.Cli;

/// <summary>The pages behind --help: what the parser knows, then examples.</summary>
internal static class HelpPage
{
    public static void Write(ParseResult parsed, HelpAction help, TextWriter writer)
    {
        help.MaxWidth = 110;
        parsed.InvocationConfiguration.Output = writer;
        help.Invoke(parsed);
        writer.WriteLine("Examples:");
        Command command = parsed.CommandResult.Command;
        IEnumerable<string> lines = command is ShellCommand own ? own.Examples
            : command.Subcommands.OfType<ShellCommand>().Select(c => c.Examples[0]);
        foreach (string line in lines)
            writer.WriteLine($"  w2s {line}");
    }
}
