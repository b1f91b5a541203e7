using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Chains;

/// <summary>
/// What is to be learned: Gaussian features x ~ N(0, Sigma) of d dimensions and a linear target y = x'b. Immutable and safe
/// to share between threads.
/// </summary>
public sealed class Population
{
    // A penalty's directions live as long as the penalty does.
    private readonly ConditionalWeakTable<Penalty, PenaltyBasis> _bases = [];

    // Null where the coordinates are not those of a covariance.
    private readonly CovarianceBasis? _basis;

    /// <summary>A population written in the eigen-directions of its covariance.</summary>
    /// <param name="spectrum">Eigenvalues s_j of Sigma.</param>
    /// <param name="target">Coefficients b_j of the target in the same directions; finite.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a coefficient is not finite.</exception>
    public Population(Spectrum spectrum, ReadOnlySpan<double> target)
    {
        ArgumentNullException.ThrowIfNull(spectrum);
        Spectrum = spectrum;
        Target = target.ToArray();
        Truth = Estimator.OfTruth(this, ToSignal(target), residual: 0);
    }

    private Population(CovarianceBasis basis, ReadOnlySpan<double> target)
    {
        _basis = basis;
        Spectrum = basis.Spectrum;
        Axes = basis.Axes;
        double[] signal = ToSignal(target);
        Target = Unsignalled(signal);
        Truth = Estimator.OfTruth(this, signal, residual: 0);
    }

    /// <summary>One of several views of the same rows.</summary>
    internal Population(Views views, string view, ViewBasis basis, ReadOnlySpan<double> signal, double residual)
    {
        Views = views;
        View = view;
        Spectrum = basis.Spectrum;
        _basis = basis.Basis;
        Axes = _basis.Axes;
        ResidualVariance = residual;
        Target = Unsignalled(signal);
        Truth = Estimator.OfTruth(this, SpectralSums.Pad(signal), residual);
    }

    /// <summary>Eigenvalues s_j of the covariance Sigma.</summary>
    public Spectrum Spectrum { get; }

    /// <summary>The target itself, as the source of true labels.</summary>
    public Estimator Truth { get; }

    /// <summary>Number of features d.</summary>
    public int Dimension => Spectrum.Dimension;

    /// <summary>Variance of the noiseless labels, b'Sigma b: the excess error of predicting zero.</summary>
    public double SignalVariance => Truth.MeanSquare;

    /// <summary>Variance of the target that is not linear in the features: 0 unless they are one of several views.</summary>
    public double ResidualVariance { get; }

    /// <summary>Name of the view; null when there is only one.</summary>
    public string? View { get; }

    /// <summary>The views that this is one of; null when there is only one.</summary>
    public Views? Views { get; }

    /// <summary>What a reader of results must know of a covariance that was given: how many directions count as without variance; null
    /// for none.</summary>
    public string? Remark
    {
        get
        {
            int cut = _basis is null ? 0 : Dimension - Spectrum.Rank;
            if (cut == 0)
                return null;
            string whose = View is null ? "the covariance has" : $"the covariance of view '{View}' has",
                measure = View is null ? "to rounding" : "when eigenvalues below 1e-10 of the largest count as zero";
            return $"{whose} rank {Spectrum.Rank} of {Dimension} {measure}: "
                + (cut == 1 ? "one direction is left out" : $"{cut} directions are left out") + ", whatever the ridge";
        }
    }

    /// <summary>Eigenvectors of Sigma in columns; null when the coordinates already are the eigen-directions.</summary>
    internal Matrix<double>? Axes { get; }

    /// <summary>Coefficients in the eigen-directions.</summary>
    internal double[] Target { get; }

    /// <summary>A population with a covariance that is given as a matrix.</summary>
    /// <param name="covariance">Sigma, d x d, symmetric and positive semi-definite; eigenvalues below rounding count as zero.</param>
    /// <param name="target">Coefficients b in the coordinates of <paramref name="covariance"/>.</param>
    /// <exception cref="ArgumentException">The matrix is not square, not symmetric or not positive semi-definite; the
    /// message says which.</exception>
    public static Population WithCovariance(Matrix<double> covariance, ReadOnlySpan<double> target)
    {
        ArgumentNullException.ThrowIfNull(covariance);
        Matrix<double> axes = SymmetricMatrix.CheckedCopy(covariance, "the covariance");
        Require.SameLength(axes.Rows, target.Length);
        return new Population(CovarianceBasis.Of(axes, "the covariance"), target);
    }

    /// <summary>Coefficients in the coordinates in which the population was given, as a padded vector in signal coordinates.</summary>
    internal double[] ToSignal(ReadOnlySpan<double> coefficients)
    {
        Require.SameLength(Dimension, coefficients.Length, nameof(coefficients));
        for (int j = 0; j < coefficients.Length; j++)
        {
            if (!double.IsFinite(coefficients[j]))
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"coefficient {j + 1} is {coefficients[j]}; must be a finite number"),
                    nameof(coefficients));
            }
        }
        double[] signal = _basis?.ToSignal(coefficients) ?? Signal(coefficients);
        return double.IsFinite(TensorPrimitives.SumOfSquares<double>(signal)) ? SpectralSums.Pad(signal) : throw new ArgumentException(
            "the variance of the target, the sum of eigenvalue times squared coefficient, is beyond 1.8e308", nameof(coefficients));
    }

    /// <summary>F and Q of <see cref="CovarianceBasis"/>, in the coordinates in which the population was given.</summary>
    internal (Matrix<double> Factor, Matrix<double> Turn) Factor()
    {
        if (_basis is not null)
            return (_basis.Factor, _basis.Turn);
        int[] kept = [.. Enumerable.Range(0, Dimension).Where(j => Spectrum.Values[j] > 0)];
        Matrix<double> factor = new(kept.Length, Dimension), turn = new(Dimension, kept.Length);
        for (int k = 0; k < kept.Length; k++)
            (factor[k, kept[k]], turn[kept[k], k]) = (Math.Sqrt(Spectrum.Values[kept[k]]), 1);
        return (factor, turn);
    }

    /// <summary>What this view sees of another; null for itself.</summary>
    /// <exception cref="ArgumentException">The two are not views of the same rows, or their cross covariance was not given.</exception>
    internal CrossMap? From(Population other) =>
        ReferenceEquals(this, other) ? null
            : Views is not null && ReferenceEquals(Views, other.Views) ? Views.Between(this, other)
            : throw new ArgumentException(
                "all labels of a stage must come from estimators of one population, or of views of the same rows");

    /// <summary>This view's truth in place of another's: the same labels.</summary>
    internal Estimator TruthOf(Estimator truth)
    {
        From(truth.Population);
        return Truth;
    }

    private double[] Signal(ReadOnlySpan<double> target)
    {
        var signal = new double[target.Length];
        for (int j = 0; j < signal.Length; j++)
            signal[j] = Math.Sqrt(Spectrum.Values[j]) * target[j];
        return signal;
    }

    // Coefficients along the eigenvectors; 0 where there is no variance.
    private double[] Unsignalled(ReadOnlySpan<double> signal)
    {
        double[] target = new double[Dimension];
        for (int j = 0; j < target.Length; j++)
            target[j] = Spectrum.Values[j] > 0 ? signal[j] / Math.Sqrt(Spectrum.Values[j]) : 0;
        return target;
    }

    /// <summary>The directions in which training under a penalty is diagonal; computed once for each penalty object.</summary>
    internal PenaltyBasis Basis(Penalty penalty) => _bases.GetValue(penalty, p => p.Diagonalise(this));
}
