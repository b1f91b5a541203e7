using System.Runtime.Intrinsics;

namespace WeakToStrong.Functions;

/// <summary>
/// One function in the two forms that the code needs: double precision for constants and labels, eight single-precision lanes for the hot
/// path. A struct, so that <see cref="KernelNonlinearity{TKernel}"/>'s loops are compiled for each function with the kernel inlined.
/// </summary>
internal interface INonlinearityKernel
{
    double Value(double z);

    double Derivative(double z);

    /// <summary>f on eight lanes, to about 1e-6 max(1, |f|).</summary>
    Vector256<float> Value(Vector256<float> z);

    /// <summary>f' on eight lanes, to about 1e-6 max(1, |f'|).</summary>
    Vector256<float> Derivative(Vector256<float> z);

    /// <summary>The Hermite coefficient c_k in closed form, or null when there is none.</summary>
    double? HermiteCoefficient(int order);

    /// <summary>
    /// E[f(x) f(y)] for jointly normal x, y of mean 0, deviations <paramref name="s"/> and <paramref name="t"/> and correlation
    /// <paramref name="rho"/> in closed form, or null when there is none.
    /// </summary>
    double? PairMoment(double s, double t, double rho);
}
