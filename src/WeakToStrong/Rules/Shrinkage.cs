namespace WeakToStrong.Rules;

/// <summary>
/// The teacher itself, multiplied by the best factor (beta_t'beta*)/|beta_t|^2. It needs no rows, and no isotropic student of any rule has
/// a smaller error
/// (docs/rules.md): a rule for students, to measure others against. Its <see cref="Kept"/> is unknown before there is a teacher.
/// </summary>
public sealed class Shrinkage : TrainingRule
{
    private const string NeedsTeacher = "shrink is a rule for students: its factor comes from the teacher";

    private Shrinkage()
    {
    }

    /// <summary>The rule.</summary>
    public static Shrinkage Instance { get; } = new();

    /// <inheritdoc/>
    public override string Name => "shrink";

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">Always.</exception>
    public override double Kept(double s) => throw new InvalidOperationException(NeedsTeacher);

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">Always.</exception>
    public override double Lost(double s) => throw new InvalidOperationException(NeedsTeacher);

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">Always.</exception>
    public override double Gain(double s) => throw new InvalidOperationException(NeedsTeacher);
}
