using WeakToStrong.Asymptotics;
using WeakToStrong.Simulation;

namespace WeakToStrong.Claims.Suite;

/// <summary>Claims about students whose penalty knows something of the target (Section 2.2): which teachers they beat.</summary>
internal static class AlignmentClaims
{
    private const int Draws = 5_000;
    private const double Below = 0.999, Above = 1.001;
    private static readonly Grid Ridges = Grid.Logarithmic(1e-6, 1e6, 121);

    public static IReadOnlyList<Claim> All { get; } =
    [
        new Claim(
            "small-alignment", "For gamma_s < 1 an aligned student beats even the optimal teacher at every zeta > 0, however small",
            "Section 2.2 on Figure 3",
            $"Sign of Theorem 8's gap on 121 ridges and around the edge for {Draws} random settings with lambda_t = lambda_t* and zeta "
            + "from 0.001 to 0.5, of which each with gamma_s < 1 must have a winning ridge; and exact simulation at zeta = 0.2, "
            + "d = 1000000000.",
            SmallAlignment, "no window for small zeta, as printed", "zeta in place of zeta^2 in kappa_z")
        {
            Correction = "the paper says that for small zeta the student never outperforms the teacher; that holds only for gamma_s >= 1",
        },
        new Claim(
            "over-regularized-teacher",
            "Unlike an isotropic student, an aligned one can beat a teacher with lambda_t > lambda_t*, exactly if kappa_z allows it",
            "Section 4 on Figure 2",
            $"Sign of Theorem 8's gap on 121 ridges and around the edges for {Draws} random settings with lambda_t from lambda_t* to 3 "
            + "lambda_t*, of which some must have a window; and exact simulation of both panels of Figure 2 at 1.5 lambda_t*, "
            + "d = 1000000000.",
            OverRegularized, "kappa in place of kappa_z", "kappa_z without the division by 1 - zeta^2"),
    ];

    private static Evidence SmallAlignment(ClaimTest test)
    {
        var draws = new ParameterDraws(test);
        long misjudged = 0;
        for (int i = 0; i < Draws; i++)
        {
            Setting x = draws.Next();
            x = x with { LambdaTeacher = x.OptimalRidge };
            double zeta = draws.LogUniform(1e-3, 0.5);
            misjudged += IsMisjudged(x, zeta, Window(x, zeta)) || (x.GammaStudent < 1 && !WinsInside(x, zeta)) ? 1 : 0;
        }
        return Evidence.Worst(Evidence.Never(misjudged, Draws), Simulated(test, [(0.25, 0.25, 1, 0.25, 0.2)], Window));

        WinningWindow Window(Setting x, double zeta)
        {
            double right = AlignedKappa(x, zeta), plain = (Kappa(x) + (zeta * x.TeacherResolvent.Q)) / ((1 - zeta) * (1 + zeta));
            return WinningWindow.Of(test.Formula(right, 0, plain), x.GammaStudent);
        }
    }

    private static Evidence OverRegularized(ClaimTest test)
    {
        var draws = new ParameterDraws(test);
        long misjudged = 0, won = 0;
        for (int i = 0; i < Draws; i++)
        {
            Setting x = draws.Next();
            x = x with { LambdaTeacher = x.OptimalRidge * draws.LogUniform(1.001, 3) };
            double zeta = draws.LogUniform(0.05, 0.999);
            WinningWindow window = Window(x, zeta);
            won += window.Kind == WindowKind.Never ? 0 : 1;
            misjudged += IsMisjudged(x, zeta, window) ? 1 : 0;
        }
        return Evidence.Worst(Evidence.Never(misjudged, Draws), Evidence.AtLeast(won, 1),
            Simulated(test, [(0.25, 0.25, 1, 0.375, 0.8), (0.25, 500 / 416.0, 1, 0.375, 0.88)], Window));

        WinningWindow Window(Setting x, double zeta)
        {
            double right = AlignedKappa(x, zeta), undivided = Kappa(x) + (zeta * zeta * x.TeacherResolvent.Q);
            return WinningWindow.Of(test.Formula(right, Kappa(x), undivided), x.GammaStudent);
        }
    }

    // Ten percent inside and outside the upper edge the gap must have the sign that the window says.
    private static Evidence Simulated(ClaimTest test, (double Gt, double Gs, double S2, double Lt, double Zeta)[] settings,
        Func<Setting, double, WinningWindow> predict)
    {
        const long D = 1_000_000_000, Trials = 60;
        double leastCertain = double.PositiveInfinity;
        foreach ((double gt, double gs, double s2, double lt, double zeta) in settings)
        {
            WinningWindow window = predict(new Setting(gt, lt, gs, s2, 1), zeta);
            if (window.Kind != WindowKind.Interval)
                return Evidence.Never(1, settings.Length);
            Grid ridges = Grid.Of(window.High * 0.9, window.High * 1.1);
            var experiment = new LinearExperiment(D, (long)Math.Round(D / gt), (long)Math.Round(D / gs), s2, alignment: zeta);
            SimulationResult result = test.Simulate(experiment, Grid.Of(lt), ridges, Trials);
            for (int j = 0; j < ridges.Count; j++)
                leastCertain = Math.Min(leastCertain, (window.Contains(ridges[j]) ? -1 : 1) * result.Gap(0, j).Z(0));
        }
        return Evidence.AtLeast(leastCertain, 4);
    }

    private static double Kappa(Setting x) => (x.OptimalRidge - x.LambdaTeacher) / x.TeacherResolvent.S;

    private static double AlignedKappa(Setting x, double zeta) =>
        (Kappa(x) + (zeta * zeta * x.TeacherResolvent.Q)) / ((1 - zeta) * (1 + zeta));

    private static bool WinsInside(Setting x, double zeta)
    {
        WinningWindow window = WinningWindow.Of(AlignedKappa(x, zeta), x.GammaStudent);
        double ridge = double.IsFinite(window.High) ? 0.5 * window.High : 1;
        return Gap(x, zeta, ridge) < 0;
    }

    /// <summary>Whether a tried ridge wins outside the window or loses inside it, beyond what rounding of the gap leaves open.</summary>
    private static bool IsMisjudged(Setting x, double zeta, WinningWindow window)
    {
        MarchenkoPastur t = x.TeacherResolvent;
        IEnumerable<double> edges = window.Kind != WindowKind.Interval ? []
            : new[] { window.Low, window.High }.Where(e => e is > 1e-100 and < 1e100).SelectMany(e => new[] { e * Below, e * Above });
        foreach (double ridge in Ridges.Concat(edges))
        {
            MarchenkoPastur s = new(x.GammaStudent, ridge);
            double scale = x.SignalPower * t.P * s.Q * (2 + (2 * Math.Abs(x.OptimalRidge - x.LambdaTeacher) / t.S));
            double gap = Gap(x, zeta, ridge);
            if (Math.Abs(gap) > 1e-12 * scale && (gap < 0) != window.Contains(ridge))
                return true;
        }
        return false;
    }

    private static double Gap(Setting x, double zeta, double ridge)
    {
        MarchenkoPastur t = x.TeacherResolvent, s = new(x.GammaStudent, ridge);
        return PaperFormulas.Delta(t, s, x.NoiseVariance, x.SignalPower) - (zeta * zeta * PaperFormulas.DeltaGamma(t, s, x.SignalPower));
    }
}
