using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using WeakToStrong.Cli.Commands;
using WeakToStrong.Cli.Presentation;
using WeakToStrong.Cli.Shell;
using WeakToStrong.Studies;

namespace WeakToStrong.Cli;

/// <summary>The program, free of the process it runs in: arguments in, streams and an exit status out.</summary>
internal static class App
{
    /// <summary>
    /// Every command, in the order that help shows. A new command is one more line here. Each is made when it is needed: most runs need
    /// one, and start the quicker for it.
    /// </summary>
    private static readonly Dictionary<string, Func<ShellCommand>> Commands = new(StringComparer.Ordinal)
    {
        ["limits"] = () => StudyCommand.Of(StudyCatalog.Find("limits")),
        ["simulate"] = () => StudyCommand.Of(StudyCatalog.Find("simulate")),
        ["network"] = () => StudyCommand.Of(
            "network", "Section 3: one gradient step, teacher to student.", [.. StudyCatalog.All.OfType<NetworkStudy>()]),
        ["chain"] = () => StudyCommand.Of(StudyCatalog.Find("chain")),
        ["reproduce"] = ReproduceCommand.Create,
        ["verify"] = () => StudyCommand.Of(StudyCatalog.Find("verify")),
        ["data"] = () => StudyCommand.Of(StudyCatalog.Find("data")),
        ["sweep"] = SweepCommand.Create,
        ["apply"] = ApplyCommand.Create,
        ["plot"] = PlotCommand.Create,
        ["explore"] = ExploreCommand.Create,
        ["doctor"] = DoctorCommand.Create,
        ["completion"] = () => CompletionCommand.Create(() => CreateRoot([], null)),
        ["man"] = () => CompletionCommand.CreateManual(() => CreateRoot([], null)),
    };

    /// <summary>Runs one command line; every error becomes a message and a status.</summary>
    public static ExitStatus Run(IReadOnlyList<string> args, Terminal terminal, CancellationToken stop = default,
        params IReadOnlyList<IStudy> studies)
    {
        try
        {
            return Dispatch(args, terminal, studies, stop);
        }
        catch (Exception e)
        {
            Exception cause = e is AggregateException many ? many.Flatten().InnerExceptions[0] : e;
            return cause switch
            {
                InputException wrong => Say(ExitStatus.BadInput, wrong.Message),
                OperationCanceledException when stop.IsCancellationRequested =>
                    Say(ExitStatus.Interrupted, "interrupted; nothing was finished"),
                IOException or UnauthorizedAccessException => Say(ExitStatus.Failed, cause.Message),
                OutOfMemoryException => Say(ExitStatus.Failed, "memory is exhausted"),
                _ => Say(ExitStatus.Failed, $"broke; please report this with the command line:{Environment.NewLine}{e}"),
            };
        }

        ExitStatus Say(ExitStatus status, string sentence)
        {
            terminal.Say($"{sentence.TrimEnd('.')}{(sentence.EndsWith('?') ? string.Empty : ".")}");
            return status;
        }
    }

    private static ExitStatus Dispatch(IReadOnlyList<string> args, Terminal terminal, IReadOnlyList<IStudy> studies, CancellationToken stop)
    {
        RootCommand root = CreateRoot(studies, args.Count > 0 ? args[0] : null);
        ParseResult parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });
        switch (parsed.Action)
        {
            case HelpAction help:
                using (StreamWriter writer = terminal.OpenText())
                    HelpPage.Write(parsed, help, writer, terminal.Width);
                return ExitStatus.Done;
            case not null when parsed.GetResult(root.Options.OfType<VersionOption>().Single()) is { Implicit: false }:
                using (StreamWriter writer = terminal.OpenText())
                    writer.WriteLine($"w2s {ProgramVersion.Text}");
                return ExitStatus.Done;
            default:
                return Refusal(parsed) is { } sentence ? throw new InputException(sentence)
                    : ((ShellCommand)parsed.CommandResult.Command).Run(parsed, terminal, stop);
        }
    }

    // All commands, or the only one that a command line is about.
    private static RootCommand CreateRoot(IReadOnlyList<IStudy> studies, string? only)
    {
        var root = new RootCommand("Weak-to-strong generalization: exact limits, exact simulation, networks, real data and figures.");
        root.Directives.Clear();
        IEnumerable<Func<ShellCommand>> commands = only is not null && Commands.TryGetValue(only, out Func<ShellCommand>? one) ? [one]
            : [.. Commands.Values, .. studies.Select(s => (Func<ShellCommand>)(() => StudyCommand.Of(s)))];
        foreach (Func<ShellCommand> command in commands)
            root.Subcommands.Add(command());
        return root;
    }

    private static IEnumerable<string> Names(CommandResult command) => command.Parent is CommandResult parent
        ? Names(parent).Append(command.Command.Name) : ["w2s"];

    // What is wrong with the words of a command line, apart from the options' values; null when nothing is.
    private static string? Refusal(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        string place = string.Join(' ', Names(parsed.CommandResult));
        string? word = parsed.UnmatchedTokens is [string first, ..] ? InputException.Shorten(first) : null;
        if (command is ShellCommand)
        {
            return word is null ? parsed.Errors is [ParseError error, ..] ? error.Message : null
                : !word.StartsWith('-') ? $"'{word}' is not expected by {place}, whose options begin with --"
                : Spelling.Nearest(word, command.Options.Select(o => o.Name)) is { } near
                    ? $"{word} is not an option of {place}; did you mean {near}?"
                : $"{word} is not an option of {place}; {place} --help lists them";
        }
        string names = string.Join(", ", command.Subcommands.Select(c => c.Name));
        return word is null ? $"a command is missing; it must be one of {names}"
            : Spelling.Nearest(word, command.Subcommands.Select(c => c.Name)) is { } close
                ? $"'{word}' is not a command; did you mean {close}?"
            : $"'{word}' is not a command; it must be one of {names}";
    }
}
