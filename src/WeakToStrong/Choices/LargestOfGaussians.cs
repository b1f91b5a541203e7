using WeakToStrong.Statistics;

namespace WeakToStrong.Choices;

/// <summary>
/// The probability that one of several jointly Gaussian numbers is the largest. One Gaussian direction is integrated exactly, the others by
/// points of a fixed lattice (Kronecker's, with the roots of primes): smooth in mean and covariance, the same for every call, error below
/// 3e-3 for the whole lattice. Each row of a mean over rows takes the next <see cref="PointsPerRow"/> of <see cref="Points"/> points, so
/// that the whole lattice serves the mean.
/// </summary>
internal static class LargestOfGaussians
{
    public const int Points = 1024, PointsPerRow = 8;

    private static readonly Lock Gate = new();
    private static double[][] _lattice = [];

    /// <summary>P(number <paramref name="one"/> is the largest).</summary>
    /// <param name="one">Its index.</param>
    /// <param name="mean">Means, K.</param>
    /// <param name="covariance">Covariance, K x K, positive semi-definite.</param>
    /// <param name="row">Chooses the points.</param>
    /// <param name="points">How many of them.</param>
    public static double Probability(int one, ReadOnlySpan<double> mean, ReadOnlySpan<double> covariance, int row,
        int points = PointsPerRow)
    {
        int k = mean.Length;
        // The one first, so that the direction integrated exactly is its own deviation from its mean.
        Span<int> order = stackalloc int[k];
        order[0] = one;
        for (int i = 0, next = 1; i < k; i++)
        {
            if (i != one)
                order[next++] = i;
        }
        Span<double> factor = k <= 16 ? stackalloc double[k * k] : new double[k * k];
        Factor(order, covariance, factor);
        double[][] lattice = Lattice(k - 1);
        double sum = 0;
        for (int i = 0; i < points; i++)
            sum += Interval(order, mean, factor, lattice[(int)((((long)row * points) + i) % Points)]);
        return sum / points;
    }

    /// <summary>With all deviations but the first fixed, the first must lie in an interval: its probability.</summary>
    private static double Interval(ReadOnlySpan<int> order, ReadOnlySpan<double> mean, ReadOnlySpan<double> factor, double[] normal)
    {
        int k = order.Length;
        double low = double.NegativeInfinity, high = double.PositiveInfinity;
        for (int j = 1; j < k; j++)
        {
            double lead = mean[order[0]] - mean[order[j]], slope = factor[0] - factor[j * k];
            for (int i = 1; i <= j; i++)
                lead -= factor[(j * k) + i] * normal[i - 1];
            if (slope > 0)
                low = Math.Max(low, -lead / slope);
            else if (slope < 0)
                high = Math.Min(high, -lead / slope);
            else if (lead < 0)
                return 0;
        }
        return low < high ? Below(high) - Below(low) : 0;
    }

    private static double Below(double x) => x > 9 ? 1 : x < -9 ? 0 : StandardNormal.Distribution(x);

    /// <summary>Cholesky's factor of a permuted covariance; a direction without variance left gets a column of zeros.</summary>
    private static void Factor(ReadOnlySpan<int> order, ReadOnlySpan<double> covariance, Span<double> factor)
    {
        int k = order.Length;
        for (int j = 0; j < k; j++)
        {
            double pivot = covariance[(order[j] * k) + order[j]], own = pivot;
            for (int i = 0; i < j; i++)
                pivot -= factor[(j * k) + i] * factor[(j * k) + i];
            double root = pivot > 1e-13 * own ? Math.Sqrt(pivot) : 0;
            factor[(j * k) + j] = root;
            for (int r = j + 1; r < k && root > 0; r++)
            {
                double entry = covariance[(order[r] * k) + order[j]];
                for (int i = 0; i < j; i++)
                    entry -= factor[(r * k) + i] * factor[(j * k) + i];
                factor[(r * k) + j] = entry / root;
            }
        }
    }

    /// <summary>Points of as many normal coordinates; made once.</summary>
    private static double[][] Lattice(int dimensions)
    {
        double[][] made = Volatile.Read(ref _lattice);
        if (made.Length > 0 && made[0].Length >= dimensions)
            return made;
        lock (Gate)
        {
            int[] primes = [.. Primes().Take(dimensions)];
            var points = new double[Points][];
            for (int n = 0; n < Points; n++)
            {
                points[n] = new double[dimensions];
                for (int i = 0; i < dimensions; i++)
                    points[n][i] = StandardNormal.Quantile((n + 0.5) * Math.Sqrt(primes[i]) % 1);
            }
            Volatile.Write(ref _lattice, points);
            return points;
        }
    }

    private static IEnumerable<int> Primes()
    {
        for (int n = 2; ; n++)
        {
            if (Enumerable.Range(2, Math.Max(0, (int)Math.Sqrt(n) - 1)).All(d => n % d != 0))
                yield return n;
        }
    }
}
