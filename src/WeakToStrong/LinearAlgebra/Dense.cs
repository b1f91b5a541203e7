namespace WeakToStrong.LinearAlgebra;

/// <summary>
/// Dense linear algebra on <see cref="Matrix{T}"/>: blocks of fixed size, spread over threads, each done by
/// <see cref="DenseKernels.Current"/>. The same result to the bit for any number of threads.
/// </summary>
/// <remarks>
/// <c>threads</c> is everywhere the largest number of threads to use, at least 1. Shapes that do not fit throw
/// <see cref="ArgumentException"/>. An output must not share its buffer with an input, unless a member says that it works in place.
/// </remarks>
public static partial class Dense
{
    private static IDenseKernels Kernels => DenseKernels.Current;

    /// <summary>C = alpha op(A) op(B) + beta C, where op is the transpose or nothing; with beta = 0, C is overwritten
    /// without being read.</summary>
    public static void Multiply(Matrix<double> a, Matrix<double> b, Matrix<double> c, bool transposeA = false, bool transposeB = false,
        double alpha = 1, double beta = 0, int threads = 1)
    {
        int depth = ProductDepth(a, b, c, transposeA, transposeB);
        Multiply(transposeA, transposeB, depth, alpha, a.AsBlock(), b.AsBlock(), beta, c.AsBlock(), threads);
    }

    /// <summary>C = alpha op(A) op(B) + beta C in single precision.</summary>
    public static void Multiply(Matrix<float> a, Matrix<float> b, Matrix<float> c, bool transposeA = false, bool transposeB = false,
        float alpha = 1, float beta = 0, int threads = 1)
    {
        int depth = ProductDepth(a, b, c, transposeA, transposeB);
        var tiling = Tiling.Full(c.Rows, c.Columns, depth);
        FixedBlocks.Run(tiling.Count, threads, new SingleProduct(tiling, transposeA, transposeB, depth, alpha, a.AsBlock(), b.AsBlock(),
            beta, c.AsBlock()));
    }

    /// <summary>The symmetric matrix alpha A'A, both triangles filled.</summary>
    public static Matrix<double> Gram(Matrix<double> a, double alpha = 1, int threads = 1)
    {
        var gram = new Matrix<double>(a.Columns, a.Columns);
        AddGram(a, gram, alpha, threads);
        FillUpper(gram, threads);
        return gram;
    }

    /// <summary>The symmetric matrix alpha A'A in single precision, both triangles filled.</summary>
    public static Matrix<float> Gram(Matrix<float> a, float alpha = 1, int threads = 1)
    {
        var gram = new Matrix<float>(a.Columns, a.Columns);
        AddGram(a, gram, alpha, threads);
        FillUpper(gram, threads);
        return gram;
    }

    /// <summary>
    /// Adds alpha A'A to the lower triangle of <paramref name="gram"/>: rows may come in chunks, so that memory does not grow with their
    /// number. The strict upper triangle is left alone; <see cref="FillUpper{T}(Matrix{T}, int)"/> fills it after the last chunk.
    /// </summary>
    public static void AddGram(Matrix<double> a, Matrix<double> gram, double alpha = 1, int threads = 1)
    {
        RequireSquare(gram, a.Columns);
        RankUpdate(transpose: false, alpha, a.AsBlock(), 1, gram.AsBlock(), threads);
    }

    /// <summary>Adds alpha A'A to the lower triangle of <paramref name="gram"/> in single precision.</summary>
    public static void AddGram(Matrix<float> a, Matrix<float> gram, float alpha = 1, int threads = 1)
    {
        RequireSquare(gram, a.Columns);
        int edge = Tiling.TriangleEdge(gram.Rows, a.Rows), pieces = FixedBlocks.Count(gram.Rows, edge);
        FixedBlocks.Run(pieces * (pieces + 1) / 2, threads, new SingleRankUpdate(edge, pieces, alpha, a.AsBlock(), gram.AsBlock()));
    }

    /// <summary>Copies the strict lower triangle of a square matrix to the upper one, in place.</summary>
    public static void FillUpper<T>(Matrix<T> a, int threads = 1)
        where T : unmanaged
    {
        RequireSquare(a, a.Columns);
        FixedBlocks.Run(FixedBlocks.Count(a.Rows, TransposeEdge), threads, new MirrorRows<T>(a.AsBlock()));
    }

    internal static void Multiply(bool transposeA, bool transposeB, int depth, double alpha, Block<double> a, Block<double> b, double beta,
        Block<double> c, int threads)
    {
        var tiling = Tiling.Full(c.Rows, c.Columns, depth);
        FixedBlocks.Run(tiling.Count, threads, new DoubleProduct(tiling, transposeA, transposeB, depth, alpha, a, b, beta, c));
    }

    /// <summary>Lower triangle of C = alpha A'A + beta C, or alpha A A' + beta C.</summary>
    internal static void RankUpdate(bool transpose, double alpha, Block<double> a, double beta, Block<double> c, int threads)
    {
        int depth = transpose ? a.Columns : a.Rows;
        int edge = Tiling.TriangleEdge(c.Rows, depth), pieces = FixedBlocks.Count(c.Rows, edge);
        FixedBlocks.Run(pieces * (pieces + 1) / 2, threads, new DoubleRankUpdate(edge, pieces, transpose, depth, alpha, a, beta, c));
    }

    private static int ProductDepth<T>(Matrix<T> a, Matrix<T> b, Matrix<T> c, bool transposeA, bool transposeB)
        where T : unmanaged
    {
        int depth = transposeA ? a.Rows : a.Columns;
        Require.SameLength(depth, transposeB ? b.Columns : b.Rows, nameof(b));
        Require.SameLength(transposeA ? a.Columns : a.Rows, c.Rows, nameof(c));
        Require.SameLength(transposeB ? b.Rows : b.Columns, c.Columns, nameof(c));
        return depth;
    }

    private static void RequireSquare<T>(Matrix<T> a, int order)
        where T : unmanaged
    {
        Require.SameLength(order, a.Columns, nameof(a));
        Require.SameLength(order, a.Rows, nameof(a));
    }

    /// <summary>A row of tiles of the lower triangle, mirrored; both tiles of a pair stay in the first-level cache.</summary>
    private readonly struct MirrorRows<T>(Block<T> a) : IBlockWork
        where T : unmanaged
    {
        public void Run(int block)
        {
            int top = block * TransposeEdge, bottom = Math.Min(top + TransposeEdge, a.Rows);
            for (int left = 0; left <= top; left += TransposeEdge)
            {
                for (int i = top; i < bottom; i++)
                {
                    ReadOnlySpan<T> row = a.Row(i);
                    for (int j = left; j < Math.Min(i, left + TransposeEdge); j++)
                        a[j, i] = row[j];
                }
            }
        }
    }
}
