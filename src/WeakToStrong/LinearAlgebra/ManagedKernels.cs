using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace WeakToStrong.LinearAlgebra;

/// <summary>Dense kernels in C#, for machines without OpenBLAS: everything is reduced to packed products of hardware vectors.</summary>
internal sealed class ManagedKernels : IDenseKernels
{
    /// <summary>The widest vectors that this processor handles at full speed.</summary>
    public static int WidestVectorBits => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    public string Name => "managed";

    public void Multiply(bool transposeA, bool transposeB, int m, int n, int k, double alpha, ReadOnlySpan<double> a, int lda,
        ReadOnlySpan<double> b, int ldb, double beta, Span<double> c, int ldc) =>
        Product(transposeA, transposeB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc, lowerOnly: false);

    public void Multiply(bool transposeA, bool transposeB, int m, int n, int k, float alpha, ReadOnlySpan<float> a, int lda,
        ReadOnlySpan<float> b, int ldb, float beta, Span<float> c, int ldc) =>
        Product(transposeA, transposeB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc, lowerOnly: false);

    public void GramLower(bool transpose, int n, int k, double alpha, ReadOnlySpan<double> a, int lda, double beta, Span<double> c,
        int ldc) =>
        Product(!transpose, transpose, n, n, k, alpha, a, lda, a, lda, beta, c, ldc, lowerOnly: true);

    public void GramLower(bool transpose, int n, int k, float alpha, ReadOnlySpan<float> a, int lda, float beta, Span<float> c, int ldc) =>
        Product(!transpose, transpose, n, n, k, alpha, a, lda, a, lda, beta, c, ldc, lowerOnly: true);

    public bool TryCholesky(int n, Span<double> a, int lda)
    {
        KernelShapes.Holds<double>(a, n, n, lda, nameof(a));
        return ManagedCholesky.TryFactor(this, n, a, lda);
    }

    public void SolveLower(bool transpose, int n, int columns, ReadOnlySpan<double> l, int ldl, Span<double> b, int ldb)
    {
        KernelShapes.Solve<double>(n, l, ldl, n, columns, b, ldb);
        ManagedTriangularSolve.FromLeft(this, transpose, n, columns, l, ldl, b, ldb);
    }

    public void SolveLowerFromRight(int n, int rows, ReadOnlySpan<double> l, int ldl, Span<double> b, int ldb)
    {
        KernelShapes.Solve<double>(n, l, ldl, rows, n, b, ldb);
        ManagedTriangularSolve.FromRight(this, n, rows, l, ldl, b, ldb);
    }

    private static void Product<T>(bool transposeA, bool transposeB, int m, int n, int k, T alpha, ReadOnlySpan<T> a, int lda,
        ReadOnlySpan<T> b, int ldb, T beta, Span<T> c, int ldc, bool lowerOnly)
        where T : unmanaged, INumberBase<T>
    {
        KernelShapes.Product<T>(transposeA, transposeB, m, n, k, a, lda, b, ldb, c, ldc);
        if (TryVectorProduct(transposeA, transposeB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc))
            return;
        if (Vector512.IsHardwareAccelerated)
            PackedProduct<Tile8x3<Width512<T>, Vector512<T>, T>, T>.Run(transposeA, transposeB, m, n, k, alpha, a, lda, b, ldb, beta, c,
                ldc, lowerOnly);
        else if (Vector256.IsHardwareAccelerated)
            PackedProduct<Tile4x3<Width256<T>, Vector256<T>, T>, T>.Run(transposeA, transposeB, m, n, k, alpha, a, lda, b, ldb, beta, c,
                ldc, lowerOnly);
        else if (Sse.IsSupported)
            PackedProduct<Tile4x3<Width128<T>, Vector128<T>, T>, T>.Run(transposeA, transposeB, m, n, k, alpha, a, lda, b, ldb, beta, c,
                ldc, lowerOnly);
        else
            PackedProduct<Tile8x3<Width128<T>, Vector128<T>, T>, T>.Run(transposeA, transposeB, m, n, k, alpha, a, lda, b, ldb, beta, c,
                ldc, lowerOnly);
    }

    // A product with one row or one column, when vectors are contiguous.
    private static bool TryVectorProduct<T>(bool transposeA, bool transposeB, int m, int n, int k, T alpha, ReadOnlySpan<T> a, int lda,
        ReadOnlySpan<T> b, int ldb, T beta, Span<T> c, int ldc)
        where T : unmanaged, INumberBase<T>
    {
        bool isColumn = n == 1 && (ldc == 1 || m == 1) && (transposeB || ldb == 1), isRow = m == 1 && (!transposeA || lda == 1);
        if (k == 0 || m == 0 || n == 0 || !(isColumn || isRow))
            return false;
        Span<T> result = c[..(m * n)];
        if (T.IsZero(beta))
            result.Clear();
        else if (beta != T.One)
            TensorPrimitives.Multiply(result, beta, result);
        if (isColumn)
            VectorProduct.Add(transposeA, transposeA ? k : m, transposeA ? m : k, alpha, a, lda, b, result);
        else
            VectorProduct.Add(!transposeB, transposeB ? n : k, transposeB ? k : n, alpha, b, ldb, a, result);
        return true;
    }
}
