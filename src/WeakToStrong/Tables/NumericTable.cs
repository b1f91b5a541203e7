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
        return ReadCsv(source, options ?? RunOptions.Default);
    }

    /// <summary>Reads delimited text that need not be a file, such as the contents of a compressed one.</summary>
    internal static NumericTable ReadCsv(ByteSource source, RunOptions options)
    {
        CsvTable csv = CsvTable.Open(source, options);
        MemoryNeed.Check($"reading {csv.Source}", csv.Rows, csv.Names.Count);
        var table = new NumericTable(csv.Source, csv.Names, new Matrix<double>((int)csv.Rows, csv.Names.Count));
        csv.Read(0, csv.Rows, [.. csv.Names.Select(_ => CellUse.Number)], (row, cells) =>
        {
            cells.CopyTo(table.Values.Row((int)row));
            return null;
        }, [], options);
        return table;
    }
}
