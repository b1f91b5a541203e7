using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using WeakToStrong.Tables;

namespace WeakToStrong.Toml;

/// <summary>A table of TOML by value: equal tables have equal texts, whatever their comments, blank lines and order of keys.
/// Immutable.</summary>
/// <param name="entries">Keys with texts, numbers, true, false, lists (<c>object[]</c>) and tables.</param>
internal sealed class TomlTable(IReadOnlyList<KeyValuePair<string, object>> entries)
{
    /// <summary>The value of a key; null when it is absent.</summary>
    public object? this[string key] => entries.FirstOrDefault(e => e.Key == key).Value;

    /// <summary>All texts inside, at any depth.</summary>
    public IEnumerable<string> Texts => TextsOf(this);

    /// <summary>The table as TOML, one line a key, keys in order; numbers in their shortest form.</summary>
    public string Canonical => string.Concat(Ordered.Select(e => $"{Key(e.Key)} = {Write(e.Value)}\n"));

    private IEnumerable<KeyValuePair<string, object>> Ordered => entries.OrderBy(e => e.Key, StringComparer.Ordinal);

    /// <summary>Every value by its dotted path; elements of lists by their names or numbers.</summary>
    public IEnumerable<KeyValuePair<string, string>> Flat() => FlatOf(this, string.Empty);

    private static IEnumerable<KeyValuePair<string, string>> FlatOf(object node, string path) => node switch
    {
        TomlTable table => table.Ordered.SelectMany(e => FlatOf(e.Value, $"{path}.{e.Key}".TrimStart('.'))),
        object[] list when Array.Exists(list, e => e is TomlTable) => list.SelectMany((e, i) =>
            FlatOf(e, $"{path}.{(e as TomlTable)?["name"] as string ?? (i + 1).ToString(CultureInfo.InvariantCulture)}")),
        _ => [KeyValuePair.Create(path, Write(node))],
    };

    /// <summary>This table with one value replaced or added.</summary>
    /// <param name="path">The way to it: keys; an element of a list by its <c>name</c> or, from 1, by its number.</param>
    /// <param name="text">The value as text: a number where it is one, else words.</param>
    /// <exception cref="InputException">There is no such place; the message says where the way ends.</exception>
    public TomlTable With(string path, string text) => (TomlTable)Replace(this, path.Split('.'), 0, Value(text));

    private static object Value(string text) => text switch
    {
        "true" => true,
        "false" => false,
        _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) => whole,
        _ when NumberText.TryParse(text, out double number) => number,
        _ => text,
    };

    private static object Replace(object node, string[] path, int at, object value)
    {
        string key = path[at];
        bool last = at == path.Length - 1;
        switch (node)
        {
            case TomlTable table when last && table[key] is not (TomlTable or object[]):
                return table.Set(key, value);
            case TomlTable table when !last && table[key] is { } inner:
                return table.Set(key, Replace(inner, path, at + 1, value));
            case object[] list:
                int index = Array.FindIndex(list, e => e is TomlTable t && t["name"] is string name && name == key);
                if (index < 0 && int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
                    index = number - 1;
                if (last || index < 0 || index >= list.Length)
                    break;
                object[] copy = [.. list];
                copy[index] = Replace(list[index], path, at + 1, value);
                return copy;
        }
        string where = at == 0 ? "the file" : string.Join('.', path[..at]);
        string known = node switch
        {
            TomlTable { } table when last || table[key] is null => $"{where} has {string.Join(", ", table.Keys)}",
            object[] elements => $"{where} has {string.Join(", ", elements.Select((e, i) => (e as TomlTable)?["name"] ?? i + 1))}",
            _ => $"{where} is a value",
        };
        throw new InputException($"'{InputException.Shorten(string.Join('.', path))}' leads to no number: {InputException.Shorten(key)} is "
            + $"{(last ? "not one" : "not there")}, {known}");
    }

    private IEnumerable<string> Keys => entries.Select(e => e.Key);

    private TomlTable Set(string key, object value) => new(this[key] is null ? [.. entries, KeyValuePair.Create(key, value)]
        : [.. entries.Select(e => e.Key == key ? KeyValuePair.Create(key, value) : e)]);

    private static IEnumerable<string> TextsOf(object value) => value switch
    {
        string text => [text],
        TomlTable table => table.Ordered.SelectMany(e => TextsOf(e.Value)),
        object[] list => list.SelectMany(TextsOf),
        _ => [],
    };

    // A whole number is one number, written with a point or not.
    private static string Write(object value) => value switch
    {
        string text => Quoted(text),
        bool flag => flag ? "true" : "false",
        long whole => whole.ToString(CultureInfo.InvariantCulture),
        double number when number == Math.Floor(number) && Math.Abs(number) < 1L << 53 => Write((long)number),
        double number => Exponent(NumberText.Format(number)),
        TomlTable table => $"{{ {string.Join(", ", table.Ordered.Select(e => $"{Key(e.Key)} = {Write(e.Value)}"))} }}",
        object[] list => $"[{string.Join(", ", list.Select(Write))}]",
        _ => throw new NotSupportedException(),
    };

    private static string Exponent(string number) => number.Replace("E+", "e+", StringComparison.Ordinal)
        .Replace("E-", "e-", StringComparison.Ordinal);

    private static string Key(string key) => key.Length > 0 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-')
        ? key : Quoted(key);

    /// <summary>A text as TOML writes it.</summary>
    internal static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
