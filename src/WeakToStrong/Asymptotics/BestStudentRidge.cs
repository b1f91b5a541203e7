namespace WeakToStrong.Asymptotics;

/// <summary>
/// The ridge that minimises the test error of an isotropic or infinitely spiked student. The error is unimodal in lambda_s, and its
/// derivative vanishes where G(lambda_s) = l/(p S^2) equals w = kappa/(1 + kappa); G increases from 0 (1/4 at gamma_s = 1) to 1
/// (docs/derivations.md, section 5).
/// </summary>
internal static class BestStudentRidge
{
    private const int MostSteps = 200;

    /// <summary>The best ridge; 0 when the error only grows with lambda_s, infinity when it only falls.</summary>
    /// <param name="kappa">kappa, or kappa_z for an aligned student; above -1, may be infinite.</param>
    /// <param name="gamma">gamma_s; positive.</param>
    public static double Find(double kappa, double gamma)
    {
        if (kappa <= 0 || (gamma == 1 && kappa <= 1.0 / 3))
            return 0;
        if (double.IsPositiveInfinity(kappa))
            return double.PositiveInfinity;
        // Both equations are nearly straight lines in log-log scale: Newton there, inside a bracket that bisection can fall back on.
        bool upper = kappa > 1;
        double target = upper ? -Math.Log(1 + kappa) : Math.Log(kappa / (1 + kappa));
        double x = Math.Log(kappa) + (2 * Math.Log(Math.Max(Math.Abs(1 - gamma), 1e-3)));
        if (upper)
            x = Math.Log(kappa) + Math.Log(1 + gamma);
        double low = double.NegativeInfinity, high = double.PositiveInfinity;
        for (int step = 0; step < MostSteps; step++)
        {
            MarchenkoPastur s = MarchenkoPastur.Trusted(gamma, Math.Exp(x));
            double miss = Math.Log(upper ? s.OneMinusG : s.G) - target;
            double slope = s.GLogSlope * (upper ? -s.G / s.OneMinusG : 1);
            bool above = upper ? miss < 0 : miss > 0;
            if (above)
                high = x;
            else
                low = x;
            double next = x - (miss / slope);
            if (!(next > low && next < high))
                next = double.IsInfinity(low) ? high - 5 : double.IsInfinity(high) ? low + 5 : 0.5 * (low + high);
            if (Math.Abs(next - x) <= 1e-15 * Math.Max(1, Math.Abs(x)))
                return Math.Exp(next);
            x = next;
        }
        return Math.Exp(x);
    }
}
