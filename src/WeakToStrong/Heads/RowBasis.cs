using System.Numerics.Tensors;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Heads;

/// <summary>
/// An orthonormal basis of the span of a few rows, X = L Q with L lower triangular, by block Gram-Schmidt done twice (Giraud, Langou and
/// Rozloznik 2005). A penalised linear model never leaves the span of its rows, so with fewer rows than features it is fitted to L and its
/// coefficients are Q'b. Unlike XX' it does not square the scales of the columns. Rows that earlier ones span add no direction.
/// </summary>
internal sealed class RowBasis
{
    private const int Panel = 32;
    private const double Spanned = 1e-13;

    private RowBasis(Matrix<double> lower, Matrix<double> directions)
    {
        Lower = lower;
        Directions = directions;
    }

    /// <summary>L: one row a row of X, one column a direction.</summary>
    public Matrix<double> Lower { get; }

    /// <summary>Q: one row a direction; rows are orthonormal, or zero where a row of X added none.</summary>
    public Matrix<double> Directions { get; }

    /// <summary>Factorises rows, of which there should be no more than features.</summary>
    public static RowBasis Of(Matrix<double> rows, int threads)
    {
        Matrix<double> q = rows.Copy(), lower = new(rows.Rows, rows.Rows);
        for (int first = 0; first < rows.Rows; first += Panel)
        {
            int count = Math.Min(Panel, rows.Rows - first);
            double[] lengths = [.. Enumerable.Range(first, count).Select(i => TensorPrimitives.Norm<double>(q.Row(i)))];
            for (int round = 0; round < 2; round++)
                RemoveEarlier(q, lower, first, count, threads);
            for (int i = first; i < first + count; i++)
                Orthonormalise(q, lower, first, i, lengths[i - first]);
        }
        return new RowBasis(lower, q);
    }

    private static void RemoveEarlier(Matrix<double> q, Matrix<double> lower, int first, int count, int threads)
    {
        if (first == 0)
            return;
        var along = new Matrix<double>(count, first);
        Block<double> panel = q.Part(first, 0, count, q.Columns), earlier = q.Part(0, 0, first, q.Columns);
        Dense.Multiply(false, true, q.Columns, 1, panel, earlier, 0, along.AsBlock(), threads);
        Dense.Multiply(false, false, first, -1, along.AsBlock(), earlier, 1, panel, threads);
        for (int i = 0; i < count; i++)
            TensorPrimitives.Add(lower.Row(first + i)[..first], along.Row(i), lower.Row(first + i)[..first]);
    }

    private static void Orthonormalise(Matrix<double> q, Matrix<double> lower, int first, int i, double length)
    {
        Span<double> row = q.Row(i);
        for (int round = 0; round < 2; round++)
        {
            for (int j = first; j < i; j++)
            {
                double along = TensorPrimitives.Dot<double>(q.Row(j), row);
                lower[i, j] += along;
                TensorPrimitives.MultiplyAdd(q.Row(j), -along, row, row);
            }
        }
        double rest = TensorPrimitives.Norm<double>(row);
        if (!(rest > Spanned * length))
        {
            row.Clear();
            return;
        }
        lower[i, i] = rest;
        TensorPrimitives.Divide(row, rest, row);
    }
}
