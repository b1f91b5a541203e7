using WeakToStrong.Tables;

namespace WeakToStrong.Asymptotics;

/// <summary>Checks of whole input columns.</summary>
internal static class PointColumn
{
    /// <summary>A copy of the values, or the rule's standard value for every row; the first bad row is named as a user counts it.</summary>
    public static double[] Check(ColumnRule rule, IReadOnlyList<double>? values, int count)
    {
        if (values is null)
        {
            double[] standard = new double[count];
            Array.Fill(standard, rule.Standard ?? throw new ArgumentNullException(nameof(values), $"column {rule.Name} is missing"));
            return standard;
        }
        Require.SameLength(count, values.Count, rule.Name);
        double[] copy = [.. values];
        int bad = Array.FindIndex(copy, x => !rule.Range.Contains(x));
        return bad < 0 ? copy
            : throw InputException.At($"row {bad + 1}, column {rule.Name}", NumberText.Format(copy[bad]), rule.Range.Allowed);
    }
}
