using System.Globalization;
namespace WeakToStrong.Functions;

/// <summary>
/// A function f from R to R, used as a link or as an activation, with its derivative and its Hermite expansion
/// f = sum_k c_k He_k, where He_k are the probabilists' Hermite polynomials (leading coefficient 1) and
/// c_k = E[f(z) He_k(z)] / k! for a standard normal z (Section 3 of the paper). Immutable and thread-safe.
/// </summary>
public abstract class Nonlinearity
{
    /// <summary>The highest order of a Hermite coefficient that can be asked for.</summary>
    public const int HighestOrder = 64;

    // A coefficient c_k sqrt(k!) below this share of the root mean square of f counts as zero: quadrature is exact to about 1e-15.
    private const double Negligible = 1e-11;

    private readonly Lazy<double[]> _coefficients;
    private readonly Lazy<int?> _informationExponent;

    private protected Nonlinearity(string name)
    {
        Name = name;
        _coefficients = new(ComputeCoefficients);
        _informationExponent = new(FindInformationExponent);
    }

    /// <summary>max(z, 0) - 1/sqrt(2 pi), the centred rectifier.</summary>
    public static Nonlinearity Relu { get; } = new KernelNonlinearity<Relu>("relu", default);

    /// <summary>tanh(z).</summary>
    public static Nonlinearity Tanh { get; } = new KernelNonlinearity<HyperbolicTangent>("tanh", default);

    /// <summary>erf(z) = 2/sqrt(pi) times the integral of exp(-t^2) from 0 to z.</summary>
    public static Nonlinearity Erf { get; } = new KernelNonlinearity<ErrorFunction>("erf", default);

    /// <summary>log(1 + e^z) less its mean under the standard normal law, the centred softplus.</summary>
    public static Nonlinearity Softplus { get; } = new KernelNonlinearity<Softplus>("softplus", default);

    /// <summary>z Phi(z) - 1/sqrt(4 pi) with the normal distribution function Phi, the centred Gaussian error linear unit.</summary>
    public static Nonlinearity Gelu { get; } = new KernelNonlinearity<Gelu>("gelu", default);

    /// <summary>z itself, He_1.</summary>
    public static Nonlinearity Identity { get; } = new KernelNonlinearity<HermiteSeries>("identity", new HermiteSeries([0, 1]));

    /// <summary>The name that <see cref="Parse"/> reads back to the same function.</summary>
    public string Name { get; }

    /// <summary>
    /// The smallest k of at least 1 with c_k not 0; null for a constant, or when all c_1..c_64 vanish. The number of samples that gradient
    /// descent needs to find a direction grows with it (Dudeja and Hsu 2018, Ben Arous et al. 2021).
    /// </summary>
    public int? InformationExponent => _informationExponent.Value;

    /// <summary>E[f(z)^2].</summary>
    public double SecondMoment => MeanSquare(1);

    /// <summary>The Hermite polynomial He_k, not normalised: He_2 = z^2 - 1.</summary>
    /// <param name="order">k, from 0 to 10.</param>
    public static Nonlinearity HermitePolynomial(int order)
    {
        if (order is < 0 or > HermiteSeries.HighestDegree)
            throw new ArgumentOutOfRangeException(nameof(order), order, $"must be from 0 to {HermiteSeries.HighestDegree}");
        var coefficients = new double[order + 1];
        coefficients[order] = 1;
        return new KernelNonlinearity<HermiteSeries>($"he{order}", new HermiteSeries(coefficients));
    }

    /// <summary>The polynomial sum_k c_k He_k.</summary>
    /// <param name="coefficients">c_0, c_1, ...: 1 to 11 finite numbers.</param>
    public static Nonlinearity Hermite(params ReadOnlySpan<double> coefficients)
    {
        if (coefficients.Length is < 1 or > HermiteSeries.HighestDegree + 1)
            throw new ArgumentException($"must hold 1 to {HermiteSeries.HighestDegree + 1} coefficients, found {coefficients.Length}",
                nameof(coefficients));
        foreach (double c in coefficients)
            Require.Finite(c, nameof(coefficients));
        double[] copy = coefficients.ToArray();
        return new KernelNonlinearity<HermiteSeries>("hermite:"
            + string.Join(',', copy.Select(c => c.ToString("R", CultureInfo.InvariantCulture))), new HermiteSeries(copy));
    }

