using WeakToStrong.Rules;

namespace WeakToStrong.Chains;

/// <summary>One stage of a <see cref="Chain"/>, by names: a ridge regression, unless one of the other ways to train is asked for.</summary>
/// <param name="Name">Unique in its chain; not "truth".</param>
/// <param name="Groups">The training rows; at least one group.</param>
/// <param name="Ridge">How its ridge is chosen.</param>
/// <param name="Penalty">Omega; null is the identity.</param>
public sealed record StagePlan(string Name, IReadOnlyList<GroupPlan> Groups, RidgeRule Ridge, Penalty? Penalty = null)
{
    /// <summary>A stage on one group of rows with plain ridge.</summary>
    /// <param name="name">Unique in its chain; not "truth".</param>
    /// <param name="labels">"truth" or the name of an earlier stage.</param>
    /// <param name="rows">n, at least 1.</param>
    /// <param name="ridge">How its ridge is chosen.</param>
    /// <param name="labelNoise">Variance of the noise added to the labels; not negative.</param>
    public StagePlan(string name, string labels, long rows, RidgeRule ridge, double labelNoise = 0)
        : this(name, [new GroupPlan(labels, rows, labelNoise)], ridge)
    {
    }

    /// <summary>The features that it sees, by the name of their view; null is the first view, or the only one.</summary>
    public string? View { get; init; }

    /// <summary>
    /// Whether it has the penalty of least error among those diagonal in the eigenbasis of the covariance (<see cref="BestPenalty"/>).
    /// <see cref="Ridge"/> is then only compared with; it must not be for another stage. One group, no <see cref="Penalty"/>.
    /// </summary>
    public bool HasBestPenalty { get; init; }

    /// <summary>A rule other than ridge, for a stage with infinitely many rows (<see cref="GroupPlan.Infinite"/>); null is ridge.</summary>
    public TrainingRule? Rule { get; init; }

    /// <summary>
    /// xi of <see cref="SelfDistillation"/>: the stage learns once more from the rows, and with the ridge, of the stage that its one group
    /// names; null for fresh rows. <see cref="Ridge"/> and the group's rows have no effect.
    /// </summary>
    public MixingRule? SameRows { get; init; }
}

/// <summary>Fresh training rows that share a source of labels, by name.</summary>
/// <param name="Labels">"truth", or the name of an earlier stage or of a source.</param>
/// <param name="Rows">How many rows, at least 1.</param>
/// <param name="LabelNoise">Variance of the noise added to the labels; finite, not negative.</param>
/// <param name="Weight">Weight of each row's squared residual, positive.</param>
public sealed record GroupPlan(string Labels, long Rows, double LabelNoise = 0, double Weight = 1)
{
    /// <summary>As many rows as the limit of infinitely many needs to hold to rounding. Allowed for a group that is alone.</summary>
    public const long Infinite = long.MaxValue;
}

/// <summary>How xi of a self-distilled stage is chosen.</summary>
public abstract record MixingRule
{
    private MixingRule()
    {
    }

    /// <summary>The xi of least limiting error.</summary>
    public static MixingRule Best { get; } = new Optimal();

    /// <summary>The xi that leave-one-out prefers in each trial, from the training rows alone; its limit is <see cref="Best"/>.</summary>
    public static MixingRule CrossValidated { get; } = new LeaveOneOut();

    /// <summary>A given xi.</summary>
    /// <param name="mixing">Any finite number.</param>
    public static MixingRule Of(double mixing) => new Given(Require.Finite(mixing));

    internal sealed record Given(double Mixing) : MixingRule;

    internal sealed record Optimal : MixingRule;

    internal sealed record LeaveOneOut : MixingRule;
}
