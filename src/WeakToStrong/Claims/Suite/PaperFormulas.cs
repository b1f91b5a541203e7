using WeakToStrong.Asymptotics;

namespace WeakToStrong.Claims.Suite;

/// <summary>
/// The formulas as the paper prints them (with the signal power a2 put in), so that claims are tested against the paper and not against the
/// forms that the library evaluates.
/// </summary>
internal static class PaperFormulas
{
    /// <summary>Definition 2: m(lambda; gamma) = -(1/(2 gamma lambda)) [1 - gamma + lambda - sqrt((1 + gamma +
    /// lambda)^2 - 4 gamma)].</summary>
    public static double M1(double gamma, double lambda) =>
        -(1 - gamma + lambda - Math.Sqrt(((1 + gamma + lambda) * (1 + gamma + lambda)) - (4 * gamma))) / (2 * gamma * lambda);

    /// <summary>m_2 = -dm/dlambda, differentiated from Definition 2.</summary>
    public static double M2(double gamma, double lambda)
    {
        double b = 1 + gamma + lambda, slope = b / Math.Sqrt((b * b) - (4 * gamma));
        return (M1(gamma, lambda) / lambda) - ((slope - 1) / (2 * gamma * lambda));
    }

    /// <summary>Proposition 3, without sigma^2: (a2 l - s2 g) l m2 + s2 g m1.</summary>
    public static double TeacherExcess(double gamma, double lambda, double s2, double a2) =>
        (((a2 * lambda) - (s2 * gamma)) * lambda * M2(gamma, lambda)) + (s2 * gamma * M1(gamma, lambda));

    /// <summary>Theorem 4: Delta = (s2 g_t - a2 l_t)(m_t1 - l_t m_t2)(l_s^2 m_s2 - 2 l_s m_s1) + a2 l_s^2 m_s2 (1 - l_t m_t1).</summary>
    public static double Delta(MarchenkoPastur t, MarchenkoPastur s, double s2, double a2) =>
        (((s2 * t.Gamma) - (a2 * t.Lambda)) * t.M1MinusLambdaM2 * (s.V - (2 * s.Q))) + (a2 * s.V * t.P);

    /// <summary>Theorem 8: Delta_Gamma = l_s (l_t m_t1 - 1)(-2 l_t m_s1 m_t1 + l_s m_s2 (l_t m_t1 - 1)), times a2.</summary>
    public static double DeltaGamma(MarchenkoPastur t, MarchenkoPastur s, double a2) =>
        a2 * ((t.Q - 1) * ((-2 * t.Q * s.Q) + (s.V * (t.Q - 1))));
}
