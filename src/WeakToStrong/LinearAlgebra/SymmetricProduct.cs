using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace WeakToStrong.LinearAlgebra;

/// <summary>Vector work of the reduction to tridiagonal form, each touching its matrix once.</summary>
internal static unsafe class SymmetricProduct
{
    /// <summary>
    /// The share of rows [first, last) of the upper triangle of a symmetric matrix (n x n, row-major) in y = A x: <paramref name="y"/> of
    /// these rows receives the sums over columns from the diagonal on; the columns right of the diagonal are added to <paramref name="z"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void UpperRows(int first, int last, int n, double* a, nint stride, double* x, double* y, double* z)
    {
        int row = first, width = Vector<double>.Count;
        for (; row + 4 <= last; row += 4)
        {
            double* a0 = a + (row * stride), a1 = a0 + stride, a2 = a1 + stride, a3 = a2 + stride;
            double x0 = x[row], x1 = x[row + 1], x2 = x[row + 2], x3 = x[row + 3];
            double y0 = (a0[row] * x0) + (a0[row + 1] * x1) + (a0[row + 2] * x2) + (a0[row + 3] * x3);
            double y1 = (a1[row + 1] * x1) + (a1[row + 2] * x2) + (a1[row + 3] * x3);
            double y2 = (a2[row + 2] * x2) + (a2[row + 3] * x3), y3 = a3[row + 3] * x3;
            z[row + 1] += a0[row + 1] * x0;
            z[row + 2] += (a0[row + 2] * x0) + (a1[row + 2] * x1);
            z[row + 3] += (a0[row + 3] * x0) + (a1[row + 3] * x1) + (a2[row + 3] * x2);

            Vector<double> s0 = default, s1 = default, s2 = default, s3 = default;
            Vector<double> v0 = new(x0), v1 = new(x1), v2 = new(x2), v3 = new(x3);
            int c = row + 4;
            for (; c + width <= n; c += width)
            {
                Vector<double> xc = Vector.Load(x + c), zc = Vector.Load(z + c);
                Vector<double> e0 = Vector.Load(a0 + c), e1 = Vector.Load(a1 + c), e2 = Vector.Load(a2 + c), e3 = Vector.Load(a3 + c);
                s0 = Vector.MultiplyAddEstimate(e0, xc, s0);
                s1 = Vector.MultiplyAddEstimate(e1, xc, s1);
                s2 = Vector.MultiplyAddEstimate(e2, xc, s2);
                s3 = Vector.MultiplyAddEstimate(e3, xc, s3);
                zc = Vector.MultiplyAddEstimate(e1, v1, Vector.MultiplyAddEstimate(e0, v0, zc));
                zc = Vector.MultiplyAddEstimate(e3, v3, Vector.MultiplyAddEstimate(e2, v2, zc));
                Vector.Store(zc, z + c);
            }
            (y0, y1, y2, y3) = (y0 + Vector.Sum(s0), y1 + Vector.Sum(s1), y2 + Vector.Sum(s2), y3 + Vector.Sum(s3));
            for (; c < n; c++)
            {
                (y0, y1, y2, y3) = (y0 + (a0[c] * x[c]), y1 + (a1[c] * x[c]), y2 + (a2[c] * x[c]), y3 + (a3[c] * x[c]));
                z[c] += (a0[c] * x0) + (a1[c] * x1) + (a2[c] * x2) + (a3[c] * x3);
            }
            (y[row], y[row + 1], y[row + 2], y[row + 3]) = (y0, y1, y2, y3);
        }
        for (; row < last; row++)
        {
            double* a0 = a + (row * stride);
            ReadOnlySpan<double> right = new(a0 + row + 1, n - row - 1);
            y[row] = (a0[row] * x[row]) + TensorPrimitives.Dot(right, new ReadOnlySpan<double>(x + row + 1, right.Length));
            Span<double> below = new(z + row + 1, right.Length);
            TensorPrimitives.MultiplyAdd(right, x[row], below, below);
        }
    }

    /// <summary>target[c] -= sum over q of (left_q[c] leftFactors[q] + right_q[c] rightFactors[q]) for c in [first, last); row q of each
    /// starts q strides on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SubtractPairs(int first, int last, int count, double* left, double* right, nint stride, double* leftFactors,
        double* rightFactors, double* target)
    {
        int width = Vector<double>.Count, c = first;
        for (; c + (4 * width) <= last; c += 4 * width)
        {
            double* t = target + c, l = left + c, r = right + c;
            Vector<double> t0 = Vector.Load(t), t1 = Vector.Load(t + width), t2 = Vector.Load(t + (2 * width)),
                t3 = Vector.Load(t + (3 * width));
            for (int q = 0; q < count; q++, l += stride, r += stride)
            {
                Vector<double> f = new(-leftFactors[q]), g = new(-rightFactors[q]);
                t0 = Vector.MultiplyAddEstimate(Vector.Load(r), g, Vector.MultiplyAddEstimate(Vector.Load(l), f, t0));
                t1 = Vector.MultiplyAddEstimate(Vector.Load(r + width), g, Vector.MultiplyAddEstimate(Vector.Load(l + width), f, t1));
                t2 = Vector.MultiplyAddEstimate(Vector.Load(r + (2 * width)), g,
                    Vector.MultiplyAddEstimate(Vector.Load(l + (2 * width)), f, t2));
                t3 = Vector.MultiplyAddEstimate(Vector.Load(r + (3 * width)), g,
                    Vector.MultiplyAddEstimate(Vector.Load(l + (3 * width)), f, t3));
            }
            Vector.Store(t0, t);
            Vector.Store(t1, t + width);
            Vector.Store(t2, t + (2 * width));
            Vector.Store(t3, t + (3 * width));
        }
        for (; c < last; c++)
        {
            double value = target[c];
            for (int q = 0; q < count; q++)
                value -= (left[(q * stride) + c] * leftFactors[q]) + (right[(q * stride) + c] * rightFactors[q]);
            target[c] = value;
        }
    }
}
