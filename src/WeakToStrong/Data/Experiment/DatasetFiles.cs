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

    /// <summary>Bytes that the numbers of a file of features may take in memory, 8 each. A larger file is read again in
    /// passes; null: 1e9, and what cannot be done in passes may take what the machine has.</summary>
    public long? Memory { get; init; }

    internal static Dataset Read(DatasetFiles files, LabelReading reading, RunOptions options)
    {
        LabelTable table = LabelFile.ReadLabels(files.Labels, reading, options);
        RowSplit? rows = files.Split is null ? null : LabelFile.ReadSplit(files.Split, table.Labels.Count, options);
        string name = Path.GetFileName(files.Labels);
        SplitSizes sizes = SplitSizes.Default(table.Labels);
        var opened = new Opened(files, reading.Columns, options);
        try
        {
            FeatureReader strongFile = opened.Open(files.StrongFeatures);
            if (files.WeakLabels is { } given)
            {
                (WeakLabels weakLabels, IReadOnlyList<string> said, IReadOnlyList<string> columns) =
                    WeakLabelFile.ReadNamed(given, table.Labels, reading.Columns, options);
                IReadOnlyList<string>? names = RowIds.Check(
                    files.Labels, table, reading.Columns, [strongFile], columns, options);
                return new Dataset(name, table.Labels, weakLabels, opened.Read(strongFile, table.Labels), rows)
                    .Read(sizes, names, [.. table.Remarks.Concat(said).Concat(strongFile.Remarks).Distinct()], files.Memory);
            }
            string weakPath = files.WeakFeatures ?? throw new InputException("neither weak features nor weak labels are given");
            FeatureReader weakFile = opened.Open(weakPath);
            IReadOnlyList<string>? ids = RowIds.Check(files.Labels, table, reading.Columns, [weakFile, strongFile], [], options);
            RawFeatures weak = opened.Read(weakFile, table.Labels);
            bool same = Path.GetFullPath(weakPath) == Path.GetFullPath(files.StrongFeatures);
            return new Dataset(name, table.Labels, weak, same ? weak : opened.Read(strongFile, table.Labels), rows)
                .Read(sizes, ids, [.. table.Remarks.Concat(weakFile.Remarks).Concat(strongFile.Remarks).Distinct()], files.Memory);
        }
        finally
        {
            opened.Close();
        }
    }

    /// <summary>Files that were opened, of which those are closed in the end that nothing reads any more.</summary>
    private sealed class Opened(DatasetFiles files, ColumnRoles roles, RunOptions options)
    {
        private readonly List<FeatureReader> _readers = [];

        public FeatureReader Open(string path)
        {
            var reader = FeatureReader.Open(path, roles, options);
            _readers.Add(reader);
            return reader;
        }

        public RawFeatures Read(FeatureReader file, Labels labels)
        {
            bool fits = 8.0 * file.Count * file.Shape.Columns <= (files.Memory ?? Dataset.DefaultMemory);
            RawFeatures features = fits ? file.ReadAll(options)
                : new RawFeatures(file.Source, FileRows.All(file, options), file.Shape, file.Names);
            Dataset.RequireRows(features.Source, features.Count, "the labels", labels.Count);
            if (!fits)
                _readers.Remove(file);
            return features;
        }

        public void Close()
        {
            foreach (FeatureReader reader in _readers)
                reader.Dispose();
        }
    }
}
