using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Ridge;

/// <summary>
/// Directions in which a design acts diagonally, so that a ridge is one weight a direction: with eigenvalues s_j of X'X/n,
/// <code>
///     coefficients  b = N diag(coefficient weight) c        fitted values  Z diag(fitted weight) c        c = projected targets
/// </code>
/// </summary>
internal abstract class RidgeBasis
{
    /// <summary>Number of directions.</summary>
    public abstract int Count { get; }

    /// <summary>Whether the columns of Z are orthonormal, and <see cref="Share"/> and <see cref="RestScale"/> can be asked for.</summary>
    public abstract bool IsOrthonormal { get; }

    /// <summary>Whether the directions, with the intercept's, span all rows, so that without a ridge nothing is left
    /// of any targets.</summary>
    public abstract bool IsComplete { get; }

    /// <summary>Eigenvalues s_j of X'X/n.</summary>
    public abstract double[] Spectrum();

    /// <summary>c, one row a direction and one column an output.</summary>
    public abstract Matrix<double> Project(CentredTargets targets, int threads);

    /// <summary>N times weighted projections: one row a feature.</summary>
    public abstract Matrix<double> Coefficients(Matrix<double> weighted, int threads);

    /// <summary>Weight of direction j in the coefficients.</summary>
    public abstract double CoefficientWeight(int j, double lambda);

    /// <summary>Weight of direction j in the fitted values.</summary>
    public abstract double FittedWeight(int j, double lambda);

    /// <summary>Weight of z_ij^2 in the leverage of row i.</summary>
    public abstract double LeverageWeight(int j, double lambda);

    /// <summary>(s_min + lambda)/(s_j + lambda), in (0, 1].</summary>
    public abstract double Share(int j, double lambda);

    /// <summary>lambda/(s_min + lambda): the share of direction j that ridge leaves unfitted is this times <see cref="Share"/>.</summary>
    public abstract double RestScale(double lambda);

    /// <summary>Calls <paramref name="use"/> with consecutive chunks of the rows of Z, which it may overwrite.</summary>
    public abstract void ForEachChunk(int threads, Action<int, Matrix<double>> use);
}
