using System.Globalization;
using WeakToStrong.Ridge;
using WeakToStrong.Tables;

namespace WeakToStrong.Data.Formats;

/// <summary>One column of labels as it was read: texts as they are written, or numbers that say as much; null and NaN where
/// there is none.</summary>
internal sealed class LabelCells
{
    // Beyond it a double does not tell neighbours apart.
    private const double LargestExact = 1L << 53;
    private readonly string _name;
    private readonly string?[]? _texts;
    private readonly double[]? _values;
    private readonly Func<long, string> _place;

    private LabelCells(RowFile file, int column, string?[]? texts, double[]? values)
    {
        Source = file.Name;
        _name = file.Columns[column].Name;
        _place = file.Place;
        (_texts, _values) = (texts, values);
    }

    /// <summary>How messages call the file.</summary>
    public string Source { get; }

    /// <summary>Reads a column; rows whose label is the mark for "none" lose it.</summary>
    public static LabelCells Read(RowFile file, int column, LabelReading reading, RunOptions options)
    {
        double mark = double.NaN;
        bool marksNumbers = reading.Unlabelled is null || NumberText.TryParse(reading.Unlabelled, out mark);
        bool asNumbers = file.Columns[column].Kind == ColumnKind.Number
            || (file.Columns[column].Kind == ColumnKind.Either && reading.Task == LearningTask.Regression);
        if (asNumbers && marksNumbers)
        {
            double[] values = file.ReadOptionalNumbers(column, options);
            if (reading.Task == LearningTask.Regression || !Array.Exists(values, value => Math.Abs(value) >= LargestExact))
            {
                for (int i = 0; i < values.Length; i++)
                    values[i] = values[i] == mark ? double.NaN : values[i];
                return new LabelCells(file, column, null, values);
            }
        }
        string?[] texts = file.ReadTexts(column, options);
        for (int i = 0; i < texts.Length; i++)
        {
            if (texts[i] is { } text && (text.Length == 0 || text.Equals("nan", StringComparison.OrdinalIgnoreCase)
                || IsMark(text, reading.Unlabelled, mark)))
                texts[i] = null;
        }
        return new LabelCells(file, column, texts, null);
    }

    /// <summary>The labels as finite numbers, NaN where there is none; null when a label is no number.</summary>
    public double[]? Numbers()
    {
        double[] numbers = _values ?? new double[_texts!.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            if (_texts is not null)
            {
                numbers[i] = double.NaN;
                if (_texts[i] is { } text && !NumberText.TryParse(text, out numbers[i]))
                    return null;
            }
            if (double.IsInfinity(numbers[i]))
                throw Wrong(i, "a finite number");
        }
        return numbers;
    }

    /// <summary>Whether there are at most so many different labels.</summary>
    public bool HasAtMost(int count) => Distinct().Take(count + 1).Count() <= count;

    /// <summary>Classes by their names as written, numbers in their own order; -1 where there is none.</summary>
    public (int[] Classes, string[] Names) Classes()
    {
        string[] names = [.. Distinct()];
        bool areNumbers = Array.TrueForAll(names, name => NumberText.TryParse(name, out _));
        names = areNumbers ? [.. names.OrderBy(Value).ThenBy(name => name, StringComparer.Ordinal)]
            : [.. names.Order(StringComparer.Ordinal)];
        if (_values is not null)
        {
            Dictionary<double, int> classOf = names.Index().ToDictionary(pair => Value(pair.Item), pair => pair.Index);
            return ([.. _values.Select(value => double.IsNaN(value) ? -1 : classOf[value])], names);
        }
        Dictionary<string, int> indexOf = names.Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
        return ([.. _texts!.Select(text => text is null ? -1 : indexOf[text])], names);
    }

    /// <summary>What a reader should know about the labels.</summary>
    public IEnumerable<string> Remarks(Labels labels)
    {
        int missing = labels.Count - labels.LabelledCount;
        if (missing > 0)
            yield return $"{Source}: {missing} of {labels.Count} rows have no label";
        if (!labels.IsClassification)
            yield break;
        string[] names = [.. labels.ClassNames];
        if (names.Length > 2 && Value(names[0]) == -1 && names.Skip(1).Index().All(pair => Value(pair.Item) == pair.Index))
            yield return $"{Source}: beside the labels 0 to {names.Length - 2}, {Count(names[0])} rows have the label -1, which is taken "
                + "for a class; say so if it means that they have no label";
        if (names.Where(name => NumberText.TryParse(name, out _)).GroupBy(Decimal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            yield return $"{Source}: {string.Join(" and ", twice)} are one number written differently, and are taken for {twice.Count()} "
                + "classes";
    }

    public InputException NotANumber() => Wrong(Array.FindIndex(_texts!, text => text is not null && !NumberText.TryParse(text, out _)),
        "a number, for regression");

    public InputException NoChoice()
    {
        int rows = _texts?.Length ?? _values!.Length, labelled = _texts?.Count(text => text is not null) ?? _values!.Count(value =>
            !double.IsNaN(value));
        string where = labelled == rows ? $"in all {rows} rows" : $"in the {labelled} of {rows} rows that have one";
        return Distinct().FirstOrDefault() is { } only
            ? new($"{Source} has only one label, '{InputException.Shorten(only)}', {where}; there must be at least two different ones")
            : new($"{Source} has no label in any row");
    }

    /// <summary>What is wrong when some cells are numbers and others are words: the first cell of the rarer kind. Otherwise null.</summary>
    public InputException? Mixed()
    {
        int numbers = 0, words = 0, firstNumber = -1, firstWord = -1;
        for (int i = 0; i < _texts!.Length; i++)
        {
            if (_texts[i] is not { } text)
                continue;
            if (NumberText.TryParse(text, out _))
                firstNumber = numbers++ == 0 ? i : firstNumber;
            else
                firstWord = words++ == 0 ? i : firstWord;
        }
        bool isNumberRarer = numbers < words;
        return numbers == 0 || words == 0 ? null
            : Wrong(isNumberRarer ? firstNumber : firstWord,
                $"a {(isNumberRarer ? "word" : "number")} like the other labels, unless classification is asked for");
    }

    public InputException Wrong(int row, string allowed) => InputException.At(
        $"{Source}, {_place(row)}{(_name.Length > 0 ? $", column {InputException.Shorten(_name)}" : string.Empty)}",
        _texts is null ? NumberText.Format(_values![row]) : _texts[row] ?? string.Empty, allowed);

    private IEnumerable<string> Distinct() => _texts is not null ? _texts.OfType<string>().Distinct(StringComparer.Ordinal)
        : _values!.Where(value => !double.IsNaN(value)).Distinct().Select(value => value.ToString("R", CultureInfo.InvariantCulture));

    private int Count(string name) => _texts?.Count(text => text == name) ?? _values!.Count(value => value == Value(name));

    private static double Value(string name) => NumberText.TryParse(name, out double value) ? value : double.NaN;

    // Neighbours among long integers are one double, but two decimals.
    private static object Decimal(string name) => decimal.TryParse(name, NumberStyles.Float, CultureInfo.InvariantCulture,
        out decimal exact) ? exact : Value(name);

    private static bool IsMark(string text, string? mark, double number) =>
        mark is not null && (text == mark || (NumberText.TryParse(text, out double value) && value == number));
}
