using WeakToStrong.Asymptotics;
using WeakToStrong.Functions;
using WeakToStrong.Simulation;

namespace WeakToStrong.Claims.Suite;

/// <summary>Claims about when the student wins: Theorem 5 and equation (5), decided by brute force on Theorem 4
/// and by simulation.</summary>
internal static class WindowClaims
{
    private const int Draws = 20_000;

    // Every draw adds ridges around its own edges.
    private static readonly Grid Ridges = Grid.Logarithmic(1e-6, 1e6, 241);

    public static IReadOnlyList<Claim> All { get; } =
    [
        new Claim(
            "theorem-5", "The student wins exactly for lambda_s in the window of Theorem 5 (completed: never, an interval, or always)",
            "Theorem 5",
            $"Sign of Theorem 4's Delta on 241 ridges and around both edges for {Draws} random settings, against the closed form; and "
            + "exact simulation 2% to either side of four edges at d = 1000000000.",
            Theorem5, "tau with the other sign", "window edges without the square")
        {
            Correction = "the paper leaves open kappa >= 1, gamma_s = 1, lambda_t = lambda_t* and lambda_t = 0, and (12) is 0/0 at c = -1",
        },
        new Claim(
            "equation-5", "For gamma_s > 1 a window exists exactly if H2 < 1/(1 - 4 gamma_s + 4 sqrt(gamma_s (gamma_s - 1)))",
            "Equations (5) and (13)",
            $"Existence of a ridge with Delta < 0, by search, on {Draws} random settings with gamma_s > 1 and lambda_t < lambda_t*; both "
            + "printed constants must misjudge over 5% of them.",
            Equation5, "minus in place of plus before the root, as in (5)", "the root without its factor 4, as in (13)")
        {
            Correction = "the printed constants have a minus before the root (5) or lack its factor 4 (13)",
        },
        new Claim(
            "no-isotropic-student-beats-the-optimal-teacher", "With lambda_t = lambda_t* every isotropic student is worse than its teacher",
            "Theorem 5 and Appendix E",
            $"Delta > 0 on 241 ridges for {Draws} random settings with the optimal teacher.", OptimalTeacherIsUnbeaten,
            "the teacher at 0.7 of its optimum"),
    ];

    private static Evidence Theorem5(ClaimTest test)
    {
        var draws = new ParameterDraws(test);
        long misjudged = 0;
        for (int i = 0; i < Draws; i++)
        {
            Setting x = draws.Next();
            double kappa = new RidgeTeacher(x.GammaTeacher, x.LambdaTeacher, x.NoiseVariance, x.SignalPower).UnderRegularization;
            misjudged += IsMisjudged(x, Window(test, kappa, x.GammaStudent)) ? 1 : 0;
        }
        return Evidence.Worst(Evidence.Never(misjudged, Draws), SimulatedEdges(test));
    }

    private static WinningWindow Window(ClaimTest test, double kappa, double gamma)
    {
        if (kappa is <= 0 or >= 1)
            return WinningWindow.Of(kappa, gamma);
        WinningWindow right = WinningWindow.Of(kappa, gamma);
        // tau -> -tau is kappa -> the kappa of the opposite tau; the edges are squares of sums.
        return test.Formula(right, WinningWindow.Of(Opposite(kappa), gamma),
            right.Kind == WindowKind.Interval ? WinningWindow.Between(Math.Sqrt(right.Low), Math.Sqrt(right.High)) : right);
    }

    /// <summary>The kappa whose tau = (3 kappa - 1)/sqrt(8 kappa (1 - kappa)) is the negative.</summary>
    private static double Opposite(double kappa)
    {
        double tau2 = ((3 * kappa) - 1) * ((3 * kappa) - 1) / (8 * kappa * (1 - kappa));
        // (9 + 8 tau2) k^2 - (6 + 8 tau2) k + 1 = 0 has the two kappas as its roots, whose product is 1/(9 + 8 tau2).
        return 1 / ((9 + (8 * tau2)) * kappa);
    }

    /// <summary>Whether some tried ridge wins outside the window or loses inside it, beyond what rounding of Delta leaves open.</summary>
    private static bool IsMisjudged(Setting x, WinningWindow window)
    {
        MarchenkoPastur t = x.TeacherResolvent;
        if (t.S == 0)
            return window.Kind != WindowKind.Always;
        foreach (double ridge in Ridges.Concat(AroundEdges(window)))
        {
            MarchenkoPastur s = new(x.GammaStudent, ridge);
            double scale = x.SignalPower * t.P * s.Q * (2 + (2 * Math.Abs(x.OptimalRidge - x.LambdaTeacher) / t.S));
            double delta = PaperFormulas.Delta(t, s, x.NoiseVariance, x.SignalPower);
            if (Math.Abs(delta) > 1e-12 * scale && (delta < 0) != window.Contains(ridge))
                return true;
        }
        return false;
    }

