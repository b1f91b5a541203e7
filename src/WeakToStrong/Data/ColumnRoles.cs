namespace WeakToStrong.Data;

/// <summary>Which named columns of the files are no features. A file that has no such column is not disturbed.</summary>
public sealed record ColumnRoles
{
    /// <summary>No column has a role.</summary>
    public static ColumnRoles None { get; } = new();

    /// <summary>The column of labels; null: the only column of the file of labels.</summary>
    public string? Label { get; init; }

    /// <summary>The column that names the examples, or null.</summary>
    public string? Id { get; init; }

    /// <summary>Columns that are not used at all.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];

    /// <summary>Whether a column is no feature.</summary>
    internal bool Has(string name) => name == Label || name == Id || Ignored.Contains(name);

    /// <summary>Every name that was given.</summary>
    internal IEnumerable<string> All() => ((string?[])[Label, Id, .. Ignored]).OfType<string>();
}
