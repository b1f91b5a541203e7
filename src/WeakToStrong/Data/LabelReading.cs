using WeakToStrong.Ridge;

namespace WeakToStrong.Data;

/// <summary>How labels are read from a file.</summary>
public sealed record LabelReading
{
    /// <summary>
    /// What the labels are for; null: classification for words and for at most 100 different whole numbers, otherwise regression; a mix of
    /// numbers and words is then refused.
    /// </summary>
    public LearningTask? Task { get; init; }

    /// <summary>Which columns hold what.</summary>
    public ColumnRoles Columns { get; init; } = ColumnRoles.None;

    /// <summary>What is written where a row has no label, beside a blank cell, NaN and null; or null.</summary>
    public string? Unlabelled { get; init; }
}

/// <summary>Labels as they were read.</summary>
/// <param name="Labels">A label for each row, or none.</param>
/// <param name="Ids">Names of the rows, when a column of them was asked for and is there.</param>
/// <param name="Remarks">What a reader should know, such as how many rows have no label; one sentence each.</param>
public sealed record LabelTable(Labels Labels, IReadOnlyList<string>? Ids, IReadOnlyList<string> Remarks)
{
    /// <summary>Names of all columns of the file.</summary>
    internal IReadOnlyList<string> AllColumns { get; init; } = [];
}
