using WeakToStrong.LinearAlgebra;
using WeakToStrong.Tables;

namespace WeakToStrong.Data.Formats;

/// <summary>Reads weak labels: one column of classes or numbers, or one column a class.</summary>
public static class WeakLabelFile
{
    /// <summary>Reads weak labels for examples whose true labels are known to be of some classes, or numbers.</summary>
    /// <param name="path">A file of any kind that <see cref="FeatureFile"/> reads.</param>
    /// <param name="labels">The true labels, whose classes are meant.</param>
    /// <param name="roles">Columns that hold something else.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <returns>The labels, and what a reader should know; one sentence each.</returns>
    /// <exception cref="InputException">The file cannot be read, its columns do not fit the classes, or a cell is wrong.</exception>
    public static (WeakLabels Labels, IReadOnlyList<string> Remarks) Read(
        string path, Labels labels, ColumnRoles? roles = null, RunOptions? options = null)
    {
        (WeakLabels weak, IReadOnlyList<string> remarks, _) = ReadNamed(path, labels, roles, options);
        return (weak, remarks);
    }

    /// <summary>The same with the names of all columns of the file, which is opened once.</summary>
    internal static (WeakLabels Labels, IReadOnlyList<string> Remarks, IReadOnlyList<string> Columns) ReadNamed(
        string path, Labels labels, ColumnRoles? roles, RunOptions? options)
    {
        ArgumentNullException.ThrowIfNull(labels);
        options ??= RunOptions.Default;
        using RowFile file = InputFile.Open(path, options);
        if (file.Rows != labels.Count)
            throw new InputException($"{file.Name} has {file.Rows} rows, and the labels have {labels.Count}; every row is one example "
                + "in all files, and a row without a label has an empty one");
        var reader = new Reader(file, labels, options);
        int[] columns = Candidates(file, roles ?? ColumnRoles.None);
        (WeakLabels weak, IReadOnlyList<string> remarks) =
            labels.IsClassification ? reader.Classes(columns) : (reader.Numbers(columns), []);
        return (weak, remarks, [.. file.Columns.Select(column => column.Name)]);
    }

    // A label's column may have the name of the true one; it is left out only where others remain.
    private static int[] Candidates(RowFile file, ColumnRoles roles)
    {
        int[] rest = [.. Enumerable.Range(0, file.Columns.Count).Where(c => file.Columns[c].Name.Length == 0
            || (file.Columns[c].Name != roles.Id && !roles.Ignored.Contains(file.Columns[c].Name)))];
        int[] others = [.. rest.Where(c => roles.Label is null || file.Columns[c].Name != roles.Label)];
        rest = others.Length > 0 ? others : rest;
        return [.. rest.Except(FeatureColumns.IndexColumns(file, rest))];
    }

    private sealed class Reader(RowFile file, Labels labels, RunOptions options)
    {
        private readonly IReadOnlyList<string> _classes = labels.ClassNames;

        public WeakLabels Numbers(int[] columns)
        {
            if (columns.Length != 1 || file.Columns[columns[0]].Width != 1)
                throw new InputException($"{file.Name} has {Width(columns)} columns of weak labels; for regression it must have one");
            double[] values = file.ReadOptionalNumbers(columns[0], options);
            int bad = Array.FindIndex(values, double.IsInfinity);
            return bad < 0 ? Make(new Matrix<double>(values.Length, 1, values))
                : throw InputException.At($"{file.Name}, {file.Place(bad)}", NumberText.Format(values[bad]), "a finite number");
        }

        public (WeakLabels Labels, IReadOnlyList<string> Remarks) Classes(int[] columns)
        {
            if (columns.Length == 1 && file.Columns[columns[0]].Width == 1)
                return (OneColumn(columns[0]), []);
            if (columns.Length == 1)
            {
                RequireWidth(columns);
                var scores = new Matrix<double>((int)file.Rows, _classes.Count);
                file.ReadNumbers(0, columns, scores, options);
                return (Make(scores), [InOrder()]);
            }
            int[]? named = ByName(columns);
            if (named is null)
                RequireWidth(columns);
            double[][] values = [.. (named ?? columns).Select(column => file.ReadOptionalNumbers(column, options))];
            var all = new Matrix<double>((int)file.Rows, _classes.Count);
            for (int k = 0; k < values.Length; k++)
            {
                for (int row = 0; row < all.Rows; row++)
                    all[row, k] = values[k][row];
            }
            return (Make(all), named is null ? [InOrder()] : []);
        }

