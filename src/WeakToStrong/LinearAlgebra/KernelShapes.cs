namespace WeakToStrong.LinearAlgebra;

/// <summary>Kernels work on raw pointers: these checks, of nothing but lengths, stand before every one of them.</summary>
internal static class KernelShapes
{
    /// <summary>C (m x n), op(A) (m x k) and op(B) (k x n) lie within their spans.</summary>
    /// <exception cref="ArgumentException">One does not; the message names it, its length and what it must hold.</exception>
    public static void Product<T>(bool transposeA, bool transposeB, int m, int n, int k, ReadOnlySpan<T> a, int lda, ReadOnlySpan<T> b,
        int ldb, ReadOnlySpan<T> c, int ldc)
    {
        Holds(a, transposeA ? k : m, transposeA ? m : k, lda, nameof(a));
        Holds(b, transposeB ? n : k, transposeB ? k : n, ldb, nameof(b));
        Holds(c, m, n, ldc, nameof(c));
    }

    /// <summary>The same of a Gram matrix C (n x n) and of A, k x n or, with <paramref name="transpose"/>, n x k.</summary>
    public static void Gram<T>(bool transpose, int n, int k, ReadOnlySpan<T> a, int lda, ReadOnlySpan<T> c, int ldc)
    {
        Holds(a, transpose ? n : k, transpose ? k : n, lda, nameof(a));
        Holds(c, n, n, ldc, nameof(c));
    }

    /// <summary>The same of a triangle L (n x n) and of the right-hand sides B.</summary>
    public static void Solve<T>(int n, ReadOnlySpan<T> l, int ldl, int rows, int columns, ReadOnlySpan<T> b, int ldb)
    {
        Holds(l, n, n, ldl, nameof(l));
        Holds(b, rows, columns, ldb, nameof(b));
    }

    /// <summary>A matrix of <paramref name="rows"/> x <paramref name="columns"/> lies within a span.</summary>
    public static void Holds<T>(ReadOnlySpan<T> span, int rows, int columns, int stride, string name)
    {
        if (rows < 0 || columns < 0)
            throw new ArgumentException($"has {rows} rows and {columns} columns; must not be negative", name);
        if (rows == 0 || columns == 0)
            return;
        if (stride < columns)
            throw new ArgumentException($"has rows {stride} entries apart; must be at least its {columns} columns", name);
        long need = ((rows - 1L) * stride) + columns;
        if (span.Length < need)
            throw new ArgumentException($"has length {span.Length}; must have at least {need} entries", name);
    }
}
