using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace WeakToStrong.LinearAlgebra;

/// <summary>
/// C = alpha op(A) op(B) + beta C on one thread, after Goto and van de Geijn (2008): blocks of A and B are copied into the order in which
/// the micro-kernel reads them, sized to stay in the second-level cache (A) and to stream from the third (B).
/// </summary>
internal static unsafe class PackedProduct<TKernel, T>
    where TKernel : struct, IMicroKernel<T>
    where T : unmanaged, INumberBase<T>
{
    private const int BlockDepth = 256, BlockRows = 192, BlockColumns = 768;

    /// <summary>The product; with <paramref name="lowerOnly"/> just the lower triangle of C is read and written.</summary>
    public static void Run(bool transposeA, bool transposeB, int m, int n, int k, T alpha, ReadOnlySpan<T> a, int lda, ReadOnlySpan<T> b,
        int ldb, T beta, Span<T> c, int ldc, bool lowerOnly = false)
    {
        Scale(m, n, beta, c, ldc, lowerOnly);
        if (m == 0 || n == 0 || k == 0 || T.IsZero(alpha))
            return;
        // Equal slices of the depth, none thin.
        int depth = FixedBlocks.Count(k, FixedBlocks.Count(k, BlockDepth));
        int width = Math.Min(BlockColumns, RoundUp(n, TKernel.Columns)), height = Math.Min(BlockRows, RoundUp(m, TKernel.Rows));
        T* packedB = (T*)PackBuffer.Rent(((depth * (width + height)) + (TKernel.Rows * TKernel.Columns)) * sizeof(T));
        T* packedA = packedB + (depth * width), spare = packedA + (depth * height);
        fixed (T* pa = a, pb = b, pc = c)
        {
            for (int column = 0; column < n; column += width)
            {
                int columns = Math.Min(width, n - column);
                for (int p = 0; p < k; p += depth)
                {
                    int slice = Math.Min(depth, k - p);
                    Packing<TKernel, T>.Columns(transposeB, columns, slice,
                        pb + (transposeB ? ((nint)column * ldb) + p : ((nint)p * ldb) + column), ldb, packedB);
                    for (int row = lowerOnly ? column / height * height : 0; row < m; row += height)
                    {
                        int rows = Math.Min(height, m - row);
                        Packing<TKernel, T>.Rows(transposeA, rows, slice, pa + (transposeA ? ((nint)p * lda) + row : ((nint)row * lda) + p),
                            lda, packedA);
                        if (alpha != T.One)
                            Scale(packedA, slice * RoundUp(rows, TKernel.Rows), alpha);
                        Tiles(rows, columns, slice, packedA, packedB, pc + ((nint)row * ldc) + column, ldc,
                            lowerOnly ? row - column : int.MaxValue, spare);
                    }
                }
            }
        }
    }

    // One packed block of A times one of B. Tiles at the rim, and those that the diagonal cuts, go through a spare tile. `diagonal` is the
    // first row's index less the first column's: entry (i, j) is wanted when i + diagonal >= j.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tiles(int rows, int columns, int depth, T* a, T* b, T* c, int ldc, int diagonal, T* spare)
    {
        for (int j = 0; j < columns; j += TKernel.Columns)
        {
            T* panelB = b + ((nint)j * depth);
            int width = Math.Min(TKernel.Columns, columns - j);
            for (int i = 0; i < rows; i += TKernel.Rows)
            {
                int height = Math.Min(TKernel.Rows, rows - i);
                long offset = (long)diagonal + i - j;
                if (offset + height <= 0)
                    continue;
                T* target = c + ((nint)i * ldc) + j;
                if (width == TKernel.Columns && height == TKernel.Rows && offset >= width - 1)
                    TKernel.Run(depth, a + ((nint)i * depth), panelB, target, ldc);
                else
                    PartOfTile(depth, a + ((nint)i * depth), panelB, target, ldc, height, width, offset, spare);
            }
        }
    }

    private static void PartOfTile(int depth, T* a, T* b, T* c, int ldc, int height, int width, long offset, T* spare)
    {
        new Span<T>(spare, TKernel.Rows * TKernel.Columns).Clear();
        TKernel.Run(depth, a, b, spare, TKernel.Columns);
        for (int i = 0; i < height; i++)
        {
            int wanted = (int)Math.Clamp(offset + i + 1, 0, width);
            for (int j = 0; j < wanted; j++)
                c[((nint)i * ldc) + j] += spare[(i * TKernel.Columns) + j];
        }
    }

    private static void Scale(int m, int n, T beta, Span<T> c, int ldc, bool lowerOnly)
    {
        if (beta == T.One)
            return;
        for (int i = 0; i < m; i++)
        {
            Span<T> row = c.Slice(i * ldc, lowerOnly ? Math.Min(i + 1, n) : n);
            if (T.IsZero(beta))
                row.Clear();
            else
                TensorPrimitives.Multiply(row, beta, row);
        }
    }

    private static void Scale(T* values, int count, T factor)
    {
        var all = new Span<T>(values, count);
        TensorPrimitives.Multiply(all, factor, all);
    }

    private static int RoundUp(int length, int step) => (length + step - 1) / step * step;
}
