using WeakToStrong.Tables;

namespace WeakToStrong.Asymptotics;

/// <summary>Checks of whole input columns.</summary>
internal static class PointColumn
{
    /// <summary>A copy of the values, or the rule's standard value for every row; the first bad row is named as a user counts it.</summary>
    public static double[] Check(ColumnRule rule, double[]? values, int count)
    {
        if (values is null)
        {
            values = new double[count];
            Array.Fill(values, rule.Standard ?? throw new ArgumentNullException(nameof(values), $"column {rule.Name} is missing"));
            return values;
        }
        Require.SameLength(count, values.Length, rule.Name);
        values = (double[])values.Clone();
        int bad = Array.FindIndex(values, x => !rule.Range.Contains(x));
        return bad < 0 ? values : throw InputException.At($"row {bad + 1}, column {rule.Name}", NumberText.Format(values[bad]),
            rule.Range.Allowed);
    }
}
