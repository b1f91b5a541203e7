using System.Collections.Concurrent;
using System.Numerics.Tensors;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Ridge;

/// <summary>
/// Ridge regressions of one design on one set of targets, for every ridge lambda: prepared by <see cref="RidgeFactorisation.Fit"/>,
/// evaluated on a grid.
/// </summary>
public sealed class RidgePath
{
    // A row whose share beyond all directions is below this lies within them; what is left is rounding.
    private const double Within = 1e-9;

    private readonly RidgeFactorisation _design;
    private readonly CentredTargets _centred;
    private readonly Matrix<double>? _moment;
    private readonly double[] _targetMeans;
    private readonly ConcurrentDictionary<RidgeBasis, Matrix<double>> _projected = new();

    private readonly int _threads;

    /// <summary>Fits.</summary>
    /// <param name="design">The rows.</param>
    /// <param name="centred">Their targets, centred.</param>
    /// <param name="targetMeans">What was taken off.</param>
    /// <param name="threads">The largest number of threads to use.</param>
    /// <param name="moment">X'Y/n of both, centred, where it is known already.</param>
    internal RidgePath(RidgeFactorisation design, CentredTargets centred, double[] targetMeans, int threads, Matrix<double>? moment = null)
    {
        _moment = moment;
        _threads = threads;
        _design = design;
        _centred = centred;
        _targetMeans = targetMeans;
    }

    /// <summary>Number of outputs.</summary>
    public int Outputs => _centred.Columns;

    /// <summary>The fitted models, one for each ridge of the grid.</summary>
    /// <param name="lambdas">Ridges, in the normalisation (1/n) sum of squares + lambda ||b||^2; 0 gives the least-norm solution.</param>
    /// <param name="threads">The largest number of threads to use.</param>
    public RidgeModels At(Grid lambdas, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(lambdas);
        var coefficients = new Matrix<double>(_design.Rows.Columns, lambdas.Count * Outputs);
        foreach ((RidgeBasis basis, double[] ridges, int[] places) in ByBasis(lambdas))
        {
            Matrix<double> part = basis.Coefficients(Weighted(basis, ridges, basis.CoefficientWeight), threads);
            for (int j = 0; j < part.Rows; j++)
            {
                for (int l = 0; l < ridges.Length; l++)
                    part.Row(j).Slice(l * Outputs, Outputs).CopyTo(coefficients.Row(j)[(places[l] * Outputs)..]);
            }
        }
        double[] atCentre = [.. Enumerable.Range(0, lambdas.Count).SelectMany(_ => _targetMeans)];
        return new RidgeModels(lambdas, Link.Identity, _design.Centring, coefficients, atCentre);
    }

    /// <summary>
    /// The exact leave-one-out error for each ridge of the grid: the mean over training rows of the squared distance, summed over outputs,
    /// between a row's targets and the prediction of the model refitted without it (penalty n lambda kept; at ridge 0 the limit of small
    /// ridges). Infinite where a row is interpolated whatever its target is.
    /// </summary>
    /// <param name="lambdas">Ridges, in the normalisation (1/n) sum of squares + lambda ||b||^2.</param>
    /// <param name="threads">The largest number of threads to use.</param>
    public double[] LeaveOneOut(Grid lambdas, int threads = 1) => LeaveOneOut(lambdas, threads, clipped: false);

    private double[] LeaveOneOut(Grid lambdas, int threads, bool clipped)
    {
        ArgumentNullException.ThrowIfNull(lambdas);
        var errors = new double[lambdas.Count];
        foreach ((RidgeBasis basis, double[] ridges, int[] places) in ByBasis(lambdas))
        {
            double[] totals = basis.IsOrthonormal ? TotalsOfShares(basis, ridges, threads, clipped)
                : TotalsOfFit(basis, ridges, threads, clipped);
            for (int l = 0; l < ridges.Length; l++)
                errors[places[l]] = double.IsNaN(totals[l]) ? double.PositiveInfinity : totals[l] / _centred.Rows;
        }
        return errors;
    }

    /// <summary>The ridge of the grid with the smallest leave-one-out error.</summary>
    /// <returns>Its position in the grid.</returns>
    public int BestByLeaveOneOut(Grid lambdas, int threads = 1) =>
        LeaveOneOut(lambdas, threads).Index().MinBy(pair => pair.Item).Index;

    /// <summary>
    /// The ridge with the smallest leave-one-out error of scores that are clipped to 0 and 1, for one-hot targets. A row far from the
    /// others has a large residual whether or not its class is chosen rightly, and would ask for a ridge that flattens every score.
    /// </summary>
    /// <returns>Its position in the grid.</returns>
    public int BestForClasses(Grid lambdas, int threads = 1) =>
        LeaveOneOut(lambdas, threads, clipped: true).Index().MinBy(pair => pair.Item).Index;

    /// <summary>The eigenvalues of X'X/n that are not null, and the least-squares coefficients along their
    /// eigenvectors, one row each.</summary>
    internal (double[] Spectrum, Matrix<double> Coefficients) LeastSquares()
    {
        RidgeBasis basis = _design.Basis(0);
        double[] spectrum = basis.Spectrum();
        double unit = basis.IsOrthonormal ? 1 / Math.Sqrt(_centred.Rows) : 1;
        return (spectrum, Weighted(basis, [0], (j, _) => basis.IsOrthonormal ? unit / Math.Sqrt(spectrum[j]) : 1 / spectrum[j]));
    }

