using System.Numerics;
using System.Runtime.InteropServices;

namespace WeakToStrong.LinearAlgebra;

/// <summary>Eigen-decomposition of a small symmetric tridiagonal matrix by implicit QL with Wilkinson's shift (Bowdler, Martin, Reinsch
/// and Wilkinson 1968).</summary>
internal static class TridiagonalQl
{
    private const int MostSteps = 60;
    private const double Unit = 2.220446049250313e-16;

    /// <summary>
    /// On return <paramref name="d"/> holds the eigenvalues, in no order, and row i of <paramref name="vectors"/>, the identity on entry,
    /// eigenvector i. The off-diagonal <paramref name="e"/> has one entry more than there are; it is destroyed.
    /// </summary>
    public static void Solve(Span<double> d, Span<double> e, Block<double> vectors)
    {
        int n = d.Length;
        e[n - 1] = 0;
        for (int first = 0; first < n; first++)
        {
            int steps = 0;
            for (int last = EndOfBlock(first, d, e); last != first; last = EndOfBlock(first, d, e))
            {
                if (++steps > MostSteps)
                    throw new InvalidOperationException("the QL iteration did not converge");
                Sweep(first, last, d, e, vectors);
            }
        }
    }

    private static int EndOfBlock(int first, Span<double> d, Span<double> e)
    {
        int last = first;
        while (last < d.Length - 1 && Math.Abs(e[last]) > Unit * (Math.Abs(d[last]) + Math.Abs(d[last + 1])))
            last++;
        return last;
    }

    private static void Sweep(int first, int last, Span<double> d, Span<double> e, Block<double> vectors)
    {
        double ratio = (d[first + 1] - d[first]) / (2 * e[first]);
        double g = d[last] - d[first] + (e[first] / (ratio + Math.CopySign(double.Hypot(ratio, 1), ratio)));
        double sine = 1, cosine = 1, shift = 0;
        for (int i = last - 1; i >= first; i--)
        {
            double f = sine * e[i], b = cosine * e[i], r = double.Hypot(f, g);
            e[i + 1] = r;
            if (r == 0)
            {
                d[i + 1] -= shift;
                e[last] = 0;
                return;
            }
            (sine, cosine) = (f / r, g / r);
            g = d[i + 1] - shift;
            r = ((d[i] - g) * sine) + (2 * cosine * b);
            shift = sine * r;
            d[i + 1] = g + shift;
            g = (cosine * r) - b;
            Rotate(vectors.Row(i), vectors.Row(i + 1), cosine, sine);
        }
        d[first] -= shift;
        e[first] = g;
        e[last] = 0;
    }

    /// <summary>(x, y) becomes (cosine x - sine y, sine x + cosine y).</summary>
    public static void Rotate(Span<double> x, Span<double> y, double cosine, double sine)
    {
        int width = Vector<double>.Count, i = 0;
        Vector<double> c = new(cosine), s = new(sine);
        Span<Vector<double>> xs = MemoryMarshal.Cast<double, Vector<double>>(x), ys = MemoryMarshal.Cast<double, Vector<double>>(y);
        for (int v = 0; v < xs.Length; v++, i += width)
            (xs[v], ys[v]) = ((c * xs[v]) - (s * ys[v]), (s * xs[v]) + (c * ys[v]));
        for (; i < x.Length; i++)
            (x[i], y[i]) = ((cosine * x[i]) - (sine * y[i]), (sine * x[i]) + (cosine * y[i]));
    }
}
