using WeakToStrong.Data.Formats;

namespace WeakToStrong.Data.Experiment;

/// <summary>Names of the rows, which must be the same wherever they are written: rows of files in another order would be matched wrongly
/// without a word.</summary>
internal static class RowIds
{
    /// <summary>The names of the rows, or null when none were asked for.</summary>
    /// <param name="labelPath">The file of the labels.</param>
    /// <param name="labels">What was read from it.</param>
    /// <param name="roles">Which columns were named.</param>
    /// <param name="features">The files of features, and others with rows.</param>
    /// <param name="others">Names of further files' columns.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <exception cref="InputException">A named column is in no file, or two files name the same row differently.</exception>
    public static IReadOnlyList<string>? Check(string labelPath, LabelTable labels, ColumnRoles roles,
        IReadOnlyList<FeatureReader> features, IReadOnlyList<string> others, RunOptions options)
    {
        if (roles.All().FirstOrDefault(name => !labels.AllColumns.Contains(name) && !others.Contains(name) && features.All(reader =>
            !reader.AllColumns.Contains(name))) is { } unknown)
            throw new InputException($"no file has a column '{InputException.Shorten(unknown)}'");
        string known = $"'{InputException.Shorten(labelPath)}'";
        IReadOnlyList<string>? ids = labels.Ids;
        foreach (FeatureReader reader in features)
        {
            if (roles.Id is null || reader.ReadIds(roles.Id, options) is not { } names)
                continue;
            for (int row = 0; ids is not null && row < Math.Min(ids.Count, names.Length); row++)
            {
                if (ids[row] != (names[row] ?? string.Empty))
                    throw new InputException($"{reader.Source}, row {row + 1} is '{InputException.Shorten(names[row] ?? string.Empty)}', "
                        + $"and {known} has '{InputException.Shorten(ids[row])}' there; rows must be in the same order in all files");
            }
            ids ??= [.. names.Select(id => id ?? string.Empty)];
        }
        return ids;
    }
}
