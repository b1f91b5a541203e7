using System.Runtime.Intrinsics;

namespace WeakToStrong.Functions;

/// <summary>tanh(z).</summary>
internal readonly struct HyperbolicTangent : INonlinearityKernel
{
    public double Value(double z) => Math.Tanh(z);

    public double Derivative(double z)
    {
        double cosh = Math.Cosh(z);
        return 1 / (cosh * cosh);
    }

    // 1 - 2/(e^2z + 1): e^2z overflowing to infinity gives 1, underflowing to 0 gives -1.
    public Vector256<float> Value(Vector256<float> z) =>
        Vector256<float>.One - (Vector256.Create(2f) / (Vector256.Exp(z + z) + Vector256<float>.One));

    public Vector256<float> Derivative(Vector256<float> z)
    {
        Vector256<float> tanh = Value(z);
        return Vector256<float>.One - (tanh * tanh);
    }

    public double? PairMoment(double s, double t, double rho) => null;

    public double? HermiteCoefficient(int order) => order % 2 == 0 ? 0 : null;
}
