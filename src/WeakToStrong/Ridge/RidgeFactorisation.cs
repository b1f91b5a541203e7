using System.Numerics.Tensors;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Ridge;

// Ridge with an unpenalised intercept minimises
//
//     (1/n) sum_i ||y_i - b0 - B'x_i||^2 + lambda ||B||_F^2 .
//
// With X and Y centred over the n training rows the intercept drops out, and one eigen-decomposition serves every lambda:
//
//     primal (p <= n)   X'X/n = V diag(s) V'     B = V diag(1/(s + lambda)) V'X'Y/n
//     dual   (p > n)    XX'/n = U diag(s) U'     B = X'U diag(1/(s + lambda)) U'Y/n
//
// Either way the fitted values are  Z diag(w) c  and the leverages  1/n + sum_j z_ij^2 h_j  in a basis Z (XV or U), which gives the
// exact leave-one-out residual  (y_i - fitted_i)/(1 - leverage_i)  of every row without refitting (Golub, Heath and Wahba 1979).

/// <summary>
/// The design of a ridge regression, prepared once: training rows centred and factorised, so that any targets and any number of ridges cost
/// little more than matrix products. Targets are fitted with <see cref="Fit"/>.
/// </summary>
/// <remarks>
/// The objective is (1/n) sum of squares + lambda ||b||^2 with an unpenalised intercept: scikit-learn's <c>Ridge(alpha)</c> has
/// alpha = n lambda; glmnet's (1/(2n)) sum of squares + (l/2)||b||^2 has l = lambda when features and response are not standardised by it.
/// Immutable; safe for many threads.
/// </remarks>
public sealed class RidgeFactorisation
{
    private readonly double[] _means;
    private readonly double[] _spectrum;
    private readonly Matrix<double> _vectors;

    private RidgeFactorisation(FeatureRows rows, double[] means, bool primal, double[] spectrum, Matrix<double> vectors, int rank)
    {
        Rows = rows;
        _means = means;
        IsPrimal = primal;
        _spectrum = spectrum;
        _vectors = vectors;
        Rank = rank;
    }

    /// <summary>The training rows.</summary>
    public FeatureRows Rows { get; }

    /// <summary>Whether the p x p second moment was factorised (p at most n) rather than the n x n one.</summary>
    public bool IsPrimal { get; }

    /// <summary>Number of eigenvalues that are not zero to rounding.</summary>
    public int Rank { get; }

    /// <summary>Eigenvalues of the centred second moment X'X/n, increasing; those that are zero to rounding are exactly zero.</summary>
    public ReadOnlySpan<double> Spectrum => _spectrum;

    /// <summary>Column means of the training rows.</summary>
    public ReadOnlySpan<double> Means => _means;

    /// <summary>Factorises a design.</summary>
    /// <param name="rows">At least two training rows.</param>
    /// <param name="threads">The largest number of threads to use.</param>
    public static RidgeFactorisation Of(FeatureRows rows, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(rows);
        Require.AtLeast(rows.Count, 2);
        double[] means = rows.Means(threads);
        bool primal = rows.Columns <= rows.Count;
        Matrix<double> moment = primal ? PrimalMoment(rows, means, threads) : DualMoment(rows, means, threads);
        double[] spectrum = Dense.SymmetricEigen(moment, threads);
        int rank = ZeroNoise(spectrum, Math.Max(rows.Count, rows.Columns));
        return new RidgeFactorisation(rows, means, primal, spectrum, moment, rank);
    }

    /// <summary>Prepares targets for every ridge.</summary>
    /// <param name="targets">One row a training row, one column an output.</param>
    /// <param name="threads">The largest number of threads to use.</param>
    public RidgePath Fit(Matrix<double> targets, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(targets);
        Require.SameLength(Rows.Count, targets.Rows, nameof(targets));
        double[] targetMeans = FeatureRows.All(targets).Means();
        var centred = new Matrix<double>(targets.Rows, targets.Columns);
        for (int i = 0; i < targets.Rows; i++)
            TensorPrimitives.Subtract(targets.Row(i), targetMeans, centred.Row(i));

        var projected = new Matrix<double>(_spectrum.Length, targets.Columns);
        if (IsPrimal)
            Dense.Multiply(_vectors, CrossMoment(centred, threads), projected, transposeA: true, threads: threads);
        else
            Dense.Multiply(_vectors, centred, projected, transposeA: true, threads: threads);
        for (int j = 0; j < _spectrum.Length && _spectrum[j] == 0; j++)
            projected.Row(j).Clear(); // a null direction of X carries no target: what is here is rounding
        return new RidgePath(this, targets, targetMeans, projected);
    }

