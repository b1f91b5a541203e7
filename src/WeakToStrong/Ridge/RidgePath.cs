using System.Numerics.Tensors;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Ridge;

/// <summary>
/// Ridge regressions of one design on one set of targets, for every ridge lambda: prepared by <see cref="RidgeFactorisation.Fit"/>, evaluated
/// on a grid.
/// </summary>
public sealed class RidgePath
{
    private readonly RidgeFactorisation _design;
    private readonly Matrix<double> _targets;
    private readonly double[] _targetMeans;
    private readonly Matrix<double> _projected;

    internal RidgePath(RidgeFactorisation design, Matrix<double> targets, double[] targetMeans, Matrix<double> projected)
    {
        _design = design;
        _targets = targets;
        _targetMeans = targetMeans;
        _projected = projected;
    }

    /// <summary>Number of outputs.</summary>
    public int Outputs => _targets.Columns;

    /// <summary>The fitted models, one for each ridge of the grid.</summary>
    /// <param name="lambdas">Ridges, in the normalisation (1/n) sum of squares + lambda ||b||^2; 0 gives the least-norm solution.</param>
    /// <param name="threads">The largest number of threads to use.</param>
    public RidgeModels At(Grid lambdas, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(lambdas);
        Matrix<double> coefficients = _design.FromEigenbasis(Weighted(lambdas, fitted: false), threads);
        return new RidgeModels(lambdas, Outputs, _design.Means.ToArray(), coefficients, _targetMeans);
    }

    /// <summary>
    /// The exact leave-one-out error for each ridge of the grid: the mean over training rows of the squared distance, summed over outputs,
    /// between a row's targets and the prediction of the model refitted without it (penalty n lambda kept). Infinite where a row is
    /// interpolated whatever its target is.
    /// </summary>
    /// <param name="lambdas">Ridges, in the normalisation (1/n) sum of squares + lambda ||b||^2.</param>
    /// <param name="threads">The largest number of threads to use.</param>
    public double[] LeaveOneOut(Grid lambdas, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(lambdas);
        Matrix<double> fit = Weighted(lambdas, fitted: true), leverage = LeverageWeights(lambdas);
        var totals = new double[lambdas.Count];
        Scratch fits = new(), heights = new();
        _design.ForEachBasisChunk(threads, (first, basis) =>
        {
            Matrix<double> fitted = fits.Shaped(basis.Rows, fit.Columns), leverages = heights.Shaped(basis.Rows, lambdas.Count);
            Dense.Multiply(basis, fit, fitted, threads: threads);
            Dense.Multiply(Squares(basis, threads), leverage, leverages, threads: threads);
            Parallel.For(0, lambdas.Count, new ParallelOptions { MaxDegreeOfParallelism = threads }, l => totals[l] += SquaredResiduals(first, fitted, leverages, l));
        });
        return [.. totals.Select(total => double.IsNaN(total) ? double.PositiveInfinity : total / _targets.Rows)];
    }

    /// <summary>The ridge of the grid with the smallest leave-one-out error.</summary>
    /// <returns>Its position in the grid.</returns>
    public int BestByLeaveOneOut(Grid lambdas, int threads = 1) =>
        LeaveOneOut(lambdas, threads).Index().MinBy(pair => pair.Item).Index;

    /// <summary>Least-squares coefficients in the eigenbasis, one row a direction; primal designs only.</summary>
    internal Matrix<double> InEigenbasis() => _design.IsPrimal ? Weighted(Grid.Of(0), fitted: false) : throw new NotSupportedException("a dual design has no eigenbasis of features");

    private double SquaredResiduals(int first, Matrix<double> fitted, Matrix<double> leverages, int l)
    {
        double total = 0;
        for (int i = 0; i < fitted.Rows; i++)
        {
            double rest = 1 - (1.0 / _targets.Rows) - leverages[i, l];
            if (!(rest > 1e-12))
                return double.PositiveInfinity;
            ReadOnlySpan<double> target = _targets.Row(first + i);
            for (int c = 0; c < target.Length; c++)
            {
                double residual = (target[c] - _targetMeans[c] - fitted[i, (l * target.Length) + c]) / rest;
                total += residual * residual;
            }
        }
        return total;
    }

    // In place when the basis is a chunk's buffer; a dual design's eigenvectors are kept.
    private Matrix<double> Squares(Matrix<double> basis, int threads)
    {
        Matrix<double> squares = _design.IsPrimal ? basis : basis.Copy();
        Parallel.For(0, squares.Rows, new ParallelOptions { MaxDegreeOfParallelism = threads }, i => TensorPrimitives.Multiply(squares.Row(i), squares.Row(i), squares.Row(i)));
        return squares;
    }

    /// <summary>Eigenbasis weights of the coefficients or of the fitted values; column l * outputs + c belongs to ridge l and output c.</summary>
    private Matrix<double> Weighted(Grid lambdas, bool fitted)
    {
        var weighted = new Matrix<double>(_projected.Rows, lambdas.Count * Outputs);
        for (int j = 0; j < weighted.Rows; j++)
        {
            double scale = fitted && !_design.IsPrimal ? _design.Spectrum[j] : 1;
            ReadOnlySpan<double> from = _projected.Row(j);
            Span<double> to = weighted.Row(j);
            for (int l = 0; l < lambdas.Count; l++)
            {
                double weight = scale * _design.Shrinkage(j, lambdas[l]);
                for (int c = 0; c < from.Length; c++)
                    to[(l * from.Length) + c] = weight * from[c];
            }
        }
        return weighted;
    }

    private Matrix<double> LeverageWeights(Grid lambdas)
    {
        var weights = new Matrix<double>(_projected.Rows, lambdas.Count);
        for (int j = 0; j < weights.Rows; j++)
        {
            double scale = _design.IsPrimal ? 1.0 / _targets.Rows : _design.Spectrum[j];
            for (int l = 0; l < lambdas.Count; l++)
                weights[j, l] = scale * _design.Shrinkage(j, lambdas[l]);
        }
        return weights;
    }
}
