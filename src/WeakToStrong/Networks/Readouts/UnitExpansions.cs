using System.Numerics.Tensors;
using WeakToStrong.Functions;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Networks.Readouts;

/// <summary>
/// The Hermite expansion of every hidden unit: act(s z) = sum_k a_k(s) h_k(z) with the orthonormal polynomials h_k = He_k/sqrt(k!) and s =
/// |w| the unit's weight
/// norm, by the quadrature of <see cref="GaussianExpectation"/>.
/// </summary>
internal sealed class UnitExpansions
{
    private const int FewOrders = 65, ManyOrders = 513;

    private const double Negligible = 1e-12;

    // Weights below 1e-40 of the density.
    private const double Reach = 14;

    private static readonly (double[] Nodes, double[] Weights) Rule = Cut();

    /// <summary>Expands the units of a weight matrix.</summary>
    /// <param name="activation">act.</param>
    /// <param name="norms">s of each unit.</param>
    /// <param name="threads">Most threads to use.</param>
    public UnitExpansions(Nonlinearity activation, double[] norms, int threads)
    {
        Norms = norms;
        Matrix<double> values = Values(activation, norms, threads);
        SecondMoments = new double[norms.Length];
        for (int m = 0; m < values.Rows; m++)
        {
            for (int i = 0; i < norms.Length; i++)
                SecondMoments[i] += Rule.Weights[m] * values[m, i] * values[m, i];
        }
        // More orders help slowly decaying series; closed forms need the first few only.
        bool closed = activation.PairMoment(1, 1, 0) is not null;
        int orders = FewOrders;
        do
        {
            Coefficients = Expand(values, orders, threads);
            Tails = TailsOf(Coefficients);
            orders = (2 * orders) - 1;
        }
        while (!closed && orders <= ManyOrders && Tails.Index().Any(t => t.Item > Negligible * SecondMoments[t.Index]));
    }

    /// <summary>Quadrature nodes on the real line.</summary>
    public static ReadOnlySpan<double> Nodes => Rule.Nodes;

    /// <summary>Their weights, the normal density included.</summary>
    public static ReadOnlySpan<double> Weights => Rule.Weights;

    /// <summary>s of each unit.</summary>
    public double[] Norms { get; }

    /// <summary>E act(s z)^2 of each unit.</summary>
    public double[] SecondMoments { get; }

    /// <summary>a_k(s), one row an order, one column a unit.</summary>
    public Matrix<double> Coefficients { get; }

    /// <summary>What the orders that are kept leave of each unit's second moment.</summary>
    public double[] Tails { get; }

    /// <summary>How many orders are kept, from 0 on.</summary>
    public int Orders => Coefficients.Rows;

    /// <summary>E[act(w'x) link(x'beta)] for each unit: the sum over k of a_k(s) sqrt(k!) c_k(link) (w'beta/s)^k.</summary>
    /// <param name="link">A function of x'beta.</param>
    /// <param name="along">w'beta of each unit, |beta| = 1.</param>
    public double[] With(Nonlinearity link, double[] along)
    {
        var moments = new double[Norms.Length];
        int last = Math.Min(Orders - 1, Nonlinearity.HighestOrder);
        var coefficients = new double[last + 1];
        double root = 1;
        for (int k = 0; k <= last; k++)
        {
            root *= k > 0 ? Math.Sqrt(k) : 1;
            coefficients[k] = root * link.HermiteCoefficient(k);
        }
        for (int i = 0; i < moments.Length; i++)
        {
            double rho = Norms[i] > 0 ? along[i] / Norms[i] : 0;
            for (int k = last; k >= 0; k--)
                moments[i] = (moments[i] * rho) + (coefficients[k] * Coefficients[k, i]);
        }
        return moments;
    }

    private double[] TailsOf(Matrix<double> coefficients)
    {
        double[] tails = [.. SecondMoments];
        for (int k = 0; k < coefficients.Rows; k++)
        {
            for (int i = 0; i < tails.Length; i++)
                tails[i] -= coefficients[k, i] * coefficients[k, i];
        }
        TensorPrimitives.Max(tails, 0, tails);
        return tails;
    }

    /// <summary>act(s z), one row a node.</summary>
    private static Matrix<double> Values(Nonlinearity activation, double[] norms, int threads)
    {
        var values = new Matrix<double>(Rule.Nodes.Length, norms.Length);
        FixedBlocks.Cut(values.Rows, MultiIndexSamples.ChunkRows, threads, (first, rows) =>
        {
            for (int m = first; m < first + rows; m++)
            {
                Span<double> row = values.Row(m);
                for (int i = 0; i < row.Length; i++)
                    row[i] = activation.Value(norms[i] * Rule.Nodes[m]);
            }
        });
        return values;
    }

    private static Matrix<double> Expand(Matrix<double> values, int orders, int threads)
    {
        var polynomials = new Matrix<double>(orders, values.Rows);
        for (int m = 0; m < values.Rows; m++)
        {
            // h_(k+1) = (z h_k - sqrt(k) h_(k-1))/sqrt(k+1), times the weight.
            double previous = 0, current = Rule.Weights[m], z = Rule.Nodes[m];
            for (int k = 0; k < orders; k++)
            {
                polynomials[k, m] = current;
                (previous, current) = (current, ((z * current) - (Math.Sqrt(k) * previous)) / Math.Sqrt(k + 1));
            }
        }
        var coefficients = new Matrix<double>(orders, values.Columns);
        Dense.Multiply(polynomials, values, coefficients, threads: threads);
        return coefficients;
    }

    private static (double[] Nodes, double[] Weights) Cut()
    {
        int[] kept = [.. Enumerable.Range(0, GaussianExpectation.Nodes.Length).Where(i => Math.Abs(GaussianExpectation.Nodes[i]) < Reach)];
        return ([.. kept.Select(i => GaussianExpectation.Nodes[i])], [.. kept.Select(i => GaussianExpectation.Weights[i])]);
    }
}
