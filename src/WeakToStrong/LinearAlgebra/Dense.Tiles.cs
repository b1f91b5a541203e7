namespace WeakToStrong.LinearAlgebra;

/// <content>The tiles of products and of rank updates.</content>
public static partial class Dense
{
    private readonly struct DoubleProduct(Tiling tiling, bool transposeA, bool transposeB, int depth, double alpha, Block<double> a,
        Block<double> b, double beta, Block<double> c) : IBlockWork
    {
        public void Run(int block)
        {
            var (row, column, rows, columns) = tiling.Tile(block);
            Block<double> left = RowsOf(a, transposeA, row, rows, depth), right = ColumnsOf(b, transposeB, column, columns, depth);
            Kernels.Multiply(transposeA, transposeB, rows, columns, depth, alpha, left.Span, left.Stride, right.Span, right.Stride, beta,
                c.Part(row, column, rows, columns).Span, c.Stride);
        }
    }

    private readonly struct SingleProduct(Tiling tiling, bool transposeA, bool transposeB, int depth, float alpha, Block<float> a,
        Block<float> b, float beta, Block<float> c) : IBlockWork
    {
        public void Run(int block)
        {
            var (row, column, rows, columns) = tiling.Tile(block);
            Block<float> left = RowsOf(a, transposeA, row, rows, depth), right = ColumnsOf(b, transposeB, column, columns, depth);
            Kernels.Multiply(transposeA, transposeB, rows, columns, depth, alpha, left.Span, left.Stride, right.Span, right.Stride, beta,
                c.Part(row, column, rows, columns).Span, c.Stride);
        }
    }

    private readonly struct DoubleRankUpdate(int edge, int pieces, bool transpose, int depth, double alpha, Block<double> a, double beta,
        Block<double> c) : IBlockWork
    {
        public void Run(int block)
        {
            var (i, j) = Tiling.TriangleTile(block, pieces);
            int row = i * edge, column = j * edge, rows = Math.Min(edge, c.Rows - row);
            Block<double> left = RowsOf(a, !transpose, row, rows, depth),
                target = c.Part(row, column, rows, Math.Min(edge, c.Rows - column));
            if (i == j)
            {
                Kernels.GramLower(transpose, rows, depth, alpha, left.Span, a.Stride, beta, target.Span, c.Stride);
                return;
            }
            Block<double> right = RowsOf(a, !transpose, column, edge, depth);
            Kernels.Multiply(!transpose, transpose, rows, edge, depth, alpha, left.Span, a.Stride, right.Span, a.Stride, beta, target.Span,
                c.Stride);
        }
    }

    private readonly struct SingleRankUpdate(int edge, int pieces, float alpha, Block<float> a, Block<float> c) : IBlockWork
    {
        public void Run(int block)
        {
            var (i, j) = Tiling.TriangleTile(block, pieces);
            int row = i * edge, column = j * edge, rows = Math.Min(edge, c.Rows - row), depth = a.Rows;
            Block<float> left = a.Part(0, row, depth, rows), target = c.Part(row, column, rows, Math.Min(edge, c.Rows - column));
            if (i == j)
                Kernels.GramLower(transpose: false, rows, depth, alpha, left.Span, a.Stride, 1, target.Span, c.Stride);
            else
                Kernels.Multiply(transposeA: true, transposeB: false, rows, edge, depth, alpha, left.Span, a.Stride,
                    a.Part(0, column, depth, edge).Span, a.Stride, 1, target.Span, c.Stride);
        }
    }

    /// <summary>Rows of op(A), as stored.</summary>
    private static Block<T> RowsOf<T>(Block<T> a, bool transpose, int row, int rows, int depth)
        where T : unmanaged => transpose ? a.Part(0, row, depth, rows) : a.Part(row, 0, rows, depth);

    /// <summary>Columns of op(B), as stored.</summary>
    private static Block<T> ColumnsOf<T>(Block<T> b, bool transpose, int column, int columns, int depth)
        where T : unmanaged => transpose ? b.Part(column, 0, columns, depth) : b.Part(0, column, depth, columns);
}
