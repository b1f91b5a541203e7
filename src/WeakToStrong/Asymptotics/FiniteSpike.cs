namespace WeakToStrong.Asymptotics;

/// <summary>
/// Winning window and best ridge of an aligned student with a finite spike, where no closed form is known. Both are found from the sign of
/// an exact expression, so they carry full accuracy once bracketed (docs/derivations.md, section 6).
/// </summary>
internal static class FiniteSpike
{
    private const double Tiny = 1e-300, Huge = 1e300;
    private const int ScanPoints = 256;

    /// <summary>
    /// The window. The winning set lies inside that of the infinite spike and contains the isotropic student's. For gamma_s at most 1, and for
    /// lambda_s above gamma_s - 1 otherwise, the bracket increases with lambda_s and crosses zero once; below gamma_s - 1 it is scanned, and the
    /// outermost crossings are reported.
    /// </summary>
    public static WinningWindow Window(StudentLimit student)
    {
        double Bracket(double lambda) => student.Bracket(student.At(lambda));

        double gamma = student.Gamma;
        WinningWindow outer = WinningWindow.Of(student.AlignedKappa, gamma);
        if (outer.Kind == WindowKind.Never || student.Kappa >= 1)
            return student.Kappa >= 1 ? WinningWindow.Always : WinningWindow.Never;
        // Beyond this ridge both the spike and the shrinkage leave less than 1 - kappa to win by.
        double far = Math.Min(outer.High, Math.Min(Huge, 16 * (1 + gamma) * (1 + student.Spike) / (1 - student.Kappa)));
        double split = gamma > 1 ? Math.Min(gamma - 1, far) : 0;
        bool winsAtZero = Bracket(0) < 0;
        if (gamma <= 1)
            return winsAtZero ? WinningWindow.Between(0, Crossing(Bracket, Tiny, far)) : WinningWindow.Never;

        double[] ridges = Scan(Math.Max(Tiny, Math.Max(outer.Low, split * 1e-30)), split);
        int first = Array.FindIndex(ridges, l => Bracket(l) < 0), last = Array.FindLastIndex(ridges, l => Bracket(l) < 0);
        if (first < 0)
        {
            double lowest = Minimum(Bracket, ridges);
            if (!(Bracket(lowest) < 0))
                return WinningWindow.Never;
            return WinningWindow.Between(Crossing(Bracket, ridges[0], lowest), Crossing(Bracket, lowest, split));
        }
        double low = winsAtZero ? 0 : Crossing(Bracket, first == 0 ? Tiny : ridges[first - 1], ridges[first]);
        double high = last == ridges.Length - 1 ? Crossing(Bracket, ridges[last], far) : Crossing(Bracket, ridges[last], ridges[last + 1]);
        return WinningWindow.Between(low, high);
    }

    /// <summary>The best ridge: every ridge where the slope of the error turns from minus to plus, and 0, compared by the error there.</summary>
    public static double BestRidge(StudentLimit student)
    {
        double Slope(double lambda) => student.Slope(student.At(lambda));
        double Gap(double lambda) => student.Gap(student.At(lambda));

        double gamma = student.Gamma;
        double far = Math.Min(Huge, 100 * (1 + gamma) * (1 + student.Spike) * (2 + Math.Max(0, student.Kappa)));
        double near = Math.Max(Tiny, 1e-16 * Math.Min(1, (1 - gamma) * (1 - gamma)) * Math.Min(1, Math.Abs(Slope(0))));
        double best = 0, bestGap = Gap(0);
        double[] ridges = Scan(near, far);
        for (int i = 1; i < ridges.Length; i++)
        {
            if (!(Slope(ridges[i - 1]) < 0 && Slope(ridges[i]) >= 0))
                continue;
            double ridge = Crossing(Slope, ridges[i - 1], ridges[i]);
            double gap = Gap(ridge);
            if (gap < bestGap)
                (best, bestGap) = (ridge, gap);
        }
        return best;
    }

    private static double[] Scan(double low, double high)
    {
        var values = new double[ScanPoints];
        double logLow = Math.Log(low), step = (Math.Log(high) - logLow) / (ScanPoints - 1);
        for (int i = 0; i < values.Length; i++)
            values[i] = Math.Exp(logLow + (i * step));
        values[0] = low;
        values[^1] = high;
        return values;
    }

    /// <summary>A sign change between two positive ridges, to the last bits: bisection in the logarithm, then in the value.</summary>
    private static double Crossing(Func<double, double> f, double low, double high)
    {
        bool negativeLow = f(low) < 0;
        while (true)
        {
            double middle = high > 2 * low ? Math.Sqrt(low) * Math.Sqrt(high) : 0.5 * (low + high);
            if (middle <= low || middle >= high)
                return high;
            if (f(middle) < 0 == negativeLow)
                low = middle;
            else
                high = middle;
        }
    }

    /// <summary>The lowest point near the lowest scanned one, by golden section in the logarithm.</summary>
    private static double Minimum(Func<double, double> f, double[] ridges)
    {
        int lowest = 0;
        for (int i = 1; i < ridges.Length; i++)
        {
            if (f(ridges[i]) < f(ridges[lowest]))
                lowest = i;
        }
        const double Golden = 0.6180339887498949;
        double a = Math.Log(ridges[Math.Max(0, lowest - 1)]), b = Math.Log(ridges[Math.Min(ridges.Length - 1, lowest + 1)]);
        for (int step = 0; step < 60; step++)
        {
            double left = b - (Golden * (b - a)), right = a + (Golden * (b - a));
            if (f(Math.Exp(left)) < f(Math.Exp(right)))
                b = right;
            else
                a = left;
        }
        return Math.Exp(0.5 * (a + b));
    }
}
