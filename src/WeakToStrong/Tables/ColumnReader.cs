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
    /// <summary>Reads delimited text with a header (see <see cref="NumericTable.ReadCsv(string, RunOptions)"/>); its columns may be in any order.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rules">Every column that is allowed.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <returns>One array a rule; a column that is absent and has a standard value is filled with it. Columns without a rule are kept as they
    /// are written.</returns>
    /// <exception cref="InputException">The file cannot be read as a table, a column is missing, or a value is not a number or
    /// outside its range; the message names file, row and column.</exception>
    public static PointTable Read(string path, IReadOnlyList<ColumnRule> rules, RunOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(rules);
        using ByteSource source = ByteSource.Open(path);
        double[][]? columns = null;
        NumericCsv.Read(source, options ?? RunOptions.Default, (names, rows) =>
        {
            CheckNames(source.Name, names, rules);
            columns = [.. rules.Select(r => NewColumn(r, rows, names.Contains(r.Name)))];
            ColumnRule[] ruleOf = [.. names.Select(n => rules.Single(r => r.Name == n))];
            double[][] columnOf = [.. ruleOf.Select(r => columns[rules.ToList().IndexOf(r)])];
            return (row, cells) => Take(source.Name, row, cells, ruleOf, columnOf);
        });
        return new PointTable(columns!, []);
    }

    private static void CheckNames(string source, List<string> names, IReadOnlyList<ColumnRule> rules)
    {
        string wanted = string.Join(", ", rules.Select(r => r.Standard is null ? r.Name : $"{r.Name} (optional)"));
        if (names.Find(n => rules.All(r => r.Name != n)) is { } extra)
            throw new InputException($"{source} has the unknown column '{InputException.Shorten(extra)}'; it must have {wanted}");
        if (rules.FirstOrDefault(r => r.Standard is null && !names.Contains(r.Name)) is { } missing)
            throw new InputException($"{source} has no column {missing.Name}; it must have {wanted}");
    }

    private static double[] NewColumn(ColumnRule rule, int rows, bool read)
    {
        double[] column = GC.AllocateUninitializedArray<double>(rows);
        if (!read)
            Array.Fill(column, rule.Standard!.Value);
        return column;
    }

    private static InputException? Take(string source, int row, ReadOnlySpan<double> cells, ColumnRule[] ruleOf, double[][] columnOf)
    {
        for (int c = 0; c < cells.Length; c++)
        {
            columnOf[c][row] = cells[c];
            if (!ruleOf[c].Range.Contains(cells[c]))
                return NumericCsv.Wrong(source, row, ruleOf[c].Name, NumberText.Format(cells[c]), ruleOf[c].Range.Allowed);
        }
        return null;
    }
}
