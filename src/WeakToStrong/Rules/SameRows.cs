namespace WeakToStrong.Rules;

/// <summary>
/// Teacher and then student on the same rows, as one rule of the rows and their true labels: the student's rule applied to the labels
/// (1 - xi) y + xi (teacher's predictions) keeps <c>H = h_s (1 - xi + xi h_t)</c>.
/// </summary>
internal sealed class SameRows(TrainingRule teacher, TrainingRule student, double mixing) : TrainingRule
{
    public override string Name => FormattableString.Invariant($"{student.Name} on the rows of {teacher.Name}, mixing {mixing}");

    internal override IReadOnlyList<double> Jumps { get; } = [.. teacher.Jumps.Concat(student.Jumps).Distinct().Order()];

    internal override double Finest => Math.Min(teacher.Finest, student.Finest);

    internal override double FinestAbove => Math.Min(teacher.FinestAbove, student.FinestAbove);

    public override double Kept(double s) => student.Kept(s) * Share(s);

    public override double Lost(double s) => student.Lost(s) + (mixing * student.Kept(s) * teacher.Lost(s));

    public override double Gain(double s) => student.Gain(s) * Share(s);

    private double Share(double s) => 1 - (mixing * teacher.Lost(s));
}
