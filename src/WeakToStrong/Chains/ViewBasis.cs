using System.Numerics.Tensors;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Chains;

/// <summary>
/// One view of the data, diagonalised once: Sigma = U diag(s) U'. A view's signal coordinates are z = s^(-1/2) U'x, white
/// features, in which a predictor x'b is z'theta. Directions whose variance lies below <see cref="RelativeCut"/> of the largest
/// carry nothing (pseudo-inverse).
/// </summary>
internal sealed class ViewBasis
{
    /// <summary>Eigenvalues below this share of the largest count as zero.</summary>
    public const double RelativeCut = 1e-10;

    private ViewBasis(Spectrum spectrum, Matrix<double> axes)
    {
        Spectrum = spectrum;
        Axes = axes;
        InverseRoots = new double[axes.Rows];
        for (int j = 0; j < InverseRoots.Length; j++)
            InverseRoots[j] = spectrum.Values[j] > 0 ? 1 / Math.Sqrt(spectrum.Values[j]) : 0;
    }

    /// <summary>Eigenvalues of the covariance, zero where cut.</summary>
    public Spectrum Spectrum { get; }

    /// <summary>Eigenvectors in columns.</summary>
    public Matrix<double> Axes { get; }

    /// <summary>s^(-1/2), 0 where cut.</summary>
    public double[] InverseRoots { get; }

    /// <summary>Number of features p.</summary>
    public int Dimension => Axes.Rows;

    /// <summary>Diagonalises a covariance.</summary>
    /// <param name="covariance">p x p, symmetric and positive semi-definite.</param>
    /// <param name="what">Its name in messages.</param>
    /// <param name="threads">Threads to use; does not change the result.</param>
    /// <exception cref="ArgumentException">The matrix is not a covariance; the message says why.</exception>
    public static ViewBasis Of(Matrix<double> covariance, string what, int threads)
    {
        Matrix<double> axes = SymmetricMatrix.CheckedCopy(covariance, what);
        double[] values = SymmetricMatrix.SemiDefiniteEigen(axes, what, threads, out double lowest);
        if (!(values[^1] > 0))
            throw new ArgumentException($"{what} has no positive eigenvalue");
        // Where entries were rounded when they were written, what is as small as the negative eigenvalues is rounding too.
        double cut = Math.Max(RelativeCut * values[^1], 2 * -lowest);
        for (int j = 0; j < values.Length; j++)
            values[j] = values[j] > cut ? values[j] : 0;
        return new ViewBasis(Spectrum.Of(values), axes);
    }

    /// <summary>s^(-1/2) U' M: covariances with the features become covariances with the white ones.</summary>
    /// <param name="moments">p x k.</param>
    /// <param name="threads">Threads to use; does not change the result.</param>
    public Matrix<double> Whiten(Matrix<double> moments, int threads)
    {
        var white = new Matrix<double>(Dimension, moments.Columns);
        Dense.Multiply(Axes, moments, white, transposeA: true, threads: threads);
        for (int j = 0; j < Dimension; j++)
            TensorPrimitives.Multiply(white.Row(j), InverseRoots[j], white.Row(j));
        return white;
    }

    /// <summary>s^(-1/2) U' M V r^(-1/2), with V and r another view's: a cross covariance between white features.</summary>
    /// <param name="other">The view of the columns of <paramref name="moments"/>.</param>
    /// <param name="moments">p x q, E x y'.</param>
    /// <param name="threads">Threads to use; does not change the result.</param>
    public Matrix<double> Whiten(ViewBasis other, Matrix<double> moments, int threads)
    {
        Matrix<double> half = Whiten(moments, threads), white = new(half.Rows, half.Columns);
        Dense.Multiply(half, other.Axes, white, threads: threads);
        for (int j = 0; j < Dimension; j++)
            TensorPrimitives.Multiply(white.Row(j), other.InverseRoots, white.Row(j));
        return white;
    }
}
