using System.Globalization;
using System.Text.Json;
using WeakToStrong.Tables;

namespace WeakToStrong.Studies;

/// <summary>
/// The checked values of one run of a study. Immutable; a value that exists is allowed. Cross-checks between parameters are the study's
/// (<see cref="IStudy.Check"/>), and have passed too.
/// </summary>
public sealed class Arguments
{
    private readonly Dictionary<Parameter, object> _values;

    private Arguments(IStudy study, Dictionary<Parameter, object> values)
    {
        Study = study;
        _values = values;
    }

    /// <summary>Whose arguments these are.</summary>
    public IStudy Study { get; }

    /// <summary>
    /// One text for these values: <c>name=value</c> joined by <c>&amp;</c>, in the order of the parameters, percent-encoded as in a URL's
    /// query, values in canonical form and those equal to a default left out. Equal arguments have equal texts, and
    /// <see cref="FromCanonical"/> reads it back.
    /// </summary>
    public string Canonical => string.Join('&', Given.Select(pair => $"{pair.Key.Name}={Uri.EscapeDataString(pair.Value)}"));

    /// <summary>The values that differ from their defaults, as canonical texts, in the order of the parameters.</summary>
    public IEnumerable<KeyValuePair<Parameter, string>> Given =>
        from parameter in Study.Parameters
        where _values.ContainsKey(parameter)
        let text = parameter.Write(_values[parameter])
        where text != parameter.Default
        select KeyValuePair.Create(parameter, text);

    /// <summary>The number of rows that the axes make: the product of their lengths.</summary>
    public long Cells
    {
        get
        {
            long cells = 1;
            foreach ((_, int count) in Axes)
                cells = checked(cells * count);
            return cells;
        }
    }

    /// <summary>How many values an axis has; 1 when it is absent.</summary>
    public int CountOf(Parameter axis) => _values.TryGetValue(axis, out object? values) && values is AxisValues { Count: var count } ? count
        : 1;

    private IEnumerable<(Parameter Parameter, int Count)> Axes =>
        from parameter in Study.Parameters
        where parameter.IsAxis && _values.ContainsKey(parameter)
        select (parameter, ((AxisValues)_values[parameter]).Count);

