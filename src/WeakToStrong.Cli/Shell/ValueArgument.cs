using System.CommandLine;
using System.CommandLine.Parsing;

namespace WeakToStrong.Cli.Shell;

/// <summary>The one thing that a command takes without a name, such as the path of a specification.</summary>
internal sealed class ValueArgument : Argument<string>, ICheckedOption
{
    private readonly string _allowed;

    /// <summary>An argument.</summary>
    /// <param name="name">How help and messages call it, such as SPEC.</param>
    /// <param name="description">What it means.</param>
    /// <param name="allowed">What is allowed, in words that follow "must be".</param>
    public ValueArgument(string name, string description, string allowed)
        : base(name)
    {
        Arity = ArgumentArity.ZeroOrOne;
        Description = description;
        _allowed = allowed;
    }

    /// <summary>The words that it takes; empty when it is the path of a file.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>The text given.</summary>
    public string Value(ParseResult parsed) =>
        parsed.GetResult(this) is { Tokens: [Token token] } && token.Value.Length > 0 ? token.Value
        : throw new InputException($"{Name} is missing; it must be {_allowed}");

    /// <inheritdoc/>
    public void Check(ParseResult parsed) => Value(parsed);
}
