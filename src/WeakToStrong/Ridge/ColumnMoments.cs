using System.Numerics.Tensors;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Ridge;

/// <summary>
/// Mean and spread of every column, gathered chunk by chunk in one pass: exact differences to the first row are averaged, and chunks are
/// merged by Chan, Golub and LeVeque's formula (1983), so that neither large offsets nor many rows cost digits. Chunks of the same rows in
/// the same order give the same bits.
/// </summary>
public sealed class ColumnMoments
{
    private readonly double[] _first, _mean, _squares, _block, _blockSquares, _difference;

    /// <summary>Moments of no rows yet.</summary>
    /// <param name="columns">Number of columns.</param>
    public ColumnMoments(int columns)
    {
        Columns = Require.AtLeast(columns, 1);
        (_first, _mean, _squares) = (new double[columns], new double[columns], new double[columns]);
        (_block, _blockSquares, _difference) = (new double[columns], new double[columns], new double[columns]);
    }

    /// <summary>Number of columns.</summary>
    public int Columns { get; }

    /// <summary>Number of rows so far.</summary>
    public long Rows { get; private set; }

    /// <summary>Adds rows.</summary>
    /// <param name="rows">Rows of all columns.</param>
    /// <param name="count">How many of them, from the first; all when negative.</param>
    public void Add(Matrix<double> rows, int count = -1)
    {
        ArgumentNullException.ThrowIfNull(rows);
        Require.SameLength(Columns, rows.Columns);
        if (count < 0)
            count = rows.Rows;
        if (count > 0)
            Add(Rows == 0 ? rows.Row(0) : _first, count, i => rows.Row(i));
    }

    /// <summary>The standard deviations (divisor: rows), where they lie between 1e-150 and 1e150; exactly 0 for
    /// a constant column.</summary>
    public double[] Deviations()
    {
        var deviations = new double[Columns];
        for (int j = 0; j < Columns; j++)
            deviations[j] = Math.Sqrt(_squares[j] / Rows);
        return deviations;
    }

    /// <summary>The means, each as a number and what its rounding lost.</summary>
    internal (double[] Means, double[] Lost) Means()
    {
        double[] means = new double[Columns], lost = new double[Columns];
        for (int j = 0; j < Columns; j++)
        {
            means[j] = _first[j] + _mean[j];
            lost[j] = _first[j] - means[j] + _mean[j];
        }
        return (means, lost);
    }

    /// <summary>Adds a block of rows as differences to <paramref name="first"/>, which must be the same row for all blocks.</summary>
    internal void Add(ReadOnlySpan<double> first, int count, RowOf row)
    {
        if (Rows == 0)
            first.CopyTo(_first);
        Array.Clear(_block);
        Array.Clear(_blockSquares);
        for (int i = 0; i < count; i++)
        {
            TensorPrimitives.Subtract(row(i), _first, _difference);
            TensorPrimitives.Add(_block, _difference, _block);
        }
        TensorPrimitives.Divide(_block, count, _block);
        for (int i = 0; i < count; i++)
        {
            TensorPrimitives.Subtract(row(i), _first, _difference);
            TensorPrimitives.Subtract(_difference, _block, _difference);
            TensorPrimitives.MultiplyAdd(_difference, _difference, _blockSquares, _blockSquares);
        }
        Merge(count, _block, _blockSquares);
    }

    /// <summary>Merges moments of other rows, gathered as differences to the same first row.</summary>
    internal void Merge(ColumnMoments other) => Merge(other.Rows, other._mean, other._squares);

    private void Merge(long count, double[] mean, double[] squares)
    {
        double share = (double)count / (Rows + count);
        for (int j = 0; j < _mean.Length; j++)
        {
            double step = mean[j] - _mean[j];
            _mean[j] += step * share;
            _squares[j] += squares[j] + (step * step * share * Rows);
        }
        Rows += count;
    }
}