    private static IEnumerable<double> AroundEdges(WinningWindow window) =>
        window.Kind != WindowKind.Interval ? []
            : new[] { window.Low, window.High }.Where(e => e is > 1e-100 and < 1e100).SelectMany(e => new[] { e * 0.999, e * 1.001 })
                .Append(window.Low > 0 ? Math.Sqrt(window.Low) * Math.Sqrt(window.High) : 0.5 * window.High);

    /// <summary>Either side of four edges the simulated gap has the sign that the window says, by at least four standard errors.</summary>
    private static Evidence SimulatedEdges(ClaimTest test)
    {
        const long D = 1_000_000_000, Trials = 60;
        double leastCertain = double.PositiveInfinity;
        foreach ((double gt, double lt, double gs, double s2, bool high) in ((double, double, double, double, bool)[])
            [(0.25, 0.02, 0.25, 1, true), (0.5, 0.02, 1.25, 0.9, true), (0.8, 0.14, 2, 1, false), (0.8, 0.1, 1, 0.5, true)])
        {
            var teacher = new RidgeTeacher(gt, lt, s2);
            WinningWindow window = Window(test, teacher.UnderRegularization, gs);
            double edge = high ? window.High : window.Low;
            if (!double.IsFinite(edge))
                return Evidence.Never(1, 4);
            Grid ridges = Grid.Of(edge * 0.98, edge * 1.02);
            SimulationResult result = test.Simulate(new LinearExperiment(D, (long)Math.Round(D / gt), (long)Math.Round(D / gs), s2),
                Grid.Of(lt), ridges, Trials);
            for (int j = 0; j < ridges.Count; j++)
            {
                leastCertain = Math.Min(leastCertain, (window.Contains(ridges[j]) ? -1 : 1) * result.Gap(0, j).Z(0));
            }
        }
        return Evidence.AtLeast(leastCertain, 4);
    }

    private static Evidence Equation5(ClaimTest test)
    {
        var draws = new ParameterDraws(test);
        long wrong = 0, wrong5 = 0, wrong13 = 0, tried = 0;
        while (tried < Draws)
        {
            Setting x = draws.Next();
            if (x.GammaStudent <= 1 || x.LambdaTeacher >= x.OptimalRidge || x.TeacherResolvent.S == 0)
                continue;
            tried++;
            double root = Math.Sqrt(x.GammaStudent * (x.GammaStudent - 1)), h2 = (x.LambdaTeacher - x.OptimalRidge) / x.TeacherResolvent.S;
            double minus4 = 1 / (1 - (4 * x.GammaStudent) - (4 * root)), plus1 = 1 / (1 - (4 * x.GammaStudent) + root);
            double constant = test.Formula(1 / (1 - (4 * x.GammaStudent) + (4 * root)), minus4, plus1);
            bool exists = WinsSomewhere(x);
            wrong += exists != h2 < constant ? 1 : 0;
            wrong5 += exists != h2 < minus4 ? 1 : 0;
            wrong13 += exists != h2 < plus1 ? 1 : 0;
        }
        return Evidence.Worst(Evidence.Never(wrong, tried), Evidence.AtLeast(Math.Min(wrong5, wrong13) / (double)tried, 0.05));
    }

    /// <summary>Whether Delta is negative at some ridge: the lowest of a grid, then golden section on Delta over its
    /// vanishing factor q_s.</summary>
    private static bool WinsSomewhere(Setting x)
    {
        MarchenkoPastur t = x.TeacherResolvent;
        double Scaled(double logRidge)
        {
            MarchenkoPastur s = new(x.GammaStudent, Math.Exp(logRidge));
            return PaperFormulas.Delta(t, s, x.NoiseVariance, x.SignalPower) / s.Q;
        }

        double step = Math.Log(2), low = Math.Log(1e-6), best = low;
        for (double at = low; at < -low; at += step)
            best = Scaled(at) < Scaled(best) ? at : best;
        return Scaled(BrentMinimum.Search(Scaled, best - step, best + step, tolerance: 1e-9, most: 40)) < 0;
    }

    private static Evidence OptimalTeacherIsUnbeaten(ClaimTest test)
    {
        var draws = new ParameterDraws(test);
        long beaten = 0;
        for (int i = 0; i < Draws; i++)
        {
            Setting x = draws.Next();
            MarchenkoPastur t = new(x.GammaTeacher, test.Formula(x.OptimalRidge, 0.7 * x.OptimalRidge));
            foreach (double ridge in Ridges)
            {
                MarchenkoPastur s = new(x.GammaStudent, ridge);
                if (PaperFormulas.Delta(t, s, x.NoiseVariance, x.SignalPower) < -1e-13 * x.SignalPower * t.P * s.Q)
                {
                    beaten++;
                    break;
                }
            }
        }
        return Evidence.Never(beaten, Draws);
    }
}
