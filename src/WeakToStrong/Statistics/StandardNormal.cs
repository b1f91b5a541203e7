using WeakToStrong.Functions;

namespace WeakToStrong.Statistics;

/// <summary>The standard normal distribution, and Student's t through it.</summary>
public static class StandardNormal
{
    /// <summary>P(Z &lt;= x). Relative error below 1e-12 in both tails.</summary>
    public static double Distribution(double x) => x > 0 ? 1 - UpperTail(x) : UpperTail(-x);

    /// <summary>The x with P(Z &lt;= x) = <paramref name="probability"/>; relative error below 1e-12.</summary>
    /// <param name="probability">Above 0 and below 1.</param>
    public static double Quantile(double probability) =>
        probability < 0.5 ? -UpperQuantile(probability) : probability > 0.5 ? UpperQuantile(1 - probability) : 0;

    /// <summary>
    /// The |z| that a mean over <paramref name="degreesOfFreedom"/> + 1 trials exceeds with probability <paramref name="rate"/> by chance:
    /// the two-sided quantile of Student's t, exact for one and two degrees of freedom and else by its expansion about the normal one (Hill
    /// 1970; at a rate of 5% the error is 0.8% for three degrees and below 1% of the excess from 20 on).
    /// </summary>
    /// <param name="rate">Probability, above 0 and below 1.</param>
    /// <param name="degreesOfFreedom">Trials less one; at least 1.</param>
    public static double TwoSidedThreshold(double rate, long degreesOfFreedom)
    {
        if (degreesOfFreedom == 1)
            return 1 / Math.Tan(0.5 * Math.PI * rate);
        if (degreesOfFreedom == 2)
            return Math.Sqrt((2 / (rate * (2 - rate))) - 2);
        double z = UpperQuantile(rate / 2), n = degreesOfFreedom, z2 = z * z;
        return z * (1 + ((z2 + 1) / (4 * n)) + ((((5 * z2) + 16) * z2 + 3) / (96 * n * n))
            + (((((3 * z2) + 19) * z2 + 17) * z2 - 15) / (384 * n * n * n)));
    }

    /// <summary>The x with P(Z > x) = <paramref
    /// name="rate"/>, for rates below 1/2, by Newton's method on the logarithm of the tail.</summary>
    private static double UpperQuantile(double rate)
    {
        double x = Math.Sqrt(-2 * Math.Log(rate)), target = Math.Log(rate);
        for (int i = 0; i < 50; i++)
        {
            double tail = UpperTail(x);
            double step = (Math.Log(tail) - target) * tail / Density(x);
            x += step;
            if (Math.Abs(step) < 1e-13 * x)
                break;
        }
        return x;
    }

    private static double Density(double x) => Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI);

    /// <summary>P(Z > x) for x >= 0.</summary>
    private static double UpperTail(double x) => 0.5 * ErrorFunction.Complement(x / Math.Sqrt(2));
}
