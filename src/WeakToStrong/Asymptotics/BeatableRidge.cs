namespace WeakToStrong.Asymptotics;

/// <summary>
/// The supremum of the teacher ridges that some student can still beat, for a student with an aligned direction; derived in
/// docs/derivations.md, section 7. No argument is checked here.
/// </summary>
internal static class BeatableRidge
{
    private const double Smallest = 1e-300;
    private const int ScanPoints = 48;

    /// <summary>Null when no teacher ridge can be beaten, infinity when every one can (alignment 1 with an infinite spike).</summary>
    /// <param name="gamma">gamma_t.</param>
    /// <param name="a0">lambda_t* = s2 gamma_t/a2.</param>
    /// <param name="studentGamma">gamma_s.</param>
    /// <param name="zeta">Alignment, positive.</param>
    /// <param name="spike">w, positive, may be infinite.</param>
    public static double? Find(double gamma, double a0, double studentGamma, double zeta, double spike)
    {
        double? infinite = InfiniteSpike(gamma, a0, WinningWindow.Threshold(studentGamma), zeta);
        return infinite is null || double.IsPositiveInfinity(spike) ? infinite
            : FiniteSpike(gamma, a0, studentGamma, zeta, spike, infinite.Value);
    }

    /// <summary>
    /// The largest ridge with kappa_z &gt; k0. In p, decreasing from its value at ridge 0 to 0, that is F(p) &gt; 0 for the cubic F = p (a0
    /// + g (1-p)^2) - (1-z^2)(1 + k0 - p)(1 - g p^2), negative at 0: its first root, which the zeros of F' separate from the others.
    /// </summary>
    private static double? InfiniteSpike(double g, double a0, double k0, double zeta)
    {
        double across = (1 - zeta) * (1 + zeta), top = Math.Min(1, 1 / g);
        if (across == 0)
            return a0 > 0 || g > 1 ? double.PositiveInfinity : null;
        bool Wins(double lambda) => TeacherLimit(g, lambda, a0, 1, zeta, double.PositiveInfinity).AlignedKappa > k0;
        double Edge(double low) => Boundary(Wins, Math.Max(low, Smallest), Math.Max(2 * low, (a0 + (zeta * zeta * (1 + g))) / across));

        // F' = (a0 + g + c) - 2 g (2 - c (1 + k0)) p + 3 g (1 - c) p^2 with c = 1 - z^2. Where F is positive at its hill, the first root
        // lies before it, so the largest ridge beyond the ridge of that p; else only between the valley that follows and the top.
        double a = 3 * g * (1 - across), b = g * (2 - (across * (1 + k0))), c = a0 + g + across, discriminant = (b * b) - (a * c);
        if (discriminant > 0 && b > 0)
        {
            double hill = c / (b + Math.Sqrt(discriminant)), ridge = (1 - hill) * (1 - (g * hill)) / hill;
            if (hill < top && Wins(ridge))
                return Edge(ridge);
        }
        return Wins(0) ? Edge(0) : null;
    }

    /// <summary>The winning set lies inside that of the infinite spike: a scan downwards from its end, then bisection.</summary>
    private static double? FiniteSpike(double g, double a0, double studentGamma, double zeta, double spike, double infinite)
    {
        // With alignment 1 every ridge is beaten by the infinite spike; by a finite one, only while theta < K, K at most (a0 + g)/lambda.
        double high = Math.Min(infinite, 2 * (1 + a0 + g) * (1 + spike));
        bool Wins(double lambda)
        {
            StudentLimit student = TeacherLimit(g, lambda, a0, studentGamma, zeta, spike);
            return studentGamma <= 1 ? student.Bracket(student.At(0)) < 0 : student.Window().Kind != WindowKind.Never;
        }

        double above = high;
        for (int i = 0; i < ScanPoints; i++)
        {
            double lambda = high * Math.Pow(1e-8, (i + 1.0) / ScanPoints);
            if (Wins(lambda))
                return Boundary(Wins, lambda, above);
            above = lambda;
        }
        return Wins(0) ? Boundary(Wins, Smallest, above) : null;
    }

    /// <summary>Where winning ends between a ridge that is beaten and one that is not, to the last bits.</summary>
    private static double Boundary(Func<double, bool> wins, double low, double high)
    {
        while (true)
        {
            double middle = high > 2 * low ? Math.Sqrt(low) * Math.Sqrt(high) : 0.5 * (low + high);
            if (middle <= low || middle >= high)
                return high;
            if (wins(middle))
                low = middle;
            else
                high = middle;
        }
    }

    /// <summary>A teacher with signal power 1 and noise a0/gamma.</summary>
    private static StudentLimit TeacherLimit(double gamma, double lambda, double a0, double studentGamma, double zeta, double spike) =>
        new(TeacherMoments.Ridge(MarchenkoPastur.Trusted(gamma, lambda), a0 / gamma, 1), studentGamma, zeta, spike);
}
