using WeakToStrong.Functions;

namespace WeakToStrong.Networks;

/// <summary>
/// An activation that satisfies what Section 3 asks of it: centred, E[act(z)] = 0, and with information exponent 1,
/// c_1 = E[act'(z)] not 0. An activation that does not cannot be made.
/// </summary>
public sealed class Activation
{
    // What quadrature leaves of a zero, with room to spare; the functions here are of order 1.
    private const double Zero = 1e-9;

    /// <summary>Checks the function and takes it as an activation.</summary>
    /// <exception cref="InputException">It is not centred or has c_1 = 0; the message says which, with the value found.</exception>
    public Activation(Nonlinearity function)
    {
        ArgumentNullException.ThrowIfNull(function);
        double mean = function.HermiteCoefficient(0), slope = function.HermiteCoefficient(1);
        if (Math.Abs(mean) > Zero)
            throw new InputException(FormattableString.Invariant(
                $"the activation '{function.Name}' is not centred: its mean under the standard normal law is {mean:G6}, and must be 0"));
        if (Math.Abs(slope) <= Zero)
            throw new InputException($"the activation '{function.Name}' has Hermite coefficient c_1 = 0: Section 3 needs an activation of "
                + "information exponent 1");
        Function = function;
        Slope = slope;
    }

    /// <summary>The function.</summary>
    public Nonlinearity Function { get; }

    /// <summary>c_1 = E[act'(z)], the first Hermite coefficient.</summary>
    public double Slope { get; }

    /// <summary>The function's name.</summary>
    public override string ToString() => Function.Name;
}
