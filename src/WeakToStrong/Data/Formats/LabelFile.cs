using System.Globalization;
using System.Text;
using WeakToStrong.Ridge;
using WeakToStrong.Tables;

namespace WeakToStrong.Data.Formats;

/// <summary>Reads files of one column: labels, and who learns from which row.</summary>
public static class LabelFile
{
    private const int MostGuessedClasses = 100;

    /// <summary>Reads labels: numbers, or for classification also words.</summary>
    /// <param name="path">A file of one column, of any kind that <see cref="FeatureFile"/> reads.</param>
    /// <param name="task">What the labels are for; null: classification for words and for at most 100 different whole numbers, otherwise regression; a mix of
    /// numbers and words is then refused.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <exception cref="InputException">The file cannot be read, has several columns, a cell is wrong, or all labels are the same.</exception>
    public static Truth ReadLabels(string path, LearningTask? task = null, RunOptions? options = null)
    {
        Column column = ReadColumn(path, options ?? RunOptions.Default);
        double[]? numbers = column.Numbers();
        if (task is null && numbers is null && column.Mixed() is { } mixed)
            throw mixed;
        bool whole = numbers is not null && Array.TrueForAll(numbers, value => value == Math.Floor(value));
        task ??= numbers is null || (whole && numbers.Distinct().Take(MostGuessedClasses + 1).Count() <= MostGuessedClasses)
            ? LearningTask.Classification : LearningTask.Regression;
        Truth truth = task == LearningTask.Regression ? Truth.OfValues(numbers ?? throw column.NotANumber())
            : numbers is null ? OfWords(column)
            : whole ? OfNumbers(column, numbers)
            : throw column.Wrong(Array.FindIndex(numbers, value => value != Math.Floor(value)), "a whole number or a word, for classification");
        return truth.DistinctLabels > 1 ? truth
            : throw new InputException($"{column.Source} has only one label, '{column.Text(0)}', in all {truth.Count} rows; there must be at least two different ones");
    }

    /// <summary>Reads a split: one column, <c>split</c>, of teacher, student or test.</summary>
    /// <exception cref="InputException">The file cannot be read, has another column, another word occurs, or a set is too small.</exception>
    public static RowSplit ReadSplit(string path, RunOptions? options = null)
    {
        Column column = ReadColumn(path, options ?? RunOptions.Default);
        if (column.Name is { } name && name != "split")
            throw new InputException($"{column.Source} has the column '{InputException.Shorten(name)}'; it must have one column, split");
        return RowSplit.Of([.. Enumerable.Range(0, column.Count).Select(column.Text)], column.Source, column.IsText);
    }

    private static Truth OfWords(Column column)
    {
        string[] words = [.. Enumerable.Range(0, column.Count).Select(column.Text)];
        int empty = Array.IndexOf(words, string.Empty);
        if (empty >= 0)
            throw column.Wrong(empty, "a label");
        string[] names = [.. words.Distinct().Order(StringComparer.Ordinal)];
        return OfClasses(column, names, words.Select(word => Array.BinarySearch(names, word, StringComparer.Ordinal)));
    }

    private static Truth OfNumbers(Column column, double[] numbers)
    {
        double[] values = [.. numbers.Distinct().Order()];
        return OfClasses(column, [.. values.Select(value => value.ToString("R", CultureInfo.InvariantCulture))], numbers.Select(value => Array.BinarySearch(values, value)));
    }

    private static Truth OfClasses(Column column, string[] names, IEnumerable<int> classes)
    {
        const int MostClasses = 1000;
        return names.Length == 1 ? Truth.OfValues(new double[column.Count]) // refused by the caller, in its words
            : names.Length <= MostClasses ? Truth.OfClasses([.. classes], names)
            : throw new InputException($"{column.Source} has {names.Length} different labels; classification takes at most {MostClasses}, and regression any");
    }

    private static Column ReadColumn(string path, RunOptions options)
    {
        using ByteSource source = GzipFile.OpenUnpacked(path);
        FileKind kind = FeatureFile.KindOf(source);
        string[]? words = kind switch
        {
            FileKind.Npy => NpyFile.ReadWords(source),
            FileKind.Parquet => ParquetFile.ReadWords(source),
            _ => null,
        };
        if (words is not null)
            return new Column(source.Name, null, words, null);
        if (kind == FileKind.Text)
            return ReadText(source);
        RawFeatures numbers = FeatureFile.Read(path, options);
        return numbers.Shape.Columns == 1 ? new Column(source.Name, null, null, numbers.TakeAll().Matrix.Data.ToArray())
            : throw new InputException($"{source.Name} has {numbers.Shape.Columns} columns; it must have one");
    }

    private static Column ReadText(ByteSource source)
    {
        MemoryNeed.Check($"reading {source.Name}", source.Length, 1);
        var bytes = new byte[source.Length];
        source.Read(0, bytes);
        if (bytes.AsSpan().Contains((byte)0))
            throw new InputException($"{source.Name} is not a text file; it must be CSV with a header, .npy or Parquet");
        string[] lines = Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF').TrimEnd().Split('\n');
        if (lines.Length < 2)
            throw new InputException($"{source.Name} has {(lines[0].Length == 0 ? "no header" : "a header but no rows")}; it must have a header and one row an example");
        var cells = new string[lines.Length];
        for (int i = 0; i < lines.Length; i++)
        {
            byte[] line = Encoding.UTF8.GetBytes(lines[i].TrimEnd('\r'));
            List<string> texts = CsvLine.Texts(line, (byte)',');
            cells[i] = texts.Count == 1 ? texts[0] : throw new InputException($"{source.Name}, line {i + 1} has {texts.Count} columns; it must have one");
        }
        if (NumberText.TryParse(cells[0], out _))
            throw new InputException($"{source.Name} has no header: its first line is '{InputException.Shorten(cells[0])}'; it must name the column");
        return new Column(source.Name, cells[0], cells[1..], null);
    }

    /// <summary>One column as it was read: words, or numbers.</summary>
    private sealed record Column(string Source, string? Name, string[]? Words, double[]? Values)
    {
        public int Count => Words?.Length ?? Values!.Length;

        public bool IsText => Name is not null;

        public string Text(int row) => Words?[row] ?? NumberText.Format(Values![row]);

        /// <summary>The column as finite numbers, or null when a cell is none.</summary>
        public double[]? Numbers()
        {
            double[] numbers = Values ?? new double[Count];
            for (int i = 0; i < numbers.Length; i++)
            {
                if (Words is not null && !NumberText.TryParse(Words[i], out numbers[i]))
                    return null;
                if (!double.IsFinite(numbers[i]))
                    throw Wrong(i, "a finite number");
            }
            return numbers;
        }

        public InputException NotANumber() => Wrong(Array.FindIndex(Words!, word => !NumberText.TryParse(word, out _)), "a number, for regression");

        /// <summary>What is wrong when some cells are numbers and others are words: the first cell of the rarer kind. Otherwise null.</summary>
        public InputException? Mixed()
        {
            bool[] isNumber = [.. Words!.Select(word => NumberText.TryParse(word, out _))];
            int numbers = isNumber.Count(number => number);
            bool rarer = numbers * 2L < Count;
            return numbers == 0 || numbers == Count ? null
                : Wrong(Array.IndexOf(isNumber, rarer), $"a {(rarer ? "word" : "number")} like the other labels, unless classification is asked for");
        }

        public InputException Wrong(int row, string allowed) => InputException.At(
            $"{Source}, row {row + 1}{(IsText ? $" (line {row + 2}), column {InputException.Shorten(Name!)}" : string.Empty)}", Text(row), allowed);
    }
}
