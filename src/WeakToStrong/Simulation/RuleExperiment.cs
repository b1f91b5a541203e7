using WeakToStrong.Rules;

namespace WeakToStrong.Simulation;

/// <summary>
/// A <see cref="LinearExperiment"/> whose teachers and students are trained by any rules, every student on every teacher's labels.
/// Immutable, and always valid.
/// </summary>
public sealed class RuleExperiment
{
    private readonly TrainingRule[][] _joint = [];
    private readonly double[] _factors = [];

    /// <summary>An experiment.</summary>
    /// <param name="setting">Sizes, noise, signal, direction. On the same rows, its student samples are without effect.</param>
    /// <param name="teachers">The teachers' rules, at least one; not <see cref="Shrinkage"/>.</param>
    /// <param name="students">The students' rules, at least one.</param>
    /// <param name="sameRows">xi when the students learn from the teacher's own rows, with labels (1-xi) y + xi (its predictions);
    /// null for fresh rows.</param>
    /// <exception cref="InputException">The rules do not go together, or a mean error is infinite; the message says
    /// which and why.</exception>
    public RuleExperiment(
        LinearExperiment setting, IReadOnlyList<TrainingRule> teachers, IReadOnlyList<TrainingRule> students, double? sameRows = null)
    {
        ArgumentNullException.ThrowIfNull(setting);
        ArgumentNullException.ThrowIfNull(teachers);
        ArgumentNullException.ThrowIfNull(students);
        if (teachers.Count == 0 || students.Count == 0)
            throw new ArgumentException("at least one rule is needed for teachers and one for students", nameof(teachers));
        Setting = setting;
        (Teachers, Students) = ([.. teachers], [.. students]);
        SameRows = sameRows is { } xi ? Require.Finite(xi, nameof(sameRows)) : null;
        if (teachers.Any(t => t is Shrinkage))
            throw new InputException("the teacher's training rule is 'shrink'; it must be another one: shrink is a multiple of a teacher");
        if (SameRows is not null && students.Any(s => s is Shrinkage))
            throw new InputException("the student's training rule is 'shrink'; on the teacher's rows it must be another one");
        if (setting.HasSpike && (SameRows is not null || students.FirstOrDefault(s => s is not RidgeRegression) is not null))
        {
            throw new InputException("a student with an aligned direction must be trained by ridge on fresh rows, "
                + "because the direction is a penalty");
        }
        DemandFiniteMeans();
        if (SameRows is { } mixing)
            _joint = [.. Teachers.Select(t => Students.Select(s => (TrainingRule)new SameRows(t, s, mixing)).ToArray())];
        if (students.Any(s => s is Shrinkage))
        {
            _factors =
                [.. Teachers.Select(t => new RuleTeacher(setting.GammaTeacher, t, setting.NoiseVariance, setting.SignalPower).BestFactor)];
        }
    }

    /// <summary>Sizes, noise, signal, direction.</summary>
    public LinearExperiment Setting { get; }

    /// <summary>The teachers' rules.</summary>
    public IReadOnlyList<TrainingRule> Teachers { get; }

    /// <summary>The students' rules.</summary>
    public IReadOnlyList<TrainingRule> Students { get; }

    /// <summary>xi on the teacher's own rows; null on fresh ones.</summary>
    public double? SameRows { get; }

    /// <summary>The factor of <see cref="Shrinkage"/> for a teacher: the best one of the limit.</summary>
    internal double BestFactor(int teacher) => _factors[teacher];

    /// <summary>Teacher i and student j on the same rows, as one rule.</summary>
    internal TrainingRule Joint(int i, int j) => _joint[i][j];

    private void DemandFiniteMeans()
    {
        FiniteMeans.DemandStudent(Setting);
        IEnumerable<TrainingRule> onNoisyLabels = SameRows is null ? Teachers : Teachers.Concat(Students);
        if (Setting.NoiseVariance > 0 && Math.Abs(Setting.TeacherSamples - Setting.Dimension) <= 1
            && onNoisyLabels.FirstOrDefault(FitsItsRows) is { } rule)
        {
            throw new InputException($"the mean error of '{rule}' is infinite with n_teacher = {Setting.TeacherSamples} within one of "
                + $"d = {Setting.Dimension}; use another rule or another n_teacher");
        }
    }

    private static bool FitsItsRows(TrainingRule rule) =>
        rule is Ridgeless or RidgeRegression { Lambda: 0 } or PrincipalComponents { Threshold: 0 };
}
