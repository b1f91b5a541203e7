using WeakToStrong.Data.Formats;

namespace WeakToStrong.Data.Experiment;

/// <summary>The files that make a data set. Exactly one of weak features and weak labels is given.</summary>
public sealed record DatasetFiles
{
    /// <summary>True labels: one column, or the one that is named. Rows without a label are the student's or unmeasured.</summary>
    public required string Labels { get; init; }

    /// <summary>The teacher's features, or null.</summary>
    public string? WeakFeatures { get; init; }

    /// <summary>Weak labels in place of weak features, or null.</summary>
    public string? WeakLabels { get; init; }

    /// <summary>The student's features; may be the same file as the teacher's.</summary>
    public required string StrongFeatures { get; init; }

    /// <summary>Who learns from which row, or null where splits are drawn.</summary>
    public string? Split { get; init; }

    internal static Dataset Read(DatasetFiles files, LabelReading reading, RunOptions options)
    {
        LabelTable table = LabelFile.ReadLabels(files.Labels, reading, options);
        RowSplit? rows = files.Split is null ? null : LabelFile.ReadSplit(files.Split, table.Labels.Count, options);
        using FeatureReader strongFile = FeatureReader.Open(files.StrongFeatures, reading.Columns, options);
        string name = Path.GetFileName(files.Labels);
        SplitSizes sizes = SplitSizes.Default(table.Labels);
        if (files.WeakLabels is { } given)
        {
            (WeakLabels weakLabels, IReadOnlyList<string> said) = WeakLabelFile.Read(given, table.Labels, reading.Columns, options);
            IReadOnlyList<string>? names = RowIds.Check(
                files.Labels, table, reading.Columns, [strongFile], LabelFile.ColumnNames(given, options), options);
            return new Dataset(name, table.Labels, weakLabels, ReadAll(strongFile, table.Labels, options), rows)
                .Read(sizes, names, [.. table.Remarks.Concat(said).Concat(strongFile.Remarks).Distinct()]);
        }
        string weakPath = files.WeakFeatures ?? throw new InputException("neither weak features nor weak labels are given");
        using FeatureReader weakFile = FeatureReader.Open(weakPath, reading.Columns, options);
        IReadOnlyList<string>? ids = RowIds.Check(files.Labels, table, reading.Columns, [weakFile, strongFile], [], options);
        RawFeatures weak = ReadAll(weakFile, table.Labels, options);
        bool same = Path.GetFullPath(weakPath) == Path.GetFullPath(files.StrongFeatures);
        return new Dataset(name, table.Labels, weak, same ? weak : ReadAll(strongFile, table.Labels, options), rows)
            .Read(sizes, ids, [.. table.Remarks.Concat(weakFile.Remarks).Concat(strongFile.Remarks).Distinct()]);
    }

    private static RawFeatures ReadAll(FeatureReader file, Labels labels, RunOptions options)
    {
        RawFeatures features = file.ReadAll(options);
        Dataset.RequireRows(features.Source, features.Count, "the labels", labels.Count);
        return features;
    }
}
