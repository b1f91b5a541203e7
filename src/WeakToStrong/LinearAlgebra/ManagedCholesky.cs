using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace WeakToStrong.LinearAlgebra;

/// <summary>Cholesky factorisation in place, by halves: nearly all the work is in products.</summary>
internal static class ManagedCholesky
{
    private const int Base = 48;

    public static bool TryFactor(IDenseKernels kernels, int n, Span<double> a, int lda)
    {
        if (n <= Base)
            return TryFactorBase(n, a, lda);
        int first = n / 2 / 8 * 8, second = n - first;
        if (!TryFactor(kernels, first, a, lda))
            return false;
        Span<double> below = a[(first * lda)..], rest = a[((first * lda) + first)..];
        kernels.SolveLowerFromRight(first, second, a, lda, below, lda);
        kernels.GramLower(transpose: true, second, first, -1, below, lda, 1, rest, lda);
        return TryFactor(kernels, second, rest, lda);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryFactorBase(int n, Span<double> a, int lda)
    {
        for (int i = 0; i < n; i++)
        {
            Span<double> row = a.Slice(i * lda, i + 1);
            for (int j = 0; j < i; j++)
                row[j] = (row[j] - TensorPrimitives.Dot(row[..j], a.Slice(j * lda, j))) / a[(j * lda) + j];
            double pivot = row[i] - TensorPrimitives.SumOfSquares(row[..i]);
            if (!(pivot > 0) || !double.IsFinite(pivot))
                return false;
            row[i] = Math.Sqrt(pivot);
        }
        return true;
    }
}
