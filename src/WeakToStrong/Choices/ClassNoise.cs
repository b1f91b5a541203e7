using System.Numerics.Tensors;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Choices;

/// <summary>
/// The part of a model's noise that knows the classes. Labels that are classes leave residuals that depend on the features: the rows of
/// class c miss by rho_c on average and lie about mu_c, so that how many of them are drawn moves the coefficients along mu_c, and the
/// intercepts with them. The error hardly notices, for what one class gains another loses; accuracies do. Over and above noise that is
/// independent of the features, the scores of a row z vary by <c>sum_c pi_c rho_c rho_c' (scale ((z'w_c)^2 - sum_b pi_b (z'w_b)^2) + 2
/// cross z'w_c)</c>, w_c being mu_c after the model's filter.
/// </summary>
internal sealed class ClassNoise
{
    private readonly Matrix<double> _residuals;
    private readonly double _scale, _cross;
    private readonly bool _averaged;

    private ClassNoise(Matrix<double> directions, Matrix<double> residuals, double scale, double cross, bool averaged)
    {
        Directions = directions;
        (_residuals, _scale, _cross, _averaged) = (residuals, scale, cross, averaged);
    }

    /// <summary>w_c, one row a class, in a view's signal coordinates.</summary>
    public Matrix<double> Directions { get; }

    /// <summary>Of a model trained on true labels.</summary>
    /// <param name="means">mu_c, one row a class.</param>
    /// <param name="targets">Mean targets of the classes, about the overall means.</param>
    /// <param name="mean">Mean coefficients of the model, one row an output.</param>
    /// <param name="filter">h.</param>
    /// <param name="scale">What turns the mean square of residuals of true labels into the model's noise.</param>
    /// <param name="cross">What turns it into the covariance of coefficients and intercepts.</param>
    public static ClassNoise Own(Matrix<double> means, double[][] targets, Matrix<double> mean, double[] filter, double scale, double cross)
    {
        Matrix<double> directions = new(means.Rows, means.Columns), residuals = new(means.Rows, mean.Rows);
        for (int c = 0; c < means.Rows; c++)
        {
            TensorPrimitives.Multiply(means.Row(c), filter, directions.Row(c));
            for (int k = 0; k < mean.Rows; k++)
                residuals[c, k] = targets[c][k] - TensorPrimitives.Dot<double>(mean.Row(k), means.Row(c));
        }
        return new ClassNoise(directions, residuals, scale, cross, averaged: false);
    }

    /// <summary>The same noise after its labels taught another model.</summary>
    /// <param name="seen">The directions as the other model's features see them.</param>
    /// <param name="filter">h of that model, times the trust in these labels.</param>
    /// <param name="part">Share of the labels in the intercepts.</param>
    public ClassNoise HandedOn(Matrix<double> seen, double[] filter, double part)
    {
        var directions = new Matrix<double>(seen.Rows, seen.Columns);
        for (int c = 0; c < seen.Rows; c++)
            TensorPrimitives.Multiply(seen.Row(c), filter, directions.Row(c));
        return new ClassNoise(directions, _residuals, _scale, _cross * part, averaged: true);
    }

    /// <summary>Adds a row's share to the covariance of its scores.</summary>
    /// <param name="along">z'w_c of the row.</param>
    /// <param name="shares">pi_c.</param>
    /// <param name="covariance">K x K.</param>
    public void AddTo(ReadOnlySpan<float> along, double[] shares, double[] covariance)
    {
        double usual = 0;
        for (int c = 0; c < shares.Length; c++)
            usual += shares[c] * (_averaged ? TensorPrimitives.SumOfSquares<double>(Directions.Row(c)) : along[c] * along[c]);
        int outputs = _residuals.Columns;
        for (int c = 0; c < shares.Length; c++)
        {
            double factor = shares[c] * ((_scale * ((along[c] * along[c]) - usual)) + (2 * _cross * along[c]));
            ReadOnlySpan<double> rho = _residuals.Row(c);
            for (int k = 0; k < outputs; k++)
            {
                for (int l = 0; l < outputs; l++)
                    covariance[(k * outputs) + l] += factor * rho[k] * rho[l];
            }
        }
    }
}
