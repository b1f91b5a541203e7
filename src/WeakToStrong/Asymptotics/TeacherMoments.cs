namespace WeakToStrong.Asymptotics;

/// <summary>
/// All that a student's limit needs of its teacher, however that was trained: on isotropic features the estimate is <c>beta_t = p beta* +
/// noise</c> with isotropic noise of total variance N, independent of the student's rows. No argument is checked here.
/// </summary>
internal readonly struct TeacherMoments
{
    private TeacherMoments(double signalPower, double kept, double lost, double noise, double excess, double kappa, double along) =>
        (SignalPower, Kept, Lost, Noise, ExcessError, Kappa, AlongKappa) = (signalPower, kept, lost, noise, excess, kappa, along);

    /// <summary>a2 = |beta*|^2.</summary>
    public double SignalPower { get; }

    /// <summary>p = beta_t'beta*/a2.</summary>
    public double Kept { get; }

    /// <summary>q = 1 - p.</summary>
    public double Lost { get; }

    /// <summary>N.</summary>
    public double Noise { get; }

    /// <summary>E_t = a2 q^2 + N.</summary>
    public double ExcessError { get; }

    /// <summary>
    /// kappa = (|beta_t|^2 - beta_t'beta*)/(beta_t'beta*), above -1: positive when the best multiple of the teacher is a shorter one.
    /// Infinite when the teacher's error is, and when it does not point towards beta* at all.
    /// </summary>
    public double Kappa { get; }

    /// <summary>K = kappa + q = N/(a2 p), positive: what kappa is to a student that knows the target's direction.</summary>
    public double AlongKappa { get; }

    /// <summary>|beta_t|^2 - beta_t'beta*.</summary>
    public double Surplus => double.IsFinite(Kappa) ? SignalPower * Kept * Kappa : SquaredNorm - (SignalPower * Kept);

    /// <summary>The squared length |beta_t|^2.</summary>
    public double SquaredNorm => (SignalPower * Kept * Kept) + Noise;

    /// <summary>Cosine between beta_t and beta*; 0 for an infinitely noisy teacher, NaN for beta_t = 0.</summary>
    public double Cosine => SquaredNorm is > 1e-290 and < 1e290 || !(Kept > 0)
        ? Angle.Cosine(SignalPower * Kept, SquaredNorm, SignalPower)
        : 1 / Math.Sqrt(1 + (AlongKappa / Kept)); // where the length leaves the range of numbers, the direction does not

    /// <summary>The ridge teacher of Proposition 3.</summary>
    public static TeacherMoments Ridge(in MarchenkoPastur t, double s2, double a2) =>
        Ridge(t, RidgeFormulas.TeacherExcess(t, s2, a2), s2, a2);

    /// <summary>The same, its excess error being known.</summary>
    public static TeacherMoments Ridge(in MarchenkoPastur t, double excess, double s2, double a2) => new(
        a2, t.P, t.Q, RidgeFormulas.LabelVariance(t, s2, excess), excess, RidgeFormulas.Kappa(t, s2, a2),
        RidgeFormulas.AlongKappa(t, s2, a2));

    /// <summary>Any other teacher.</summary>
    /// <param name="a2">Signal power.</param>
    /// <param name="kept">p.</param>
    /// <param name="lost">q.</param>
    /// <param name="noise">N.</param>
    /// <param name="surplus">a2 p kappa, free of cancellation where the caller can make it so.</param>
    /// <param name="excess">E_t.</param>
    public static TeacherMoments Of(double a2, double kept, double lost, double noise, double surplus, double excess)
    {
        double along = kept > 0 ? noise / (a2 * kept) : double.PositiveInfinity;
        double kappa = kept > 0 && double.IsFinite(noise) ? surplus / (a2 * kept) : double.PositiveInfinity;
        return new TeacherMoments(a2, kept, lost, noise, excess, kappa, along);
    }
}