        /// <summary>For each class the one column that is named after it: equal, ending in _class, or containing it.</summary>
        private int[]? ByName(int[] columns)
        {
            Func<string, string, bool>[] ways =
            [
                (column, name) => column == name,
                (column, name) => column.EndsWith($"_{name}", StringComparison.Ordinal),
                (column, name) => column.Contains(name, StringComparison.Ordinal),
            ];
            foreach (Func<string, string, bool> fits in ways)
            {
                int[][] found = [.. _classes.Select(name => (int[])[.. columns.Where(c => fits(file.Columns[c].Name, name))])];
                if (found.All(of => of.Length == 1) && found.Select(of => of[0]).Distinct().Count() == found.Length)
                    return [.. found.Select(of => of[0])];
            }
            return null;
        }

        private WeakLabels OneColumn(int column)
        {
            string?[] texts = file.ReadTexts(column, options);
            double[] numbers = [.. _classes.Select(name => NumberText.TryParse(name, out double value) ? value : double.NaN)];
            var scores = new Matrix<double>(texts.Length, _classes.Count);
            bool mayBeProbability = _classes.Count == 2;
            int wrong = -1;
            for (int row = 0; row < texts.Length; row++)
            {
                string text = texts[row]?.Trim() ?? string.Empty;
                bool isNumber = NumberText.TryParse(text, out double value);
                if (text.Length == 0 || (isNumber && double.IsNaN(value)) || text.Equals("nan", StringComparison.OrdinalIgnoreCase))
                {
                    scores.Row(row).Fill(double.NaN);
                    continue;
                }
                int at = IndexOf(text, value, isNumber, numbers);
                if (at >= 0)
                    scores[row, at] = 1;
                else if (wrong < 0)
                    wrong = row;
                mayBeProbability &= isNumber && value is >= 0 and <= 1;
            }
            return wrong < 0 ? Make(scores) : mayBeProbability ? Probabilities(texts)
                : throw InputException.At($"{file.Name}, {file.Place(wrong)}", texts[wrong]!,
                    $"one of the classes {string.Join(", ", _classes.Take(12).Select(InputException.Shorten))}"
                    + $"{(_classes.Count == 2 ? $", or a probability of '{InputException.Shorten(_classes[1])}' in all rows" : null)}");
        }

        private int IndexOf(string text, double value, bool isNumber, double[] numbers)
        {
            for (int k = 0; k < _classes.Count; k++)
            {
                if (_classes[k] == text)
                    return k;
            }
            return isNumber ? Array.IndexOf(numbers, value) : -1;
        }

        // One column for two classes: the probability of the second.
        private WeakLabels Probabilities(string?[] texts)
        {
            var scores = new Matrix<double>(texts.Length, 2);
            for (int row = 0; row < texts.Length; row++)
            {
                double second = NumberText.TryParse(texts[row] ?? string.Empty, out double value) ? value : double.NaN;
                (scores[row, 0], scores[row, 1]) = (1 - second, second);
            }
            return Make(scores);
        }

        private WeakLabels Make(Matrix<double> scores)
        {
            for (int row = 0; row < scores.Rows; row++)
            {
                ReadOnlySpan<double> one = scores.Row(row);
                foreach (double score in one)
                {
                    if (double.IsInfinity(score) || double.IsNaN(score) != double.IsNaN(one[0]))
                        throw InputException.At($"{file.Name}, {file.Place(row)}", NumberText.Format(score),
                            "a finite number in every column of scores, or empty in all of them");
                }
            }
            return new WeakLabels(file.Name, scores);
        }

        private void RequireWidth(int[] columns)
        {
            if (Width(columns) != _classes.Count)
                throw new InputException($"{file.Name} has {Width(columns)} columns of weak labels, and there are {_classes.Count} classes "
                    + $"({string.Join(", ", _classes.Take(12).Select(InputException.Shorten))}); it must have one column of classes, or "
                    + "one column a class");
        }

        private string InOrder() => $"{file.Name}: its columns have no classes' names, and are taken for the classes "
            + $"{string.Join(", ", _classes.Take(12).Select(InputException.Shorten))}"
            + $"{(_classes.Count > 12 ? ", ..." : null)} in this order";

        private int Width(int[] columns) => columns.Sum(c => file.Columns[c].Width);
    }
}
