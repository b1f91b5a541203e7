namespace WeakToStrong.Statistics;

/// <summary>
/// The ratio of two means over the same trials, such as the gap that is recovered over the gap that there is. A trial whose denominator is
/// zero or negative counts like any other, where a mean of ratios would be undone by it.
/// </summary>
/// <param name="Ratio">Mean numerator over mean denominator; NaN where the latter is not positive.</param>
/// <param name="StandardError">By the delta method; NaN for fewer than two trials.</param>
/// <param name="Low">Lower end of the 95% confidence interval of Fieller (1954) with Student's t; minus infinity where the data do not
/// exclude a denominator of 0.</param>
/// <param name="High">Its upper end; NaN for fewer than two trials.</param>
/// <param name="Count">How many trials.</param>
public readonly record struct RatioOfMeans(double Ratio, double StandardError, double Low, double High, long Count)
{
    /// <summary>The ratio for pairs of trial values.</summary>
    /// <param name="numerators">One a trial.</param>
    /// <param name="denominators">One a trial, in the same order.</param>
    public static RatioOfMeans Of(ReadOnlySpan<double> numerators, ReadOnlySpan<double> denominators)
    {
        Require.SameLength(numerators.Length, denominators.Length);
        int n = numerators.Length;
        double top = Estimate.Of(numerators).Mean, bottom = Estimate.Of(denominators).Mean, ratio = bottom > 0 ? top / bottom : double.NaN;
        if (n < 2)
            return new RatioOfMeans(ratio, double.NaN, double.NaN, double.NaN, n);

        double tt = 0, tb = 0, bb = 0;
        for (int i = 0; i < n; i++)
        {
            double t = numerators[i] - top, b = denominators[i] - bottom;
            (tt, tb, bb) = (tt + (t * t), tb + (t * b), bb + (b * b));
        }
        double scale = 1.0 / n / (n - 1);
        return Of((top, bottom), new PairVariance(tt * scale, tb * scale, bb * scale), n - 1, n);
    }

    /// <summary>The ratio of two means whose variances and covariance are known from elsewhere.</summary>
    internal static RatioOfMeans Of((double Top, double Bottom) means, PairVariance of, long degreesOfFreedom, long count)
    {
        (double top, double bottom) = means;
        (double tt, double tb, double bb) = of;
        double ratio = bottom > 0 ? top / bottom : double.NaN;
        double error = Math.Sqrt(of.OfDifference(ratio)) / bottom;

        // The ratios r for which the mean of numerator - r denominator lies within q standard errors of 0.
        double q = StandardNormal.TwoSidedThreshold(0.05, degreesOfFreedom), q2 = q * q;
        double a = (bottom * bottom) - (q2 * bb), half = (top * bottom) - (q2 * tb), c = (top * top) - (q2 * tt);
        double root = Math.Sqrt(Math.Max(0, (half * half) - (a * c)));
        return a > 0 && bottom > 0
            ? new RatioOfMeans(ratio, error, (half - root) / a, (half + root) / a, count)
            : new RatioOfMeans(ratio, error, double.NegativeInfinity, double.PositiveInfinity, count);
    }
}

/// <summary>Variances and covariance of a numerator and a denominator, or of their means.</summary>
internal readonly record struct PairVariance(double Top, double Both, double Bottom)
{
    /// <summary>Those of pairs (divisor n - 1).</summary>
    public static PairVariance Of(ReadOnlySpan<double> tops, ReadOnlySpan<double> bottoms)
    {
        double top = Estimate.Of(tops).Mean, bottom = Estimate.Of(bottoms).Mean;
        var sum = default(PairVariance);
        for (int i = 0; i < tops.Length; i++)
        {
            double t = tops[i] - top, b = bottoms[i] - bottom;
            sum += new PairVariance(t * t, t * b, b * b);
        }
        return sum * (1.0 / (tops.Length - 1));
    }

    /// <summary>Variance of the numerator minus a ratio times the denominator.</summary>
    public double OfDifference(double ratio) => Math.Max(0, Top - (2 * ratio * Both) + (ratio * ratio * Bottom));

    public static PairVariance operator +(PairVariance left, PairVariance right) =>
        new(left.Top + right.Top, left.Both + right.Both, left.Bottom + right.Bottom);

    public static PairVariance operator *(PairVariance value, double factor) =>
        new(value.Top * factor, value.Both * factor, value.Bottom * factor);

    /// <summary>This where it exceeds another in both variances, otherwise nothing.</summary>
    public PairVariance Beyond(PairVariance other) => Top > other.Top && Bottom > other.Bottom ? this + (other * -1) : default;
}
