using System.Runtime.Intrinsics;

namespace WeakToStrong.Functions;

/// <summary>erf(z).</summary>
internal readonly struct ErrorFunction : INonlinearityKernel
{
    private const double TwoOverRootPi = 1.12837916709551257389615890312;

    public double Value(double z) => Erf(z);

    public double Derivative(double z) => TwoOverRootPi * Math.Exp(-z * z);

    public Vector256<float> Value(Vector256<float> z) => Erf(z);

    public Vector256<float> Derivative(Vector256<float> z) => Vector256.Create((float)TwoOverRootPi) * Vector256.Exp(-(z * z));

    // Williams 1997: (2/pi) arcsin of the correlation that x and y have once normal noise of variance 1/2 is added to each.
    public double? PairMoment(double s, double t, double rho)
    {
        double covariance = 2 * s * t * rho, x = 1 + (2 * s * s), y = 1 + (2 * t * t);
        return 2 / Math.PI * Math.Asin(covariance / (Math.Sqrt(x) * Math.Sqrt(y)));
    }

    // E[erf(z + s)] = erf(s/sqrt(3)), and c_k is its Taylor coefficient at s = 0.
    public double? HermiteCoefficient(int order) => order % 2 == 0 ? 0 : OddTaylorCoefficient(order, 3);

    /// <summary>The coefficient of s^order, order odd, in the Taylor series of erf(s/sqrt(<paramref name="squaredScale"/>)).</summary>
    internal static double OddTaylorCoefficient(int order, double squaredScale)
    {
        double c = TwoOverRootPi / Math.Sqrt(squaredScale);
        for (int m = 1; 2 * m < order; m++)
            c *= -1 / (m * squaredScale);
        return c / order;
    }

    /// <summary>
    /// erf(z) to a few units in the last place: the series exp(-z^2) sum z (2 z^2)^n/(2n+1)!!, whose terms all have one sign, up to |z| =
    /// 2, 1 - erfc beyond (Abramowitz and Stegun 1964, 7.1.6).
    /// </summary>
    internal static double Erf(double z)
    {
        double x = Math.Abs(z);
        if (!(x < 6))
            return double.IsNaN(z) ? z : Math.Sign(z); // 1 - erf(6) is below half a unit in the last place of 1.
        if (x > 2)
            return Math.CopySign(1 - Complement(x), z);
        double term = z, sum = z;
        for (int n = 1; Math.Abs(term) > 1e-17 * Math.Abs(sum); n++)
            sum += term *= 2 * z * z / ((2 * n) + 1);
        return TwoOverRootPi * Math.Exp(-z * z) * sum;
    }

    /// <summary>
    /// 1 - erf(z) for z >= 0, to a relative error of a few z^2 units in the last place: the continued fraction of the tail from 1.75 on
    /// (Abramowitz and Stegun 1964, 7.1.14).
    /// </summary>
    internal static double Complement(double z)
    {
        if (z < 1.75)
            return 1 - Erf(z);
        double fraction = z;
        for (int k = 60; k >= 1; k--)
            fraction = z + (0.5 * k / fraction);
        return 0.5 * TwoOverRootPi * Math.Exp(-z * z) / fraction;
    }

    /// <summary>erf on eight lanes with absolute error below 2e-7 (Abramowitz and Stegun 1964, 7.1.26).</summary>
    internal static Vector256<float> Erf(Vector256<float> z)
    {
        Vector256<float> x = Vector256.Abs(z);
        Vector256<float> t = Vector256<float>.One / ((Vector256.Create(0.3275911f) * x) + Vector256<float>.One);
        Vector256<float> polynomial = Vector256.Create(1.061405429f);
        polynomial = (polynomial * t) + Vector256.Create(-1.453152027f);
        polynomial = (polynomial * t) + Vector256.Create(1.421413741f);
        polynomial = (polynomial * t) + Vector256.Create(-0.284496736f);
        polynomial = (polynomial * t) + Vector256.Create(0.254829592f);
        Vector256<float> magnitude = Vector256<float>.One - (polynomial * t * Vector256.Exp(-(x * x)));
        return Vector256.ConditionalSelect(Vector256.LessThan(z, Vector256<float>.Zero), -magnitude, magnitude);
    }
}
