using WeakToStrong.LinearAlgebra;
using WeakToStrong.Ridge;

namespace WeakToStrong.Chains;

/// <summary>
/// The quadratic form that a ridge penalises: lambda b' Omega b. The paper's Setting 2 writes Omega = Gamma^-1. Immutable; use one object
/// for all stages that share a penalty, since what is prepared for it is kept by the object.
/// </summary>
public sealed class Penalty
{
    private const string NotDefinite = "the penalty is not positive definite";

    private readonly double[]? _diagonal;
    private readonly Matrix<double>? _matrix;

    private Penalty(double[]? diagonal, Matrix<double>? matrix)
    {
        _diagonal = diagonal;
        _matrix = matrix;
    }

    /// <summary>Omega = I, plain ridge regression.</summary>
    public static Penalty Identity { get; } = new(null, null);

    /// <summary>Omega = diag(omega_j) in the eigen-directions of the covariance. O(d) a stage.</summary>
    /// <param name="weights">omega_j, positive and finite.</param>
    /// <exception cref="ArgumentException">A weight is not positive and finite; the message names its index.</exception>
    public static Penalty Diagonal(params ReadOnlySpan<double> weights)
    {
        for (int j = 0; j < weights.Length; j++)
        {
            if (!(weights[j] > 0 && double.IsFinite(weights[j])))
                throw new ArgumentException(FormattableString.Invariant(
                    $"penalty weight {j + 1} is {weights[j]}; must be a positive finite number"), nameof(weights));
        }
        return new Penalty(weights.ToArray(), null);
    }

    /// <summary>A full Omega in the coordinates of the population. O(d^3) once, then O(d) for every ridge.</summary>
    /// <param name="omega">d x d, symmetric and positive definite.</param>
    /// <exception cref="ArgumentException">The matrix is not square, symmetric and positive definite; the message says which.</exception>
    public static Penalty Of(Matrix<double> omega)
    {
        ArgumentNullException.ThrowIfNull(omega);
        Matrix<double> copy = SymmetricMatrix.CheckedCopy(omega, "the penalty");
        if (!Dense.TrySolvePositiveDefinite(copy.Copy(), new Matrix<double>(copy.Rows, 1)))
            throw new ArgumentException(NotDefinite);
        return new Penalty(null, copy);
    }

    /// <summary>Whether it is diagonal in the eigen-directions of every covariance.</summary>
    internal bool IsDiagonal => _matrix is null;

    /// <summary>
    /// In signal coordinates theta = Sigma^(1/2) b the features are white and the penalty is theta' M^-1 theta with
    /// M = Sigma^(1/2) Omega^-1 Sigma^(1/2): training is diagonal along the eigenvectors of M, and M's eigenvalues take the place of s_j.
    /// </summary>
    internal PenaltyBasis Diagonalise(Population population)
    {
        ReadOnlySpan<double> s = population.Spectrum.Values;
        if (_matrix is null)
        {
            if (_diagonal is null)
                return new PenaltyBasis(population.Spectrum, null);
            Require.SameLength(population.Dimension, _diagonal.Length, "penalty");
            var ratios = new double[s.Length];
            for (int j = 0; j < ratios.Length; j++)
            {
                ratios[j] = s[j] / _diagonal[j];
                if (double.IsInfinity(ratios[j]))
                {
                    throw new ArgumentException(FormattableString.Invariant(
                        $"weight {j + 1} is {_diagonal[j]}, and the eigenvalue {s[j]} over it is beyond 1.8e308"));
                }
            }
            return new PenaltyBasis(Spectrum.Of(ratios), null);
        }
        return DiagonaliseMatrix(population);
    }

    /// <summary>
    /// With Sigma = F'F and Omega = L L' the eigenvectors of M are, in the coordinates of F's rows, the right singular vectors of L^-1 F'.
    /// Features in increasing order of deviation over penalty make each row of L^-1 F' as long as its own feature asks, to rounding, so
    /// that rotating the rows keeps every eigenvalue, however far apart they lie.
    /// </summary>
    private PenaltyBasis DiagonaliseMatrix(Population population)
    {
        (Matrix<double> factor, Matrix<double> turn) = population.Factor();
        (int rank, int d) = (factor.Rows, factor.Columns);
        Require.SameLength(d, _matrix!.Rows, "penalty");
        double Ratio(int j) => Math.Sqrt(Enumerable.Range(0, rank).Sum(k => factor[k, j] * factor[k, j]) / _matrix[j, j]);
        double[] ratios = [.. Enumerable.Range(0, d).Select(Ratio)];
        int[] order = [.. Enumerable.Range(0, d).OrderBy(j => ratios[j])];
        Matrix<double> omega = new(d, d), rows = new(d, rank);
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j < d; j++)
                omega[i, j] = _matrix[order[i], order[j]];
            for (int k = 0; k < rank; k++)
                rows[i, k] = factor[k, order[i]];
        }
        if (!Dense.TryCholesky(omega))
            throw new ArgumentException(NotDefinite);
        Dense.SolveLower(omega, rows);
        double[] lengths = GradedVectors.Orthogonalise(rows, new Matrix<double>(d, 0), threads: 1), values = new double[d];
        // Increasing; what no feature moves stays where it is, and comes first.
        Matrix<double> directions = new(rank, rank), turned = new(d, rank), axes = new(d, d);
        for (int k = 0; k < rank; k++)
        {
            values[d - 1 - k] = lengths[k] * lengths[k];
            for (int j = 0; j < rank; j++)
                directions[j, rank - 1 - k] = lengths[k] > 0 ? rows[k, j] / lengths[k] : 0;
        }
        for (int column = lengths.Take(rank).Count(length => length == 0) - 1; column >= 0; column--)
            CovarianceBasis.Complete(directions, column);
        Dense.Multiply(turn, directions, turned);
        for (int j = 0, cut = 0; j < d; j++)
        {
            turned.Row(j).CopyTo(axes.Row(j)[(d - rank)..]);
            if (!turn.Row(j).ContainsAnyExcept(0))
                axes[j, cut++] = 1;
        }
        return new PenaltyBasis(Spectrum.Of(values), axes);
    }

    /// <summary>omega_j of a diagonal penalty.</summary>
    internal double Weight(int j) => _diagonal?[j] ?? 1;

    /// <summary>Omega^-1 in the eigen-directions of the covariance.</summary>
    internal Matrix<double> Inverse(Population population)
    {
        int d = population.Dimension;
        var inverse = new Matrix<double>(d, d);
        for (int j = 0; j < d; j++)
            inverse[j, j] = _diagonal is null ? 1 : 1 / _diagonal[j];
        if (_matrix is null)
            return inverse;
        Require.SameLength(d, _matrix.Rows, "penalty");
        Matrix<double> omega = _matrix.Copy();
        if (population.Axes is { } axes)
        {
            var turned = new Matrix<double>(d, d);
            Dense.Multiply(_matrix, axes, turned);
            Dense.Multiply(axes, turned, omega, transposeA: true);
        }
        return Dense.TrySolvePositiveDefinite(omega, inverse) ? inverse
            : throw new ArgumentException(NotDefinite);
    }
}

/// <summary>Directions (columns of <paramref name="Turn"/> in signal coordinates; null: the coordinates themselves) and eigenvalues in
/// which one penalty trains diagonally.</summary>
internal sealed record PenaltyBasis(Spectrum Spectrum, Matrix<double>? Turn);
