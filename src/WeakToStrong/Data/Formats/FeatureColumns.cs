namespace WeakToStrong.Data.Formats;

/// <summary>Which columns of a file are features.</summary>
internal static class FeatureColumns
{
    /// <summary>All columns without another role; what pandas left behind of an index is left out, with a remark.</summary>
    public static (int[] Columns, IReadOnlyList<string> Remarks) Choose(RowFile file, ColumnRoles roles)
    {
        int[] rest = [.. Enumerable.Range(0, file.Columns.Count)
            .Where(c => file.Columns[c].Name.Length == 0 || !roles.Has(file.Columns[c].Name))];
        int[] indices = IndexColumns(file, rest);
        int[] chosen = [.. rest.Except(indices)];
        if (chosen.Length == 0)
            throw new InputException(
                $"{file.Name} has no features: {(file.Columns.Count == 1 ? "its only column has" : "all its columns have")} another role");
        if (Array.Find(chosen, c => file.Columns[c].Kind is ColumnKind.Text or ColumnKind.Other) is var bad
            && file.Columns[bad].Kind is ColumnKind.Text or ColumnKind.Other)
            throw new InputException($"{file.Name}{Column(file.Columns[bad])} holds {file.Columns[bad].Holds}; it must hold numbers, or be "
                + "named as a column that is no feature");
        return (chosen, [.. indices.Select(c => LeftOut(file, c))]);
    }

    /// <summary>Columns of an index that pandas wrote, if other columns remain.</summary>
    public static int[] IndexColumns(RowFile file, int[] among)
    {
        int[] indices = [.. among.Where(c => file.Columns[c].IsIndex || (file.Columns.Count > 1
            && PandasMetadata.IsIndexName(file.Columns[c].Name)))];
        return indices.Length < among.Length ? indices : [];
    }

    /// <summary>The remark about such a column.</summary>
    public static string LeftOut(RowFile file, int column) => file.Columns[column].Name is { Length: > 0 } name
        ? $"{file.Name}: column {InputException.Shorten(name)} is left out; it is an index that pandas wrote"
        : $"{file.Name}: its column without a name is left out; it is an index that pandas wrote";

    private static string Column(FileColumn column) => column.Name.Length == 0 ? string.Empty
        : $", column {InputException.Shorten(column.Name)}";
}
