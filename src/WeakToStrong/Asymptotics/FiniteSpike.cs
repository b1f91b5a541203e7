namespace WeakToStrong.Asymptotics;

/// <summary>
/// Winning window and best ridge of an aligned student with a finite spike, where no closed form is known. The slope of the error in
/// lambda_s is a positive factor times a sum whose every term increases, so the error has one valley and the ridges that beat the teacher
/// form one interval (docs/derivations.md, section 6). Both are found by bisection on the sign of an exact expression, to the last bits.
/// </summary>
internal static class FiniteSpike
{
    /// <summary>The window: where an error that falls to its valley and then rises stays below the teacher's.</summary>
    public static WinningWindow Window(StudentLimit student, double bestRidge)
    {
        double Bracket(double lambda) => student.Bracket(student.At(lambda));

        // Predicting zero, the end of every path, beats the teacher.
        if (student.Kappa >= 1)
            return WinningWindow.Always;
        // For gamma_s <= 1 a ridge of 0 copies the teacher: the student wins just above 0, or never.
        bool winsAtZero = Bracket(0) < 0;
        if (winsAtZero)
            return WinningWindow.Between(0, Crossing(Bracket, bestRidge, double.MaxValue));
        if (student.Gamma <= 1 || !(Bracket(bestRidge) < 0))
            return WinningWindow.Never;
        return WinningWindow.Between(Crossing(Bracket, 0, bestRidge), Crossing(Bracket, bestRidge, double.MaxValue));
    }

    /// <summary>The best ridge: the root of the slope, or 0 where the error only grows.</summary>
    public static double BestRidge(StudentLimit student)
    {
        double Slope(double lambda) => student.Slope(student.At(lambda));

        return Slope(0) < 0 ? Crossing(Slope, 0, double.MaxValue) : 0;
    }

    /// <summary>The sign change between two ridges, to the last bits: bisection in the logarithm, then in the value.</summary>
    private static double Crossing(Func<double, double> f, double low, double high)
    {
        bool negativeLow = f(low) < 0;
        low = Math.Max(low, double.Epsilon);
        while (true)
        {
            double middle = high > 2 * low ? Math.Sqrt(low) * Math.Sqrt(high) : low + (0.5 * (high - low));
            if (middle <= low || middle >= high)
                return high;
            if (f(middle) < 0 == negativeLow)
                low = middle;
            else
                high = middle;
        }
    }
}
