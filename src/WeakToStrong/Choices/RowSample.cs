using System.Numerics.Tensors;
using WeakToStrong.Chains;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Choices;

/// <summary>
/// Rows of one view on which accuracies are predicted, in white features. What a model will say of each is known up to the draw of its
/// training rows, so nothing is assumed of how features are distributed within a class. Single precision: a score needs no more.
/// </summary>
internal sealed class RowSample
{
    private readonly Matrix<float> _white;

    public RowSample(ViewBasis basis, RawSample raw, int threads)
    {
        Matrix<double> centred = raw.Rows;
        var white = new Matrix<double>(centred.Rows, basis.Dimension);
        Dense.Multiply(centred, basis.Basis.Whitening, white, transposeB: true, threads: threads);
        _white = new Matrix<float>(centred.Rows, basis.Dimension);
        for (int i = 0; i < centred.Rows; i++)
        {
            for (int j = 0; j < basis.Dimension; j++)
                _white[i, j] = (float)white[i, j];
        }
        ClassMeans = new Matrix<double>(raw.ClassMeans.Rows, basis.Spectrum.Padded.Length);
        var means = new Matrix<double>(raw.ClassMeans.Rows, basis.Dimension);
        Dense.Multiply(raw.ClassMeans, basis.Basis.Whitening, means, transposeB: true, threads: threads);
        for (int c = 0; c < means.Rows; c++)
            means.Row(c).CopyTo(ClassMeans.Row(c));
    }

    /// <summary>Mean white features of each class, padded; one row a class.</summary>
    public Matrix<double> ClassMeans { get; }

    /// <summary>The rows' products with vectors, one column a vector: mean scores, for mean coefficients.</summary>
    /// <param name="mean">In signal coordinates, one row a vector.</param>
    public Matrix<float> Times(Matrix<double> mean)
    {
        Matrix<float> coefficients = new(mean.Rows, _white.Columns), scores = new(_white.Rows, mean.Rows);
        for (int k = 0; k < mean.Rows; k++)
            TensorPrimitives.ConvertTruncating<double, float>(mean.Row(k)[.._white.Columns], coefficients.Row(k));
        Dense.Multiply(_white, coefficients, scores, transposeB: true);
        return scores;
    }

    /// <summary>z' diag(h^2) z of every row: the variance of its score in units of the model's own noise.</summary>
    public float[] Spread(ReadOnlySpan<double> filter)
    {
        var h = new float[_white.Columns];
        TensorPrimitives.ConvertTruncating<double, float>(filter[..h.Length], h);
        TensorPrimitives.Multiply(h, h, h);
        float[] spread = new float[_white.Rows], weighted = new float[h.Length];
        for (int i = 0; i < spread.Length; i++)
        {
            TensorPrimitives.Multiply(_white.Row(i), h, weighted);
            spread[i] = TensorPrimitives.Dot<float>(weighted, _white.Row(i));
        }
        return spread;
    }
}
