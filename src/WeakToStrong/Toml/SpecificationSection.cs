using System.Globalization;
using Tomlyn.Parsing;
using Tomlyn.Syntax;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Tables;

namespace WeakToStrong.Toml;

/// <summary>
/// One table of a TOML file, read key by key; remembers where every key stands, so that what is wrong is named by file, line and key.
/// <see cref="RefuseOthers"/> at the end finds keys that nobody asked for.
/// </summary>
internal sealed class SpecificationSection
{
    private readonly Dictionary<string, (ValueSyntax? Value, List<SpecificationSection> Tables,
        int Line)> _entries = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _known = new(StringComparer.Ordinal);
    private readonly string _file;
    private bool _isOpened;

    private SpecificationSection(string file, string path, int line)
    {
        _file = file;
        Path = path;
        Line = line;
    }

    /// <summary>Such as <c>stage[2]</c>; empty for the whole file.</summary>
    public string Path { get; }

    /// <summary>Where it begins, from 1.</summary>
    public int Line { get; }

    /// <summary>Reads a whole specification.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="file">How messages call it.</param>
    /// <exception cref="InputException">The text is not TOML; the message says where.</exception>
    public static SpecificationSection Parse(string text, string file)
    {
        DocumentSyntax document;
        try
        {
            document = SyntaxParser.Parse(text, file, validate: true);
        }
        catch (ArgumentException e)
        {
            // The parser's own message on an escape such as \U99999999 fails.
            throw new InputException($"{file}: a text has an escape that stands for no character", e);
        }
        DiagnosticMessage? error = document.Diagnostics.FirstOrDefault(d => d.Kind == DiagnosticMessageKind.Error);
        if (error is not null)
            throw new InputException($"{file}, line {error.Span.Start.Line + 1}: {InputException.Shorten(error.Message)}");
        var root = new SpecificationSection(file, string.Empty, 1);
        foreach (KeyValueSyntax pair in document.KeyValues)
            root.Add(pair);
        foreach (TableSyntaxBase table in document.Tables)
        {
            SpecificationSection section = root.Open(Names(table.Name!), table.Span.Start.Line + 1, isElement: table is TableArraySyntax);
            foreach (KeyValueSyntax pair in table.Items)
                section.Add(pair);
        }
        return root;
    }

    public bool Has(string key)
    {
        _known.Add(key);
        return _entries.ContainsKey(key);
    }

    /// <summary>A number in a range; required when <paramref name="standard"/> is null.</summary>
    public double Number(string key, NumberRange range, double? standard = null)
    {
        if (!Has(key))
            return standard ?? throw Missing(key, range.Allowed);
        double? value = AsNumber(_entries[key].Value);
        return value is { } number && range.Contains(number) ? number : throw At(key, range.Allowed);
    }

    /// <summary>A whole number of at least <paramref name="least"/>.</summary>
    public long WholeNumber(string key, long least, long most)
    {
        string allowed = $"a whole number from {least} to {most}";
        if (!Has(key))
            throw Missing(key, allowed);
        double? value = AsNumber(_entries[key].Value);
        return value is { } number && number >= least && number <= most && number == Math.Floor(number) ? (long)number
            : throw At(key, allowed);
    }

    /// <summary>A text; required when <paramref name="standard"/> is null.</summary>
    public string Text(string key, string allowed, string? standard = null)
    {
        if (!Has(key))
            return standard ?? throw Missing(key, allowed);
        return (_entries[key].Value as StringValueSyntax)?.Value is { Length: > 0 } text ? text : throw At(key, allowed);
    }

    /// <summary>Whether the value of a key is a text.</summary>
    public bool IsText(string key) => _entries[key].Value is StringValueSyntax;

    /// <summary>Whether the value of a key is the number infinity.</summary>
    public bool IsInfinite(string key) => Has(key) && AsNumber(_entries[key].Value) is double.PositiveInfinity;

    /// <summary>The keys that are there, in their order.</summary>
    public IReadOnlyList<string> Keys => [.. _entries.OrderBy(e => e.Value.Line).Select(e => e.Key)];

    /// <summary>The line of a key, from 1; that of the section when the key is absent.</summary>
    public int LineOf(string key) => _entries.TryGetValue(key, out (ValueSyntax?, List<SpecificationSection>, int Line) entry) ? entry.Line
        : Line;

    /// <summary>Numbers, words, true and false as texts: one, or a list of them.</summary>
    public string[] Items(string key, string allowed)
    {
        if (!Has(key))
            throw Missing(key, allowed);
        ValueSyntax? value = _entries[key].Value;
        if (value is not ArraySyntax { Items: var items })
            return [Scalar(value) ?? throw At(key, allowed)];
        return items.ChildrenCount == 0 ? throw At(key, allowed)
            : [.. Enumerable.Range(0, items.ChildrenCount).Select(i => Scalar(items.GetChild(i)!.Value) ?? throw At(key, allowed))];
    }