    /// <summary>
    /// Reads a function by name, in either case: relu, tanh, erf, softplus, gelu, identity, he0 to he10, or hermite:c0,c1,... for
    /// a polynomial by its Hermite coefficients. Activations and links share these names.
    /// </summary>
    /// <exception cref="InputException">There is no such function; the message says what is allowed.</exception>
    public static Nonlinearity Parse(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return NonlinearityParser.TryParse(name) ?? throw new InputException(
            $"there is no function named '{InputException.Shorten(name)}'; write relu, tanh, erf, softplus, gelu, identity, he0 to "
            + $"he{HermiteSeries.HighestDegree}, or hermite:c0,c1,... with up to {HermiteSeries.HighestDegree + 1} Hermite coefficients");
    }

    /// <summary>f(z).</summary>
    public abstract double Value(double z);

    /// <summary>f'(z); at a kink, the derivative from the left.</summary>
    public abstract double Derivative(double z);

    /// <summary>The Hermite coefficient c_k = E[f(z) He_k(z)] / k!, exact to about 1e-15 of the root mean square of
    /// f over sqrt(k!).</summary>
    /// <param name="order">k, from 0 to <see cref="HighestOrder"/>.</param>
    public double HermiteCoefficient(int order) => order is >= 0 and <= HighestOrder
        ? _coefficients.Value[order]
        : throw new ArgumentOutOfRangeException(nameof(order), order, $"must be from 0 to {HighestOrder}");

    /// <summary>E[f'(scale z)]; at scale 1 this is c_1.</summary>
    public double MeanDerivative(double scale) => GaussianExpectation.Of(z => Derivative(scale * z));

    /// <summary>E[f(scale z)^2].</summary>
    public double MeanSquare(double scale) => GaussianExpectation.Of(z => Value(scale * z) * Value(scale * z));

    /// <summary>E[f'(z)^2].</summary>
    public double MeanSquareDerivative() => GaussianExpectation.Of(z => Derivative(z) * Derivative(z));

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>values_j = f(z_j), single precision; the two spans may be the same.</summary>
    internal abstract void Apply(ReadOnlySpan<float> z, Span<float> values);

    /// <summary>sum_j weights_j f(z_j): a two-layer network's output from its pre-activations.</summary>
    internal abstract float WeightedSum(ReadOnlySpan<float> z, ReadOnlySpan<float> weights);

    /// <summary>z_j becomes factor weights_j f'(z_j): one row of the back-propagated signal, in place of the pre-activations.</summary>
    internal abstract void Backpropagate(Span<float> z, ReadOnlySpan<float> weights, float factor);

    /// <inheritdoc cref="INonlinearityKernel.PairMoment"/>
    internal abstract double? PairMoment(double s, double t, double rho);

    /// <summary>c_k in closed form, or null when there is none.</summary>
    private protected abstract double? ExactCoefficient(int order);

    private double[] ComputeCoefficients()
    {
        var coefficients = new double[HighestOrder + 1];
        ReadOnlySpan<double> nodes = GaussianExpectation.Nodes, weights = GaussianExpectation.Weights;
        for (int i = 0; i < nodes.Length; i++)
        {
            // He_k/k! by its own recurrence, h_(k+1) = (z h_k - h_(k-1))/(k+1), which stays in range for every order.
            double previous = 0, current = 1, weighted = weights[i] * Value(nodes[i]);
            for (int k = 0; k <= HighestOrder; k++)
            {
                coefficients[k] += weighted * current;
                (previous, current) = (current, ((nodes[i] * current) - previous) / (k + 1));
            }
        }
        for (int k = 0; k <= HighestOrder; k++)
            coefficients[k] = ExactCoefficient(k) ?? coefficients[k];
        return coefficients;
    }

    private int? FindInformationExponent()
    {
        double zero = Negligible * Math.Sqrt(SecondMoment), rootFactorial = 1;
        for (int k = 1; k <= HighestOrder; k++)
        {
            rootFactorial *= Math.Sqrt(k);
            if (Math.Abs(HermiteCoefficient(k)) * rootFactorial > zero)
                return k;
        }
        return null;
    }
}
