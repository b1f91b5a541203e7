namespace WeakToStrong.Asymptotics;

/// <summary>Which student ridges beat the teacher.</summary>
public enum WindowKind
{
    /// <summary>No student ridge beats the teacher.</summary>
    Never,

    /// <summary>Exactly the ridges in an open interval do.</summary>
    Interval,

    /// <summary>Every positive student ridge does.</summary>
    Always,
}

/// <summary>
/// The open set of student ridges lambda_s whose test error is strictly below the teacher's (Theorem 5, completed for every teacher
/// and student). The default value is <see cref="WindowKind.Never"/>.
/// </summary>
public readonly record struct WinningWindow
{
    private WinningWindow(WindowKind kind, double low, double high)
    {
        Kind = kind;
        _low = low;
        _high = high;
    }

    private readonly double _low, _high;

    /// <summary>No ridge wins.</summary>
    public static WinningWindow Never => default;

    /// <summary>Every positive ridge wins.</summary>
    public static WinningWindow Always { get; } = new(WindowKind.Always, 0, double.PositiveInfinity);

    /// <summary>Never, an interval, or always.</summary>
    public WindowKind Kind { get; }

    /// <summary>Lower edge, excluded; 0 for <see cref="WindowKind.Always"/>, NaN for <see cref="WindowKind.Never"/>.</summary>
    public double Low => Kind == WindowKind.Never ? double.NaN : _low;

    /// <summary>Upper edge, excluded; infinite for <see cref="WindowKind.Always"/>, NaN for <see cref="WindowKind.Never"/>.</summary>
    public double High => Kind == WindowKind.Never ? double.NaN : _high;

    /// <summary>The open interval between two edges.</summary>
    /// <param name="low">Not negative.</param>
    /// <param name="high">At least <paramref name="low"/>; may be infinite.</param>
    internal static WinningWindow Between(double low, double high) => new(WindowKind.Interval, low, high);

    /// <summary>Whether a student with this ridge beats the teacher.</summary>
    /// <param name="lambda">lambda_s; not negative.</param>
    public bool Contains(double lambda) => Kind != WindowKind.Never && lambda > _low && lambda < _high;

    /// <summary>
    /// The value that <see cref="RidgeTeacher.UnderRegularization"/> must exceed for a window to exist: 0 for gamma_s below 1,
    /// else (1 + s)/(3 - s) with s = sqrt(1 - 1/gamma_s); 1/3 at gamma_s = 1, 1 for gamma_s -> infinity.
    /// </summary>
    /// <param name="studentGamma">gamma_s = d/n_s; positive.</param>
    public static double Threshold(double studentGamma)
    {
        if (Require.Positive(studentGamma) < 1)
            return 0;
        double s = Math.Sqrt((studentGamma - 1) / studentGamma);
        return (1 + s) / (3 - s);
    }

    /// <summary>
    /// The window for an isotropic or infinitely spiked student: r(lambda_s) &lt; 2 kappa/(1 + kappa), solved in closed form with
    /// tau = (3 kappa - 1)/sqrt(8 kappa (1 - kappa)) (docs/derivations.md, section 4).
    /// </summary>
    /// <param name="kappa">kappa, or kappa_z for an aligned student; above -1.</param>
    /// <param name="studentGamma">gamma_s; positive.</param>
    internal static WinningWindow Of(double kappa, double studentGamma)
    {
        if (kappa <= 0)
            return Never;
        if (kappa >= 1)
            return Always;
        double tau = ((3 * kappa) - 1) / Math.Sqrt(8 * kappa * (1 - kappa));
        if (studentGamma < 1)
        {
            double root = double.Hypot(tau, Math.Sqrt(1 - studentGamma));
            double x = tau >= 0 ? tau + root : (1 - studentGamma) / (root - tau);
            return Between(0, x * x);
        }
        double a = Math.Sqrt(studentGamma - 1);
        if (tau <= a)
            return Never;
        double edge = tau + Math.Sqrt((tau - a) * (tau + a));
        double high = edge * edge, ratio = (studentGamma - 1) / edge;
        return Between(ratio * ratio, high);
    }
}
