namespace WeakToStrong.Tables;

/// <summary>A rectangular result: named columns of equal length, in the order that users see. Every command's output
/// is one of these.</summary>
public sealed class ResultTable
{
    /// <summary>A table of the given columns.</summary>
    /// <exception cref="ArgumentException">Columns differ in length or share a name.</exception>
    public ResultTable(params ReadOnlySpan<ResultColumn> columns)
    {
        foreach (ResultColumn column in columns)
            Require.SameLength(columns[0].Count, column.Count, column.Name);
        Columns = [.. columns];
        if (Columns.Select(c => c.Name).Distinct(StringComparer.Ordinal).Count() != Columns.Count)
            throw new ArgumentException("two columns share a name", nameof(columns));
    }

    /// <summary>The columns, in order.</summary>
    public IReadOnlyList<ResultColumn> Columns { get; }

    /// <summary>Number of rows.</summary>
    public int RowCount => Columns.Count == 0 ? 0 : Columns[0].Count;

    /// <summary>The column of this name, or null.</summary>
    public ResultColumn? Find(string name) => Columns.FirstOrDefault(c => c.Name == name);

    /// <summary>The values of a column of numbers; not a copy.</summary>
    /// <exception cref="ArgumentException">There is no such column, or it does not hold real numbers.</exception>
    public double[] Numbers(string name) => Find(name) is NumberColumn column ? column.Values
        : throw new ArgumentException($"there is no column of numbers '{name}'", nameof(name));

    /// <summary>This table with more columns after its own.</summary>
    public ResultTable With(params ReadOnlySpan<ResultColumn> columns) => columns.IsEmpty ? this : new([.. Columns, .. columns]);

    /// <summary>This table without the columns of these names, if it has them.</summary>
    public ResultTable Without(params ReadOnlySpan<string> names)
    {
        HashSet<string> gone = [.. names];
        return gone.Count == 0 ? this : new([.. Columns.Where(c => !gone.Contains(c.Name))]);
    }

    /// <summary>This table with other numbers in a column.</summary>
    public ResultTable Replace(string name, double[] values) =>
        new([.. Columns.Select(c => c.Name == name ? ResultColumn.Of(name, values) : c)]);

    /// <summary>Tables of the same columns, one below the other; a column that holds words in one of them holds words in all.</summary>
    /// <exception cref="ArgumentException">Their columns differ in names or number.</exception>
    public static ResultTable Stacked(IReadOnlyList<ResultTable> tables)
    {
        ArgumentNullException.ThrowIfNull(tables);
        return tables.Count == 1 ? tables[0] : new(
            [.. tables[0].Columns.Select((first, c) => ResultColumn.Stacked([.. tables.Select(t => t.Columns[c])]))]);
    }
}

/// <summary>One named column of a <see cref="ResultTable"/>: <see cref="NumberColumn"/>,
/// <see cref="IntegerColumn"/> or <see cref="TextColumn"/>.</summary>
/// <param name="Name">The contract name, in snake_case.</param>
public abstract record ResultColumn(string Name)
{
    /// <summary>Number of rows.</summary>
    public abstract int Count { get; }

    /// <summary>Columns of one name, one below the other.</summary>
    internal static ResultColumn Stacked(ResultColumn[] parts) =>
        Array.Exists(parts, p => p.Name != parts[0].Name) ? throw new ArgumentException($"the columns {parts[0].Name} differ",
            nameof(parts))
        : Array.TrueForAll(parts, p => p is NumberColumn) ? new NumberColumn(parts[0].Name,
            [.. parts.SelectMany(p => ((NumberColumn)p).Values)])
        : Array.TrueForAll(parts, p => p is IntegerColumn) ? new IntegerColumn(parts[0].Name,
            [.. parts.SelectMany(p => ((IntegerColumn)p).Values)])
        : new TextColumn(parts[0].Name, [.. parts.SelectMany(p => p.Texts())]);

    /// <summary>The cells as text, numbers in full precision.</summary>
    public IEnumerable<string> Texts() => this switch
    {
        NumberColumn { Values: var values } => values.Select(NumberText.Format),
        IntegerColumn { Values: var values } => values.Select(v => v.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        TextColumn { Values: var values } => values,
        _ => throw new NotSupportedException(),
    };

    /// <summary>A column of real numbers.</summary>
    public static NumberColumn Of(string name, double[] values) => new(name, values);

    /// <summary>A column of whole numbers.</summary>
    public static IntegerColumn Of(string name, long[] values) => new(name, values);

    /// <summary>A column of words.</summary>
    public static TextColumn Of(string name, string[] values) => new(name, values);
}

/// <summary>A column of real numbers.</summary>
public sealed record NumberColumn(string Name, double[] Values) : ResultColumn(Name)
{
    /// <inheritdoc/>
    public override int Count => Values.Length;
}

/// <summary>A column of whole numbers.</summary>
public sealed record IntegerColumn(string Name, long[] Values) : ResultColumn(Name)
{
    /// <inheritdoc/>
    public override int Count => Values.Length;
}

/// <summary>A column of words.</summary>
public sealed record TextColumn(string Name, string[] Values) : ResultColumn(Name)
{
    /// <inheritdoc/>
    public override int Count => Values.Length;
}