    /// <summary>Weight of direction j in the coefficients, 1/(s_j + lambda); 0 for null directions, which makes lambda = 0 the least-norm solution.</summary>
    internal double Shrinkage(int j, double lambda) => _spectrum[j] == 0 ? 0 : 1 / (_spectrum[j] + lambda);

    /// <summary>Coefficients, p x columns, from weights in the eigenbasis, rank x columns.</summary>
    internal Matrix<double> FromEigenbasis(Matrix<double> weights, int threads)
    {
        var rotated = new Matrix<double>(_vectors.Rows, weights.Columns);
        Dense.Multiply(_vectors, weights, rotated, threads: threads);
        if (IsPrimal)
            return rotated;
        var coefficients = new Matrix<double>(Rows.Columns, weights.Columns);
        Rows.ForEachChunk(_means, threads, (first, chunk) =>
        {
            var part = new Matrix<double>(chunk.Rows, weights.Columns, rotated.RowBlock(first, chunk.Rows).ToArray());
            Dense.Multiply(chunk, part, coefficients, transposeA: true, alpha: 1.0 / Rows.Count, beta: 1, threads: threads);
        });
        return coefficients;
    }

    /// <summary>Calls <paramref name="use"/> with consecutive chunks of the training rows in the basis Z: rows of XV, or of U.</summary>
    internal void ForEachBasisChunk(int threads, Action<int, Matrix<double>> use)
    {
        if (!IsPrimal)
        {
            use(0, _vectors);
            return;
        }
        var scratch = new Scratch();
        Rows.ForEachChunk(_means, threads, (first, chunk) =>
        {
            Matrix<double> rotated = scratch.Shaped(chunk.Rows, _spectrum.Length);
            Dense.Multiply(chunk, _vectors, rotated, threads: threads);
            use(first, rotated);
        });
    }

    private static Matrix<double> PrimalMoment(FeatureRows rows, double[] means, int threads)
    {
        MemoryNeed.Check($"factorising {rows.Columns} features", rows.Columns, rows.Columns, 4);
        var moment = new Matrix<double>(rows.Columns, rows.Columns);
        rows.ForEachChunk(means, threads, (_, chunk) => Dense.AddGram(chunk, moment, 1.0 / rows.Count, threads));
        return moment;
    }

    private static Matrix<double> DualMoment(FeatureRows rows, double[] means, int threads)
    {
        MemoryNeed.Check($"factorising {rows.Count} rows of {rows.Columns} features", rows.Count, rows.Columns + (4L * rows.Count), 1);
        var centred = new Matrix<double>(rows.Count, rows.Columns);
        rows.ForEachChunk(means, threads, (first, chunk) => chunk.Data.CopyTo(centred.RowBlock(first, chunk.Rows)));
        var moment = new Matrix<double>(rows.Count, rows.Count);
        Dense.RankUpdate(transpose: true, 1.0 / rows.Count, centred.AsBlock(), 0, moment.AsBlock(), threads);
        return moment;
    }

    private Matrix<double> CrossMoment(Matrix<double> centredTargets, int threads)
    {
        var cross = new Matrix<double>(Rows.Columns, centredTargets.Columns);
        Rows.ForEachChunk(_means, threads, (first, chunk) =>
        {
            var part = new Matrix<double>(chunk.Rows, cross.Columns, centredTargets.RowBlock(first, chunk.Rows).ToArray());
            Dense.Multiply(chunk, part, cross, transposeA: true, alpha: 1.0 / Rows.Count, beta: 1, threads: threads);
        });
        return cross;
    }

    private static int ZeroNoise(double[] spectrum, int size)
    {
        const double UnitRounding = 2.220446049250313e-16;
        double noise = size * UnitRounding * spectrum[^1];
        int rank = spectrum.Length;
        for (int j = 0; j < spectrum.Length && !(spectrum[j] > noise); j++)
        {
            spectrum[j] = 0;
            rank--;
        }
        return rank;
    }
}
