using System.Numerics;
using System.Runtime.InteropServices;
using WeakToStrong.Functions;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Networks.Readouts;

/// <summary>
/// Second moments of network features under x ~ N(0, I): E[act(w'x) act(v'x)] for all pairs of rows of two weight matrices. In closed form
/// where there is one (ReLU,
/// erf, GELU), else by the Hermite expansion <c>sum_k a_k(|w|) a_k(|v|) rho^k</c>, with pairs that it does not reach by quadrature
/// (docs/networks.md, section 7).
/// </summary>
internal sealed class PairMoments(Nonlinearity activation, int threads)
{
    // Relative to the two rows' own second moments.
    private const double Tolerance = 1e-7;

    // Orders are left out where |rho|^k makes them smaller than this.
    private const double Negligible = 1e-12;

    // Beyond this the pair is one normal number, to rounding.
    private const double Parallel = 1 - 1e-12;

    /// <summary>The moments, one row a row of the first matrix, in place of the products.</summary>
    /// <param name="left">Hermite coefficients of the first network's units.</param>
    /// <param name="right">The same of the second's.</param>
    /// <param name="products">w'v; becomes E[act(w'x) act(v'x)].</param>
    public void Fill(UnitExpansions left, UnitExpansions right, Matrix<double> products)
    {
        bool closed = activation.PairMoment(1, 1, 0) is not null;
        FixedBlocks.Cut(products.Rows, MultiIndexSamples.ChunkRows, threads, (first, rows) =>
        {
            var rho = new double[products.Columns];
            for (int i = first; i < first + rows; i++)
            {
                Span<double> row = products.Row(i);
                double s = left.Norms[i];
                for (int j = 0; j < rho.Length; j++)
                    rho[j] = s * right.Norms[j] > 0 ? Math.Clamp(row[j] / (s * right.Norms[j]), -1, 1) : 0;
                if (closed)
                {
                    for (int j = 0; j < rho.Length; j++)
                        row[j] = activation.PairMoment(s, right.Norms[j], rho[j])!.Value;
                }
                else
                {
                    ByExpansion(left, right, i, rho, row);
                }
            }
        });
    }

    private void ByExpansion(UnitExpansions left, UnitExpansions right, int i, double[] rho, Span<double> row)
    {
        int last = Math.Min(left.Orders, right.Orders) - 1, needed = OrdersFor(rho, last);
        // Horner's rule in rho, one order for all pairs at a time.
        row.Clear();
        for (int k = needed; k >= 0; k--)
            Horner(row, rho, left.Coefficients[k, i], right.Coefficients.Row(k));
        for (int j = 0; j < row.Length; j++)
        {
            double size = Math.Abs(rho[j]), s = left.Norms[i], t = right.Norms[j];
            double scale = Math.Sqrt(left.SecondMoments[i] * right.SecondMoments[j]);
            if (size >= Parallel)
                row[j] = GaussianExpectation.Of(z => activation.Value(s * z) * activation.Value(Math.Sign(rho[j]) * t * z));
            else if (Math.Sqrt(left.Tails[i] * right.Tails[j]) * Math.Pow(size, last + 1) > Tolerance * scale)
                row[j] = Quadrature(s, t, rho[j]);
        }
    }

    /// <summary>The highest order that any pair of the row needs, parallel units apart, which are not expanded.</summary>
    private static int OrdersFor(double[] rho, int last)
    {
        double largest = 0;
        foreach (double value in rho)
            largest = Math.Abs(value) < Parallel ? Math.Max(largest, Math.Abs(value)) : largest;
        return largest == 0 ? 0 : (int)Math.Min(last, Math.Ceiling(Math.Log(Negligible) / Math.Log(largest)));
    }

    /// <summary>sums becomes sums rho + own others.</summary>
    private static void Horner(Span<double> sums, double[] rho, double own, ReadOnlySpan<double> others)
    {
        Span<Vector<double>> s = MemoryMarshal.Cast<double, Vector<double>>(sums);
        Span<Vector<double>> r = MemoryMarshal.Cast<double, Vector<double>>(rho.AsSpan());
        ReadOnlySpan<Vector<double>> o = MemoryMarshal.Cast<double, Vector<double>>(others);
        var factor = new Vector<double>(own);
        for (int v = 0; v < s.Length; v++)
            s[v] = (s[v] * r[v]) + (factor * o[v]);
        for (int j = s.Length * Vector<double>.Count; j < sums.Length; j++)
            sums[j] = (sums[j] * rho[j]) + (own * others[j]);
    }

    /// <summary>Over the plane: x = z, y = rho z + sqrt(1 - rho^2) w.</summary>
    private double Quadrature(double s, double t, double rho)
    {
        double across = Math.Sqrt((1 - rho) * (1 + rho));
        ReadOnlySpan<double> nodes = UnitExpansions.Nodes, weights = UnitExpansions.Weights;
        double sum = 0;
        for (int i = 0; i < nodes.Length; i++)
        {
            double inner = 0;
            for (int j = 0; j < nodes.Length; j++)
                inner += weights[j] * activation.Value(t * ((rho * nodes[i]) + (across * nodes[j])));
            sum += weights[i] * activation.Value(s * nodes[i]) * inner;
        }
        return sum;
    }
}