    /// <summary>The values at any depth, by their dotted paths, in their order; tables of lists are not entered.</summary>
    public IEnumerable<(string Path, SpecificationSection Section, string Key)> Leaves()
    {
        foreach (string key in Keys)
        {
            _known.Add(key);
            (ValueSyntax? value, List<SpecificationSection> tables, _) = _entries[key];
            SpecificationSection? inner = value is InlineTableSyntax inline ? FromInline(inline, KeyPath(key))
                : value is null && !tables[0].Path.EndsWith(']') ? tables[0] : null;
            if (inner is null)
            {
                yield return (key, this, key);
                continue;
            }
            foreach ((string path, SpecificationSection section, string last) in inner.Leaves())
                yield return ($"{key}.{path}", section, last);
        }
    }

    /// <summary>Everything in the section, by value alone.</summary>
    public TomlTable ToTable() => new([.. _entries.OrderBy(e => e.Value.Line).Select(e => KeyValuePair.Create<string, object>(e.Key,
        e.Value.Value is { } value ? ToValue(value, e.Key)
        : e.Value.Tables[0].Path.EndsWith(']') ? e.Value.Tables.Select(object (t) => t.ToTable()).ToArray()
        : e.Value.Tables[0].ToTable()))]);

    private object ToValue(ValueSyntax value, string key) => value switch
    {
        InlineTableSyntax inline => FromInline(inline, KeyPath(key)).ToTable(),
        ArraySyntax { Items: var items } => Enumerable.Range(0, items.ChildrenCount)
            .Select(i => ToValue(items.GetChild(i)!.Value!, key)).ToArray(),
        StringValueSyntax { Value: { } text } => text,
        BooleanValueSyntax flag => flag.Value,
        IntegerValueSyntax integer => integer.Value,
        FloatValueSyntax real => real.Value,
        _ => throw At(key, "a number, a text, true, false, a list or a table"),
    };

    private static string? Scalar(ValueSyntax? value) => value switch
    {
        StringValueSyntax { Value: { } text } => text,
        BooleanValueSyntax flag => flag.Value ? "true" : "false",
        IntegerValueSyntax integer => integer.Value.ToString(CultureInfo.InvariantCulture),
        FloatValueSyntax real => NumberText.Format(real.Value),
        _ => null,
    };

    /// <summary>A list of texts.</summary>
    public string[] Texts(string key, string allowed)
    {
        if (!Has(key))
            throw Missing(key, allowed);
        if (_entries[key].Value is not ArraySyntax { Items: { ChildrenCount: > 0 } items })
            throw At(key, allowed);
        return [.. Enumerable.Range(0, items.ChildrenCount).Select(i => (items.GetChild(i)!.Value as StringValueSyntax)?.Value
            ?? throw At(key, allowed))];
    }

    /// <summary>Rows of numbers, written as a list of lists of one length.</summary>
    public Matrix<double> Matrix(string key)
    {
        const string allowed = "the name of a file, or a list of rows of finite numbers, all of one length";
        if (!Has(key))
            throw Missing(key, allowed);
        if (_entries[key].Value is not ArraySyntax { Items: { ChildrenCount: > 0 } rows })
            throw At(key, allowed);
        Matrix<double>? matrix = null;
        for (int i = 0; i < rows.ChildrenCount; i++)
        {
            if (rows.GetChild(i)!.Value is not ArraySyntax { Items: { ChildrenCount: > 0 } cells }
                || cells.ChildrenCount != (matrix ??= new Matrix<double>(rows.ChildrenCount, cells.ChildrenCount)).Columns)
                throw At(key, allowed);
            for (int j = 0; j < cells.ChildrenCount; j++)
                matrix[i, j] = AsNumber(cells.GetChild(j)!.Value) is { } value && double.IsFinite(value) ? value : throw At(key, allowed);
        }
        return matrix!;
    }

    /// <summary>A list of numbers in a range.</summary>
    public double[] Numbers(string key, NumberRange range)
    {
        string allowed = $"a list, each of it {range.Allowed}";
        if (!Has(key))
            throw Missing(key, allowed);
        if (_entries[key].Value is not ArraySyntax { Items: { ChildrenCount: > 0 } items })
            throw At(key, allowed);
        var numbers = new double[items.ChildrenCount];
        for (int i = 0; i < numbers.Length; i++)
        {
            ValueSyntax? item = items.GetChild(i)!.Value;
            numbers[i] = AsNumber(item) is { } number && range.Contains(number) ? number
                : throw new InputException($"{Place(item?.Span.Start.Line ?? _entries[key].Line - 1, $"{key}[{i + 1}]")} is "
                    + $"'{InputException.Shorten($"{item}".Trim())}'; it must be {range.Allowed}");
        }
        return numbers;
    }

    /// <summary>A table by that name.</summary>
    public SpecificationSection Section(string key, string allowed)
    {
        if (!Has(key))
            throw Missing(key, allowed);
        (ValueSyntax? value, List<SpecificationSection> tables, _) = _entries[key];
        return value is InlineTableSyntax inline ? FromInline(inline, KeyPath(key))
            : value is null && !tables[0].Path.EndsWith(']') ? tables[0] : throw At(key, $"one table, [{key}]");
    }

