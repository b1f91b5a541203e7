using WeakToStrong.Ridge;

namespace WeakToStrong.Data.Features;

/// <summary>Columns that do not vary: a ridge gives them no weight, and the user should know.</summary>
internal static class ConstantColumns
{
    /// <summary>A standard deviation below this share of the mean is rounding.</summary>
    public const double Noise = 1e-13;

    // What rounding of the mean makes of equal numbers.
    private const double Equal = 4e-16;

    /// <summary>Adds a warning when some columns are constant over the rows, or nearly so.</summary>
    public static void Warn(string which, FeatureRows rows, int threads, List<string> warnings)
    {
        double[] means = rows.Means(threads), variances = StandardiseMap.Variances(rows, means, threads);
        int[] still = [.. Enumerable.Range(0, means.Length).Where(j => !Varies(j, Noise))],
            constant = [.. still.Where(j => !Varies(j, Equal))], nearly = [.. still.Except(constant)];
        if (constant.Length > 0)
            warnings.Add($"{constant.Length} of {means.Length} columns of the {which} are constant over the student's rows and carry "
                + $"nothing (the first is column {constant[0] + 1})");
        if (nearly.Length > 0)
            warnings.Add($"{nearly.Length} of {means.Length} columns of the {which} vary by less than 1e-13 of their size over the "
                + $"student's rows, so that their digits say little (the first is column {nearly[0] + 1}); subtract what they share "
                + "before they are written");

        bool Varies(int j, double share) => Math.Sqrt(variances[j]) > share * Math.Abs(means[j]);
    }
}
