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

    private static double Phi(double z) => 0.5 * (1 + ErrorFunction.Erf(z * RootHalf));

    private static Vector256<float> Phi(Vector256<float> z) =>
        Vector256.Create(0.5f) * (Vector256<float>.One + ErrorFunction.Erf(z * Vector256.Create((float)RootHalf)));
}
