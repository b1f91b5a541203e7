namespace WeakToStrong.Asymptotics;

/// <summary>Angles between an estimate and the target, which decide how well the estimate classifies.</summary>
public static class Angle
{
    /// <summary>
    /// Share of x ~ N(0, I) on which sign(x'beta) and sign(x'beta*) agree: 1 - angle/pi. The length of beta has no part in it, so a student
    /// that only rescales its teacher classifies as the teacher does.
    /// </summary>
    /// <param name="cosine">Cosine between beta and beta*, from -1 to 1.</param>
    public static double SignAccuracy(double cosine) => 1 - (Math.Acos(Math.Clamp(cosine, -1, 1)) / Math.PI);

    /// <summary>The cosine from an inner product and two squared lengths; 0 when the first is infinite, NaN when it is 0.</summary>
    internal static double Cosine(double product, double squaredNorm, double otherSquaredNorm) =>
        double.IsPositiveInfinity(squaredNorm) ? 0
        : squaredNorm == 0 ? double.NaN
        : Math.Clamp(product / Math.Sqrt(squaredNorm) / Math.Sqrt(otherSquaredNorm), -1, 1);
}
