using System.Buffers;

namespace WeakToStrong.LinearAlgebra;

/// <content>Symmetric eigenproblems.</content>
public static partial class Dense
{
    /// <summary>
    /// A = Q T Q' with T tridiagonal: enough to solve (A + s I) x = b for many shifts s in O(n) each, at a third of
    /// the cost of eigenvectors.
    /// </summary>
    /// <param name="a">A symmetric matrix, of which the lower triangle is read. Its buffer becomes part of the result: do
    /// not use it again.</param>
    /// <param name="threads">The largest number of threads to use.</param>
    /// <exception cref="ArgumentException">The matrix is not square or has entries that are not finite.</exception>
    public static Tridiagonalisation Tridiagonalise(Matrix<double> a, int threads = 1)
    {
        RequireSquare(a, a.Columns);
        return new(a, threads);
    }

    /// <summary>
    /// Eigenvalues, increasing, and eigenvectors of a symmetric matrix A = V diag(w) V', of which the lower triangle is read.
    /// <paramref name="a"/> is overwritten by V: eigenvector j is COLUMN j. Works in three more matrices of the same size.
    /// </summary>
    /// <exception cref="ArgumentException">The matrix is not square or has entries that are not finite.</exception>
    public static double[] SymmetricEigen(Matrix<double> a, int threads = 1)
    {
        RequireSquare(a, a.Columns);
        int n = a.Rows;
        double[] values = new double[n], offDiagonal = new double[n];
        double[] work = ArrayPool<double>.Shared.Rent(n * n), copy = ArrayPool<double>.Shared.Rent(n * n);
        work.AsSpan(0, n * n).Clear();
        a.Data.CopyTo(copy);
        Tridiagonalisation tridiagonal = new(new Matrix<double>(n, n, copy), threads);
        tridiagonal.Diagonal.CopyTo(values);
        tridiagonal.OffDiagonal.CopyTo(offDiagonal);
        var order = new int[n];
        var rows = new Matrix<double>(n, n, work);
        DivideAndConquer.Solve(values, offDiagonal, rows, order, scratch: a.Buffer, threads);
        FixedBlocks.Run(FixedBlocks.Count(n, TransposeEdge), threads, new OrderedTranspose(rows.AsBlock(), order, a.AsBlock()));
        tridiagonal.Apply(a, transpose: false, threads);
        ArrayPool<double>.Shared.Return(work);
        ArrayPool<double>.Shared.Return(copy);
        return [.. order.Select(row => values[row])];
    }

    private const int TransposeEdge = 32;

    /// <summary>Column j of the target is row order[j] of the source.</summary>
    private readonly struct OrderedTranspose(Block<double> source, int[] order, Block<double> target) : IBlockWork
    {
        public void Run(int block)
        {
            int top = block * TransposeEdge, bottom = Math.Min(top + TransposeEdge, target.Rows);
            for (int left = 0; left < target.Columns; left += TransposeEdge)
            {
                for (int j = left; j < Math.Min(left + TransposeEdge, target.Columns); j++)
                {
                    ReadOnlySpan<double> row = source.Row(order[j]);
                    for (int i = top; i < bottom; i++)
                        target[i, j] = row[i];
                }
            }
        }
    }
}
