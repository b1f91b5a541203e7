using WeakToStrong.Asymptotics;

namespace WeakToStrong.Rules;

/// <summary>
/// The limit of a teacher trained by any <see cref="TrainingRule"/> on noisy labels of a linear target, isotropic features: what
/// <see cref="RidgeTeacher"/> is for ridge. Derived in docs/rules.md. Immutable.
/// </summary>
public sealed class RuleTeacher
{
    /// <summary>The limit.</summary>
    /// <param name="gamma">gamma_t = d/n_t; positive.</param>
    /// <param name="rule">How it is trained; any but <see cref="Shrinkage"/>.</param>
    /// <param name="noiseVariance">sigma^2, the variance of the label noise; not negative.</param>
    /// <param name="signalPower">a^2 = |beta*|^2; positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    /// <exception cref="InputException">The rule is one for students.</exception>
    public RuleTeacher(double gamma, TrainingRule rule, double noiseVariance, double signalPower = 1)
    {
        ArgumentNullException.ThrowIfNull(rule);
        if (rule is Shrinkage)
            throw new InputException("the teacher's training rule is 'shrink'; it must be another one: shrink is a multiple of a teacher");
        (Gamma, Rule) = (Require.Positive(gamma), rule);
        (NoiseVariance, SignalPower) = (Require.NonNegative(noiseVariance), Require.Positive(signalPower));
        Moments = rule is RidgeRegression { Lambda: var lambda } && double.IsFinite(lambda)
            ? TeacherMoments.Ridge(MarchenkoPastur.Trusted(gamma, lambda), noiseVariance, signalPower)
            : MomentsOf(rule.Over(gamma), noiseVariance, signalPower);
    }

    /// <summary>gamma_t = d/n_t.</summary>
    public double Gamma { get; }

    /// <summary>How it is trained.</summary>
    public TrainingRule Rule { get; }

    /// <summary>sigma^2, the variance of the label noise.</summary>
    public double NoiseVariance { get; }

    /// <summary>a^2 = |beta*|^2.</summary>
    public double SignalPower { get; }

    /// <summary>E_t = |beta_t - beta*|^2; infinite for least squares at gamma_t = 1 with noise.</summary>
    public double ExcessError => Moments.ExcessError;

    /// <summary>L_t = sigma^2 + E_t, the paper's test error.</summary>
    public double TestError => NoiseVariance + ExcessError;

    /// <summary>T1 = beta_t'beta*.</summary>
    public double Overlap => SignalPower * Moments.Kept;

    /// <summary>T2 = |beta_t|^2.</summary>
    public double SquaredNorm => Moments.SquaredNorm;

    /// <summary>Cosine between beta_t and beta*; NaN for beta_t = 0.</summary>
    public double Cosine => Moments.Cosine;

    /// <summary>
    /// kappa = (T2 - T1)/T1, above -1: positive when the best multiple of the teacher is a shorter one. For ridge it is (lambda_t* -
    /// lambda_t)/S_t, and for
    /// any rule it takes that place in Theorem 5: which ridge students win depends on the teacher through kappa alone.
    /// </summary>
    public double UnderRegularization => Moments.Kappa;

    /// <summary>T1/T2, the best factor for the teacher.</summary>
    public double BestFactor => ShareOf(Overlap);

    /// <summary>What limits of students need.</summary>
    internal TeacherMoments Moments { get; }

    /// <summary>
    /// The least excess error of any isotropic student, whatever its rule: <c>a^2 - T1^2/T2</c> for gamma_s at most 1, reached by
    /// <see cref="Shrinkage"/>; <c>a^2 - T1^2/(gamma_s T2)</c> above, where rows that span 1/gamma_s of all directions are all that a
    /// trained student knows.
    /// </summary>
    /// <param name="studentGamma">gamma_s = d/n_s; positive.</param>
    public double LeastStudentExcess(double studentGamma)
    {
        double seen = Math.Min(1, 1 / Require.Positive(studentGamma)), unseen = new SpectralEdges(studentGamma).Atom;
        double share = double.IsPositiveInfinity(SquaredNorm) || SquaredNorm == 0 ? 1 : Moments.Noise / SquaredNorm;
        return SignalPower * (unseen + (seen * share));
    }

    /// <summary>x/T2; 0 for beta_t = 0.</summary>
    internal double ShareOf(double x) => SquaredNorm > 0 ? x / SquaredNorm : 0;

    private static TeacherMoments MomentsOf(in RuleAverages h, double s2, double a2)
    {
        double noise = s2 == 0 ? 0 : s2 * h.Spread;
        return TeacherMoments.Of(a2, h.Kept, h.Lost, (a2 * h.Variance) + noise, noise - (a2 * h.Mixed), (a2 * h.LostSquare) + noise);
    }
}
