namespace WeakToStrong.Asymptotics;

/// <summary>
/// The limit of a teacher trained by ridge regression on noisy labels of a linear target (Section 2.1, Proposition 3), for any
/// signal power. Immutable.
/// </summary>
public sealed class RidgeTeacher
{
    private readonly MarchenkoPastur _resolvent;
    private readonly TeacherMoments _moments;

    /// <summary>The limit at one ridge.</summary>
    /// <param name="gamma">gamma_t = d/n_t; positive.</param>
    /// <param name="lambda">lambda_t, the ridge of (X'X/n_t + lambda I); not negative.</param>
    /// <param name="noiseVariance">sigma^2, the variance of the label noise; not negative.</param>
    /// <param name="signalPower">a^2 = |beta*|^2; positive. The paper has 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public RidgeTeacher(double gamma, double lambda, double noiseVariance, double signalPower = 1)
    {
        Gamma = Require.Positive(gamma);
        Lambda = Require.NonNegative(lambda);
        NoiseVariance = Require.NonNegative(noiseVariance);
        SignalPower = Require.Positive(signalPower);
        _resolvent = new MarchenkoPastur(gamma, lambda);
        _moments = TeacherMoments.Ridge(_resolvent, noiseVariance, signalPower);
    }

    /// <summary>gamma_t = d/n_t.</summary>
    public double Gamma { get; }

    /// <summary>lambda_t, the ridge of (X'X/n_t + lambda I).</summary>
    public double Lambda { get; }

    /// <summary>sigma^2, the variance of the label noise.</summary>
    public double NoiseVariance { get; }

    /// <summary>a^2 = |beta*|^2.</summary>
    public double SignalPower { get; }

    /// <summary>The Marchenko-Pastur resolvent at (gamma_t, lambda_t).</summary>
    public MarchenkoPastur Resolvent => _resolvent;

    /// <summary>E_t = |beta_t - beta*|^2 in the limit; infinite only at gamma_t = 1, lambda_t = 0 with noise.</summary>
    public double ExcessError => _moments.ExcessError;

    /// <summary>L_t = sigma^2 + E_t, the paper's test error.</summary>
    public double TestError => NoiseVariance + ExcessError;

    /// <summary>
    /// Cosine between beta_t and beta*, largest at <see cref="OptimalRidge"/>. It decides how well
    /// sign(x'beta_t) classifies (<see cref="Angle.SignAccuracy"/>).
    /// </summary>
    public double Cosine => _moments.Cosine;

    /// <summary>
    /// kappa = (lambda_t* - lambda_t)/S_t = -H2 of Theorem 5, above -1: positive when the ridge is below its optimum, at least 1 when
    /// the teacher is no better than predicting zero.
    /// </summary>
    public double UnderRegularization => _moments.Kappa;

    /// <summary>What limits of students need.</summary>
    internal TeacherMoments Moments => _moments;

    /// <summary>What the excess error is made of: bias and noise.</summary>
    public ErrorParts Parts => new(_moments.SignalPower * _moments.Lost * _moments.Lost, _moments.Noise, 0);

    /// <summary>H2 = -kappa, the right side of Theorem 5's condition H1 &gt; H2, a function of the teacher alone.</summary>
    public double H2 => -UnderRegularization;

    /// <summary>lambda_t* = sigma^2 gamma/a^2, the ridge with the least test error.</summary>
    /// <param name="gamma">gamma_t; positive.</param>
    /// <param name="noiseVariance">sigma^2; not negative.</param>
    /// <param name="signalPower">a^2; positive.</param>
    public static double OptimalRidge(double gamma, double noiseVariance, double signalPower = 1) =>
        Require.NonNegative(noiseVariance) * Require.Positive(gamma) / Require.Positive(signalPower);

    /// <summary>
    /// The supremum of the teacher ridges that some student can still beat; null when none can be beaten, infinity when every one can.
    /// Without an aligned direction it has a closed form: below a student ratio of 1 it is lambda_t*, from 1 on it is smaller (Theorem 5,
    /// completed; docs/derivations.md, sections 4 and 7).
    /// </summary>
    /// <param name="gamma">gamma_t; positive.</param>
    /// <param name="noiseVariance">sigma^2; not negative.</param>
    /// <param name="studentGamma">gamma_s; positive.</param>
    /// <param name="signalPower">a^2; positive.</param>
    /// <param name="alignment">zeta of the student, from 0 to 1.</param>
    /// <param name="spike">w of the student; not negative, may be infinite.</param>
    public static double? LargestBeatableRidge(
        double gamma, double noiseVariance, double studentGamma, double signalPower = 1, double alignment = 0,
        double spike = double.PositiveInfinity)
    {
        double a0 = OptimalRidge(gamma, noiseVariance, signalPower);
        double k0 = WinningWindow.Threshold(studentGamma);
        if (Require.InUnitInterval(alignment) > 0 && Require.NonNegativeOrInfinite(spike) > 0)
            return BeatableRidge.Find(gamma, a0, studentGamma, alignment, spike);
        double low = k0 * Math.Abs(1 - gamma);
        if (a0 <= low)
            return null;
        double root = k0 * Math.Sqrt(((a0 + gamma - 1) * (a0 + gamma - 1)) + (4 * a0) + (4 * gamma * k0 * k0));
        return (a0 - low) * (a0 + low) / (a0 + (k0 * k0 * (1 + gamma)) + root);
    }
}
