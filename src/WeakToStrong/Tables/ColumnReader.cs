using System.Globalization;

namespace WeakToStrong.Tables;

/// <summary>What a column of an input table must hold.</summary>
/// <param name="Name">Its name in the header.</param>
/// <param name="Range">The allowed numbers.</param>
/// <param name="Standard">The value of every row when the column is absent; null when it may not be.</param>
public sealed record ColumnRule(string Name, NumberRange Range, double? Standard = null);

/// <summary>A table whose known columns were read as numbers.</summary>
/// <param name="Numbers">One array a rule.</param>
/// <param name="Others">The columns that are not known, as they are written.</param>
public sealed record PointTable(double[][] Numbers, ResultColumn[] Others);

/// <summary>Reads tables whose columns are known beforehand, such as the points of <c>w2s limits</c>.</summary>
public static class ColumnReader
{
    private const string StandardInput = "-";

    /// <summary>Reads delimited text with a header (see <see cref="NumericTable.ReadCsv(string, RunOptions)"/>); its columns may
    /// be in any order.</summary>
    /// <param name="path">The file, which may be packed by gzip; <c>-</c> is standard input.</param>
    /// <param name="rules">Every column that is read as numbers.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <returns>One array a rule; a column that is absent and has a standard value is filled with it. Columns without a rule are kept as
    /// they are written.</returns>
    /// <exception cref="InputException">The file cannot be read as a table, a column is missing, or a value is not a number or
    /// outside its range; the message names file, row and column.</exception>
    public static PointTable Read(string path, IReadOnlyList<ColumnRule> rules, RunOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(rules);
        options ??= RunOptions.Default;
        if (MemoryFile.Find(path) is { Table: { } table } held)
            return OfTable(held.Name, table, rules);
        using ByteSource source = path == StandardInput ? ByteSource.Of("standard input", Console.OpenStandardInput())
            : GzipFile.OpenUnpacked(path);
        CsvTable csv = CsvTable.Open(source, options);
        CheckNames(csv.Source, csv.Names, rules);
        int rows = checked((int)csv.Rows);
        int[] ruleOf = [.. csv.Names.Select(n => rules.ToList().FindIndex(r => r.Name == n))];
        double[][] columns = [.. rules.Select(r => NewColumn(r, rows, csv.Names.Contains(r.Name)))];
        string[][] texts = [.. ruleOf.Where(r => r < 0).Select(_ => new string[rows])];
        int[] known = [.. Enumerable.Range(0, ruleOf.Length).Where(c => ruleOf[c] >= 0)];
        csv.Read(0, rows, [.. ruleOf.Select(r => r < 0 ? CellUse.Text : CellUse.Number)], Take, texts, options);
        return new PointTable(columns, [.. csv.Names.Where((_, c) => ruleOf[c] < 0).Select((name, t) => AsWritten(name, texts[t]))]);

        InputException? Take(long row, ReadOnlySpan<double> cells)
        {
            for (int k = 0; k < cells.Length; k++)
            {
                int rule = ruleOf[known[k]];
                columns[rule][row] = cells[k];
                if (!rules[rule].Range.Contains(cells[k]))
                    return csv.Wrong(row, known[k], NumberText.Format(cells[k]), rules[rule].Range.Allowed);
            }
            return null;
        }
    }

    // Columns that are in memory already; not copied.
    private static PointTable OfTable(string source, ResultTable table, IReadOnlyList<ColumnRule> rules)
    {
        CheckNames(source, [.. table.Columns.Select(c => c.Name)], rules);
        double[][] columns = [.. rules.Select(r => table.Find(r.Name) switch
        {
            null => NewColumn(r, table.RowCount, read: false),
            NumberColumn numbers => numbers.Values,
            IntegerColumn whole => Array.ConvertAll(whole.Values, value => (double)value),
            ResultColumn words => throw new InputException($"{source}, column {words.Name} holds text; it must hold numbers"),
        })];
        foreach ((ColumnRule rule, double[] column) in rules.Zip(columns))
        {
            int wrong = Array.FindIndex(column, value => !rule.Range.Contains(value));
            if (wrong >= 0)
                throw InputException.At($"{source}, row {wrong + 1}, column {rule.Name}", NumberText.Format(column[wrong]),
                    rule.Range.Allowed);
        }
        return new PointTable(columns, [.. table.Columns.Where(c => rules.All(r => r.Name != c.Name))]);
    }

    private static void CheckNames(string source, IReadOnlyList<string> names, IReadOnlyList<ColumnRule> rules)
    {
        if (rules.FirstOrDefault(r => r.Standard is null && !names.Contains(r.Name)) is not { } missing)
            return;
        string wanted = string.Join(", ", rules.Select(r => r.Standard is null ? r.Name : $"{r.Name} (optional)"));
        throw new InputException($"{source} has no column {missing.Name}; it must have {wanted}");
    }

    private static double[] NewColumn(ColumnRule rule, int rows, bool read)
    {
        double[] column = GC.AllocateUninitializedArray<double>(rows);
        if (!read)
            Array.Fill(column, rule.Standard!.Value);
        return column;
    }

    // Numbers only when they are written just as they would be written again; so a code such as 007 stays what it is.
    private static ResultColumn AsWritten(string name, string[] texts)
    {
        if (Array.TrueForAll(texts, t => long.TryParse(t, CultureInfo.InvariantCulture, out long whole) && whole.ToString(
            CultureInfo.InvariantCulture) == t))
            return ResultColumn.Of(name, Array.ConvertAll(texts, t => long.Parse(t, CultureInfo.InvariantCulture)));
        if (Array.TrueForAll(texts, t => NumberText.TryParse(t, out double number) && NumberText.Format(number) == t))
            return ResultColumn.Of(name, Array.ConvertAll(texts, t => NumberText.TryParse(t, out double number) ? number : double.NaN));
        return ResultColumn.Of(name, texts);
    }
}
