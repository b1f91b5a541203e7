namespace WeakToStrong.Asymptotics;

/// <summary>
/// The limit of a student trained on fresh inputs labelled by a <see cref="RidgeTeacher"/>: ridge regression (Theorem 4) or weighted
/// ridge with penalty lambda b' Gamma^-1 b, Gamma = I + spike h h' (Theorem 8; a finite spike is an extension derived in
/// docs/derivations.md, section 3). Prepared once for a teacher, evaluated for every student ridge. Immutable and thread-safe.
/// </summary>
public sealed class RidgeStudent
{
    private readonly StudentLimit _limit;
    private readonly Lazy<WinningWindow> _window;
    private readonly Lazy<double> _bestRidge;

    /// <summary>Prepares the student of a teacher.</summary>
    /// <param name="teacher">Who labels the student's inputs.</param>
    /// <param name="gamma">gamma_s = d/n_s; positive.</param>
    /// <param name="alignment">zeta = |cos(h, beta*)|, from 0 (Theorem 4) to 1.</param>
    /// <param name="spike">w of Gamma = I + w h h'; not negative. The paper has w = d; infinity is Theorem 8's limit. Without
    /// effect at alignment 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public RidgeStudent(RidgeTeacher teacher, double gamma, double alignment = 0, double spike = double.PositiveInfinity)
    {
        ArgumentNullException.ThrowIfNull(teacher);
        Teacher = teacher;
        Gamma = Require.Positive(gamma);
        Alignment = Require.InUnitInterval(alignment);
        Spike = Require.NonNegativeOrInfinite(spike);
        StudentLimit limit = new(teacher.Moments, gamma, alignment, spike);
        _limit = limit;
        _window = new(limit.Window);
        _bestRidge = new(limit.BestRidge);
    }

    /// <summary>Who labels the student's inputs.</summary>
    public RidgeTeacher Teacher { get; }

    /// <summary>gamma_s = d/n_s.</summary>
    public double Gamma { get; }

    /// <summary>zeta = |cos(h, beta*)|.</summary>
    public double Alignment { get; }

    /// <summary>w of Gamma = I + w h h'.</summary>
    public double Spike { get; }

    /// <summary>
    /// kappa_z = (kappa + zeta^2 q_t)/(1 - zeta^2): takes the place of the teacher's kappa in Theorem 5 when an infinitely spiked student
    /// is aligned with the target; infinite at zeta = 1.
    /// </summary>
    public double AlignedUnderRegularization => _limit.AlignedKappa;

    /// <summary>The open set of ridges that beat the teacher: closed form for the infinite spike, found numerically
    /// for a finite one.</summary>
    public WinningWindow Window => _window.Value;

    /// <summary>
    /// The ridge with the least test error; 0 means that the infimum is approached as lambda_s falls to 0, infinity that it is
    /// approached as lambda_s grows.
    /// </summary>
    public double BestRidge => _bestRidge.Value;

    /// <summary>The least test error, at <see cref="BestRidge"/>.</summary>
    public double BestTestError => TestError(BestRidge);

    /// <summary>E_s = |beta_s - beta*|^2 in the limit.</summary>
    /// <param name="lambda">lambda_s, the ridge of (X'X/n_s + lambda Gamma^-1); not negative, may be +infinity.</param>
    /// <exception cref="ArgumentOutOfRangeException">The ridge is negative or NaN.</exception>
    public double ExcessError(double lambda) => _limit.Excess(new MarchenkoPastur(Gamma, lambda));

    /// <summary>L_s = sigma^2 + E_s, the paper's test error.</summary>
    /// <param name="lambda">lambda_s; not negative, may be +infinity.</param>
    public double TestError(double lambda) => Teacher.NoiseVariance + ExcessError(lambda);

    /// <summary>What the excess error is made of: bias, the teacher's noise that it learned, and noise of its own.</summary>
    /// <param name="lambda">lambda_s; not negative, may be +infinity.</param>
    public ErrorParts Parts(double lambda) => _limit.Parts(new MarchenkoPastur(Gamma, lambda));

    /// <summary>
    /// L_s - L_t, negative where the student wins; accurate also where the two errors agree to many digits.
    /// Minus infinity where only the teacher's error is infinite.
    /// </summary>
    /// <param name="lambda">lambda_s; not negative, may be +infinity.</param>
    public double Gap(double lambda) => _limit.Gap(new MarchenkoPastur(Gamma, lambda));

    /// <summary>
    /// Cosine between beta_s and beta*, which decides how well sign(x'beta_s) classifies (<see cref="Angle.SignAccuracy"/>); NaN for beta_s
    /// = 0, at an infinite ridge. Never above the teacher's at alignment 0; an aligned student's can be.
    /// </summary>
    /// <param name="lambda">lambda_s; not negative, may be +infinity.</param>
    public double Cosine(double lambda) => _limit.Cosine(new MarchenkoPastur(Gamma, lambda));
}
