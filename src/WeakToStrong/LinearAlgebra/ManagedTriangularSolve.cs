using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace WeakToStrong.LinearAlgebra;

/// <summary>Solves with a lower triangular matrix, in place, by halves: nearly all the work is in products.</summary>
internal static class ManagedTriangularSolve
{
    private const int LeftBase = 32, RightBase = 16;

    /// <summary>B = op(L)^-1 B.</summary>
    public static void FromLeft(IDenseKernels kernels, bool transpose, int n, int columns, ReadOnlySpan<double> l, int ldl, Span<double> b,
        int ldb)
    {
        if (n <= LeftBase || columns == 0)
        {
            FromLeftBase(transpose, columns == 0 ? 0 : n, columns, l, ldl, b, ldb);
            return;
        }
        int first = n / 2 / 8 * 8, second = n - first;
        ReadOnlySpan<double> below = l[(first * ldl)..], rest = l[((first * ldl) + first)..];
        Span<double> bottom = b[(first * ldb)..];
        if (transpose)
        {
            FromLeft(kernels, transpose, second, columns, rest, ldl, bottom, ldb);
            kernels.Multiply(transposeA: true, transposeB: false, first, columns, second, -1, below, ldl, bottom, ldb, 1, b, ldb);
            FromLeft(kernels, transpose, first, columns, l, ldl, b, ldb);
        }
        else
        {
            FromLeft(kernels, transpose, first, columns, l, ldl, b, ldb);
            kernels.Multiply(transposeA: false, transposeB: false, second, columns, first, -1, below, ldl, b, ldb, 1, bottom, ldb);
            FromLeft(kernels, transpose, second, columns, rest, ldl, bottom, ldb);
        }
    }

    /// <summary>B = B L^-T.</summary>
    public static void FromRight(IDenseKernels kernels, int n, int rows, ReadOnlySpan<double> l, int ldl, Span<double> b, int ldb)
    {
        if (n <= RightBase)
        {
            FromRightBase(n, rows, l, ldl, b, ldb);
            return;
        }
        int first = n / 2 / 8 * 8, second = n - first;
        FromRight(kernels, first, rows, l, ldl, b, ldb);
        if (rows == 0)
            return;
        Span<double> right = b[first..];
        kernels.Multiply(transposeA: false, transposeB: true, rows, second, first, -1, b, ldb, l[(first * ldl)..], ldl, 1, right, ldb);
        FromRight(kernels, second, rows, l[((first * ldl) + first)..], ldl, right, ldb);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FromLeftBase(bool transpose, int n, int columns, ReadOnlySpan<double> l, int ldl, Span<double> b, int ldb)
    {
        for (int step = 0; step < n; step++)
        {
            int i = transpose ? n - 1 - step : step;
            Span<double> row = b.Slice(i * ldb, columns);
            for (int other = 0; other < step; other++)
            {
                int j = transpose ? n - 1 - other : other;
                double factor = transpose ? l[(j * ldl) + i] : l[(i * ldl) + j];
                TensorPrimitives.MultiplyAdd(b.Slice(j * ldb, columns), -factor, row, row);
            }
            TensorPrimitives.Divide(row, l[(i * ldl) + i], row);
        }
    }

    // As many rows of B at a time as a vector has lanes, turned on their side.
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FromRightBase(int n, int rows, ReadOnlySpan<double> l, int ldl, Span<double> b, int ldb)
    {
        Span<Vector<double>> x = stackalloc Vector<double>[RightBase];
        Span<double> lanes = MemoryMarshal.Cast<Vector<double>, double>(x);
        int width = Vector<double>.Count;
        for (int row = 0; row < rows; row += width)
        {
            int count = Math.Min(width, rows - row);
            for (int r = 0; r < count; r++)
            {
                Span<double> from = b.Slice((row + r) * ldb, n);
                for (int j = 0; j < n; j++)
                    lanes[(j * width) + r] = from[j];
            }
            for (int j = 0; j < n; j++)
            {
                Vector<double> rest = x[j];
                ReadOnlySpan<double> factors = l.Slice(j * ldl, j + 1);
                for (int i = 0; i < j; i++)
                    rest -= x[i] * factors[i];
                x[j] = rest / factors[j];
            }
            for (int r = 0; r < count; r++)
            {
                Span<double> to = b.Slice((row + r) * ldb, n);
                for (int j = 0; j < n; j++)
                    to[j] = lanes[(j * width) + r];
            }
        }
    }
}
