using System.Runtime.CompilerServices;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Chains;

/// <summary>
/// What is to be learned: Gaussian features x ~ N(0, Sigma) of d dimensions and a linear target y = x'b. Immutable and safe to share
/// between threads.
/// </summary>
public sealed class Population
{
    // A penalty's directions live as long as the penalty does.
    private readonly ConditionalWeakTable<Penalty, PenaltyBasis> _bases = [];

    /// <summary>A population written in the eigen-directions of its covariance.</summary>
    /// <param name="spectrum">Eigenvalues s_j of Sigma.</param>
    /// <param name="target">Coefficients b_j of the target in the same directions; finite.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a coefficient is not finite.</exception>
    public Population(Spectrum spectrum, ReadOnlySpan<double> target)
        : this(spectrum, target, null)
    {
    }

    private Population(Spectrum spectrum, ReadOnlySpan<double> target, Matrix<double>? axes)
    {
        ArgumentNullException.ThrowIfNull(spectrum);
        Require.SameLength(spectrum.Dimension, target.Length);
        Spectrum = spectrum;
        Axes = axes;
        Target = target.ToArray();
        var signal = new double[target.Length];
        for (int j = 0; j < signal.Length; j++)
        {
            if (!double.IsFinite(target[j]))
                throw new ArgumentException($"coefficient {j + 1} is {target[j]}; must be a finite number", nameof(target));
            signal[j] = Math.Sqrt(spectrum.Values[j]) * target[j];
        }
        Truth = Estimator.OfTruth(this, SpectralSums.Pad(signal));
    }

    /// <summary>Eigenvalues s_j of the covariance Sigma.</summary>
    public Spectrum Spectrum { get; }

    /// <summary>The target itself, as the source of true labels.</summary>
    public Estimator Truth { get; }

    /// <summary>Number of features d.</summary>
    public int Dimension => Spectrum.Dimension;

    /// <summary>Variance of the noiseless labels, b'Sigma b: the excess error of predicting zero.</summary>
    public double SignalVariance => Truth.MeanSquare;

    /// <summary>Eigenvectors of Sigma in columns; null when the coordinates already are the eigen-directions.</summary>
    internal Matrix<double>? Axes { get; }

    /// <summary>Coefficients in the eigen-directions.</summary>
    internal double[] Target { get; }

    /// <summary>A population with a covariance that is given as a matrix.</summary>
    /// <param name="covariance">Sigma, d x d, symmetric and positive semi-definite; eigenvalues below rounding count as zero.</param>
    /// <param name="target">Coefficients b in the coordinates of <paramref name="covariance"/>.</param>
    /// <exception cref="ArgumentException">The matrix is not square, not symmetric or not positive semi-definite; the message says which.</exception>
    public static Population WithCovariance(Matrix<double> covariance, ReadOnlySpan<double> target)
    {
        ArgumentNullException.ThrowIfNull(covariance);
        Matrix<double> axes = SymmetricMatrix.CheckedCopy(covariance, "the covariance");
        Require.SameLength(axes.Rows, target.Length);
        double[] values = SymmetricMatrix.SemiDefiniteEigen(axes, "the covariance");
        var rotated = new double[target.Length];
        for (int i = 0; i < target.Length; i++)
        {
            for (int j = 0; j < rotated.Length; j++)
                rotated[j] += axes[i, j] * target[i];
        }
        return new Population(Spectrum.Of(values), rotated, axes);
    }

    /// <summary>The directions in which training under a penalty is diagonal; computed once for each penalty object.</summary>
    internal PenaltyBasis Basis(Penalty penalty) => _bases.GetValue(penalty, p => p.Diagonalise(this));
}
