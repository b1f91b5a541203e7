using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Tables;

/// <summary>A table of numbers as it was read: named columns, and a source that messages can point into.</summary>
public sealed class NumericTable
{
    /// <summary>A table from its parts.</summary>
    /// <param name="source">How messages call it, such as the quoted name of a file.</param>
    /// <param name="names">One name a column, all different.</param>
    /// <param name="values">One row of numbers a row, one column a name.</param>
    public NumericTable(string source, IReadOnlyList<string> names, Matrix<double> values)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(values);
        Require.SameLength(values.Columns, names.Count);
        Source = source;
        Names = names;
        Values = values;
    }

    /// <summary>How messages call the table.</summary>
    public string Source { get; }

    /// <summary>The columns' names, in the file's order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The numbers, row-major.</summary>
    public Matrix<double> Values { get; }

    /// <summary>
    /// Reads delimited text with a header. The delimiter (comma, semicolon, tab, bar or blank) is taken from the header; cells may be
    /// quoted; blank lines at the end are ignored. Blocks of the file are read and parsed in parallel, and the file is never held in
    /// memory as a whole.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <exception cref="InputException">The file is absent, empty or not text, a row has too few or too many cells, or a cell is not a
    /// number; the message names file, row (counted from 1 after the header) and column.</exception>
    public static NumericTable ReadCsv(string path, RunOptions? options = null)
    {
        using ByteSource source = ByteSource.Open(path);
        return NumericCsv.Read(source, options ?? RunOptions.Default);
    }

    /// <summary>Takes the columns that the rules name, in the rules' order; the file may have them in any order.</summary>
    /// <param name="rules">Every column that is allowed.</param>
    /// <param name="threads">The most threads to use.</param>
    /// <returns>One array a rule; a column that is absent and has a standard value is filled with it.</returns>
    /// <exception cref="InputException">A column is missing or unknown, or a value is outside its range.</exception>
    public double[][] Select(IReadOnlyList<ColumnRule> rules, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(rules);
        string wanted = string.Join(", ", rules.Select(r => r.Standard is null ? r.Name : $"{r.Name} (optional)"));
        if (Names.FirstOrDefault(n => rules.All(r => r.Name != n)) is { } extra)
            throw new InputException($"{Source} has the unknown column '{InputException.Shorten(extra)}'; it must have {wanted}");
        if (rules.FirstOrDefault(r => r.Standard is null && !Names.Contains(r.Name)) is { } missing)
            throw new InputException($"{Source} has no column {missing.Name}; it must have {wanted}");
        var columns = new double[rules.Count][];
        int[] firstBad = new int[rules.Count];
        Parallel.For(0, rules.Count, new ParallelOptions { MaxDegreeOfParallelism = threads }, i => (columns[i], firstBad[i]) = Take(rules[i]));
        int bad = Array.IndexOf(firstBad, firstBad.Min());
        return firstBad[bad] == int.MaxValue ? columns
            : throw Wrong(firstBad[bad], rules[bad].Name, NumberText.Format(columns[bad][firstBad[bad]]), rules[bad].Range.Allowed);
    }

    /// <summary>The sentence about one bad cell.</summary>
    /// <param name="row">Index of the row, from 0.</param>
    /// <param name="column">Name of the column.</param>
    /// <param name="read">What was found there.</param>
    /// <param name="allowed">What is allowed, in words that follow "must be".</param>
    public InputException Wrong(int row, string column, string read, string allowed) =>
        InputException.At($"{Source}, {NumericCsv.Place(row)}, column {InputException.Shorten(column)}", read, allowed);

    // A column, and the first row that breaks its rule (int.MaxValue when none does).
    private (double[] Values, int FirstBad) Take(ColumnRule rule)
    {
        var values = new double[Values.Rows];
        int at = Names.ToList().IndexOf(rule.Name);
        if (at < 0)
        {
            Array.Fill(values, rule.Standard!.Value);
            return (values, int.MaxValue);
        }
        ReadOnlySpan<double> all = Values.Data;
        int firstBad = int.MaxValue;
        for (int row = 0, from = at; row < values.Length; row++, from += Values.Columns)
        {
            values[row] = all[from];
            if (firstBad == int.MaxValue && !rule.Range.Contains(values[row]))
                firstBad = row;
        }
        return (values, firstBad);
    }
}

/// <summary>What a column of an input table must hold.</summary>
/// <param name="Name">Its name in the header.</param>
/// <param name="Range">The allowed numbers.</param>
/// <param name="Standard">The value of every row when the column is absent; null when it may not be.</param>
public sealed record ColumnRule(string Name, NumberRange Range, double? Standard = null);
