namespace WeakToStrong.Studies;

/// <summary>What kind of value a parameter takes; front ends choose their widget, type or completion by it.</summary>
public enum ParameterKind
{
    /// <summary>A real number.</summary>
    Number,

    /// <summary>A whole number.</summary>
    WholeNumber,

    /// <summary>One of a few words.</summary>
    Word,

    /// <summary>On or off.</summary>
    Flag,

    /// <summary>Text with a reader of its own, such as an activation or a pipeline of features.</summary>
    Text,

    /// <summary>The path of a file or folder. A front end without files, such as a page, refuses it.</summary>
    File,

    /// <summary>A whole document, such as a chain's specification; a command line takes its path and reads it.</summary>
    Document,
}

/// <summary>
/// One named input of a <see cref="IStudy"/>: what it means, which values are allowed, and its value when absent. Declared once; the
/// command line's options, the page's forms, Python's arguments and a sweep's axes are made from it.
/// </summary>
public abstract class Parameter : INamedInput
{
    private protected Parameter(string name, ParameterKind kind, string help, string allowed)
    {
        Name = name;
        Kind = kind;
        Help = help;
        Allowed = allowed;
    }

    /// <summary>The concept's name in snake_case, such as <c>n_teacher</c>; each front end derives its own spelling from it.</summary>
    public string Name { get; }

    /// <summary>What kind of value it takes.</summary>
    public ParameterKind Kind { get; }

    /// <summary>What it means, in a sentence, with its symbol; says what happens without it unless <see cref="Default"/> does.</summary>
    public string Help { get; }

    /// <summary>What is allowed, in words that follow "must be".</summary>
    public string Allowed { get; }

    /// <summary>How help shows a value, such as X, N or FILE.</summary>
    public string ValueName { get; init; } = "X";

    /// <summary>The canonical text of its value when absent; null when it is required, or absent means that it has none.</summary>
    public string? Default { get; private protected init; }

    /// <summary>Its value when absent, in words, such as "4 d"; null when <see cref="Default"/> says it all.</summary>
    public string? DefaultInWords { get; init; }

    /// <summary>Whether it may not be absent.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether it may be a grid in place of a value, so that the result has a row for each.</summary>
    public bool IsAxis { get; private protected init; }

    /// <summary>
    /// Whether cells that differ only here share their random numbers, and so belong to one plane of a simulation; true of ridges and
    /// training rules, and of nothing else.
    /// </summary>
    public bool SharesTrials { get; init; }

    /// <summary>The words allowed beside or in place of numbers; empty when there are none.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>The allowed numbers; null for other kinds.</summary>
    public NumberRange? Range { get; init; }

    /// <summary>The concept's name, as <see cref="InputException"/> prints it without a front end.</summary>
    public override string ToString() => Name;

    /// <summary>
    /// Reads a value. Returns null on success, the empty string when the text is simply not <see cref="Allowed"/>, or a sentence that says
    /// what is wrong with it.
    /// </summary>
    public abstract string? Read(string text, out object? value);

    /// <summary>The canonical text of a value: equal for equal values, and read back to the same bits.</summary>
    public abstract string Write(object value);
}

/// <summary>A parameter whose value is a <typeparamref name="T"/>.</summary>
/// <typeparam name="T">What its text becomes.</typeparam>
public class Parameter<T> : Parameter
    where T : notnull
{
    private readonly ValueReader<T> _read;
    private readonly Func<T, string> _write;

    internal Parameter(string name, ParameterKind kind, string help, string allowed, ValueReader<T> read, Func<T, string> write,
        string? standard = null)
        : base(name, kind, help, allowed)
    {
        _read = read;
        _write = write;
        if (standard is not null)
        {
            StandardValue = read(standard, out T? value) is null ? value
                : throw new ArgumentException($"{name}: '{standard}' is not allowed", nameof(standard));
            Default = write(StandardValue!);
        }
    }

    /// <summary>The value when absent, if there is one.</summary>
    internal T? StandardValue { get; }

    /// <inheritdoc/>
    public override string? Read(string text, out object? value)
    {
        string? problem = _read(text, out T? typed);
        value = typed;
        return problem;
    }

    /// <inheritdoc/>
    public override string Write(object value) => _write((T)value);

    internal string? ReadOne(string text, out T? value) => _read(text, out value);
}

/// <summary>A parameter that may be a grid: its value is a list of <typeparamref name="T"/>, most often of one.</summary>
/// <typeparam name="T">A number, or a word that stands for one.</typeparam>
public sealed class AxisParameter<T> : Parameter<AxisValues<T>>
    where T : notnull
{
    internal AxisParameter(string name, ParameterKind kind, string help, string allowed, ValueReader<AxisValues<T>> read,
        string? standard = null)
        : base(name, kind, help, allowed, read, static axis => axis.ToString(), standard) => IsAxis = true;

    /// <summary>The value when absent, from the other values of a cell, such as p = d; null when it does not depend on them.</summary>
    public Func<Arguments, T>? DefaultOf { get; init; }
}

/// <summary>Turns text into a value; see <see cref="Parameter.Read"/> for what it returns.</summary>
public delegate string? ValueReader<T>(string text, out T? value);
