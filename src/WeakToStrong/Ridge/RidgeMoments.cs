using System.Numerics.Tensors;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Ridge;

/// <summary>
/// Ridge regressions of rows that are seen chunk by chunk, twice, and never held: the first pass gathers <see cref="ColumnMoments"/>, the
/// second the products of centred columns in units of their deviations, which any scale of the columns leaves right. Memory grows with the
/// square of the features, not with rows.
/// </summary>
/// <remarks>
/// The models are those of <see cref="RidgeFactorisation"/>, with an intercept. What moments cannot do is look at the rows again: there is
/// no leave-one-out error, and columns that depend on each other to more than eight digits are told of by <see cref="Remark"/>.
/// </remarks>
public sealed class RidgeMoments
{
    private const double UnitRounding = 2.220446049250313e-16;

    private readonly double[] _shift, _inverse, _deviations, _targetMeans;
    private readonly double[] _lost, _targetLost;
    private readonly Matrix<double> _products, _cross;

    /// <summary>Prepares the second pass.</summary>
    /// <param name="features">Moments of all rows' features.</param>
    /// <param name="targets">Moments of the same rows' targets.</param>
    /// <exception cref="ArgumentException">The two are of different rows, or of fewer than two.</exception>
    public RidgeMoments(ColumnMoments features, ColumnMoments targets)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(targets);
        Expected = Require.AtLeast(features.Rows, 2L);
        if (targets.Rows != Expected)
            throw new ArgumentException($"the targets have {targets.Rows} rows; the features have {Expected}", nameof(targets));
        MemoryNeed.Check($"the products of {features.Columns} features", features.Columns, features.Columns, 5);
        (_shift, _lost) = features.Means();
        (_targetMeans, _targetLost) = targets.Means();
        _deviations = features.Deviations();
        _inverse = [.. _deviations.Select(deviation => deviation > 0 ? 1 / deviation : 0)];
        _products = new Matrix<double>(features.Columns, features.Columns);
        _cross = new Matrix<double>(features.Columns, targets.Columns);
    }

    /// <summary>How many rows the first pass saw.</summary>
    public long Expected { get; }

    /// <summary>How many rows the second pass saw so far.</summary>
    public long Rows { get; private set; }

    /// <summary>Adds rows in the second pass; chunks in the same order give the same bits.</summary>
    /// <param name="features">One row an example; left unchanged.</param>
    /// <param name="targets">Its targets, one column an output.</param>
    /// <param name="threads">The largest number of threads to use.</param>
    /// <exception cref="InvalidOperationException">More rows than the first pass saw.</exception>
    public void Add(Matrix<double> features, Matrix<double> targets, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(targets);
        Require.SameLength(_products.Rows, features.Columns);
        Require.SameLength(_cross.Columns, targets.Columns);
        Require.SameLength(features.Rows, targets.Rows);
        Rows += features.Rows;
        if (Rows > Expected)
            throw new InvalidOperationException($"the second pass has more than the first pass's {Expected} rows");
        Matrix<double> x = features.Copy(), y = targets.Copy();
        for (int i = 0; i < x.Rows; i++)
        {
            Span<double> row = x.Row(i), target = y.Row(i);
            TensorPrimitives.Subtract(row, _shift, row);
            TensorPrimitives.Subtract(row, _lost, row);
            TensorPrimitives.Multiply(row, _inverse, row);
            TensorPrimitives.Subtract(target, _targetMeans, target);
            TensorPrimitives.Subtract(target, _targetLost, target);
        }
        Dense.AddGram(x, _products, 1.0 / Expected, threads);
        Dense.Multiply(x, y, _cross, transposeA: true, alpha: 1.0 / Expected, beta: 1, threads: threads);
    }

    /// <summary>The fitted models, one for each ridge.</summary>
    /// <param name="lambdas">Ridges, in the normalisation (1/n) sum of squares + lambda ||b||^2; 0 gives the least-norm solution.</param>
    /// <param name="threads">The largest number of threads to use.</param>
    /// <exception cref="InvalidOperationException">The second pass is not complete.</exception>
    public RidgeModels Solve(Grid lambdas, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(lambdas);
        (double[] values, Matrix<double> vectors, int first) = Decompose(threads);
        // Z'Z/n = W s W' and X'/sqrt(n) = D W sqrt(s) U' with U'y/sqrt(n) = W'(Z'y/n)/sqrt(s); the rotation that makes D W sqrt(s)
        // orthogonal turns the latter too.
        int rank = values.Length - first, p = values.Length;
        double unit = _deviations.Max();
        Matrix<double> turned = new(p, _cross.Columns), factor = new(rank, p), projected = new(rank, _cross.Columns);
        Dense.Multiply(vectors, _cross, turned, transposeA: true, threads: threads);
        for (int k = 0; k < rank; k++)
        {
            double root = Math.Sqrt(values[first + k]);
            TensorPrimitives.Divide(turned.Row(first + k), root, projected.Row(k));
            for (int j = 0; j < p; j++)
                factor[k, j] = vectors[j, first + k] * root * (_deviations[j] / unit);
        }
        double[] lengths = GradedVectors.Orthogonalise(factor, projected, threads);

        int outputs = _cross.Columns;
        Matrix<double> weighted = new(rank, lambdas.Count * outputs), coefficients = new(p, weighted.Columns);
        for (int k = 0; k < rank && lengths[k] > 0; k++)
        {
            for (int l = 0; l < lambdas.Count; l++)
            {
                double weight = 1 / ((unit * lengths[k]) + (lambdas[l] / unit / lengths[k])) / lengths[k];
                TensorPrimitives.Multiply(projected.Row(k), weight, weighted.Row(k).Slice(l * outputs, outputs));
            }
        }
        if (rank > 0)
            Dense.Multiply(factor, weighted, coefficients, transposeA: true, threads: threads);
        double[] atCentre = [.. Enumerable.Range(0, lambdas.Count).SelectMany(_ => _targetMeans)];
        return new RidgeModels(lambdas, Link.Identity, Centring.Of(_shift, _lost, _deviations), coefficients, atCentre);
    }

    /// <summary>What a caller should be told: that columns depend on each other to more digits than second moments hold. Null when there is
    /// nothing to tell.</summary>
    /// <param name="what">What the columns are called, such as "strong features".</param>
    /// <param name="threads">The largest number of threads to use.</param>
    public string? Remark(string what, int threads = 1)
    {
        (double[] values, _, int first) = Decompose(threads);
        int dependent = first - _deviations.Count(deviation => deviation == 0);
        return dependent > 0 ? $"{dependent} of the {values.Length} {what} depend on the others to more than seven digits; a small ridge "
            + "cannot tell them apart" : null;
    }

    /// <summary>Eigenvalues and vectors of the products, and the first that is not rounding.</summary>
    private (double[] Values, Matrix<double> Vectors, int First) Decompose(int threads)
    {
        if (Rows != Expected)
            throw new InvalidOperationException($"the second pass has {Rows} of the first pass's {Expected} rows");
        Matrix<double> vectors = _products.Copy();
        double[] values = Dense.SymmetricEigen(vectors, threads);
        double rounding = 16 * UnitRounding * Math.Sqrt(values.Length) * values[^1];
        return (values, vectors, values.TakeWhile(value => value <= rounding).Count());
    }
}
