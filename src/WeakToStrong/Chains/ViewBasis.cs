using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Chains;

/// <summary>
/// One view of the data, diagonalised once: Sigma = U diag(s) U'. A view's signal coordinates are z = s^(-1/2) U'x, white
/// features, in which a predictor x'b is z'theta. Directions whose variance lies below <see cref="RelativeCut"/> of the largest
/// (where features have very different scales: in units of their deviations) carry nothing (pseudo-inverse).
/// </summary>
internal sealed class ViewBasis
{
    /// <summary>Eigenvalues below this share of the largest count as zero.</summary>
    public const double RelativeCut = 1e-10;

    private ViewBasis(CovarianceBasis basis) => Basis = basis;

    /// <summary>The covariance, diagonalised.</summary>
    public CovarianceBasis Basis { get; }

    /// <summary>Eigenvalues of the covariance, zero where cut.</summary>
    public Spectrum Spectrum => Basis.Spectrum;

    /// <summary>Number of features p.</summary>
    public int Dimension => Basis.Axes.Rows;

    /// <summary>Diagonalises a covariance.</summary>
    /// <param name="covariance">p x p, symmetric and positive semi-definite.</param>
    /// <param name="what">Its name in messages.</param>
    /// <param name="threads">Threads to use; does not change the result.</param>
    /// <exception cref="ArgumentException">The matrix is not a covariance; the message says why.</exception>
    public static ViewBasis Of(Matrix<double> covariance, string what, int threads) =>
        new(CovarianceBasis.Of(SymmetricMatrix.CheckedCopy(covariance, what), what, threads, RelativeCut));

    /// <summary>s^(-1/2) U' M: covariances with the features become covariances with the white ones.</summary>
    /// <param name="moments">p x k.</param>
    /// <param name="threads">Threads to use; does not change the result.</param>
    public Matrix<double> Whiten(Matrix<double> moments, int threads)
    {
        var white = new Matrix<double>(Dimension, moments.Columns);
        Dense.Multiply(Basis.Whitening, moments, white, threads: threads);
        return white;
    }

    /// <summary>s^(-1/2) U' M V r^(-1/2), with V and r another view's: a cross covariance between white features.</summary>
    /// <param name="other">The view of the columns of <paramref name="moments"/>.</param>
    /// <param name="moments">p x q, E x y'.</param>
    /// <param name="threads">Threads to use; does not change the result.</param>
    public Matrix<double> Whiten(ViewBasis other, Matrix<double> moments, int threads)
    {
        Matrix<double> half = Whiten(moments, threads), white = new(half.Rows, half.Columns);
        Dense.Multiply(half, other.Basis.Whitening, white, transposeB: true, threads: threads);
        return white;
    }
}
