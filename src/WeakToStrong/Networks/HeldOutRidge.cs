using System.Numerics.Tensors;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Networks;

/// <summary>
/// A readout fitted by ridge regression on fixed features, argmin (1/m) sum_i (y_i - phi_i'b)^2 + lambda ||b||^2, with lambda chosen on held-out
/// data: the last fifth of the samples takes no part in the fit and chooses among 17 values from 1e-4 to 1e4. One eigen-decomposition, of
/// the smaller of the two Gram matrices, serves every lambda.
/// </summary>
internal static class HeldOutRidge
{
    private const double Share = 0.2;

    private static readonly double[] Ridges = [.. Grid.Logarithmic(1e-4, 1e4, 17)];

    /// <summary>The fitted readout, one weight a feature, and the ridge that was chosen.</summary>
    /// <param name="features">phi, one sample a row, at least 2 rows.</param>
    /// <param name="labels">y.</param>
    /// <param name="threads">Most threads to use.</param>
    public static (float[] Readout, double Ridge) Fit(Matrix<double> features, ReadOnlySpan<double> labels, int threads)
    {
        int heldOut = Math.Max(1, (int)(features.Rows * Share)), m = features.Rows - heldOut;
        Matrix<double> train = Rows(features, 0, m), check = Rows(features, m, heldOut);
        // Predictions on the held-out rows are check B (c/(w + lambda)), the readout is B (c/(w + lambda)).
        (Matrix<double> basis, double[] w, double[] c) = m <= features.Columns ? Dual(train, labels[..m], threads) : Primal(train, labels[..m], threads);
        var checkBasis = new Matrix<double>(heldOut, w.Length);
        Dense.Multiply(check, basis, checkBasis, threads: threads);

        double bestError = double.PositiveInfinity, bestRidge = Ridges[^1];
        foreach (double ridge in Ridges)
        {
            double error = SquaredError(checkBasis, Shrink(c, w, ridge), labels[m..]);
            if (error < bestError)
                (bestError, bestRidge) = (error, ridge);
        }
        double[] shrunk = Shrink(c, w, bestRidge);
        var readout = new float[features.Columns];
        for (int j = 0; j < readout.Length; j++)
            readout[j] = (float)TensorPrimitives.Dot<double>(basis.Row(j), shrunk);
        return (readout, bestRidge);
    }

    /// <summary>With A A'/m = Q diag(w) Q': B = A'Q/m, c = Q'y.</summary>
    private static (Matrix<double> Basis, double[] Eigenvalues, double[] Coordinates) Dual(Matrix<double> a, ReadOnlySpan<double> y, int threads)
    {
        int m = a.Rows;
        var gram = new Matrix<double>(m, m);
        Dense.Multiply(a, a, gram, transposeB: true, alpha: 1.0 / m, threads: threads);
        double[] w = Dense.SymmetricEigen(gram, threads);
        var basis = new Matrix<double>(a.Columns, m);
        Dense.Multiply(a, gram, basis, transposeA: true, alpha: 1.0 / m, threads: threads);
        return (basis, w, TransposedTimes(gram, y, threads));
    }

    /// <summary>With A'A/m = Q diag(w) Q': B = Q, c = Q'A'y/m.</summary>
    private static (Matrix<double> Basis, double[] Eigenvalues, double[] Coordinates) Primal(Matrix<double> a, ReadOnlySpan<double> y, int threads)
    {
        Matrix<double> gram = Dense.Gram(a, 1.0 / a.Rows, threads);
        double[] moment = TransposedTimes(a, y, threads);
        TensorPrimitives.Divide(moment, a.Rows, moment);
        double[] w = Dense.SymmetricEigen(gram, threads);
        return (gram, w, TransposedTimes(gram, moment, threads));
    }

    private static double[] TransposedTimes(Matrix<double> a, ReadOnlySpan<double> x, int threads)
    {
        var product = new Matrix<double>(1, a.Columns);
        Dense.Multiply(new Matrix<double>(1, x.Length, x.ToArray()), a, product, threads: threads);
        return product.Data.ToArray();
    }

    private static double[] Shrink(double[] c, double[] w, double ridge) => [.. c.Select((value, i) => value / (Math.Max(w[i], 0) + ridge))];

    private static double SquaredError(Matrix<double> basis, double[] weights, ReadOnlySpan<double> labels)
    {
        double sum = 0;
        for (int i = 0; i < basis.Rows; i++)
        {
            double miss = labels[i] - TensorPrimitives.Dot<double>(basis.Row(i), weights);
            sum += miss * miss;
        }
        return sum;
    }

    private static Matrix<double> Rows(Matrix<double> source, int first, int count) =>
        new(count, source.Columns, source.RowBlock(first, count).ToArray());
}
