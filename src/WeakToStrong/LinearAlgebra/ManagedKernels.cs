using System.Numerics.Tensors;
using System.Runtime.Intrinsics;

namespace WeakToStrong.LinearAlgebra;

/// <summary>Dense kernels in C#, for machines without OpenBLAS.</summary>
internal sealed class ManagedKernels : IDenseKernels
{
    /// <summary>The widest vectors that this processor handles at full speed.</summary>
    public static int WidestVectorBits => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    public string Name => "managed";

    public void Multiply(bool transposeA, bool transposeB, int m, int n, int k, double alpha, ReadOnlySpan<double> a, int lda, ReadOnlySpan<double> b, int ldb, double beta, Span<double> c, int ldc)
    {
        for (int i = 0; i < m; i++)
        {
            Span<double> row = c.Slice(i * ldc, n);
            if (beta == 0)
                row.Clear();
            else
                TensorPrimitives.Multiply(row, beta, row);
            for (int p = 0; p < k; p++)
            {
                double factor = alpha * (transposeA ? a[(p * lda) + i] : a[(i * lda) + p]);
                if (transposeB)
                {
                    for (int j = 0; j < n; j++)
                        row[j] += factor * b[(j * ldb) + p];
                }
                else
                {
                    TensorPrimitives.MultiplyAdd(b.Slice(p * ldb, n), factor, row, row);
                }
            }
        }
    }

    public void Multiply(bool transposeA, bool transposeB, int m, int n, int k, float alpha, ReadOnlySpan<float> a, int lda, ReadOnlySpan<float> b, int ldb, float beta, Span<float> c, int ldc)
    {
        for (int i = 0; i < m; i++)
        {
            Span<float> row = c.Slice(i * ldc, n);
            if (beta == 0)
                row.Clear();
            else
                TensorPrimitives.Multiply(row, beta, row);
            for (int p = 0; p < k; p++)
            {
                float factor = alpha * (transposeA ? a[(p * lda) + i] : a[(i * lda) + p]);
                if (transposeB)
                {
                    for (int j = 0; j < n; j++)
                        row[j] += factor * b[(j * ldb) + p];
                }
                else
                {
                    TensorPrimitives.MultiplyAdd(b.Slice(p * ldb, n), factor, row, row);
                }
            }
        }
    }

    public void GramLower(bool transpose, int n, int k, double alpha, ReadOnlySpan<double> a, int lda, double beta, Span<double> c, int ldc)
    {
        for (int i = 0; i < n; i++)
        {
            Span<double> row = c.Slice(i * ldc, i + 1);
            if (beta == 0)
                row.Clear();
            else
                TensorPrimitives.Multiply(row, beta, row);
            for (int p = 0; p < k; p++)
            {
                if (transpose)
                {
                    for (int j = 0; j <= i; j++)
                        row[j] += alpha * a[(i * lda) + p] * a[(j * lda) + p];
                }
                else
                {
                    TensorPrimitives.MultiplyAdd(a.Slice(p * lda, i + 1), alpha * a[(p * lda) + i], row, row);
                }
            }
        }
    }

    public void GramLower(bool transpose, int n, int k, float alpha, ReadOnlySpan<float> a, int lda, float beta, Span<float> c, int ldc)
    {
        for (int i = 0; i < n; i++)
        {
            Span<float> row = c.Slice(i * ldc, i + 1);
            if (beta == 0)
                row.Clear();
            else
                TensorPrimitives.Multiply(row, beta, row);
            for (int p = 0; p < k; p++)
            {
                if (transpose)
                {
                    for (int j = 0; j <= i; j++)
                        row[j] += alpha * a[(i * lda) + p] * a[(j * lda) + p];
                }
                else
                {
                    TensorPrimitives.MultiplyAdd(a.Slice(p * lda, i + 1), alpha * a[(p * lda) + i], row, row);
                }
            }
        }
    }

    public bool TryCholesky(int n, Span<double> a, int lda)
    {
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double rest = a[(i * lda) + j] - TensorPrimitives.Dot(a.Slice(i * lda, j), a.Slice(j * lda, j));
                if (i > j)
                {
                    a[(i * lda) + j] = rest / a[(j * lda) + j];
                }
                else
                {
                    if (!(rest > 0))
                        return false;
                    a[(i * lda) + i] = Math.Sqrt(rest);
                }
            }
        }
        return true;
    }

    public void SolveLower(bool transpose, int n, int columns, ReadOnlySpan<double> l, int ldl, Span<double> b, int ldb)
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

    public void SolveLowerFromRight(int n, int rows, ReadOnlySpan<double> l, int ldl, Span<double> b, int ldb)
    {
        for (int i = 0; i < rows; i++)
        {
            Span<double> row = b.Slice(i * ldb, n);
            for (int j = 0; j < n; j++)
                row[j] = (row[j] - TensorPrimitives.Dot(row[..j], l.Slice(j * ldl, j))) / l[(j * ldl) + j];
        }
    }

    public void SymmetricEigen(int n, Span<double> a, int lda, Span<double> eigenvalues)
    {
        // Cyclic Jacobi.
        var s = new double[n * n];
        var v = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            v[(i * n) + i] = 1;
            for (int j = 0; j < n; j++)
                s[(i * n) + j] = i >= j ? a[(i * lda) + j] : a[(j * lda) + i];
        }
        for (int sweep = 0; sweep < 60; sweep++)
        {
            double off = 0;
            for (int p = 0; p < n; p++)
            {
                for (int q = p + 1; q < n; q++)
                {
                    double apq = s[(p * n) + q];
                    if (apq == 0)
                        continue;
                    off += apq * apq;
                    double theta = (s[(q * n) + q] - s[(p * n) + p]) / (2 * apq);
                    double t = (theta >= 0 ? 1.0 : -1.0) / (Math.Abs(theta) + double.Hypot(theta, 1));
                    double cos = 1 / double.Hypot(t, 1), sin = t * cos;
                    for (int i = 0; i < n; i++)
                        (s[(i * n) + p], s[(i * n) + q]) = ((cos * s[(i * n) + p]) - (sin * s[(i * n) + q]), (sin * s[(i * n) + p]) + (cos * s[(i * n) + q]));
                    for (int i = 0; i < n; i++)
                        (s[(p * n) + i], s[(q * n) + i]) = ((cos * s[(p * n) + i]) - (sin * s[(q * n) + i]), (sin * s[(p * n) + i]) + (cos * s[(q * n) + i]));
                    for (int i = 0; i < n; i++)
                        (v[(i * n) + p], v[(i * n) + q]) = ((cos * v[(i * n) + p]) - (sin * v[(i * n) + q]), (sin * v[(i * n) + p]) + (cos * v[(i * n) + q]));
                }
            }
            if (off < 1e-300)
                break;
        }
        int[] order = [.. Enumerable.Range(0, n).OrderBy(i => s[(i * n) + i])];
        for (int j = 0; j < n; j++)
        {
            eigenvalues[j] = s[(order[j] * n) + order[j]];
            for (int i = 0; i < n; i++)
                a[(i * lda) + j] = v[(i * n) + order[j]];
        }
    }
}
