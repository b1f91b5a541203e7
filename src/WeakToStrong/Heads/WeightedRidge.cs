using System.Numerics.Tensors;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Ridge;

namespace WeakToStrong.Heads;

/// <summary>
/// Ridge with weights: minimises (1/n) sum w_i ||y_i - b0 - B'x_i||^2 + lambda ||B||^2 as plain ridge without intercept on the rows
/// sqrt(w_i) (x_i - m), with m the weighted mean, and targets alike.
/// </summary>
internal sealed class WeightedRidge : IHeadDesign
{
    private readonly double[] _weights, _means;
    private readonly double _total;
    private readonly RidgeFactorisation _scaled;

    public WeightedRidge(FeatureRows rows, double[] weights, int threads)
    {
        Require.SameLength(rows.Count, weights.Length);
        Rows = rows;
        _weights = weights;
        _total = TensorPrimitives.Sum<double>(weights);
        _means = new double[rows.Columns];
        for (int i = 0; i < rows.Count; i++)
            TensorPrimitives.MultiplyAdd(rows[i], weights[i] / _total, _means, _means);
        var scaled = new Matrix<double>(rows.Count, rows.Columns);
        FixedBlocks.Run(rows.Count, threads, i =>
        {
            TensorPrimitives.Subtract(rows[i], _means, scaled.Row(i));
            TensorPrimitives.Multiply(scaled.Row(i), Math.Sqrt(weights[i]), scaled.Row(i));
        });
        _scaled = RidgeFactorisation.Of(FeatureRows.All(scaled), threads, intercept: false);
    }

    public FeatureRows Rows { get; }

    public IHeadPath Fit(Matrix<double> targets, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(targets);
        Require.SameLength(Rows.Count, targets.Rows, nameof(targets));
        var means = new double[targets.Columns];
        for (int i = 0; i < targets.Rows; i++)
            TensorPrimitives.MultiplyAdd(targets.Row(i), _weights[i] / _total, means, means);
        var scaled = new Matrix<double>(targets.Rows, targets.Columns);
        for (int i = 0; i < targets.Rows; i++)
        {
            TensorPrimitives.Subtract(targets.Row(i), means, scaled.Row(i));
            TensorPrimitives.Multiply(scaled.Row(i), Math.Sqrt(_weights[i]), scaled.Row(i));
        }
        return new Path(_scaled.Fit(scaled, threads), Centring.At(_means), means);
    }

    private sealed class Path(RidgePath path, Centring centre, double[] targetMeans) : IHeadPath
    {
        public RidgeModels At(Grid lambdas, int threads = 1) => path.At(lambdas, threads).MovedTo(centre, targetMeans);

        public int Best(Grid lambdas, int threads = 1) => path.BestByLeaveOneOut(lambdas, threads);
    }
}
