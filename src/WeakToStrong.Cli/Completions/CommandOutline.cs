using System.CommandLine;
using WeakToStrong.Cli.Shell;

namespace WeakToStrong.Cli.Completions;

/// <summary>A command as shells and manuals see it.</summary>
/// <param name="Path">Its words after the program's name, such as "sweep status"; empty for the program itself.</param>
/// <param name="Summary">What it does, in a sentence or more.</param>
/// <param name="Options">Its options, in the order of help.</param>
/// <param name="Operand">What it takes without a name, if anything.</param>
/// <param name="Examples">Command lines without the program's name.</param>
internal sealed record CommandOutline(
    string Path, string Summary, IReadOnlyList<OptionOutline> Options, OperandOutline? Operand, IReadOnlyList<string> Examples)
{
    /// <summary>The last word of the path.</summary>
    public string Name => Path.Split(' ')[^1];

    /// <summary>A command and all below it, itself first.</summary>
    public static IReadOnlyList<CommandOutline> Tree(Command command, string path = "") =>
        [Of(command, path), .. command.Subcommands.Where(c => !c.Hidden).SelectMany(c => Tree(c, $"{path} {c.Name}".Trim()))];

    private static CommandOutline Of(Command command, string path) => new(
        path, command.Description ?? string.Empty,
        [.. command.Options.Where(o => !o.Hidden).Select(OptionOutline.Of), .. Inherited(command)],
        command.Arguments.OfType<ValueArgument>().Select(OperandOutline.Of).FirstOrDefault(),
        (command as ShellCommand)?.Examples ?? []);

    private static IEnumerable<OptionOutline> Inherited(Command command) =>
        command is RootCommand ? [] : [new OptionOutline("--help", "Show help and examples.", string.Empty, [])];
}

/// <summary>An option as shells and manuals see it.</summary>
/// <param name="Name">With its dashes.</param>
/// <param name="Help">What it means, with its default.</param>
/// <param name="ValueName">How help shows its value; empty when it takes none.</param>
/// <param name="Words">The words that it takes; empty when it takes others than words.</param>
internal sealed record OptionOutline(string Name, string Help, string ValueName, IReadOnlyList<string> Words)
{
    /// <summary>Whether its value is the path of a file or folder.</summary>
    public bool TakesPath => OperandOutline.IsPath(ValueName);

    public static OptionOutline Of(Option option) => option is FlagOption || option.Arity.MaximumNumberOfValues == 0
        ? new(option.Name, option.Description ?? string.Empty, string.Empty, [])
        : new(option.Name, option.Description ?? string.Empty, option.HelpName ?? "X", WordsOf(option));

    // Help shows a choice as its words, a|b|c; what is in capitals there stands for something else.
    private static string[] WordsOf(Option option) => option is IWordsOption { Words: { Count: > 0 } words } ? [.. words]
        : [.. (option.HelpName ?? string.Empty).Split('|').Where(w => w.Length > 0 && !w.Any(c => char.IsUpper(c) || c is ',' or '.'))];
}

/// <summary>What a command takes without a name.</summary>
/// <param name="ValueName">How help shows it, such as SPEC.</param>
/// <param name="Help">What it means.</param>
/// <param name="Words">The words that it takes; empty when it is a path.</param>
internal sealed record OperandOutline(string ValueName, string Help, IReadOnlyList<string> Words)
{
    private static readonly string[] Paths = ["FILE", "DIR", "SPEC", "PATH", "TABLE"];

    public static OperandOutline Of(ValueArgument argument) => new(argument.Name, argument.Description ?? string.Empty, argument.Words);

    /// <summary>Whether a value that help shows so is the path of a file or folder.</summary>
    public static bool IsPath(string valueName) => Paths.Any(p => valueName.Split('.', ' ', '|')
        .Any(part => part == p || part.EndsWith(p, StringComparison.Ordinal)));
}
