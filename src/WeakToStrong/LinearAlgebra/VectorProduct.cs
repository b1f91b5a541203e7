using System.Numerics;
using System.Numerics.Tensors;

namespace WeakToStrong.LinearAlgebra;

/// <summary>Products of a matrix and a vector, which memory decides: packing would read the matrix twice.</summary>
internal static class VectorProduct
{
    /// <summary>
    /// y += alpha op(M) x with M stored in <paramref name="rows"/> rows of <paramref name="columns"/> entries: y has an entry for each row
    /// or, with <paramref name="transpose"/>, for each column.
    /// </summary>
    public static void Add<T>(bool transpose, int rows, int columns, T alpha, ReadOnlySpan<T> matrix, int stride, ReadOnlySpan<T> x,
        Span<T> y)
        where T : unmanaged, INumberBase<T>
    {
        for (int i = 0; i < rows; i++)
        {
            ReadOnlySpan<T> row = matrix.Slice(i * stride, columns);
            if (transpose)
                TensorPrimitives.MultiplyAdd(row, alpha * x[i], y[..columns], y[..columns]);
            else
                y[i] += alpha * TensorPrimitives.Dot(row, x[..columns]);
        }
    }
}
