using System.Runtime.Intrinsics;

namespace WeakToStrong.Functions;

/// <summary>The polynomial sum_k c_k He_k with He_(k+1) = z He_k - k He_(k-1); its derivative is sum_k k c_k He_(k-1).</summary>
internal readonly struct HermiteSeries(double[] coefficients) : INonlinearityKernel
{
    /// <summary>The highest degree: single precision keeps enough digits up to here.</summary>
    public const int HighestDegree = 10;

    private readonly double[] _values = coefficients;
    private readonly double[] _derivative = Differentiate(coefficients);

    public double Value(double z) => Sum(_values, z);

    public double Derivative(double z) => Sum(_derivative, z);

    public Vector256<float> Value(Vector256<float> z) => Sum(_values, z);

    public Vector256<float> Derivative(Vector256<float> z) => Sum(_derivative, z);

    public double? PairMoment(double s, double t, double rho) => null;

    public double? HermiteCoefficient(int order) => order < _values.Length ? _values[order] : 0;

    private static double[] Differentiate(double[] c) =>
        c.Length == 1 ? [0] : [.. c.Skip(1).Select((value, index) => (index + 1) * value)];

    private static double Sum(double[] c, double z)
    {
        double previous = 0, current = 1, sum = 0;
        for (int k = 0; k < c.Length; k++)
        {
            sum += c[k] * current;
            (previous, current) = (current, (z * current) - (k * previous));
        }
        return sum;
    }

    private static Vector256<float> Sum(double[] c, Vector256<float> z)
    {
        Vector256<float> previous = Vector256<float>.Zero, current = Vector256<float>.One, sum = Vector256<float>.Zero;
        for (int k = 0; k < c.Length; k++)
        {
            sum += Vector256.Create((float)c[k]) * current;
            (previous, current) = (current, (z * current) - (Vector256.Create((float)k) * previous));
        }
        return sum;
    }
}
