using System.Numerics.Tensors;
using WeakToStrong.Chains;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Choices;

/// <summary>
/// A teacher on weak features as the strong ones see it: the mean and the spread of the part of its labels that is linear in the strong features, and the
/// covariance of the rest, which is noise to its student. Vectors are in the strong view's signal coordinates, one row an output.
/// </summary>
internal sealed class LabelSource
{
    private readonly CrossMap _map;
    private readonly double[] _variance;
    private readonly Lazy<Matrix<double>> _spread;

    public LabelSource(PredictedModel teacher, PairMoments moments)
    {
        _map = moments.StrongFromWeak;
        int outputs = moments.Outputs, padded = moments.Strong.Truth.Columns;
        Scale = teacher.Fresh;
        InterceptError = teacher.InterceptError;
        Mean = new Matrix<double>(outputs, padded);
        Variance = new double[padded];
        _variance = [.. teacher.Filter.Select(h => h * h)];
        double unseen = 0;
        for (int j = 0; j < _map.Seen.Length; j++)
            unseen += _variance[j] * Math.Max(0, 1 - _map.Seen[j]);
        for (int k = 0; k < outputs; k++)
            _map.Mean(teacher.Mean.Row(k), Mean.Row(k));
        _map.Variance(_variance, Variance);
        Unexplained = new Matrix<double>(outputs, outputs);
        for (int k = 0; k < outputs; k++)
        {
            for (int l = 0; l < outputs; l++)
            {
                double mean = TensorPrimitives.Dot<double>(teacher.Mean.Row(k), teacher.Mean.Row(l)) - TensorPrimitives.Dot<double>(Mean.Row(k), Mean.Row(l));
                Unexplained[k, l] = (k == l ? Math.Max(0, mean) : mean) + (unseen * Scale[k, l]);
            }
        }
        _spread = new Lazy<Matrix<double>>(MakeSpread);
    }

    public Matrix<double> Mean { get; }

    /// <summary>Diagonal of the spread, to be multiplied by <see cref="Scale"/> for every pair of outputs.</summary>
    public double[] Variance { get; }

    public Matrix<double> Scale { get; }

    public Matrix<double> Unexplained { get; }

    /// <summary>Covariance of the teacher's error of its intercepts, which its labels hand on.</summary>
    public Matrix<double> InterceptError { get; }

    /// <summary>The whole spread, which only accuracies need: one matrix product, made when first asked for.</summary>
    public Matrix<double> Spread => _spread.Value;

    private Matrix<double> MakeSpread()
    {
        Matrix<double> scaled = _map.Map.Copy(), spread = new(scaled.Rows, scaled.Rows);
        for (int i = 0; i < scaled.Rows; i++)
            TensorPrimitives.Multiply(scaled.Row(i), _variance.AsSpan(0, scaled.Columns), scaled.Row(i));
        Dense.Multiply(scaled, _map.Map, spread, transposeB: true);
        return spread;
    }
}
