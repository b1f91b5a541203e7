using System.Runtime.Intrinsics;

namespace WeakToStrong.Functions;

/// <summary>z Phi(z) - 1/sqrt(4 pi).</summary>
internal readonly struct Gelu : INonlinearityKernel
{
    private const double Mean = 0.282094791773878143474040; // 1/sqrt(4 pi)
    private const double RootHalf = 0.707106781186547524400844;
    private const double RootTwoPi = 2.50662827463100050241577;

    public double Value(double z) => (z * Phi(z)) - Mean;

    public double Derivative(double z) => Phi(z) + (z * Math.Exp(-0.5 * z * z) / RootTwoPi);

    public Vector256<float> Value(Vector256<float> z) => (z * Phi(z)) - Vector256.Create((float)Mean);

    public Vector256<float> Derivative(Vector256<float> z) =>
        Phi(z) + (z * Vector256.Exp(z * z * Vector256.Create(-0.5f)) * Vector256.Create((float)(1 / RootTwoPi)));

    // x Phi(x) = E[x; X > 0 | x] with X = x + a normal number of variance 1, so that E[x Phi(x) y Phi(y)] = E[x y; X > 0, Y > 0].
    // Given X and Y, x and y have the mean (I - T)(X, Y) and the covariance I - T, T the inverse of Cov(X, Y); moments over the
    // quadrant are elementary.
    public double? PairMoment(double s, double t, double rho)
    {
        double a = 1 + (s * s), b = 1 + (t * t), c = s * t * rho, determinant = (a * b) - (c * c);
        double t11 = b / determinant, t22 = a / determinant, t12 = -c / determinant;
        double r = Math.Clamp(c / Math.Sqrt(a * b), -1, 1), side = Math.Sqrt((1 - r) * (1 + r)) / (2 * Math.PI);
        double quadrant = 0.25 + (Math.Asin(r) / (2 * Math.PI));
        double xx = a * (quadrant + (r * side)), yy = b * (quadrant + (r * side)), xy = Math.Sqrt(a * b) * ((r * quadrant) + side);
        double raw = -(t12 * quadrant) + ((((1 - t11) * (1 - t22)) + (t12 * t12)) * xy) - (t12 * (((1 - t11) * xx) + ((1 - t22) * yy)));
        return raw - (Mean * (RawMean(s) + RawMean(t) - Mean));
    }

    // g(s) = E[(z+s) Phi(z+s)] = s Phi(s/sqrt(2)) + exp(-s^2/4)/sqrt(4 pi), and c_k is its Taylor coefficient at s = 0.
    public double? HermiteCoefficient(int order)
    {
        if (order < 2)
            return 0.5 * order;
        if (order % 2 == 1)
            return 0;
        double gaussian = Mean;
        for (int m = 1; 2 * m <= order; m++)
            gaussian *= -1 / (4.0 * m);
        return (0.5 * ErrorFunction.OddTaylorCoefficient(order - 1, 4)) + gaussian;
    }

    // E[x Phi(x)] = s^2 E phi(x).
    private static double RawMean(double s) => s * s / (RootTwoPi * Math.Sqrt(1 + (s * s)));

    private static double Phi(double z) => 0.5 * (1 + ErrorFunction.Erf(z * RootHalf));

    private static Vector256<float> Phi(Vector256<float> z) =>
        Vector256.Create(0.5f) * (Vector256<float>.One + ErrorFunction.Erf(z * Vector256.Create((float)RootHalf)));
}
