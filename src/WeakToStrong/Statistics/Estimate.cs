namespace WeakToStrong.Statistics;

/// <summary>A mean over independent trials with its standard error.</summary>
/// <param name="Mean">The sample mean.</param>
/// <param name="StandardError">Sample standard deviation over sqrt(<paramref name="Count"/>); NaN when there are fewer
/// than two trials.</param>
/// <param name="Count">How many trials.</param>
public readonly record struct Estimate(double Mean, double StandardError, long Count)
{
    /// <summary>The estimate of a list of trial values.</summary>
    public static Estimate Of(ReadOnlySpan<double> values)
    {
        var moments = new RunningMoments();
        foreach (double value in values)
            moments.Add(value);
        return moments.ToEstimate();
    }

    /// <summary>How many standard errors the mean lies above <paramref name="expected"/>.</summary>
    public double Z(double expected) => (Mean - expected) / StandardError;
}

/// <summary>Streams a mean and a variance (Welford; merging by Chan, Golub and LeVeque 1979). A mutable value: keep it in a
/// local or a field.</summary>
public struct RunningMoments
{
    internal RunningMoments(long count, double mean, double sumOfSquares) => (Count, Mean, SumOfSquares) = (count, mean, sumOfSquares);

    /// <summary>How many values were added.</summary>
    public long Count { get; private set; }

    /// <summary>Their mean; 0 before the first.</summary>
    public double Mean { get; private set; }

    /// <summary>Sum of squared distances from the mean.</summary>
    internal double SumOfSquares { get; private set; }

    /// <summary>Unbiased sample variance; NaN for fewer than two values.</summary>
    public readonly double Variance => Count > 1 ? SumOfSquares / (Count - 1) : double.NaN;

    /// <summary>Adds one value.</summary>
    public void Add(double value)
    {
        Count++;
        double step = value - Mean;
        Mean += step / Count;
        SumOfSquares += step * (value - Mean);
    }

    /// <summary>Adds all values of another stream.</summary>
    public void Merge(RunningMoments other)
    {
        if (other.Count == 0)
            return;
        if (Count == 0)
        {
            this = other;
            return;
        }
        long total = Count + other.Count;
        double step = other.Mean - Mean;
        SumOfSquares += other.SumOfSquares + (step * step * ((double)Count * other.Count / total));
        Mean += step * other.Count / total;
        Count = total;
    }

    /// <summary>The mean with its standard error.</summary>
    public readonly Estimate ToEstimate() => new(Mean, Math.Sqrt(Variance / Count), Count);
}
