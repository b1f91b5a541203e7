namespace WeakToStrong.Asymptotics;

/// <summary>
/// The resolvent of the Marchenko-Pastur law at one ridge (the paper's Definition 2), as numbers that never cancel.
/// The law describes the eigenvalues of X'X/n for an n x d matrix X of independent standard normal entries with d/n -> gamma;
/// m(lambda; gamma) = E[1/(s + lambda)] over it, and lambda is the ridge of (X'X/n + lambda I).
/// <code>
///     S = sqrt((1 - g + l)^2 + 4 g l)       p = 1 - l m = 2/((1 + g + l) + S)       q = l m = 1 - p
///     r = l m2/m1 = (l + g q)/S             V = l^2 m2 = q r                        m2 = -dm/dl
/// </code>
/// Relative error of each is a few units in the last place for lambda in [1e-300, 1e300] and gamma in [1e-6, 1e6];
/// lambda = 0 and lambda = infinity give the limits. Derivation: docs/derivations.md, section 1.
/// </summary>
/// <remarks>The default value of this type is no law; always use the constructor.</remarks>
public readonly struct MarchenkoPastur
{
    /// <summary>Above this, squares could overflow and everything is measured in units of the larger argument.</summary>
    private const double Large = 1e150;

    /// <summary>The resolvent at one ridge.</summary>
    /// <param name="gamma">Aspect ratio d/n; positive, finite.</param>
    /// <param name="lambda">Ridge of (X'X/n + lambda I); not negative, may be +infinity.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public MarchenkoPastur(double gamma, double lambda) => this = Trusted(Require.Positive(gamma), Require.NonNegativeOrInfinite(lambda));

    private MarchenkoPastur(double gamma, double lambda, double s, double p, double q, double r) =>
        (Gamma, Lambda, S, P, Q, R) = (gamma, lambda, s, p, q, r);

    /// <summary>Aspect ratio gamma = d/n.</summary>
    public double Gamma { get; }

    /// <summary>Ridge lambda of (X'X/n + lambda I).</summary>
    public double Lambda { get; }

    /// <summary>S = sqrt((1 - gamma + lambda)^2 + 4 gamma lambda); 0 only at gamma = 1, lambda = 0.</summary>
    public double S { get; }

    /// <summary>p = 1 - lambda m1, in (0, min(1, 1/gamma)]: the mean of s/(s + lambda), the share of a coefficient
    /// that ridge keeps.</summary>
    public double P { get; }

    /// <summary>q = lambda m1 = 1 - p, in [0, 1]: the share of a coefficient that ridge shrinks away.</summary>
    public double Q { get; }

    /// <summary>r = lambda m2/m1, in [0, 1]. At lambda = 0: 0, 1/2, 1 for gamma below, at, above 1 - where Theorem 5's
    /// cases come from.</summary>
    public double R { get; }

    /// <summary>V = lambda^2 m2 = q r, in [0, 1].</summary>
    public double V => Q * R;

    /// <summary>m1 = m(lambda; gamma), the Stieltjes transform at -lambda; infinite at lambda = 0 when gamma is at least 1.</summary>
    public double M1
    {
        get
        {
            double b = 1 - Gamma + Lambda;
            // Halves, so that the sum is finite for every finite ridge.
            return double.IsPositiveInfinity(Lambda) ? 0 : b >= 0 ? 1 / ((0.5 * b) + (0.5 * S)) : Q / Lambda;
        }
    }

    /// <summary>m2 = -dm/dlambda, the mean of 1/(s + lambda)^2; infinite at lambda = 0 when gamma is at least 1.</summary>
    public double M2
    {
        get
        {
            double m1 = M1, gm = Gamma * m1;
            return double.IsPositiveInfinity(Lambda) ? 0 : double.IsFinite(gm) ? m1 * ((1 + gm) / S) : m1 * (m1 * (Gamma / S));
        }
    }

    /// <summary>m1 - lambda m2 = p/S = -dp/dlambda, the mean of s/(s + lambda)^2.</summary>
    public double M1MinusLambdaM2 => P / S;

    /// <summary>H1 = -r/(2 - r), in [-1, 0]: the left side of Theorem 5's condition H1 &gt; H2, a function of the student alone.</summary>
    public double H1 => -R / (2 - R);

    /// <summary>p S = 1 - gamma p^2, in [0, 1], also where S overflows.</summary>
    internal double PS => double.IsPositiveInfinity(S) ? 1 : P * S;

    /// <summary>q^2/S, finite also at S = 0.</summary>
    internal double QSquaredOverS => S == 0 ? 0 : Q * (Q / S);

    /// <summary>G = l/(p S^2), increasing in lambda from 0 (1/4 at gamma = 1) to 1: where the best student lies.</summary>
    internal double G => S == 0 ? 0.25 : double.IsPositiveInfinity(S) ? 1 : Lambda / S / PS;

    /// <summary>1 - G without cancellation.</summary>
    internal double OneMinusG
    {
        get
        {
            double g = G, gp = Gamma * P;
            return g < 0.5 ? 1 - g : P * (1 + Gamma - (3 * gp) + (gp * gp * P)) / (PS * PS);
        }
    }

    /// <summary>
    /// -dlog(1 - G)/dlog lambda = (G/(1 - G)) dlog G/dlog lambda, from S dlog G/dlog lambda = 1 + g - 2 g p - 4 g p l/S: nothing
    /// cancels as lambda grows.
    /// </summary>
    internal double OneMinusGLogSlope
    {
        get
        {
            double gp = Gamma * P;
            return G / OneMinusG * ((1 + Gamma - (2 * gp) - (4 * gp * (Lambda / S))) / S);
        }
    }

    /// <summary>dlog G/dlog lambda.</summary>
    internal double GLogSlope
    {
        get
        {
            double u = Lambda / S;
            return 1 + u - (2 * u * ((1 + Gamma + Lambda) / S));
        }
    }

    /// <summary>The resolvent without argument checks, for arguments that were checked before.</summary>
    internal static MarchenkoPastur Trusted(double gamma, double lambda)
    {
        if (double.IsPositiveInfinity(lambda))
            return new(gamma, lambda, double.PositiveInfinity, 0, 1, 1);
        if (Math.Max(gamma, lambda) > Large)
            return Scaled(gamma, lambda);
        double b = 1 - gamma + lambda;
        double s = Math.Sqrt(Math.FusedMultiplyAdd(b, b, 4 * gamma * lambda));
        double p = 2 / (1 + gamma + lambda + s);
        if (s == 0)
            return new(gamma, lambda, s, p, 0, 0.5);  // gamma = 1, lambda = 0
        double q = b >= 0 ? 2 * (lambda / (b + s)) : (s - b) / (2 * gamma);
        return new(gamma, lambda, s, p, q, Math.Min(1, (lambda + (gamma * q)) / s));
    }

    /// <summary>The same in units of the power of two below the larger argument, where 1 + gamma + lambda or its
    /// square may overflow.</summary>
    private static MarchenkoPastur Scaled(double gamma, double lambda)
    {
        double unit = Math.ScaleB(1, Math.ILogB(Math.Max(gamma, lambda)));
        double g = gamma / unit, l = lambda / unit, b = (1 - gamma + lambda) / unit;
        // Not from the product, which may underflow.
        double s = double.Hypot(b, 2 * Math.Sqrt(g) * Math.Sqrt(l));
        double p = 2 / ((1 / unit) + g + l + s) / unit;
        // What is kept, p, is far below the last bit of what is shrunk away.
        return new(gamma, lambda, Math.Min(s * unit, double.MaxValue), p, 1, Math.Min(1, (l + g) / s));
    }
}
