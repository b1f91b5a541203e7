using System.Runtime.CompilerServices;

namespace WeakToStrong.LinearAlgebra;

/// <summary>
/// Copies a block of A or B into panels as wide as the micro-kernel's tile, each panel stored depth after depth; the last panel is
/// filled up with zeros.
/// </summary>
internal static unsafe class Packing<TKernel, T>
    where TKernel : struct, IMicroKernel<T>
    where T : unmanaged
{
    /// <summary>Panels of rows of op(A), rows x depth. <paramref name="transposed"/>: stored depth x rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rows(bool transposed, int rows, int depth, T* a, int lda, T* target)
    {
        for (int i = 0; i < rows; i += TKernel.Rows, target += TKernel.Rows * depth)
        {
            int height = Math.Min(TKernel.Rows, rows - i);
            if (height < TKernel.Rows)
                Rim(transposed, height, depth, transposed ? a + i : a + ((nint)i * lda), lda, TKernel.Rows, target);
            else if (transposed)
                CopyRows(depth, a + i, lda, target);
            else
                Transpose(TKernel.Rows, depth, a + ((nint)i * lda), lda, target);
        }
    }

    /// <summary>Panels of columns of op(B), depth x columns. <paramref name="transposed"/>: stored columns x depth.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Columns(bool transposed, int columns, int depth, T* b, int ldb, T* target)
    {
        for (int j = 0; j < columns; j += TKernel.Columns, target += TKernel.Columns * depth)
        {
            int width = Math.Min(TKernel.Columns, columns - j);
            if (width < TKernel.Columns)
                Rim(!transposed, width, depth, transposed ? b + ((nint)j * ldb) : b + j, ldb, TKernel.Columns, target);
            else if (transposed)
                Transpose(TKernel.Columns, depth, b + ((nint)j * ldb), ldb, target);
            else
                CopyColumns(depth, b + j, ldb, target);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyRows(int depth, T* source, int stride, T* target)
    {
        for (int p = 0; p < depth; p++, source += stride, target += TKernel.Rows)
            Unsafe.CopyBlockUnaligned(target, source, (uint)(TKernel.Rows * sizeof(T)));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyColumns(int depth, T* source, int stride, T* target)
    {
        for (int p = 0; p < depth; p++, source += stride, target += TKernel.Columns)
            TKernel.CopyColumns(source, target);
    }

    // Four source rows at a time: their entries are read in order, and a cache line of the target is soon full.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transpose(int panel, int depth, T* source, int stride, T* target)
    {
        int i = 0;
        for (; i + 4 <= panel; i += 4)
        {
            T* r0 = source + ((nint)i * stride), r1 = r0 + stride, r2 = r1 + stride, r3 = r2 + stride, to = target + i;
            for (int p = 0; p < depth; p++, to += panel)
            {
                to[0] = r0[p];
                to[1] = r1[p];
                to[2] = r2[p];
                to[3] = r3[p];
            }
        }
        for (; i < panel; i++)
        {
            for (int p = 0; p < depth; p++)
                target[(p * panel) + i] = source[((nint)i * stride) + p];
        }
    }

    private static void Rim(bool alongDepth, int count, int depth, T* source, int stride, int panel, T* target)
    {
        new Span<T>(target, panel * depth).Clear();
        for (int p = 0; p < depth; p++)
        {
            for (int i = 0; i < count; i++)
                target[(p * panel) + i] = alongDepth ? source[((nint)p * stride) + i] : source[((nint)i * stride) + p];
        }
    }
}
