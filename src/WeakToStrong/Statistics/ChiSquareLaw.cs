namespace WeakToStrong.Statistics;

/// <summary>The chi-square distribution.</summary>
public static class ChiSquareLaw
{
    /// <summary>P(chi-square > x), by recurrence in the degrees of freedom; relative error below 1e-11.</summary>
    /// <param name="x">Not negative.</param>
    /// <param name="degreesOfFreedom">At least 1.</param>
    public static double Survival(double x, int degreesOfFreedom)
    {
        Require.NonNegative(x);
        Require.AtLeast(degreesOfFreedom, 1);
        bool odd = degreesOfFreedom % 2 == 1;
        double half = x / 2, sum = odd ? 2 * StandardNormal.Distribution(-Math.Sqrt(x)) : Math.Exp(-half);
        double term = odd ? Math.Sqrt(2 * x / Math.PI) * Math.Exp(-half) : half * Math.Exp(-half); // (x/2)^(k/2) e^(-x/2)/Gamma(k/2 + 1)
        for (int k = odd ? 1 : 2; k < degreesOfFreedom; k += 2)
        {
            sum += term;
            term *= x / (k + 2);
        }
        return sum;
    }

    /// <summary>What a chi-square number exceeds with a given probability.</summary>
    /// <param name="rate">Above 0 and below 1.</param>
    /// <param name="degreesOfFreedom">At least 1.</param>
    public static double Threshold(double rate, int degreesOfFreedom)
    {
        double low = 0, high = degreesOfFreedom;
        while (Survival(high, degreesOfFreedom) > rate)
            high *= 2;
        for (int i = 0; i < 100 && low < high; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = Survival(middle, degreesOfFreedom) > rate ? (middle, high) : (low, middle);
        }
        return high;
    }
}
