using System.CommandLine;
using System.CommandLine.Parsing;

namespace WeakToStrong.Cli.Shell;

/// <summary>An option of a command; knows how to refuse what was typed, in one sentence.</summary>
internal interface ICheckedOption
{
    /// <summary>Reads the option and throws <see cref="InputException"/> when it is missing, given twice or not allowed.</summary>
    void Check(ParseResult parsed);
}

/// <summary>An option that takes words beside or in place of other values.</summary>
internal interface IWordsOption
{
    /// <summary>The words that a shell may offer; empty when there are none, or help shows the value as all of them.</summary>
    IReadOnlyList<string> Words { get; }
}

/// <summary>
/// An option with one value. The parser takes any number of values, so that a missing, repeated or wrong one is refused here,
/// in the same words for every option.
/// </summary>
/// <typeparam name="T">What the text becomes.</typeparam>
internal sealed class ValueOption<T> : Option<string>, ICheckedOption, IWordsOption
{
    private readonly TextReader<T> _read;
    private readonly T? _standard;

    /// <summary>An option with its rule.</summary>
    /// <param name="name">The name with its dashes.</param>
    /// <param name="allowed">What is allowed, in words that follow "must be".</param>
    /// <param name="read">Turns the text into a value, or says what is wrong.</param>
    /// <param name="standard">The value when the option is absent.</param>
    /// <param name="required">Whether it may not be absent.</param>
    public ValueOption(string name, string allowed, TextReader<T> read, T? standard, bool required)
        : base(name)
    {
        Arity = ArgumentArity.ZeroOrMore;
        CustomParser = static _ => null;
        Allowed = allowed;
        _read = read;
        _standard = standard;
        IsRequired = required;
    }

    /// <summary>What is allowed, in words that follow "must be".</summary>
    public string Allowed { get; }

    /// <summary>Whether the option may not be absent.</summary>
    public bool IsRequired { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>The sentence for an option that is needed only in some cases.</summary>
    /// <param name="when">The case, such as "without --points".</param>
    public InputException Missing(string when) => new($"{Name} is missing; {when} it must be {Allowed}");

    /// <summary>The value typed, or the standard one.</summary>
    public T? Value(ParseResult parsed)
    {
        if (parsed.GetResult(this) is not { Implicit: false } given)
            return IsRequired ? throw new InputException($"{Name} is missing; it must be {Allowed}") : _standard;
        if (given.IdentifierTokenCount > 1)
            throw new InputException($"{Name} is given {given.IdentifierTokenCount} times; it may be given once");
        if (given.Tokens is not [Token token])
            throw new InputException($"{Name} has no value; it must be {Allowed}");
        if (token.Value.StartsWith("--", StringComparison.Ordinal))
            throw new InputException($"{Name} has no value before {InputException.Shorten(token.Value)}; it must be {Allowed}");
        return _read(token.Value, out T? value) is not { } problem ? value
            : problem.Length == 0 ? throw InputException.At(Name, token.Value, Allowed)
            : throw new InputException($"{Name}: {problem}");
    }

    /// <inheritdoc/>
    public void Check(ParseResult parsed) => Value(parsed);
}

/// <summary>
/// Turns text into a value. Returns null on success, the empty string when the text is simply not allowed, or a sentence that
/// says what is wrong with it.
/// </summary>
internal delegate string? TextReader<T>(string text, out T? value);

/// <summary>An option without a value: present or absent.</summary>
internal sealed class FlagOption : Option<bool>, ICheckedOption
{
    public FlagOption(string name, string description)
        : base(name)
    {
        Arity = ArgumentArity.Zero;
        Description = description;
    }

    /// <inheritdoc/>
    public void Check(ParseResult parsed)
    {
        if (parsed.GetResult(this) is { IdentifierTokenCount: > 1 } given)
            throw new InputException($"{Name} is given {given.IdentifierTokenCount} times; it may be given once");
    }
}
