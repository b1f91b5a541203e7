using WeakToStrong.Asymptotics;

namespace WeakToStrong.Rules;

/// <summary>
/// The limit of a student trained by any <see cref="TrainingRule"/> on fresh inputs that a <see cref="RuleTeacher"/> labels: what
/// <see cref="RidgeStudent"/> is for ridge, evaluated for every rule. An aligned direction (Section 2.2) is a penalty, so it asks for
/// ridge. Immutable and thread-safe.
/// </summary>
public sealed class RuleStudent
{
    private readonly StudentLimit _ridge;
    private readonly Lazy<WinningWindow> _window;
    private readonly Lazy<double> _bestRidge;

    /// <summary>Prepares the student of a teacher.</summary>
    /// <param name="teacher">Who labels the student's inputs.</param>
    /// <param name="gamma">gamma_s = d/n_s; positive.</param>
    /// <param name="alignment">zeta = |cos(h, beta*)|, from 0 to 1.</param>
    /// <param name="spike">w of Gamma = I + w h h'; not negative, may be infinite. Without effect at alignment 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public RuleStudent(RuleTeacher teacher, double gamma, double alignment = 0, double spike = double.PositiveInfinity)
    {
        ArgumentNullException.ThrowIfNull(teacher);
        (Teacher, Gamma) = (teacher, Require.Positive(gamma));
        (Alignment, Spike) = (Require.InUnitInterval(alignment), Require.NonNegativeOrInfinite(spike));
        StudentLimit limit = new(teacher.Moments, gamma, alignment, spike);
        _ridge = limit;
        _window = new(limit.Window);
        _bestRidge = new(limit.BestRidge);
    }

    /// <summary>Who labels the student's inputs.</summary>
    public RuleTeacher Teacher { get; }

    /// <summary>gamma_s = d/n_s.</summary>
    public double Gamma { get; }

    /// <summary>zeta = |cos(h, beta*)|.</summary>
    public double Alignment { get; }

    /// <summary>w of Gamma = I + w h h'.</summary>
    public double Spike { get; }

    /// <summary>The open set of student ridges that beat the teacher (Theorem 5 with the kappa of any teacher).</summary>
    public WinningWindow Window => _window.Value;

    /// <summary>The student ridge of least error; 0 and infinity stand for limits.</summary>
    public double BestRidge => _bestRidge.Value;

    /// <summary>The least test error over ridge students.</summary>
    public double BestTestError => Teacher.NoiseVariance + _ridge.Excess(_ridge.At(BestRidge));

    /// <summary>E_s = |beta_s - beta*|^2 in the limit: <c>a^2 - 2 T1 M1 + T2 M2</c> without cancellation.</summary>
    /// <exception cref="InputException">The rule is not ridge and the student has an aligned direction.</exception>
    public double ExcessError(TrainingRule rule)
    {
        if (IsRidge(rule, out MarchenkoPastur ridge))
            return _ridge.Excess(ridge);
        if (rule is Shrinkage)
            return Teacher.LeastStudentExcess(1);
        RuleAverages h = Averages(rule);
        double a2 = Teacher.SignalPower, cross = 2 * a2 * h.Mixed * Teacher.Moments.Lost;
        double inherited = h.KeptSquare == 0 ? 0 : h.KeptSquare * Teacher.ExcessError;
        // Terms of one sign, unless steps of descent overshoot: then the form above may hold smaller ones.
        double square = h.KeptSquare == 0 ? 0 : h.KeptSquare * Teacher.SquaredNorm, product = 2 * Teacher.Overlap * h.Kept;
        return a2 + Math.Abs(product) + square < inherited + (a2 * h.LostSquare) + Math.Abs(cross) && cross < 0
            ? a2 - product + square
            : inherited + (a2 * h.LostSquare) + cross;
    }

    /// <summary>L_s = sigma^2 + E_s, the paper's test error.</summary>
    /// <exception cref="InputException">As for <see cref="ExcessError"/>.</exception>
    public double TestError(TrainingRule rule) => Teacher.NoiseVariance + ExcessError(rule);

    /// <summary>
    /// L_s - L_t, negative where the student wins; accurate also where the two agree to many digits. Minus infinity where the teacher's
    /// error is infinite, unless the student copies it.
    /// </summary>
    /// <exception cref="InputException">As for <see cref="ExcessError"/>.</exception>
    public double Gap(TrainingRule rule)
    {
        if (IsRidge(rule, out MarchenkoPastur ridge))
            return _ridge.Gap(ridge);
        double t2 = Teacher.SquaredNorm, surplus = Teacher.Moments.Surplus;
        if (rule is Shrinkage)
            return double.IsPositiveInfinity(t2) ? double.NegativeInfinity : -Teacher.ShareOf(surplus) * surplus;
        RuleAverages h = Averages(rule);
        return h.LostSquare == 0 ? 0
            : double.IsPositiveInfinity(t2) ? double.NegativeInfinity
            : (t2 * h.LostSquare) - (2 * h.Lost * surplus);
    }

    /// <summary>
    /// Cosine between beta_s and beta*; NaN for beta_s = 0. Without an aligned direction it is the teacher's times M1/sqrt(M2), which is at
    /// most 1: such a
    /// student never classifies better than its teacher.
    /// </summary>
    /// <exception cref="InputException">As for <see cref="ExcessError"/>.</exception>
    public double Cosine(TrainingRule rule)
    {
        if (IsRidge(rule, out MarchenkoPastur ridge))
            return _ridge.Cosine(ridge);
        if (rule is Shrinkage)
            return Math.Abs(Teacher.Cosine);
        RuleAverages h = Averages(rule);
        return h.KeptSquare > 0 ? Teacher.Cosine * Math.Clamp(h.Kept / Math.Sqrt(h.KeptSquare), -1, 1) : double.NaN;
    }

    private bool IsRidge(TrainingRule rule, out MarchenkoPastur resolvent)
    {
        ArgumentNullException.ThrowIfNull(rule);
        resolvent = rule is RidgeRegression ridge ? MarchenkoPastur.Trusted(Gamma, ridge.Lambda) : default;
        return rule is RidgeRegression;
    }

    private RuleAverages Averages(TrainingRule rule) => Alignment == 0 || Spike == 0
        ? rule.Over(Gamma)
        : throw new InputException($"the student's training rule is '{rule}'; with a positive alignment it must be ridge, "
            + "because the aligned direction is a penalty");
}
