using WeakToStrong.Statistics;

namespace WeakToStrong.Claims;

/// <summary>The numbers behind a verdict: the comparison, of all that a test made, that speaks most against the claim.</summary>
/// <param name="Measured">What was computed or simulated.</param>
/// <param name="Expected">What the claim says it should be.</param>
/// <param name="Statistic">How far the two are apart, in the test's own unit: |z|, a relative error, a count.</param>
/// <param name="Threshold">The largest statistic with which the claim holds.</param>
/// <param name="Power">
/// The probability that the test refutes a formula that is wrong by 1%; 1 for a computation without chance.
/// </param>
/// <param name="FinePower">The same for a formula that is wrong by 0.1%.</param>
/// <param name="Tried">When what was measured is a count: of how many cases; 0 when it is not.</param>
public readonly record struct Evidence(double Measured, double Expected, double Statistic, double Threshold, double Power = 1,
    double FinePower = 1, long Tried = 0)
{
    /// <summary>Whether the claim passed; never with a statistic that is not a number.</summary>
    public bool Holds => Statistic <= Threshold;

    /// <summary>Evidence that two numbers agree to a relative (below 1: absolute) error.</summary>
    public static Evidence Close(double measured, double expected, double tolerance) =>
        new(measured, expected, Math.Abs(measured - expected) / Math.Max(1, Math.Abs(expected)), tolerance);

    /// <summary>Evidence that something never happened.</summary>
    /// <param name="count">How often it happened.</param>
    /// <param name="tried">In how many cases.</param>
    public static Evidence Never(long count, long tried) => new(count, 0, count, 0, Tried: tried);

    /// <summary>Evidence that a count is at least some number: the statistic is the shortfall.</summary>
    public static Evidence AtLeast(double count, double minimum) => new(count, minimum, Math.Max(0, minimum - count), 0);

    /// <summary>The part that speaks most against the claim; its power is the least of all.</summary>
    public static Evidence Worst(params ReadOnlySpan<Evidence> parts)
    {
        Evidence worst = parts[0];
        double power = parts[0].Power, fine = parts[0].FinePower;
        foreach (Evidence part in parts[1..])
        {
            (power, fine) = (Math.Min(power, part.Power), Math.Min(fine, part.FinePower));
            if (worst.Holds && (!part.Holds || part.Severity > worst.Severity))
                worst = part;
        }
        return worst with { Power = power, FinePower = fine };
    }

    private double Severity => Threshold > 0 ? Statistic / Threshold : Statistic;
}

/// <summary>
/// Compares many simulated means with what a claim says they are, with one false-alarm rate for all of them together (Bonferroni) and
/// Student's t for the finite number of trials.
/// </summary>
public sealed class MeanComparisons
{
    private readonly List<(Estimate Measured, double Expected, double Allowance)> _comparisons = [];

    /// <summary>Adds one comparison.</summary>
    /// <param name="measured">Mean over independent trials.</param>
    /// <param name="expected">What the claim says.</param>
    /// <param name="allowance">A deviation that the finite size explains, taken off before judging.</param>
    public void Add(Estimate measured, double expected, double allowance = 0) => _comparisons.Add((measured, expected, allowance));

    /// <summary>The comparison with the largest |z|. Its powers are the least, over the comparisons, to see an error of
    /// the expected value.</summary>
    /// <param name="falseAlarmRate">The probability that a true claim is refuted by chance.</param>
    public Evidence ToEvidence(double falseAlarmRate)
    {
        Evidence worst = new(double.NaN, double.NaN, -1, 0);
        double power = 1, fine = 1;
        foreach ((Estimate measured, double expected, double allowance) in _comparisons)
        {
            double threshold = StandardNormal.TwoSidedThreshold(falseAlarmRate / _comparisons.Count, measured.Count - 1);
            double z = Math.Max(0, Math.Abs(measured.Mean - expected) - allowance) / measured.StandardError;
            (power, fine) = (Math.Min(power, Power(0.01)), Math.Min(fine, Power(0.001)));
            if (!(z <= worst.Statistic))
                worst = new Evidence(measured.Mean, expected, z, threshold);

            double Power(double share) =>
                StandardNormal.Distribution((Math.Max(0, (share * Math.Abs(expected)) - allowance) / measured.StandardError) - threshold);
        }
        return worst with { Power = power, FinePower = fine };
    }
}