    /// <summary>The tables of a list, written as [[key]] or inline.</summary>
    public IReadOnlyList<SpecificationSection> Sections(string key, string allowed)
    {
        if (!Has(key))
            throw Missing(key, allowed);
        (ValueSyntax? value, List<SpecificationSection> tables, int line) = _entries[key];
        if (value is null)
            return tables[0].Path.EndsWith(']') ? tables : throw new InputException(
                $"{Place(line - 1, key)} is one table; it must be written [[{key}]]");
        if (value is not ArraySyntax { Items: { ChildrenCount: > 0 } items })
            throw At(key, allowed);
        var sections = new List<SpecificationSection>();
        for (int i = 0; i < items.ChildrenCount; i++)
        {
            if (items.GetChild(i)!.Value is not InlineTableSyntax inline)
                throw At(key, allowed);
            sections.Add(FromInline(inline, $"{KeyPath(key)}[{i + 1}]"));
        }
        return sections;
    }

    /// <summary>Throws for the first key that nobody asked for.</summary>
    public void RefuseOthers()
    {
        foreach ((string key, (_, _, int line)) in _entries.OrderBy(e => e.Value.Line))
        {
            if (!_known.Contains(key))
                throw new InputException($"{Place(line - 1, key)} is not a known key; allowed {(Path.Length == 0 ? "at the top" : "here")} "
                    + $"are {string.Join(", ", _known)}");
        }
    }

    /// <summary>The usual sentence about a value that is not allowed.</summary>
    public InputException At(string key, string allowed) =>
        InputException.At(Place(_entries[key].Line - 1, key), _entries[key].Value is { } value ? $"{value}".Trim() : "a table", allowed);

    /// <summary>A sentence about a key, or about the section when the key is absent.</summary>
    public InputException Problem(string key, string problem)
    {
        int line = _entries.TryGetValue(key, out (ValueSyntax?, List<SpecificationSection>, int Line) entry) ? entry.Line : Line;
        return new($"{Place(line - 1, key)}: {problem}");
    }

    private SpecificationSection FromInline(InlineTableSyntax inline, string path)
    {
        var section = new SpecificationSection(_file, path, inline.Span.Start.Line + 1);
        foreach (InlineTableItemSyntax item in inline.Items)
            section.Add(item.KeyValue!);
        return section;
    }

    private InputException Missing(string key, string allowed) => new($"{Place(Line - 1, key)} is missing; it must be {allowed}");

    private string Place(int zeroBasedLine, string key) => $"{_file}, line {zeroBasedLine + 1}: {KeyPath(key)}";

    private string KeyPath(string key) => Path.Length == 0 ? key : $"{Path}.{key}";

    private void Add(KeyValueSyntax pair)
    {
        string[] names = Names(pair.Key!);
        int line = pair.Span.Start.Line + 1;
        SpecificationSection section = this;
        foreach (string name in names[..^1])
            section = section.Enter(name, line);
        if (!section._entries.TryAdd(names[^1], (pair.Value, [], line)))
            throw new InputException($"{section.Place(line - 1, names[^1])} is given twice");
    }

    // The table [a.b.c], or one more element of [[a.b.c]].
    private SpecificationSection Open(string[] names, int line, bool isElement)
    {
        SpecificationSection parent = this;
        foreach (string outer in names[..^1])
            parent = parent.Enter(outer, line);
        string name = names[^1];
        if (!parent._entries.TryGetValue(name, out (ValueSyntax? Value, List<SpecificationSection> Tables, int) entry))
            parent._entries.Add(name, entry = (null, [], line));
        // A table may follow its own subtables, once.
        if (!isElement && entry is { Value: null, Tables: [{ _isOpened: false } implied] } && !implied.Path.EndsWith(']'))
        {
            implied._isOpened = true;
            return implied;
        }
        if (entry.Value is not null || (entry.Tables.Count > 0 && !(isElement && entry.Tables[0].Path.EndsWith(']'))))
            throw new InputException($"{parent.Place(line - 1, name)} is given twice");
        var section = new SpecificationSection(_file, parent.KeyPath(isElement ? $"{name}[{entry.Tables.Count + 1}]" : name),
            line)
        { _isOpened = true };
        entry.Tables.Add(section);
        return section;
    }

    // The table on the way to a dotted key, which need not have been named; of a list of tables the last.
    private SpecificationSection Enter(string name, int line)
    {
        if (!_entries.TryGetValue(name, out (ValueSyntax? Value, List<SpecificationSection> Tables, int) entry))
            _entries.Add(name, entry = (null, [new SpecificationSection(_file, KeyPath(name), line)], line));
        return entry.Value is null ? entry.Tables[^1] : throw new InputException($"{Place(line - 1, name)} is given twice");
    }

    private static string[] Names(KeySyntax key) => [Name(key.Key!), .. key.DotKeys.Select(dotted => Name(dotted.Key!))];

    private static string Name(BareKeyOrStringValueSyntax name) =>
        name is StringValueSyntax { Value: { } text } ? text : name.ToString().Trim();

    private static double? AsNumber(ValueSyntax? value) => value switch
    {
        IntegerValueSyntax integer => integer.Value,
        FloatValueSyntax real => real.Value,
        _ => null,
    };
}
