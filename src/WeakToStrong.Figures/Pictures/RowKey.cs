using WeakToStrong.Tables;

namespace WeakToStrong.Figures.Pictures;

/// <summary>What tells the rows of one curve, or of one panel, from the others: an input that varies, a column of the
/// result, or nothing.</summary>
internal sealed class RowKey
{
    private readonly string? _column;
    private readonly string[] _texts;
    private readonly Func<string, string> _entry;

    private RowKey(string? column, string[] texts, Func<string, string> entry)
    {
        _column = column;
        _texts = texts;
        _entry = entry;
        Values = column is null ? [string.Empty] : [.. texts.Distinct()];
    }

    /// <summary>The different values, in order; one empty value when nothing tells rows apart.</summary>
    public IReadOnlyList<string> Values { get; }

    public static RowKey Of(ResultTable table, VaryingInput? input, string? column) =>
        input is not null ? new RowKey(input.Parameter.Name, input.Texts, input.Entry)
        : column is not null && table.Find(column) is { } own && own.Texts().Distinct().Skip(1).Any()
            ? new RowKey(column, [.. own.Texts()], Shown)
        : new RowKey(null, [], static _ => string.Empty);

    /// <summary>Whether a row of the result has this value.</summary>
    public bool Has(int row, string value) => _column is null || _texts[row] == value;

    /// <summary>Whether a row of another table with the same inputs has it.</summary>
    public bool Matches(ResultTable other, int row, string value) => _column is null || other.Find(_column) switch
    {
        NumberColumn numbers => NumberText.Format(numbers.Values[row]) == value,
        IntegerColumn integers => integers.Values[row].ToString(System.Globalization.CultureInfo.InvariantCulture) == value,
        TextColumn words => words.Values[row] == value,
        _ => true,
    };

    /// <summary>A value as a legend or title shows it.</summary>
    public string Entry(string value) => _entry(value);

    private static string Shown(string value) => NumberText.TryParse(value, out double number) ? number.ToString("G4") : value.Replace('_',
        ' ');
}
