using WeakToStrong.Ridge;

namespace WeakToStrong.Data.Formats;

/// <summary>Reads labels, and who learns from which row.</summary>
public static class LabelFile
{
    private const int MostGuessedClasses = 100;
    private const int MostClasses = 1000;

    /// <summary>
    /// Reads labels: numbers, or classes, whose names are kept as they are written (01 and 1 differ). A blank cell, NaN and null are rows
    /// without a label.
    /// </summary>
    /// <param name="path">A file of any kind that <see cref="FeatureFile"/> reads.</param>
    /// <param name="reading">What the labels are for, which columns hold what, and what means "none".</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <exception cref="InputException">The file cannot be read, has several columns to choose from, a cell is wrong, or all labels
    /// are the same.</exception>
    public static LabelTable ReadLabels(string path, LabelReading? reading = null, RunOptions? options = null)
    {
        reading ??= new LabelReading();
        options ??= RunOptions.Default;
        using RowFile file = InputFile.Open(path, options);
        var remarks = new List<string>();
        int column = LabelColumn(file, reading.Columns, remarks);
        LabelCells cells = LabelCells.Read(file, column, reading, options);
        Labels labels = MakeLabels(cells, reading.Task);
        remarks.AddRange(cells.Remarks(labels));
        int id = reading.Columns.Id is { Length: > 0 } name ? IndexOf(file, name) : -1;
        return new LabelTable(labels, id < 0 ? null : [.. file.ReadTexts(id, options).Select(text => text ?? string.Empty)], remarks)
        {
            AllColumns = [.. file.Columns.Select(c => c.Name)],
        };
    }

    /// <summary>Reads a split: the column <c>split</c>, of teacher, student, test or unused.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rows">How many rows the other files have; null: any number.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <exception cref="InputException">The file cannot be read, has no such column or another number of rows, another word occurs, or a
    /// set is too small.</exception>
    public static RowSplit ReadSplit(string path, int? rows = null, RunOptions? options = null)
    {
        options ??= RunOptions.Default;
        using RowFile file = InputFile.Open(path, options);
        int column = file.Columns is [{ Name: "" }] ? 0 : IndexOf(file, "split");
        if (column < 0)
        {
            throw new InputException(file.Columns.Count == 1
                ? $"{file.Name} has the column '{InputException.Shorten(file.Columns[0].Name)}'; it must have one column, split"
                : $"{file.Name} has no column split among its {file.Columns.Count} columns");
        }
        if (file.Columns[column].Kind is not (ColumnKind.Text or ColumnKind.Either))
            throw new InputException($"{file.Name} holds {file.Columns[column].Holds}; it must say teacher, student, test or unused");
        var split = RowSplit.Of([.. file.ReadTexts(column, options).Select(text => text ?? string.Empty)], file.Name, row =>
            file.Place(row));
        return rows is not { } wanted || file.Rows == wanted ? split
            : throw new InputException(
                $"{file.Name} has {file.Rows} rows, and the labels have {wanted}; every row is one example in all files");
    }

    private static int LabelColumn(RowFile file, ColumnRoles roles, List<string> remarks)
    {
        if (roles.Label is { } name && IndexOf(file, name) is >= 0 and var named)
            return RequireOne(file, named);
        if (roles.Label is not null && file.Columns is not [{ Name: "" }])
            throw new InputException($"{file.Name} has no column '{InputException.Shorten(roles.Label)}' of labels; its columns are "
                + $"{List(file, Enumerable.Range(0, file.Columns.Count))}");
        int[] rest = [.. Enumerable.Range(0, file.Columns.Count).Where(c => !roles.Has(file.Columns[c].Name))];
        int[] indices = FeatureColumns.IndexColumns(file, rest);
        rest = [.. rest.Except(indices)];
        if (rest.Length != 1)
        {
            string?[] unknown = [.. roles.All().Where(role => IndexOf(file, role) < 0).Select(role => $"'{InputException.Shorten(role)}'")];
            throw new InputException($"{file.Name} has {rest.Length} columns{(rest.Length == 0 ? string.Empty : $", {List(file, rest)}")}"
                + $"{(unknown.Length == 0 ? string.Empty : $", and none named {string.Join(" or ", unknown)}")}; "
                + "it must have one, or the column of labels must be named");
        }
        remarks.AddRange(indices.Select(c => FeatureColumns.LeftOut(file, c)));
        return RequireOne(file, rest[0]);
    }

    private static int RequireOne(RowFile file, int column) => file.Columns[column] switch
    {
        { Width: > 1 } many => throw new InputException($"{file.Name} has {many.Width} columns of labels; it must have one"),
        { Kind: ColumnKind.Other } other => throw new InputException(
            $"{file.Name}, column {InputException.Shorten(other.Name)} holds {other.Holds}; labels must be numbers or words"),
        _ => column,
    };

    private static int IndexOf(RowFile file, string name)
    {
        for (int c = 0; c < file.Columns.Count; c++)
        {
            if (file.Columns[c].Name == name)
                return c;
        }
        return -1;
    }

    private static string List(RowFile file, IEnumerable<int> columns) =>
        string.Join(", ", columns.Take(12).Select(c => InputException.Shorten(file.Columns[c].Name)))
            + (columns.Skip(12).Any() ? ", ..." : string.Empty);

    private static Labels MakeLabels(LabelCells cells, LearningTask? task)
    {
        double[]? numbers = cells.Numbers();
        if (task is null && numbers is null && cells.Mixed() is { } mixed)
            throw mixed;
        int fraction = numbers is null ? -1 : Array.FindIndex(numbers, value => !double.IsNaN(value) && value != Math.Floor(value));
        task ??= numbers is null || (fraction < 0 && cells.HasAtMost(MostGuessedClasses)) ? LearningTask.Classification
            : LearningTask.Regression;
        if (task == LearningTask.Classification && fraction >= 0)
            throw cells.Wrong(fraction, "a whole number or a word, for classification");
        if (task == LearningTask.Regression)
        {
            Labels labels = Labels.OfValues(cells.Source, numbers ?? throw cells.NotANumber());
            return numbers.Where(value => !double.IsNaN(value)).Distinct().Take(2).Count() == 2 ? labels : throw cells.NoChoice();
        }
        (int[] classes, string[] names) = cells.Classes();
        return names.Length < 2 ? throw cells.NoChoice()
            : names.Length <= MostClasses ? Labels.OfClasses(cells.Source, classes, names)
            : throw new InputException(
                $"{cells.Source} has {names.Length} different labels; classification takes at most {MostClasses}, and regression any");
    }
}
