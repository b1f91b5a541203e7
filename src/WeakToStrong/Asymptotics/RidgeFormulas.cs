namespace WeakToStrong.Asymptotics;

/// <summary>
/// The limiting errors of teacher and student (Proposition 3, Theorem 4, Theorem 8 and its finite-spike extension) as sums of
/// positive terms, and the gap between them as a product that keeps its relative accuracy where the two errors nearly agree.
/// Derivation: docs/derivations.md, sections 2 and 3. Subscripts t, s: teacher, student; a2 signal power, s2 noise variance,
/// zeta alignment, theta = 1/(1 + spike p_s). No argument is checked here.
/// </summary>
internal static class RidgeFormulas
{
    /// <summary>E_t = (a2 q_t^2/p_t + s2 g_t p_t)/S_t.</summary>
    public static double TeacherExcess(in MarchenkoPastur t, double s2, double a2)
    {
        double bias = t.S == 0 ? 0 : a2 * t.Q * (t.Q / t.PS);
        // Without noise there is no variance, also where p/S is infinite (gamma = 1, lambda = 0).
        return s2 == 0 ? bias : bias + (s2 * t.Gamma * (t.P / t.S));
    }

    /// <summary>The variance that the teacher's randomness leaves in the student's labels: g_t p_t^2 (s2 + E_t).</summary>
    public static double LabelVariance(in MarchenkoPastur t, double s2, double teacherExcess) =>
        t.Gamma * t.P * t.P * (s2 + teacherExcess);

    /// <summary>theta = 1/(1 + spike p_s), the student's relative ridge along the spike; 0 for the infinite spike of Theorem 8.</summary>
    public static double Theta(in MarchenkoPastur s, double spike) => double.IsPositiveInfinity(spike) ? 0 : 1 / (1 + (spike * s.P));

    /// <summary>
    /// E_s = a2 (1-z^2)(q_s + p_s q_t)^2 + a2 z^2 (q_t + theta q_s p_t)^2 + p_s^2 N + (g_s p_s q_s^2/S_s)(a2 p_t^2 (1-z^2 + theta^2 z^2) + N),
    /// where N is <see cref="LabelVariance"/>.
    /// </summary>
    public static double StudentExcess(in MarchenkoPastur t, in MarchenkoPastur s, double a2, double labelVariance, double zeta, double theta)
    {
        double off = (1 - zeta) * (1 + zeta), on = zeta * zeta;
        double across = s.Q + (s.P * t.Q), along = t.Q + (theta * s.Q * t.P);
        double spread = s.Gamma * s.P * s.QSquaredOverS;
        double signal = (a2 * off * across * across) + (a2 * on * along * along) + (spread * a2 * t.P * t.P * (off + (theta * theta * on)));
        // At lambda_s = infinity p_s is 0 and nothing of the labels is left, however noisy they were.
        if (double.IsPositiveInfinity(labelVariance))
            return s.P == 0 ? signal : labelVariance;
        return signal + (((s.P * s.P) + spread) * labelVariance);
    }

    /// <summary>a2 S_t kappa = s2 g_t - a2 lambda_t by Kahan's difference of products: its sign is right to the last bit.</summary>
    public static double Surplus(in MarchenkoPastur t, double s2, double a2)
    {
        double product = a2 * t.Lambda;
        double correction = Math.FusedMultiplyAdd(-a2, t.Lambda, product);
        double difference = Math.FusedMultiplyAdd(s2, t.Gamma, -product);
        return double.IsFinite(correction) ? difference + correction : difference;
    }

    /// <summary>kappa = (s2 g_t/a2 - lambda_t)/S_t = -H2, above -1; positive when the teacher's ridge is below its optimum.</summary>
    public static double Kappa(in MarchenkoPastur t, double s2, double a2)
    {
        double surplus = Surplus(t, s2, a2);
        return surplus == 0 ? 0 : surplus / a2 / t.S;
    }

    /// <summary>kappa_z = (kappa + z^2 q_t)/(1 - z^2), which takes kappa's place for an aligned student with an infinite spike.</summary>
    public static double AlignedKappa(double kappa, in MarchenkoPastur t, double zeta) =>
        zeta == 0 ? kappa : (kappa + (zeta * zeta * t.Q)) / ((1 - zeta) * (1 + zeta));

    /// <summary>
    /// E_s - E_t = a2 p_t q_s [ r_s (1 + kappa) - 2 kappa - z^2 (1 - theta)(2 q_t + (1 + theta) r_s p_t) ], the paper's
    /// Delta - zeta^2 Delta_Gamma with the factor that vanishes at both ends taken out.
    /// </summary>
    public static double Gap(in MarchenkoPastur t, in MarchenkoPastur s, double a2, double kappa, double zeta, double spike) =>
        s.Q == 0 ? 0 : a2 * t.P * s.Q * Bracket(t, s, kappa, zeta, spike);

    /// <summary>The bracket of <see cref="Gap"/>: negative exactly where the student wins; minus infinity when kappa is infinite.</summary>
    public static double Bracket(in MarchenkoPastur t, in MarchenkoPastur s, double kappa, double zeta, double spike)
    {
        if (double.IsPositiveInfinity(kappa))
            return double.NegativeInfinity;
        // Products with 1 + kappa and 2 kappa are joined as r - kappa (2 - r): fewer digits are lost where they nearly agree.
        double isotropic = Math.FusedMultiplyAdd(-kappa, 2 - s.R, s.R);
        double theta = Theta(s, spike), off = Coherence(s, spike);
        return isotropic - (zeta * zeta * off * ((2 * t.Q) + ((1 + theta) * s.R * t.P)));
    }

    /// <summary>
    /// A positive multiple of dE_s/dlambda_s: G (1 + kappa - z^2 p_t (1 - theta^2)) - kappa - z^2 q_t (1 - theta)
    /// + z^2 w theta^2 (q_t q_s + theta p_t V_s), with G = l/(p S^2) and w the (finite) spike.
    /// </summary>
    public static double Slope(in MarchenkoPastur t, in MarchenkoPastur s, double kappa, double zeta, double spike)
    {
        double on = zeta * zeta, theta = Theta(s, spike), off = Coherence(s, spike);
        double g = s.S == 0 ? 0.25 : s.Lambda / s.S / s.PS;
        double drift = spike * theta * theta * ((t.Q * s.Q) + (theta * t.P * s.V));
        return (g * (1 + kappa - (on * t.P * off * (1 + theta)))) - kappa + (on * (drift - (t.Q * off)));
    }

    /// <summary>1 - theta = w p_s/(1 + w p_s).</summary>
    public static double Coherence(in MarchenkoPastur s, double spike)
    {
        double lift = spike * s.P;
        return double.IsPositiveInfinity(spike) ? 1 : double.IsPositiveInfinity(lift) ? 1 : lift / (1 + lift);
    }
}
