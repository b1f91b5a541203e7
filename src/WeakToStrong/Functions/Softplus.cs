using System.Runtime.Intrinsics;

namespace WeakToStrong.Functions;

/// <summary>log(1 + e^z) less its mean under the standard normal law.</summary>
internal readonly struct Softplus : INonlinearityKernel
{
    private static readonly double Mean = GaussianExpectation.Of(Raw);

    public double Value(double z) => Raw(z) - Mean;

    public double Derivative(double z) => 1 / (1 + Math.Exp(-z));

    // max(z, 0) + log(1 + e^-|z|) never overflows.
    public Vector256<float> Value(Vector256<float> z) =>
        Vector256.Max(z, Vector256<float>.Zero) + Vector256.Log(Vector256<float>.One + Vector256.Exp(-Vector256.Abs(z))) - Vector256.Create(
            (float)Mean);

    public Vector256<float> Derivative(Vector256<float> z) => Vector256<float>.One / (Vector256<float>.One + Vector256.Exp(-z));

    public double? PairMoment(double s, double t, double rho) => null;

    // softplus(z) = z/2 + an even function.
    public double? HermiteCoefficient(int order) => order switch
    {
        0 => 0,
        1 => 0.5,
        _ => order % 2 == 1 ? 0 : null,
    };

    private static double Raw(double z) => Math.Max(z, 0) + double.LogP1(Math.Exp(-Math.Abs(z)));
}
