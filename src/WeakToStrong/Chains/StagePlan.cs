namespace WeakToStrong.Chains;

/// <summary>One stage of a <see cref="Chain"/>, by names.</summary>
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
}

/// <summary>Fresh training rows that share a source of labels, by name.</summary>
/// <param name="Labels">"truth" or the name of an earlier stage.</param>
/// <param name="Rows">How many rows, at least 1.</param>
/// <param name="LabelNoise">Variance of the noise added to the labels; finite, not negative.</param>
/// <param name="Weight">Weight of each row's squared residual, positive.</param>
public sealed record GroupPlan(string Labels, long Rows, double LabelNoise = 0, double Weight = 1);
