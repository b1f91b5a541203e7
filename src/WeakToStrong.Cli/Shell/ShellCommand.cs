using System.CommandLine;
using WeakToStrong.Cli.Presentation;

namespace WeakToStrong.Cli.Shell;

/// <summary>
/// A command: what it is called, which options it has, and what it runs. Its options are checked before it runs, so that
/// <see cref="CommandContext.Get{T}(ValueOption{T})"/> always returns an allowed value.
/// </summary>
internal sealed class ShellCommand : Command
{
    private readonly Func<CommandContext, ExitStatus> _run;
    private readonly CommonOptions _common;

    /// <summary>A command.</summary>
    /// <param name="name">As it is typed.</param>
    /// <param name="description">One sentence for the list of commands; more sentences may follow for its own help.</param>
    /// <param name="run">Does the work.</param>
    /// <param name="writesTable">Whether --out takes the result table to a file; otherwise --out is the command's own.</param>
    /// <param name="symbols">Its own options and argument, in the order that help shows.</param>
    public ShellCommand(
        string name, string description, Func<CommandContext, ExitStatus> run, bool writesTable, params ReadOnlySpan<Symbol> symbols)
        : this(name, description, run, new CommonOptions(writesTable), symbols)
    {
    }

    /// <summary>A command with common options of its own making.</summary>
    public ShellCommand(
        string name, string description, Func<CommandContext, ExitStatus> run, CommonOptions common, params ReadOnlySpan<Symbol> symbols)
        : base(name, description)
    {
        _run = run;
        _common = common;
        foreach (Symbol symbol in symbols)
        {
            if (symbol is Argument argument)
                Arguments.Add(argument);
            else
                Options.Add((Option)symbol);
        }
        foreach (Option option in _common.All)
            Options.Add(option);
    }

    /// <summary>Command lines that help shows, without the leading "w2s".</summary>
    public required IReadOnlyList<string> Examples { get; init; }

    /// <summary>Checks every option, then runs.</summary>
    public ExitStatus Run(ParseResult parsed, Terminal terminal, CancellationToken stop)
    {
        foreach (ICheckedOption symbol in Arguments.OfType<ICheckedOption>().Concat(Options.OfType<ICheckedOption>()))
            symbol.Check(parsed);
        using var context = new CommandContext(parsed, _common, terminal, stop);
        return _run(context);
    }
}
