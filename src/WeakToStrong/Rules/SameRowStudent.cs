namespace WeakToStrong.Rules;

/// <summary>
/// Self-distillation in the limit: a student trained on the teacher's own rows, isotropic features, with labels <c>(1 - xi) y + xi (the
/// teacher's predictions)</c>. Teacher and student together are one rule of the rows, and the error is a quadratic in xi (docs/rules.md).
/// Immutable and thread-safe.
/// </summary>
public sealed class SameRowStudent
{
    // With u = h_s (1 - h_t): the error is that at xi = 0, plus 2 slope xi + curvature xi^2.
    private readonly double _slope, _curvature;

    /// <summary>Prepares the student.</summary>
    /// <param name="teacher">Whose rows and labels it learns from.</param>
    /// <param name="rule">The student's own rule.</param>
    /// <exception cref="InputException">The rule is <see cref="Shrinkage"/>, which has no rows.</exception>
    public SameRowStudent(RuleTeacher teacher, TrainingRule rule)
    {
        ArgumentNullException.ThrowIfNull(teacher);
        ArgumentNullException.ThrowIfNull(rule);
        if (rule is Shrinkage)
            throw new InputException("the student's training rule is 'shrink'; on the teacher's rows it must be another one");
        (Teacher, Rule) = (teacher, rule);
        double a2 = teacher.SignalPower, noise = teacher.NoiseVariance * teacher.Gamma, from = 0;
        var joint = new SameRows(teacher.Rule, rule, 1);
        var edges = new SpectralEdges(teacher.Gamma);
        foreach (double jump in (ReadOnlySpan<double>)[.. joint.Jumps, double.PositiveInfinity])
        {
            foreach ((double s, double weight) in new SpectralNodes(edges, from, jump, joint.Finest, joint.FinestAbove))
            {
                double u = rule.Kept(s) * teacher.Rule.Lost(s), gain = rule.Gain(s) * teacher.Rule.Lost(s);
                _slope += weight * u * ((a2 * rule.Lost(s)) - (noise * rule.Gain(s)));
                _curvature += weight * u * ((a2 * u) + (noise * gain));
            }
            from = jump;
        }
    }

    /// <summary>Whose rows and labels the student learns from.</summary>
    public RuleTeacher Teacher { get; }

    /// <summary>The student's own rule.</summary>
    public TrainingRule Rule { get; }

    /// <summary>
    /// The xi of least error; exactly 0 (to rounding) for two ridges at the optimal ridge. 0 when xi has no effect: a
    /// teacher that fits its rows.
    /// </summary>
    public double BestMixing => _curvature > 0 ? -_slope / _curvature : 0;

    /// <summary>E_s = |beta_s - beta*|^2.</summary>
    /// <param name="mixing">xi, any finite number: 0 is training on the true labels, 1 on the teacher's predictions alone.</param>
    public double ExcessError(double mixing) => At(mixing).ExcessError;

    /// <summary>L_s = sigma^2 + E_s.</summary>
    /// <param name="mixing">xi.</param>
    public double TestError(double mixing) => At(mixing).TestError;

    /// <summary>L_s - L_t.</summary>
    /// <param name="mixing">xi.</param>
    public double Gap(double mixing)
    {
        double own = ReferenceEquals(Rule, Teacher.Rule) || Rule.Name == Teacher.Rule.Name ? 0 : ExcessError(0) - Teacher.ExcessError;
        return own + (mixing * ((2 * _slope) + (mixing * _curvature)));
    }

    /// <summary>Cosine between beta_s and beta*; NaN for beta_s = 0.</summary>
    /// <param name="mixing">xi.</param>
    public double Cosine(double mixing) => At(mixing).Cosine;

    private RuleTeacher At(double mixing) =>
        new(Teacher.Gamma, new SameRows(Teacher.Rule, Rule, Require.Finite(mixing)), Teacher.NoiseVariance, Teacher.SignalPower);
}
