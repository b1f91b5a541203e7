using System.Numerics.Tensors;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Networks;

/// <summary>
/// Singular values and right singular vectors of a first layer W (p x d), beside the bulk that its random part has: for independent
/// N(0, s^2/d) entries the singular values fill [s |1 - sqrt(p/d)|, s (1 + sqrt(p/d))] (Marchenko and Pastur 1967).
/// </summary>
public sealed class WeightSpectrum
{
    // The 99.9% point of the Tracy-Widom law of order 1.
    private const double TracyWidom = 3.27;

    private readonly Matrix<double> _vectors;
    private readonly double _bulkScale, _share;

    /// <summary>Decomposes a weight matrix.</summary>
    /// <param name="weights">W, p x d.</param>
    /// <param name="bulkScale">s, what the random part of W is multiplied by; 1 at initialisation, (1 - eta w) after a step
    /// with weight decay.</param>
    /// <param name="threads">Most threads to use.</param>
    public WeightSpectrum(Matrix<float> weights, double bulkScale = 1, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(weights);
        Require.Positive(bulkScale);
        int p = weights.Rows, d = weights.Columns;
        Matrix<float> gram = Dense.Gram(weights, threads: threads);
        _vectors = new Matrix<double>(d, d);
        TensorPrimitives.ConvertTruncating<float, double>(gram.Data, _vectors.Data);
        double[] squares = Dense.SymmetricEigen(_vectors, threads);
        SingularValues = [.. squares.Reverse().Take(Math.Min(p, d)).Select(s => Math.Sqrt(Math.Max(s, 0)))];

        _bulkScale = bulkScale;
        _share = Math.Min(1, (double)p / d);
        double root = Math.Sqrt((double)p / d);
        BulkLow = bulkScale * Math.Abs(1 - root);
        BulkHigh = bulkScale * (1 + root);
        // Johnstone (2001): the largest eigenvalue of a null Gram matrix fluctuates on this scale about the edge.
        double rootP = Math.Sqrt(p), rootD = Math.Sqrt(d), sum = rootP + rootD;
        double scale = sum / d * Math.Cbrt((1 / rootP) + (1 / rootD));
        OutlierThreshold = bulkScale * Math.Sqrt((sum * sum / d) + (TracyWidom * scale));
    }

    /// <summary>The singular values, decreasing; min(p, d) of them.</summary>
    public IReadOnlyList<double> SingularValues { get; }

    /// <summary>Lower edge of the random part's bulk, as d grows.</summary>
    public double BulkLow { get; }

    /// <summary>Upper edge of the random part's bulk, as d grows.</summary>
    public double BulkHigh { get; }

    /// <summary>
    /// Density of the random part's min(p, d) singular values at s, as d grows: sqrt((s^2 - low^2)(high^2 - s^2))/(pi s min(1, p/d)) for
    /// entries of variance 1/d (Marchenko and Pastur 1967); 0 outside the bulk, NaN below or at 0.
    /// </summary>
    /// <param name="singularValue">s.</param>
    public double BulkDensity(double singularValue)
    {
        double s = singularValue / _bulkScale, low = BulkLow / _bulkScale, high = BulkHigh / _bulkScale;
        return s <= 0 ? double.NaN
            : Math.Sqrt(Math.Max(((s * s) - (low * low)) * ((high * high) - (s * s)), 0)) / (Math.PI * s * _share * _bulkScale);
    }

    /// <summary>A singular value above this is an outlier: one random matrix in a thousand has one by chance (Tracy and Widom
    /// 1996, Johnstone 2001).</summary>
    public double OutlierThreshold { get; }

    /// <summary>How many singular values are outliers.</summary>
    public int Outliers => SingularValues.Count(s => s > OutlierThreshold);

    /// <summary>Squared length of the projection of a unit vector onto the top k right singular vectors: 1 when they contain it, about
    /// k/d by chance.</summary>
    /// <param name="direction">A unit vector of length d.</param>
    /// <param name="k">How many singular vectors, from 1 to d.</param>
    public double Overlap(ReadOnlySpan<float> direction, int k)
    {
        int d = _vectors.Rows;
        Require.SameLength(d, direction.Length, nameof(direction));
        if (k < 1 || k > d)
            throw new ArgumentOutOfRangeException(nameof(k), k, $"must be from 1 to {d}");
        double sum = 0;
        for (int column = d - k; column < d; column++)
        {
            double projection = 0;
            for (int i = 0; i < d; i++)
                projection += _vectors[i, column] * direction[i];
            sum += projection * projection;
        }
        return sum;
    }

    /// <summary>
    /// Where a rank-one part of strength s puts its singular value when added to a random p x d matrix of independent N(0, 1/d)
    /// entries: sqrt((1 + s^2)(c + s^2))/s with c = p/d, once s exceeds c^(1/4); NaN below, where it drowns in the bulk
    /// (Benaych-Georges and Nadakuditi 2012).
    /// </summary>
    public static double OutlierPosition(double strength, double aspectRatio)
    {
        Require.NonNegative(strength);
        Require.Positive(aspectRatio);
        double s2 = strength * strength;
        return s2 * s2 > aspectRatio ? Math.Sqrt((1 + s2) * (aspectRatio + s2)) / strength : double.NaN;
    }
}
