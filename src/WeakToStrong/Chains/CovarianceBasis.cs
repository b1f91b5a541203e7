using System.Numerics.Tensors;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Ridge;

namespace WeakToStrong.Chains;

/// <summary>
/// The eigen-directions of a covariance whose features may have any scales: dollars beside shares. With D the features' deviations and
/// R = B'B their correlations, Sigma = F'F, F = B D. Rotating the rows of F until they are orthogonal keeps every eigenvalue to the
/// accuracy that R has, however far apart they lie (Demmel and Veselic 1992); an eigen-decomposition of Sigma keeps the largest only.
/// </summary>
internal sealed class CovarianceBasis
{
    // Deviations within this factor of each other lose too little to matter.
    private const double LikeScales = 100;

    private CovarianceBasis(double[] values, Matrix<double> axes, Matrix<double> factor, Matrix<double> turn, Matrix<double> whitening) =>
        (Spectrum, Axes, Factor, Turn, Whitening) = (Spectrum.Of(values), axes, factor, turn, whitening);

    /// <summary>Eigenvalues, increasing; 0 where cut.</summary>
    public Spectrum Spectrum { get; }

    /// <summary>Eigenvectors in columns.</summary>
    public Matrix<double> Axes { get; }

    /// <summary>F, rank x d, as accurate for small features as for large ones: Sigma = F'F.</summary>
    public Matrix<double> Factor { get; }

    /// <summary>Q, d x rank, orthonormal, rows of directions without variance 0: signal coordinates of b are Q (F b), sqrt(s) times its
    /// coefficients along the eigenvectors.</summary>
    public Matrix<double> Turn { get; }

    /// <summary>What makes features white: eigenvectors over roots of eigenvalues, one a row; 0 where cut.</summary>
    public Matrix<double> Whitening { get; }

    /// <summary>Diagonalises a covariance.</summary>
    /// <param name="covariance">d x d; is overwritten.</param>
    /// <param name="what">Its name in messages.</param>
    /// <param name="threads">Threads to use; does not change the result.</param>
    /// <param name="cut">Below this share of the largest an eigenvalue counts as zero, and so does what is as small as the negative ones
    /// that rounding of the entries made: where scales differ, eigenvalues of the correlations.</param>
    /// <exception cref="ArgumentException">It is not positive semi-definite, or 0.</exception>
    public static CovarianceBasis Of(Matrix<double> covariance, string what, int threads = 1, double cut = 0)
    {
        double[]? units = Units(covariance);
        double? precision = units is null ? null : TextPrecision.Of(covariance).Relative;
        if (units is not null)
            Scale(covariance, units);
        double[] shares = SymmetricMatrix.SemiDefiniteEigen(covariance, what, threads, out double lowest, precision);
        double least = cut == 0 ? 0 : Math.Max(cut * shares[^1], 2 * -lowest);
        int d = shares.Length, rank = shares.Count(share => share > least);
        if (rank == 0)
            throw new ArgumentException($"{what} has no positive eigenvalue");
        Matrix<double> factor = new(rank, d), back = new(rank, d);
        for (int k = 0; k < rank; k++)
        {
            double root = Math.Sqrt(shares[d - rank + k]);
            for (int j = 0; j < d; j++)
            {
                double unit = units?[j] ?? 1, share = covariance[j, d - rank + k];
                (factor[k, j], back[k, j]) = (share * root * unit, share / root / unit);
            }
        }
        if (units is not null)
            return OfFactor(factor, back, threads);
        Array.Clear(shares, 0, d - rank);
        return new CovarianceBasis(shares, covariance, factor, Identity(d, rank), Below(back, d));
    }

    /// <summary>Deviations of the features (1 for a constant) where their scales differ much; otherwise null.</summary>
    public static double[]? Units(Matrix<double> covariance)
    {
        double[] variances = [.. Enumerable.Range(0, covariance.Rows).Select(j => covariance[j, j])];
        double largest = variances.Max(), smallest = variances.Where(v => v != 0).DefaultIfEmpty(1).Min();
        return smallest > 0 && largest / LikeScales / LikeScales > smallest ? [.. variances.Select(v => v > 0 ? Math.Sqrt(v) : 1)] : null;
    }

    /// <summary>Divides rows and columns by units.</summary>
    public static void Scale(Matrix<double> matrix, double[] units)
    {
        for (int i = 0; i < units.Length; i++)
        {
            for (int j = 0; j < units.Length; j++)
                matrix[i, j] = matrix[i, j] / units[i] / units[j];
        }
    }

    /// <summary>Coefficients in signal coordinates: times the root of the eigenvalue along each eigenvector.</summary>
    /// <param name="coefficients">In the coordinates of the covariance.</param>
    public double[] ToSignal(ReadOnlySpan<double> coefficients)
    {
        Require.SameLength(Axes.Rows, coefficients.Length);
        Matrix<double> white = new(Factor.Rows, 1), signal = new(Axes.Rows, 1);
        Dense.Multiply(Factor, new Matrix<double>(coefficients.Length, 1, coefficients.ToArray()), white);
        Dense.Multiply(Turn, white, signal);
        return signal.Data.ToArray();
    }

    private static CovarianceBasis OfFactor(Matrix<double> factor, Matrix<double> back, int threads)
    {
        (int rank, int d) = (factor.Rows, factor.Columns);
        Matrix<double> rows = factor.Copy(), turns = Identity(rank, rank), turn = new(d, rank), axes = new(d, d), whitening = new(d, d);
        double[] lengths = GradedVectors.Orthogonalise(rows, turns, threads), values = new double[d];
        for (int k = 0; k < rank; k++)
        {
            int to = d - 1 - k; // increasing
            values[to] = lengths[k] * lengths[k];
            turns.Row(k).CopyTo(turn.Row(to));
            for (int j = 0; j < d; j++)
                axes[j, to] = lengths[k] > 0 ? rows[k, j] / lengths[k] : 0;
        }
        for (int k = d - rank - 1; k >= 0; k--)
            Complete(axes, k);
        Dense.Multiply(turn, back, whitening, threads: threads);
        return new CovarianceBasis(values, axes, factor, turn, whitening);
    }

    /// <summary>Makes a column of the coordinate vector farthest from the columns behind it: a direction without variance.</summary>
    public static void Complete(Matrix<double> axes, int column)
    {
        int d = axes.Rows;
        double Behind(int row) => TensorPrimitives.SumOfSquares<double>(axes.Row(row)[(column + 1)..]);
        int start = Enumerable.Range(0, d).MinBy(Behind);
        var found = new double[d];
        found[start] = 1;
        for (int pass = 0; pass < 2; pass++)
        {
            for (int k = column + 1; k < d; k++)
            {
                double along = 0;
                for (int j = 0; j < d; j++)
                    along += axes[j, k] * found[j];
                for (int j = 0; j < d; j++)
                    found[j] -= along * axes[j, k];
            }
        }
        double length = TensorPrimitives.Norm<double>(found);
        for (int j = 0; j < d; j++)
            axes[j, column] = found[j] / length;
    }

    // Ones on the diagonal that ends in the last row.
    private static Matrix<double> Identity(int rows, int columns)
    {
        var identity = new Matrix<double>(rows, columns);
        for (int k = 0; k < columns; k++)
            identity[rows - columns + k, k] = 1;
        return identity;
    }

    private static Matrix<double> Below(Matrix<double> rows, int count)
    {
        var all = new Matrix<double>(count, rows.Columns);
        for (int k = 0; k < rows.Rows; k++)
            rows.Row(k).CopyTo(all.Row(count - rows.Rows + k));
        return all;
    }
}
