namespace WeakToStrong.Tests;

/// <summary>Kolmogorov-Smirnov statistics, scaled so that under the null hypothesis P(statistic
/// > x) = 2 exp(-2 x^2) for large samples.</summary>
internal static class KolmogorovSmirnov
{
    /// <summary>Exceeded with probability 1e-6 when the laws agree.</summary>
    public const double Threshold = 2.694;

    /// <summary>sqrt(n) times the largest distance between a sample's distribution and a law's.</summary>
    public static double OneSample(ReadOnlySpan<double> sample, Func<double, double> distribution)
    {
        double[] sorted = sample.ToArray();
        Array.Sort(sorted);
        double distance = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            double p = distribution(sorted[i]);
            distance = Math.Max(distance, Math.Max(p - ((double)i / sorted.Length), ((i + 1.0) / sorted.Length) - p));
        }
        return distance * Math.Sqrt(sorted.Length);
    }

    /// <summary>sqrt(n m/(n+m)) times the largest distance between two samples' distributions.</summary>
    public static double TwoSample(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        double[] a = first.ToArray(), b = second.ToArray();
        Array.Sort(a);
        Array.Sort(b);
        double distance = 0;
        for (int i = 0, j = 0; i < a.Length && j < b.Length;)
        {
            if (a[i] <= b[j])
                i++;
            else
                j++;
            distance = Math.Max(distance, Math.Abs(((double)i / a.Length) - ((double)j / b.Length)));
        }
        return distance * Math.Sqrt((double)a.Length * b.Length / (a.Length + b.Length));
    }
}
