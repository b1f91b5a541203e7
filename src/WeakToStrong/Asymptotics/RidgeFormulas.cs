namespace WeakToStrong.Asymptotics;

/// <summary>
/// What the limits of teacher and student are made of (Proposition 3, Theorems 4, 5 and 8), in forms without cancellation; derived in
/// docs/derivations.md, sections 2 and 3. Subscripts t, s: teacher, student; a2 signal power, s2 noise variance, z alignment,
/// w spike, theta = 1/(1 + w p_s). No argument is checked here.
/// </summary>
internal static class RidgeFormulas
{
    /// <summary>Beside such a kappa nothing else in B counts, and B may leave the range of numbers where the gap does not.</summary>
    public const double HugeKappa = 1e300;

    /// <summary>E_t = (a2 q_t^2/p_t + s2 g_t p_t)/S_t.</summary>
    public static double TeacherExcess(in MarchenkoPastur t, double s2, double a2)
    {
        double bias = t.S == 0 ? 0 : a2 * t.Q * (t.Q / t.PS), scale = s2 * t.Gamma;
        // Without noise there is no variance, also where p/S is infinite (gamma = 1, lambda = 0).
        return s2 == 0 ? bias : bias + (IsTame(scale) ? scale * (t.P / t.S) : s2 * (t.Gamma * t.P / t.S));
    }

    /// <summary>kappa = (s2 g_t/a2 - lambda_t)/S_t = -H2, above -1; positive when the teacher's ridge is below its optimum.</summary>
    public static double Kappa(in MarchenkoPastur t, double s2, double a2)
    {
        double noise = s2 * t.Gamma, shrinkage = a2 * t.Lambda;
        if ((s2 == 0 || IsTame(noise)) && (t.Lambda == 0 || IsTame(shrinkage)) && IsTame(a2))
        {
            double surplus = Surplus(s2, t.Gamma, a2, t.Lambda);
            return surplus == 0 ? 0 : surplus / a2 / t.S;
        }
        // The same with the powers of two taken apart, so that no product overflows or underflows.
        int unit = Math.Max(Exponent(s2) + Exponent(t.Gamma), Exponent(a2) + Exponent(t.Lambda));
        double scaled = Surplus(Mantissa(s2, 0), Mantissa(t.Gamma, Exponent(s2) + Exponent(t.Gamma) - unit),
            Mantissa(a2, 0), Mantissa(t.Lambda, Exponent(a2) + Exponent(t.Lambda) - unit));
        return scaled == 0 ? 0 : t.S == 0 ? double.PositiveInfinity
            : Math.ScaleB(scaled / Mantissa(a2, 0) / Mantissa(t.S, 0), unit - Exponent(a2) - Exponent(t.S));
    }

    /// <summary>K = kappa + q_t = (s2 g_t/a2 + g_t q_t^2)/S_t, positive: what kappa is to a student that knows
    /// the target's direction.</summary>
    public static double AlongKappa(in MarchenkoPastur t, double s2, double a2)
    {
        double noise = s2 == 0 ? 0 : s2 / a2 / t.S;
        if (s2 == 0 || t.S == 0 || (IsTame(noise) && IsTame(s2 / a2)))
            return t.Gamma * (noise + t.QSquaredOverS);
        double ratio = Mantissa(s2, 0) * Mantissa(t.Gamma, 0) / Mantissa(a2, 0) / Mantissa(t.S, 0);
        return Math.ScaleB(ratio, Exponent(s2) + Exponent(t.Gamma) - Exponent(a2) - Exponent(t.S)) + (t.Gamma * t.QSquaredOverS);
    }

    /// <summary>The variance that the teacher's randomness leaves in the student's labels: g_t p_t^2 (s2 + E_t).</summary>
    public static double LabelVariance(in MarchenkoPastur t, double s2, double teacherExcess) => t.Gamma * t.P * t.P * (s2 + teacherExcess);

    /// <summary>theta = 1/(1 + w p_s), the student's relative ridge along the spike; 0 for the infinite spike of Theorem 8.</summary>
    public static double Theta(in MarchenkoPastur s, double spike) => double.IsPositiveInfinity(spike) ? 0 : 1 / (1 + (spike * s.P));

    /// <summary>g_s p_s q_s^2/S_s, the weight with which the student's own sampling turns what it cannot explain into variance.</summary>
    public static double Spread(in MarchenkoPastur s) => s.Gamma * s.P * s.QSquaredOverS;

    /// <summary>s2 g - a2 l by Kahan's difference of products: its sign is right to the last bit.</summary>
    private static double Surplus(double s2, double gamma, double a2, double lambda)
    {
        double product = a2 * lambda;
        double correction = Math.FusedMultiplyAdd(-a2, lambda, product);
        return Math.FusedMultiplyAdd(s2, gamma, -product) + correction;
    }

    /// <summary>Far enough from overflow and underflow that products of it and its rounding errors are exact.</summary>
    private static bool IsTame(double value) => value is > 1e-250 and < 1e250;

    // Far below any other exponent for 0, and yet in range when two of them are added.
    private static int Exponent(double value) => value == 0 ? -100_000 : Math.ILogB(value);

    private static double Mantissa(double value, int scale) => value == 0 ? 0 : Math.ScaleB(Math.ScaleB(value, -Math.ILogB(value)), scale);
}