    /// <summary>Sums of squared (y - fitted)/(1 - leverage), in a primal basis, whose ridges keep the denominator away from 0.</summary>
    private double[] TotalsOfFit(RidgeBasis basis, double[] ridges, int threads, bool clipped)
    {
        double most = MostLeverage;
        return ForEachRow(basis, ridges, basis.FittedWeight, basis.LeverageWeight, threads, (target, fitted, leverages, l) =>
        {
            double rest = most - leverages[l], total = 0;
            if (!(rest > 1e-12))
                return double.PositiveInfinity;
            for (int c = 0; c < target.Length; c++)
                total += Square(Residual((target[c] - fitted[(l * target.Length) + c]) / rest, target[c], c, clipped));
            return total;
        });
    }

    /// <summary>
    /// The same where the columns of Z are orthonormal: y - fitted = r + scale sum_j z_j share_j c_j and 1 - leverage = e + scale sum_j
    /// z_j^2 share_j, where r and e are what lies beyond all directions. The latter has positive terms only, so nothing cancels, and where
    /// e = 0 the scale, which is 0 at ridge 0, drops out.
    /// </summary>
    private double[] TotalsOfShares(RidgeBasis basis, double[] ridges, int threads, bool clipped)
    {
        // One more ridge, infinite, has shares of 1: fitted values and leverages of all directions.
        double[] more = [.. ridges, double.PositiveInfinity];
        double most = MostLeverage;
        double[] totals = ForEachRow(basis, more, basis.Share, basis.Share, threads, (target, shares, heights, l) =>
        {
            double beyond = most - heights[^1], scale = basis.RestScale(more[l]), total = 0;
            bool within = basis.IsComplete || beyond < Within;
            double rest = within ? heights[l] : beyond + (scale * heights[l]);
            for (int c = 0; c < target.Length; c++)
            {
                double share = shares[(l * target.Length) + c];
                double residual = (within ? share : target[c] - shares[(ridges.Length * target.Length) + c] + (scale * share)) / rest;
                total += Square(Residual(residual, target[c], c, clipped));
            }
            return total;
        });
        return totals[..^1];
    }

    /// <summary>The leverage that a row can have beside the intercept's.</summary>
    private double MostLeverage => 1 - (_design.HasIntercept ? 1.0 / _centred.Rows : 0);

    private delegate double RowTerm(ReadOnlySpan<double> target, ReadOnlySpan<double> fitted, ReadOnlySpan<double> heights, int ridge);

    /// <summary>
    /// Sums a term over the rows for each ridge. The term sees the row's centred targets, its entries of Z diag(fit) c (entry l * outputs +
    /// c) and its sums of z^2 times height.
    /// </summary>
    private double[] ForEachRow(RidgeBasis basis, double[] ridges, Func<int, double, double> fit, Func<int, double, double> height,
        int threads, RowTerm term)
    {
        Matrix<double> fits = Weighted(basis, ridges, fit), heights = new(basis.Count, ridges.Length);
        for (int j = 0; j < basis.Count; j++)
        {
            for (int l = 0; l < ridges.Length; l++)
                heights[j, l] = height(j, ridges[l]);
        }
        var totals = new double[ridges.Length];
        Scratch fittedRows = new(), heightRows = new();
        basis.ForEachChunk(threads, (first, z) =>
        {
            Matrix<double> targets = _centred.Block(first, z.Rows, threads);
            Matrix<double> fitted = fittedRows.Shaped(z.Rows, fits.Columns), high = heightRows.Shaped(z.Rows, ridges.Length);
            Dense.Multiply(z, fits, fitted, threads: threads);
            FixedBlocks.Run(z.Rows, threads, i => TensorPrimitives.Multiply(z.Row(i), z.Row(i), z.Row(i)));
            Dense.Multiply(z, heights, high, threads: threads);
            FixedBlocks.Run(ridges.Length, threads, l =>
            {
                double total = 0;
                for (int i = 0; i < z.Rows; i++)
                    total += term(targets.Row(i), fitted.Row(i), high.Row(i), l);
                totals[l] += total;
            });
        });
        return totals;
    }

    /// <summary>Projected targets times weights; column l * outputs + c belongs to ridge l and output c.</summary>
    private Matrix<double> Weighted(RidgeBasis basis, double[] ridges, Func<int, double, double> weight)
    {
        Matrix<double> projected = _projected.GetOrAdd(basis, b => b is GramBasis gram && _moment is not null
            ? gram.Rotate(_moment, _threads) : b.Project(_centred, _threads));
        var weighted = new Matrix<double>(basis.Count, ridges.Length * Outputs);
        for (int j = 0; j < weighted.Rows; j++)
        {
            ReadOnlySpan<double> from = projected.Row(j);
            Span<double> to = weighted.Row(j);
            for (int l = 0; l < ridges.Length; l++)
                TensorPrimitives.Multiply(from, weight(j, ridges[l]), to.Slice(l * Outputs, Outputs));
        }
        return weighted;
    }

    /// <summary>The ridges of a grid with their places in it, by the basis that serves them.</summary>
    private IEnumerable<(RidgeBasis Basis, double[] Ridges, int[] Places)> ByBasis(Grid lambdas) =>
        lambdas.Index().GroupBy(ridge => _design.Basis(ridge.Item))
            .Select(group => (group.Key, group.Select(ridge => ridge.Item).ToArray(), group.Select(ridge => ridge.Index).ToArray()));

    // The target minus a prediction that lies between 0 and 1.
    private double Residual(double residual, double centred, int output, bool clipped)
    {
        double target = centred + _targetMeans[output];
        return clipped ? target - Math.Clamp(target - residual, 0, 1) : residual;
    }

    private static double Square(double value) => value * value;
}
