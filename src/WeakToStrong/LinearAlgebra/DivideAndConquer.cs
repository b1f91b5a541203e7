using System.Buffers;
using System.Numerics.Tensors;

namespace WeakToStrong.LinearAlgebra;

/// <summary>
/// Eigen-decomposition of a symmetric tridiagonal matrix (Cuppen 1981; Gu and Eisenstat 1995): halves are solved and merged, level by
/// level. Eigenvectors stand in rows.
/// </summary>
internal static class DivideAndConquer
{
    private const int LargestLeaf = 32;

    /// <summary>
    /// Solves T = Z' diag(d) Z. On return <paramref name="d"/> holds the eigenvalues, row i of <paramref name="vectors"/> (zero on entry)
    /// the eigenvector of d[i], and
    /// <paramref name="order"/> the rows by increasing eigenvalue. <paramref name="e"/>, with n entries of which n - 1 count, and
    /// <paramref name="scratch"/>, with n^2, are destroyed.
    /// </summary>
    public static void Solve(double[] d, double[] e, Matrix<double> vectors, int[] order, double[] scratch, int threads)
    {
        int n = d.Length, levels = 0;
        while (n >> levels > LargestLeaf)
            levels++;
        // Squares must neither overflow nor vanish; a power of two costs no digits.
        int exponent = Exponent(d, e.AsSpan(0, Math.Max(n - 1, 0)));
        Scale(d, -exponent);
        Scale(e, -exponent);
        for (int cut = 1; cut < 1 << levels; cut++)
        {
            int at = Bound(n, levels, cut);
            double taken = Math.Abs(e[at - 1]);
            d[at - 1] -= taken;
            d[at] -= taken;
        }
        FixedBlocks.Run(1 << levels, threads, new Leaves(n, levels, d, e, vectors.AsBlock(), order));
        if (levels > 0)
            Merge(n, levels, d, e, vectors, order, scratch, threads);
        Scale(d, exponent);
    }

    private static void Merge(int n, int levels, double[] d, double[] e, Matrix<double> vectors, int[] order, double[] gathered,
        int threads)
    {
        double[] rotations = ArrayPool<double>.Shared.Rent(n * n);
        for (int level = levels - 1; level >= 0; level--)
        {
            int merges = 1 << level;
            // Many small merges run beside each other, the few large ones inside.
            bool inside = merges < 4;
            FixedBlocks.Run(merges, inside ? 1 : threads, new Merges(n, level, d, e, vectors.AsBlock(), order, gathered, rotations, inside
                ? threads : 1));
        }
        ArrayPool<double>.Shared.Return(rotations);
    }

    private static int Exponent(ReadOnlySpan<double> d, ReadOnlySpan<double> e)
    {
        double largest = Math.Max(d.IsEmpty ? 0 : Math.Abs(TensorPrimitives.MaxMagnitude(d)),
            e.IsEmpty ? 0 : Math.Abs(TensorPrimitives.MaxMagnitude(e)));
        return largest == 0 ? 0 : Math.ILogB(largest);
    }

    private static void Scale(Span<double> values, int exponent)
    {
        foreach (ref double value in values)
            value = Math.ScaleB(value, exponent);
    }

    private static int Bound(int n, int level, int index) => (int)(((long)n * index) >> level);

    private readonly struct Leaves(int n, int level, double[] d, double[] e, Block<double> vectors, int[] order) : IBlockWork
    {
        public void Run(int block)
        {
            int first = Bound(n, level, block), size = Bound(n, level, block + 1) - first;
            if (size == 0)
                return;
            Block<double> own = vectors.Part(first, first, size, size);
            for (int i = 0; i < size; i++)
            {
                own[i, i] = 1;
                order[first + i] = first + i;
            }
            // The coupling to the next leaf is still needed.
            double coupling = e[first + size - 1];
            TridiagonalQl.Solve(d.AsSpan(first, size), e.AsSpan(first, size), own);
            e[first + size - 1] = coupling;
            double[] values = d;
            order.AsSpan(first, size).Sort((x, y) => values[x].CompareTo(values[y]));
        }
    }

    private readonly struct Merges(int n, int level, double[] d, double[] e, Block<double> vectors, int[] order, double[] gathered,
        double[] rotations, int threads) : IBlockWork
    {
        public void Run(int block)
        {
            int first = Bound(n, level, block), end = Bound(n, level, block + 1), middle = Bound(n, level + 1, (2 * block) + 1);
            new RankOneMerge(first, middle, end, d, vectors, order, gathered, rotations, threads).Run(e[middle - 1]);
        }
    }
}
