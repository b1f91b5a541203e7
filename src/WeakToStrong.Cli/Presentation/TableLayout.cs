using System.Globalization;
using WeakToStrong.Tables;

namespace WeakToStrong.Cli.Presentation;

/// <summary>
/// A table arranged for a screen: cells as text, columns that say nothing left out, what does not vary apart, and the rest cut into panels
/// that fit the width.
/// </summary>
internal sealed class TableLayout
{
    private const int MostRows = 1000, Gap = 2, MostOnSide = 8;

    private TableLayout(IReadOnlyList<(string Name, string Text)> constants, IReadOnlyList<IReadOnlyList<ShownColumn>> panels,
        bool asRecords, int hidden)
    {
        Constants = constants;
        Panels = panels;
        AsRecords = asRecords;
        HiddenRows = hidden;
    }

    /// <summary>Columns whose cells are all the same.</summary>
    public IReadOnlyList<(string Name, string Text)> Constants { get; }

    /// <summary>Columns side by side, panel below panel; in each the leading columns are repeated.</summary>
    public IReadOnlyList<IReadOnlyList<ShownColumn>> Panels { get; }

    /// <summary>Whether each row is a list of names and values instead, since its words are too long for a table.</summary>
    public bool AsRecords { get; }

    /// <summary>Rows that are not shown.</summary>
    public int HiddenRows { get; }

    /// <summary>Arranges a table.</summary>
    /// <param name="table">The result.</param>
    /// <param name="inputs">Names of columns that are inputs: those that vary lead every panel.</param>
    /// <param name="width">Characters in a line.</param>
    public static TableLayout Of(ResultTable table, IReadOnlyCollection<string> inputs, int width)
    {
        int rows = Math.Min(table.RowCount, MostRows), hidden = table.RowCount - rows;
        ShownColumn[] columns = [.. table.Columns.Select(c => new ShownColumn(c, rows)).Where(c => !c.IsEmpty)];
        if (rows == 1)
            return new TableLayout([], [columns], columns.Sum(c => c.Width + Gap) > width || columns.Length > 4, hidden);
        (string Name, string Text)[] constants = [.. columns.Where(c => c.IsConstant).Select(c => (c.Name, c.Cells[0]))];
        ShownColumn[] varying = [.. columns.Where(c => !c.IsConstant)];
        if (varying.Length == 0)
            (varying, constants) = (columns[..1], [.. constants.Skip(1)]);
        if (varying.Sum(c => c.Width + Gap) <= width)
            return new TableLayout(constants, [varying], false, hidden);
        ShownColumn[] leads = [.. varying.Where(c => inputs.Contains(c.Name))], others = [.. varying.Except(leads)];
        if (leads.Length == 0)
            (leads, others) = (varying[..1], varying[1..]);
        if (others.Length == 0 || leads.Sum(c => c.Width + Gap) + others.Max(c => c.Width) > width)
            return new TableLayout(constants, [varying], true, hidden);
        return new TableLayout(constants, rows <= MostOnSide ? OnSide(varying, width) : Fill(leads, others, width), false, hidden);
    }

    // Rows become columns, as many beside each other as fit.
    private static List<IReadOnlyList<ShownColumn>> OnSide(ShownColumn[] columns, int width)
    {
        var names = new ShownColumn(columns[0].Name, [.. columns.Skip(1).Select(c => c.Name)]);
        ShownColumn[] rows = [.. columns[0].Cells.Select((head, row) =>
            new ShownColumn(head, [.. columns.Skip(1).Select(c => c.Cells[row])], right: true))];
        return Fill([names], rows, width);
    }

    private static List<IReadOnlyList<ShownColumn>> Fill(ShownColumn[] leads, ShownColumn[] others, int width)
    {
        var panels = new List<IReadOnlyList<ShownColumn>>();
        for (int next = 0; next < others.Length;)
        {
            List<ShownColumn> panel = [.. leads];
            int used = leads.Sum(c => c.Width + Gap);
            do
            {
                used += others[next].Width + Gap;
                panel.Add(others[next++]);
            }
            while (next < others.Length && used + others[next].Width + Gap <= width);
            panels.Add(panel);
        }
        return panels;
    }
}

/// <summary>A column as text.</summary>
internal sealed class ShownColumn
{
    /// <summary>The first rows of a column, numbers rounded to six digits.</summary>
    public ShownColumn(ResultColumn column, int rows)
        : this(column.Name, [.. Enumerable.Range(0, rows).Select(row => Cell(column, row))], right: column is not TextColumn) =>
        IsEmpty = column is NumberColumn { Values: var values } && values.Length > 0 && values.All(double.IsNaN);

    /// <summary>A column of words.</summary>
    public ShownColumn(string name, string[] cells, bool right = false)
    {
        Name = name;
        Cells = cells;
        IsText = !right;
        Width = cells.Append(name).Max(c => c.Length);
    }

    /// <summary>Its heading.</summary>
    public string Name { get; }

    /// <summary>Its cells.</summary>
    public string[] Cells { get; }

    /// <summary>Characters in the widest cell or the heading.</summary>
    public int Width { get; }

    /// <summary>Whether it is aligned to the left.</summary>
    public bool IsText { get; }

    /// <summary>Whether all its numbers are nan.</summary>
    public bool IsEmpty { get; }

    /// <summary>Whether all its cells are the same.</summary>
    public bool IsConstant => Array.TrueForAll(Cells, c => c == Cells[0]);

    private static string Cell(ResultColumn column, int row) => column switch
    {
        NumberColumn { Values: var values } => double.IsFinite(values[row])
            ? values[row].ToString("G6", CultureInfo.InvariantCulture) : NumberText.Format(values[row]),
        IntegerColumn { Values: var values } => values[row].ToString(CultureInfo.InvariantCulture),
        TextColumn { Values: var values } => values[row],
        _ => throw new NotSupportedException(column.GetType().Name),
    };
}
