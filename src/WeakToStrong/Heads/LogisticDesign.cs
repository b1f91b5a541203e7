using System.Numerics.Tensors;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Ridge;

namespace WeakToStrong.Heads;

/// <summary>
/// Training rows prepared for logistic regressions: a contiguous copy, centred, with a column of ones for the intercept and columns of
/// zeros up to a round number; where there are fewer rows than features, in
/// a basis of the rows (<see cref="RowBasis"/>). Immutable; safe for many threads.
/// </summary>
internal sealed class LogisticDesign
{
    private readonly RowBasis? _basis;

    private LogisticDesign(FeatureRows rows, double[] weights, Centring centre, RowBasis? basis, Matrix<double> x)
    {
        Rows = rows;
        Weights = weights;
        Centre = centre;
        _basis = basis;
        X = x;
    }

    /// <summary>The training rows.</summary>
    public FeatureRows Rows { get; }

    /// <summary>Weights of the rows, summing to 1.</summary>
    public double[] Weights { get; }

    /// <summary>Centred features, or their coordinates, then a column of ones, then columns of zeros.</summary>
    public Matrix<double> X { get; }

    /// <summary>Which column of <see cref="X"/> holds the ones.</summary>
    public int Intercept => _basis is null ? Rows.Columns : Rows.Count;

    /// <summary>What the coefficients belong to: features minus these.</summary>
    public Centring Centre { get; }

    /// <summary>Prepares rows.</summary>
    /// <param name="rows">At least two rows.</param>
    /// <param name="weights">A positive weight for each row, or null for equal ones.</param>
    /// <param name="threads">The largest number of threads to use.</param>
    /// <exception cref="InputException">The copy would not fit into memory.</exception>
    public static LogisticDesign Of(FeatureRows rows, double[]? weights, int threads)
    {
        ArgumentNullException.ThrowIfNull(rows);
        Require.AtLeast(rows.Count, 2);
        MemoryNeed.Check($"logistic regression on {rows.Count} rows of {rows.Columns} features", rows.Count, rows.Columns + 1L, 1);
        double[] shares = new double[rows.Count];
        if (weights is null)
            Array.Fill(shares, 1.0 / rows.Count);
        else
            TensorPrimitives.Divide(weights, TensorPrimitives.Sum<double>(weights), shares);
        var centre = Centring.AtMeans(rows, threads);
        bool reduced = rows.Count < rows.Columns;
        var x = new Matrix<double>(rows.Count, Padded((reduced ? rows.Count : rows.Columns) + 1));
        if (!reduced)
        {
            rows.ForEachChunk(centre, null, threads, (first, chunk) => WithOnes(chunk, x, first));
            return new LogisticDesign(rows, shares, centre, null, x);
        }
        var centred = new Matrix<double>(rows.Count, rows.Columns);
        rows.ForEachChunk(centre, null, threads, (first, chunk) => chunk.Data.CopyTo(centred.RowBlock(first, chunk.Rows)));
        var basis = RowBasis.Of(centred, threads);
        WithOnes(basis.Lower, x, 0);
        return new LogisticDesign(rows, shares, centre, basis, x);
    }

    /// <summary>Coefficients of the features, one row a feature, from those of the columns of <see cref="X"/>, one row an output.</summary>
    public Matrix<double> ToFeatures(Matrix<double> coefficients, int outputs, int threads)
    {
        var weights = new Matrix<double>(Intercept, outputs);
        for (int j = 0; j < weights.Rows; j++)
        {
            for (int k = 0; k < outputs; k++)
                weights[j, k] = coefficients[k, j];
        }
        if (_basis is null)
            return weights;
        var features = new Matrix<double>(Rows.Columns, outputs);
        Dense.Multiply(_basis.Directions, weights, features, transposeA: true, threads: threads);
        return features;
    }

    private static int Padded(int columns) => (columns
        + NarrowProduct.ColumnMultiple - 1) / NarrowProduct.ColumnMultiple * NarrowProduct.ColumnMultiple;

    private static void WithOnes(Matrix<double> from, Matrix<double> to, int first)
    {
        for (int i = 0; i < from.Rows; i++)
        {
            from.Row(i).CopyTo(to.Row(first + i));
            to.Row(first + i)[from.Columns] = 1;
        }
    }
}
