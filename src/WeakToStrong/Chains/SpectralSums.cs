using System.Runtime.Intrinsics;

namespace WeakToStrong.Chains;

// The two passes over a spectrum that everything in this folder reduces to. Both cut the features into blocks of fixed size, sum
// each block in four lanes, and add the blocks in order: the same bits for any number of threads and any vector width.

/// <summary>
/// What the fixed point for kappa needs. With the filters h_j = s_j/(s_j+kappa) and g_j = 1 - h_j, an eigenvalue counts by the smaller of
/// the two, which never cancels: sum h_j = AtLeast - Signed.
/// </summary>
internal struct FilterSums
{
    /// <summary>How many eigenvalues are at least kappa.</summary>
    public long AtLeast;

    /// <summary>Sum of g_j over eigenvalues at least kappa, minus the sum of h_j over the others.</summary>
    public double Signed;

    /// <summary>Sum of g_j h_j, the derivative of <see cref="Signed"/> by log kappa.</summary>
    public double Slope;
}

/// <summary>
/// What the errors of a stage need. All vectors are in signal coordinates: entry j is sqrt(s_j) times a coefficient, so a sum of
/// squares is a prediction error.
/// </summary>
internal struct StageSums
{
    /// <summary>df1 = sum h_j.</summary>
    public double Df1;

    /// <summary>df2 = sum h_j^2.</summary>
    public double Df2;

    /// <summary>df1 - df2 = sum g_j h_j.</summary>
    public double Slope;

    /// <summary>Squared bias of the new estimate.</summary>
    public double Bias;

    /// <summary>Variance inherited from the labels' estimate.</summary>
    public double Inherited;

    /// <summary>Mean square of what the new estimate leaves unexplained of its labels, before noise.</summary>
    public double Residual;
}

internal static class SpectralSums
{
    /// <summary>Vectors are padded to a multiple of this many entries.</summary>
    public const int VectorWidth = 4;

    private const int Block = 4096;
    private const int SmallestParallel = 1 << 16;

    public static double[] Pad(ReadOnlySpan<double> values)
    {
        var padded = new double[(values.Length + VectorWidth - 1) / VectorWidth * VectorWidth];
        values.CopyTo(padded);
        return padded;
    }

    public static FilterSums Filter(double[] spectrum, double kappa, int threads)
    {
        var total = default(FilterSums);
        foreach (FilterSums part in InBlocks(spectrum.Length, threads, (start, count) => FilterBlock(spectrum.AsSpan(start, count), kappa)))
        {
            total.AtLeast += part.AtLeast;
            total.Signed += part.Signed;
            total.Slope += part.Slope;
        }
        return total;
    }

    public static StageSums Stage(double[] spectrum, double kappa, double[] mean, double[] shortfall, double[] spread, int threads)
    {
        var total = default(StageSums);
        foreach (StageSums part in InBlocks(spectrum.Length, threads, (start, count) => StageBlock(
            spectrum.AsSpan(start, count), kappa, mean.AsSpan(start, count), shortfall.AsSpan(start, count), spread.AsSpan(start, count))))
        {
            total.Df1 += part.Df1;
            total.Df2 += part.Df2;
            total.Slope += part.Slope;
            total.Bias += part.Bias;
            total.Inherited += part.Inherited;
            total.Residual += part.Residual;
        }
        return total;
    }

    /// <summary>Calls <paramref name="work"/>(start, count) for every block and returns the results in order.</summary>
    public static T[] InBlocks<T>(int length, int threads, Func<int, int, T> work)
    {
        var parts = new T[FixedBlocks.Count(length, Block)];
        FixedBlocks.Cut(length, Block, length < SmallestParallel ? 1 : threads, (first, count) =>
            parts[first / Block] = work(first, count));
        return parts;
    }

    private static FilterSums FilterBlock(ReadOnlySpan<double> spectrum, double kappa)
    {
        Vector256<double> k = Vector256.Create(kappa), signed = default, slope = default;
        Vector256<long> atLeast = default;
        for (int j = 0; j < spectrum.Length; j += VectorWidth)
        {
            Vector256<double> s = Vector256.Create(spectrum.Slice(j, VectorWidth));
            Vector256<double> smaller = Vector256.Min(s, k) / (s + k);
            Vector256<double> large = Vector256.GreaterThanOrEqual(s, k);
            atLeast -= large.AsInt64();
            signed += Vector256.ConditionalSelect(large, smaller, -smaller);
            slope += smaller * (Vector256<double>.One - smaller);
        }
        return new FilterSums { AtLeast = Vector256.Sum(atLeast), Signed = Vector256.Sum(signed), Slope = Vector256.Sum(slope) };
    }

    private static StageSums StageBlock(ReadOnlySpan<double> spectrum, double kappa, ReadOnlySpan<double> mean,
        ReadOnlySpan<double> shortfall, ReadOnlySpan<double> spread)
    {
        Vector256<double> k = Vector256.Create(kappa), df1 = default, df2 = default, slope = default, bias = default, inherited = default,
            residual = default;
        for (int j = 0; j < spectrum.Length; j += VectorWidth)
        {
            Vector256<double> s = Vector256.Create(spectrum.Slice(j, VectorWidth));
            Vector256<double> m = Vector256.Create(mean.Slice(j, VectorWidth));
            Vector256<double> v = Vector256.Create(spread.Slice(j, VectorWidth));
            Vector256<double> sum = s + k;
            // A padding zero at kappa = 0: 0/1 instead of 0/0.
            sum = Vector256.ConditionalSelect(Vector256.Equals(sum, Vector256<double>.Zero), Vector256<double>.One, sum);
            Vector256<double> h = s / sum, g = k / sum;
            Vector256<double> left = Vector256.Create(shortfall.Slice(j, VectorWidth)) + (g * m);
            df1 += h;
            df2 += h * h;
            slope += g * h;
            bias += left * left;
            inherited += h * h * v;
            residual += g * g * ((m * m) + v);
        }
        return new StageSums
        {
            Df1 = Vector256.Sum(df1),
            Df2 = Vector256.Sum(df2),
            Slope = Vector256.Sum(slope),
            Bias = Vector256.Sum(bias),
            Inherited = Vector256.Sum(inherited),
            Residual = Vector256.Sum(residual),
        };
    }
}
