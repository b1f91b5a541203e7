using WeakToStrong.Ridge;

namespace WeakToStrong.Data.Features;

/// <summary>Columns that do not vary: a ridge gives them no weight, and the user should know.</summary>
internal static class ConstantColumns
{
    /// <summary>A standard deviation below this share of the mean is rounding.</summary>
    public const double Noise = 1e-13;

    /// <summary>Adds a warning when some columns are constant over the rows.</summary>
    public static void Warn(string which, FeatureRows rows, int threads, List<string> warnings)
    {
        double[] means = rows.Means(threads), variances = StandardiseMap.Variances(rows, means, threads);
        int[] constant = [.. Enumerable.Range(0, means.Length).Where(j => !(Math.Sqrt(variances[j]) > Noise * Math.Abs(means[j])))];
        if (constant.Length > 0)
            warnings.Add($"{constant.Length} of {means.Length} columns of the {which} are constant over the student's rows and carry "
                + $"nothing (the first is column {constant[0] + 1})");
    }
}
