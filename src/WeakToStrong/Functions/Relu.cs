using System.Runtime.Intrinsics;

namespace WeakToStrong.Functions;

/// <summary>max(z, 0) - 1/sqrt(2 pi).</summary>
internal readonly struct Relu : INonlinearityKernel
{
    private const double Mean = 0.398942280401432677939946; // 1/sqrt(2 pi)

    public double Value(double z) => Math.Max(z, 0) - Mean;

    public double Derivative(double z) => z > 0 ? 1 : 0;

    public Vector256<float> Value(Vector256<float> z) => Vector256.Max(z, Vector256<float>.Zero) - Vector256.Create((float)Mean);

    public Vector256<float> Derivative(Vector256<float> z) =>
        Vector256.ConditionalSelect(Vector256.GreaterThan(z, Vector256<float>.Zero), Vector256<float>.One, Vector256<float>.Zero);

    // The arc-cosine kernel of order 1 (Cho and Saul 2009), then the constants: E max(x, 0) = s/sqrt(2 pi).
    public double? PairMoment(double s, double t, double rho)
    {
        double angle = Math.Acos(rho), sine = Math.Sqrt((1 - rho) * (1 + rho));
        double raw = s * t * (sine + (rho * (Math.PI - angle))) / (2 * Math.PI);
        return raw - (Mean * Mean * (s + t - 1));
    }

    // From the second derivative, a delta function at 0: c_k = He_(k-2)(0)/(sqrt(2 pi) k!), where He_2m(0) = (-1)^m (2m-1)!!.
    public double? HermiteCoefficient(int order)
    {
        if (order < 2)
            return 0.5 * order;
        if (order % 2 == 1)
            return 0;
        double c = Mean / 2;
        for (int k = 4; k <= order; k += 2)
            c *= -(k - 3.0) / (k * (k - 1.0));
        return c;
    }
}
