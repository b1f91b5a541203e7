using WeakToStrong.Ridge;

namespace WeakToStrong.Data.Experiment;

/// <summary>Rows of features, by who uses them.</summary>
/// <param name="Teacher">Rows with true labels.</param>
/// <param name="Student">Rows that the teacher labels.</param>
/// <param name="Test">Rows that errors are measured on.</param>
internal sealed record PartedRows(FeatureRows Teacher, FeatureRows Student, FeatureRows Test)
{
    /// <summary>Takes rows apart that stand in the order teacher, student, test.</summary>
    public static PartedRows Of(FeatureRows rows, SplitSizes sizes)
    {
        FeatureRows Part(int first, int count) => rows.Select([.. Enumerable.Range(first, count)]);
        return new(Part(0, sizes.Teacher), Part(sizes.Teacher, sizes.Student), Part(sizes.Teacher + sizes.Student, sizes.Test));
    }
}
