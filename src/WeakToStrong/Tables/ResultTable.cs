namespace WeakToStrong.Tables;

/// <summary>A rectangular result: named columns of equal length, in the order that users see. Every command's output is one of these.</summary>
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
}

/// <summary>One named column of a <see cref="ResultTable"/>: <see cref="NumberColumn"/>, <see cref="IntegerColumn"/> or <see cref="TextColumn"/>.</summary>
/// <param name="Name">The contract name, in snake_case.</param>
public abstract record ResultColumn(string Name)
{
    /// <summary>Number of rows.</summary>
    public abstract int Count { get; }

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