    /// <summary>Reads arguments from names and texts, and checks them.</summary>
    /// <param name="study">Whose.</param>
    /// <param name="texts">Names in snake_case, each at most once.</param>
    /// <exception cref="InputException">A name is unknown or given twice, a value is not allowed, a required one is missing, or values do
    /// not go together; one sentence, which <see cref="InputException.Spelled"/> spells for a front end.</exception>
    public static Arguments Read(IStudy study, IEnumerable<KeyValuePair<string, string>> texts)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(texts);
        var values = new Dictionary<Parameter, object>();
        foreach ((string name, string text) in texts)
        {
            Parameter parameter = study.Parameters.FirstOrDefault(p => p.Name == name)
                ?? throw new InputException($"{InputException.Shorten(name)} is not a parameter of {study.Name}; it has "
                    + $"{string.Join(", ", study.Parameters.Select(p => p.Name))}");
            if (!values.TryAdd(parameter, ReadValue(parameter, text)))
                throw InputException.About($"{parameter} is given twice; it may be given once");
        }
        return Checked(study, values);
    }

    /// <summary>Reads arguments from a JSON object: numbers, texts, booleans, and arrays of numbers for grids; null is absent.</summary>
    /// <param name="study">Whose.</param>
    /// <param name="json">The object.</param>
    /// <param name="files">Names and paths beside it, such as those of <see cref="MemoryFile"/>s.</param>
    /// <exception cref="InputException">As for <see cref="Read"/>, or the JSON is not such an object.</exception>
    public static Arguments FromJson(IStudy study, JsonElement json, params IEnumerable<KeyValuePair<string, string>> files)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw new InputException("the arguments must be a JSON object of names and values");
        KeyValuePair<string, string>[] texts;
        try
        {
            texts = [.. json.EnumerateObject().Where(p => p.Value.ValueKind != JsonValueKind.Null)
                .Select(p => KeyValuePair.Create(p.Name, JsonText(p.Name, p.Value)))];
        }
        catch (InvalidOperationException e)
        {
            throw new InputException("the arguments hold half a surrogate pair, as in \"\\ud800\"; text must be Unicode", e);
        }
        return Read(study, texts.Concat(files));
    }

    /// <summary>Reads arguments from their <see cref="Canonical"/> text.</summary>
    /// <param name="study">Whose.</param>
    /// <param name="canonical">The text, as in a URL's query.</param>
    /// <exception cref="InputException">As for <see cref="Read"/>.</exception>
    public static Arguments FromCanonical(IStudy study, string canonical)
    {
        ArgumentNullException.ThrowIfNull(canonical);
        return Read(study, canonical.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair =>
            pair.Split('=', 2) is [string name, string value]
                ? KeyValuePair.Create(Uri.UnescapeDataString(name), Uri.UnescapeDataString(value))
                : throw new InputException($"'{InputException.Shorten(pair)}' is not an argument; it must be name=value")));
    }

    /// <summary>These arguments with one value replaced, or, for null, taken away; checked again.</summary>
    public Arguments With(Parameter parameter, string? text)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        var values = new Dictionary<Parameter, object>(_values);
        values.Remove(parameter);
        if (text is not null)
            values.Add(parameter, ReadValue(parameter, text));
        return Checked(Study, values);
    }

    /// <summary>Whether there is one plane: every axis whose cells do not share trials has one value.</summary>
    public bool IsPlane => !Axes.Any(a => a.Count > 1 && !a.Parameter.SharesTrials);

    /// <summary>
    /// One arguments a plane, in the order of the rows: every axis whose cells do not share trials has one value, and only
    /// ridges may still be grids.
    /// </summary>
    public IReadOnlyList<Arguments> Planes()
    {
        IEnumerable<Arguments> planes = [this];
        foreach (Parameter axis in Axes.Where(a => a.Count > 1 && !a.Parameter.SharesTrials).Select(a => a.Parameter))
            planes = planes.SelectMany(plane => plane.Along(axis));
        return [.. planes];
    }

    /// <summary>One arguments a value of an axis.</summary>
    public IEnumerable<Arguments> Along(Parameter axis)
    {
        var values = (AxisValues)_values[axis];
        for (int i = 0; i < values.Count; i++)
            yield return With(axis, values.TextOf(i));
    }

    /// <summary>The value of a parameter, or its default; throws when it has neither.</summary>
    public T Get<T>(Parameter<T> parameter)
        where T : notnull =>
        Find(parameter, out T? value) ? value! : throw new InvalidOperationException($"{parameter.Name} has no value");

    /// <summary>The value of a parameter that may be absent.</summary>
    public bool Find<T>(Parameter<T> parameter, out T? value)
        where T : notnull
    {
        value = _values.TryGetValue(parameter, out object? given) ? (T)given : parameter.StandardValue;
        return given is not null || parameter.Default is not null;
    }

    /// <summary>Whether a parameter was given, with its default value or another.</summary>
    public bool Has(Parameter parameter) => _values.ContainsKey(parameter);

    /// <summary>The one value of an axis in a plane, or its default, which may depend on the plane's other values.</summary>
    public T Single<T>(AxisParameter<T> axis)
        where T : notnull =>
        Find(axis, out AxisValues<T>? values) ? values!.Count == 1 ? values[0]
            : throw new InvalidOperationException($"{axis.Name} has {values.Count} values here")
        : axis.DefaultOf is { } from ? from(this) : throw new InvalidOperationException($"{axis.Name} has no value");

    /// <summary>The values of an axis in every row: the rows are the product of all axes, the first parameter slowest.</summary>
    public T[] Column<T>(AxisParameter<T> axis)
        where T : notnull
    {
        AxisValues<T> values = Get(axis);
        long rows = Cells, inner = rows;
        foreach ((Parameter parameter, int count) in Axes)
        {
            inner /= count;
            if (parameter == axis)
                break;
        }
        var column = new T[rows];
        for (long row = 0; row < rows; row++)
            column[row] = values[(int)(row / inner % values.Count)];
        return column;
    }

    private static Arguments Checked(IStudy study, Dictionary<Parameter, object> values)
    {
        if (study.Parameters.FirstOrDefault(p => p.IsRequired && !values.ContainsKey(p)) is { } missing)
            throw InputException.About($"{missing} is missing; it must be {missing.Allowed}");
        var arguments = new Arguments(study, values);
        arguments.CheckCells();
        study.Check(arguments);
        return arguments;
    }

    private static object ReadValue(Parameter parameter, string text) => parameter.Read(text, out object? value) switch
    {
        null => value!,
        "" => throw InputException.About($"{parameter} is '{InputException.Shorten(text)}'; it must be {parameter.Allowed}"),
        string problem => throw InputException.About($"{parameter}: {problem}"),
    };

    private void CheckCells()
    {
        double cells = 1;
        foreach ((_, int count) in Axes)
            cells *= count;
        if (cells <= Study.MostCells)
            return;
        object[] grids = [.. Axes.Where(a => a.Count > 1).Select(a => a.Parameter)];
        string holes = string.Join(" and ", Enumerable.Range(0, grids.Length).Select(i => $"{{{i}}}"));
        throw InputException.About(System.Runtime.CompilerServices.FormattableStringFactory.Create(
            $"{holes} make {cells.ToString("0", CultureInfo.InvariantCulture)} cells; at most {Study.MostCells} are allowed", grids));
    }

    private static string JsonText(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Array => string.Join(',', value.EnumerateArray()
            .Select(item => item.ValueKind is JsonValueKind.Array or JsonValueKind.Object
            ? throw new InputException(
                $"{InputException.Shorten(name)} holds a nested value; it must be a number, a text, or an array of them")
            : JsonText(name, item))),
        _ => throw new InputException($"{InputException.Shorten(name)} is an object; it must be a number, a text, or an array of them"),
    };
}
