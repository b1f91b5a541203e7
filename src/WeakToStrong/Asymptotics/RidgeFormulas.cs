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

    /// <summary>K = kappa + q_t = (s2 g_t/a2 + g_t q_t^2)/S_t, positive: what kappa is to a student that knows the target's direction.</summary>
    public static double AlongKappa(in MarchenkoPastur t, double s2, double a2) => t.Gamma * ((s2 / a2) + (t.Q * t.Q)) / t.S;

    /// <summary>
    /// kappa_z = (kappa + z^2 q_t)/(1 - z^2) = kappa + z^2 K/(1 - z^2), which takes kappa's place for an aligned student with an infinite
    /// spike. Infinite at z = 1, unless the teacher is perfect.
    /// </summary>
    public static double AlignedKappa(double kappa, double alongKappa, double zeta) =>
        zeta == 0 || alongKappa == 0 ? kappa : kappa + (zeta * zeta * alongKappa / ((1 - zeta) * (1 + zeta)));

    /// <summary>
    /// E_s - E_t = a2 p_t q_s B, the paper's Delta - zeta^2 Delta_Gamma with the factor taken out that vanishes at both ends.
    /// </summary>
    public static double Gap(in MarchenkoPastur t, in MarchenkoPastur s, double a2, in Contest contest) =>
        s.Q == 0 ? 0 : a2 * t.P * s.Q * Bracket(t, s, contest);

    /// <summary>
    /// B = (1 - z^2)(r_s - kappa (2 - r_s)) + z^2 (theta (2 q_t + theta r_s p_t) - K (2 - r_s)): negative exactly where the student wins;
    /// minus infinity when the teacher's error is infinite.
    /// </summary>
    public static double Bracket(in MarchenkoPastur t, in MarchenkoPastur s, in Contest c)
    {
        if (double.IsPositiveInfinity(c.Kappa))
            return double.NegativeInfinity;
        double theta = Theta(s, c.Spike), across = Math.FusedMultiplyAdd(-c.Kappa, 2 - s.R, s.R);
        double along = (theta * ((2 * t.Q) + (theta * s.R * t.P))) - (c.AlongKappa * (2 - s.R));
        return ((1 - c.Zeta) * (1 + c.Zeta) * across) + (c.Zeta * c.Zeta * along);
    }

    /// <summary>
    /// A positive multiple of dE_s/dlambda_s for a finite spike w, with G = l/(p S^2):
    /// (1 - z^2)(G - kappa (1 - G)) + z^2 (theta (q_t + theta p_t G) - K (1 - G) + w theta^2 (q_t q_s + theta p_t V_s)).
    /// </summary>
    public static double Slope(in MarchenkoPastur t, in MarchenkoPastur s, in Contest c)
    {
        double theta = Theta(s, c.Spike), g = s.G, rest = s.OneMinusG;
        double drift = c.Spike * theta * theta * ((t.Q * s.Q) + (theta * t.P * s.V));
        double along = (theta * (t.Q + (theta * t.P * g))) - (c.AlongKappa * rest) + drift;
        return ((1 - c.Zeta) * (1 + c.Zeta) * Math.FusedMultiplyAdd(-c.Kappa, rest, g)) + (c.Zeta * c.Zeta * along);
    }

    /// <summary>What decides between a student and its teacher, besides the two resolvents.</summary>
    /// <param name="Kappa">kappa of the teacher.</param>
    /// <param name="AlongKappa">K = kappa + q_t.</param>
    /// <param name="Zeta">Alignment.</param>
    /// <param name="Spike">w, may be infinite.</param>
    public readonly record struct Contest(double Kappa, double AlongKappa, double Zeta, double Spike);
}
