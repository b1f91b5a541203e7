using System.Numerics.Tensors;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Chains;

/// <summary>
/// What one view can see of another: K = E z w', the covariance of its own white features z with the other's w. A predictor w'theta of the
/// other view is, as far as this view can tell, z'(K theta); what it cannot tell, theta'(1 - K'K) theta in mean square, is noise to it. K
/// is prepared once; every use costs one pass over it.
/// </summary>
internal sealed class CrossMap
{
    // Rounding of moments, magnified by whitening directions at the cut.
    private const double Tolerance = 1e-5;

    private readonly Lazy<CrossMap> _reverse;

    /// <summary>A map.</summary>
    /// <param name="map">K, this view's directions by the other's; not copied.</param>
    public CrossMap(Matrix<double> map)
        : this(map, null)
    {
    }

    private CrossMap(Matrix<double> map, CrossMap? reverse)
    {
        Map = map;
        Seen = new double[map.Columns];
        for (int i = 0; i < map.Rows; i++)
            AddSquares(map.Row(i), Seen);
        _reverse = reverse is null ? new Lazy<CrossMap>(() => new CrossMap(map.Transposed(), this)) : new Lazy<CrossMap>(reverse);
    }

    /// <summary>K.</summary>
    public Matrix<double> Map { get; }

    /// <summary>How much of each of the other view's directions is seen, from 0 to 1: the diagonal of K'K.</summary>
    public double[] Seen { get; }

    /// <summary>The other view's map of this one, K'.</summary>
    public CrossMap Reverse => _reverse.Value;

    /// <summary>K theta.</summary>
    /// <param name="theta">In the other view's directions; may be padded.</param>
    /// <param name="result">In this view's directions; may be padded.</param>
    public void Mean(ReadOnlySpan<double> theta, Span<double> result)
    {
        theta = theta[..Map.Columns];
        for (int i = 0; i < Map.Rows; i++)
            result[i] = TensorPrimitives.Dot(Map.Row(i), theta);
    }

    /// <summary>The diagonal of K diag(v) K'.</summary>
    /// <param name="variance">v, in the other view's directions; may be padded.</param>
    /// <param name="result">In this view's directions; may be padded.</param>
    public void Variance(ReadOnlySpan<double> variance, Span<double> result)
    {
        variance = variance[..Map.Columns];
        var scaled = new double[Map.Columns];
        for (int i = 0; i < Map.Rows; i++)
        {
            TensorPrimitives.Multiply(Map.Row(i), variance, scaled);
            result[i] = TensorPrimitives.Dot<double>(Map.Row(i), scaled);
        }
    }

    /// <summary><see cref="Mean"/> of several vectors and <see cref="Variance"/> in one pass over K, which memory decides.</summary>
    /// <param name="thetas">One vector a row; may be padded.</param>
    /// <param name="variance">v; may be padded.</param>
    /// <param name="means">K theta, one a row; may be padded.</param>
    /// <param name="variances">The diagonal of K diag(v) K'; may be padded.</param>
    public void MeansAndVariance(Matrix<double> thetas, ReadOnlySpan<double> variance, Matrix<double> means, Span<double> variances)
    {
        int columns = Map.Columns;
        var scaled = new double[columns];
        for (int i = 0; i < Map.Rows; i++)
        {
            ReadOnlySpan<double> row = Map.Row(i);
            for (int k = 0; k < thetas.Rows; k++)
                means[k, i] = TensorPrimitives.Dot(row, thetas.Row(k)[..columns]);
            TensorPrimitives.Multiply(row, variance[..columns], scaled);
            variances[i] = TensorPrimitives.Dot<double>(row, scaled);
        }
    }

    /// <summary>K M.</summary>
    public Matrix<double> Times(Matrix<double> right)
    {
        var product = new Matrix<double>(Map.Rows, right.Columns);
        Dense.Multiply(Map, right, product);
        return product;
    }

    /// <summary>
    /// Refuses moments that no random vectors have: the part of the other view (and of the target) that this view leaves unexplained must
    /// have a covariance without negative eigenvalues.
    /// </summary>
    /// <param name="unexplainedTarget">Covariance of each of the other view's white features with the target, less what this
    /// view explains of it.</param>
    /// <param name="unexplainedVariance">The target's variance that this view leaves unexplained.</param>
    /// <param name="scale">The target's variance.</param>
    /// <param name="threads">Threads to use; does not change the result.</param>
    public bool IsPossible(ReadOnlySpan<double> unexplainedTarget, double unexplainedVariance, double scale, int threads)
    {
        // Columns as rows where that is the smaller Gram matrix would be the same statement of the other view.
        int q = Map.Columns;
        Matrix<double> gram = new(q, q), left = new(q + 1, q + 1);
        Dense.AddGram(Map, gram, 1, threads);
        double root = Math.Sqrt(scale);
        for (int i = 0; i < q; i++)
        {
            TensorPrimitives.Negate(gram.Row(i)[..(i + 1)], left.Row(i)[..(i + 1)]);
            left[i, i] += 1 + Tolerance;
            left[q, i] = unexplainedTarget[i] / root;
        }
        left[q, q] = (unexplainedVariance / scale) + Tolerance;
        return Dense.TryCholesky(left, threads);
    }

    private static void AddSquares(ReadOnlySpan<double> row, Span<double> sums) => TensorPrimitives.MultiplyAdd(row, row, sums, sums);
}
