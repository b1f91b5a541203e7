namespace WeakToStrong.Statistics;

/// <summary>
/// Streams, over trials, the moments of T first values t_i and of a T x S grid of second values s_ij, each paired with its t_i:
/// means, variances and the variance of s_ij - t_i, from which the covariance follows (Welford; merging by Chan, Golub and
/// LeVeque 1979). The sums for the difference are kept on their own, so that they do not cancel where s_ij nearly copies t_i.
/// </summary>
internal sealed class PairedMoments
{
    private readonly double[] _mean1, _square1, _mean2, _square2, _squareDifference;

    public PairedMoments(int first, int second)
    {
        FirstCount = first;
        SecondCount = second;
        _mean1 = new double[first];
        _square1 = new double[first];
        int cells = checked(first * second);
        _mean2 = new double[cells];
        _square2 = new double[cells];
        _squareDifference = new double[cells];
    }

    /// <summary>T.</summary>
    public int FirstCount { get; }

    /// <summary>S.</summary>
    public int SecondCount { get; }

    /// <summary>Trials added.</summary>
    public long Count { get; private set; }

    public double FirstMean(int i) => _mean1[i];

    public double FirstVariance(int i) => Variance(_square1[i]);

    public double SecondMean(int i, int j) => _mean2[(i * SecondCount) + j];

    public double SecondVariance(int i, int j) => Variance(_square2[(i * SecondCount) + j]);

    public double DifferenceVariance(int i, int j) => Variance(_squareDifference[(i * SecondCount) + j]);

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Count = 0;
        _mean1.AsSpan().Clear();
        _square1.AsSpan().Clear();
        _mean2.AsSpan().Clear();
        _square2.AsSpan().Clear();
        _squareDifference.AsSpan().Clear();
    }

    /// <summary>Adds one trial.</summary>
    /// <param name="first">t_i, length T.</param>
    /// <param name="second">s_ij, row-major, length T S.</param>
    public void Add(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        Count++;
        double share = 1.0 / Count;
        for (int i = 0; i < FirstCount; i++)
        {
            double step1 = first[i] - _mean1[i];
            _mean1[i] += step1 * share;
            double rest1 = first[i] - _mean1[i];
            _square1[i] += step1 * rest1;
            for (int j = i * SecondCount; j < (i + 1) * SecondCount; j++)
            {
                double step2 = second[j] - _mean2[j];
                _mean2[j] += step2 * share;
                double rest2 = second[j] - _mean2[j];
                _square2[j] += step2 * rest2;
                _squareDifference[j] += (step2 - step1) * (rest2 - rest1);
            }
        }
    }

    /// <summary>Adds all trials of another stream of the same shape.</summary>
    public void Merge(PairedMoments other)
    {
        if (other.Count == 0)
            return;
        long total = Count + other.Count;
        double share = (double)other.Count / total, weight = Count * share;
        for (int i = 0; i < FirstCount; i++)
        {
            double step1 = other._mean1[i] - _mean1[i];
            _mean1[i] += step1 * share;
            _square1[i] += other._square1[i] + (step1 * step1 * weight);
            for (int j = i * SecondCount; j < (i + 1) * SecondCount; j++)
            {
                double step2 = other._mean2[j] - _mean2[j];
                _mean2[j] += step2 * share;
                _square2[j] += other._square2[j] + (step2 * step2 * weight);
                _squareDifference[j] += other._squareDifference[j] + ((step2 - step1) * (step2 - step1) * weight);
            }
        }
        Count = total;
    }

    private double Variance(double square) => Count > 1 ? square / (Count - 1) : double.NaN;
}
