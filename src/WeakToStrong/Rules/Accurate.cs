namespace WeakToStrong.Rules;

/// <summary>
/// exp(x) - 1 and log(1 + x) to a few units in the last place, also near 0 (Kahan's corrections; Higham 2002, section 1.14).
/// </summary>
internal static class Accurate
{
    /// <summary>exp(x) - 1.</summary>
    public static double ExpM1(double x)
    {
        double u = Math.Exp(x);
        if (u == 1)
            return x;
        double less = u - 1;
        return less == -1 || double.IsInfinity(u) ? less : less * x / Math.Log(u);
    }

    /// <summary>log(1 + x), x above -1.</summary>
    public static double Log1P(double x)
    {
        double u = 1 + x;
        return u == 1 ? x : double.IsInfinity(u) ? Math.Log(x) : Math.Log(u) * x / (u - 1);
    }
}
