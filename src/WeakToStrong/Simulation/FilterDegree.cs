using WeakToStrong.Rules;

namespace WeakToStrong.Simulation;

/// <summary>
/// How much of a band a training rule sees. A polynomial of degree m in a banded matrix carries the first coordinates no further than m
/// steps, so the leading
/// rows decide all of it but the error of the best polynomial approximation (docs/simulation.md).
/// </summary>
internal static class FilterDegree
{
    /// <summary>
    /// As in the ridge engine: eigenvalues lie outside these ends with a probability of 2^-53 (Davidson and Szarek 2001).
    /// </summary>
    private const double Margin = 8.6;

    private const int FewestSamples = 32, MostSamples = 8192;

    // Coefficients are seen to fall to this share of the largest; from there on the same fall is assumed, which holds for functions
    // analytic on the interval.
    private const double Seen = 1e-10;

    /// <summary>
    /// The degree at which f and f^2, f(s) = h(s)/s, are polynomials on the spectrum of n x d rows to a rounding error of the estimate;
    /// infinite when they are not, because h jumps or is not smooth at 0.
    /// </summary>
    public static double Of(TrainingRule rule, long n, long d)
    {
        double tall = Math.Sqrt(Math.Max(n, d)), flat = Math.Sqrt(Math.Min(n, d));
        double low = Square(Math.Max(0, tall - flat - Margin)) / n, high = Square(tall + flat + Margin) / n;
        bool jumps = rule.Jumps.Any(jump => (jump > low && jump < high) || (jump == 0 && low == 0));
        if (jumps || (low == 0 && rule is Ridgeless))
            return double.PositiveInfinity;
        return Math.Max(Degree(rule.Gain, 1, low, high), Degree(s => Square(rule.Gain(s)), 2, low, high));
    }

    private static double Degree(Func<double, double> f, int power, double low, double high)
    {
        for (int samples = FewestSamples; samples <= MostSamples; samples *= 2)
        {
            double[] coefficients = ChebyshevCoefficients(f, samples, low, high);
            double largest = coefficients.Max(Math.Abs);
            int last = Array.FindLastIndex(coefficients, c => Math.Abs(c) > Seen * largest);
            // The estimate is f times moments of size `high`, and should be right to 2^-53 of what is kept, 1.
            double wanted = Math.Max(Math.Log(largest * Math.Pow(high, power)), 0) + (53 * Math.Log(2));
            if (last < samples * 3 / 4)
                return (last + 1) * Math.Max(1, wanted / -Math.Log(Seen));
        }
        return double.PositiveInfinity;
    }

    private static double[] ChebyshevCoefficients(Func<double, double> f, int count, double low, double high)
    {
        var values = new double[count];
        var cosines = new double[4 * count];
        for (int i = 0; i < cosines.Length; i++)
            cosines[i] = Math.Cos(Math.PI * i / (2 * count));
        for (int j = 0; j < count; j++)
            values[j] = f(low + (0.5 * (high - low) * (1 + cosines[(2 * j) + 1])));
        var coefficients = new double[count];
        for (int k = 0; k < count; k++)
        {
            for (int j = 0; j < count; j++)
                coefficients[k] += values[j] * cosines[(int)((((2L * j) + 1) * k) % (4 * count))];
            coefficients[k] *= 2.0 / count;
        }
        return coefficients;
    }

    private static double Square(double x) => x * x;
}
