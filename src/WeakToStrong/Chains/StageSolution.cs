namespace WeakToStrong.Chains;

/// <summary>A stage that is solved: its errors, what its kind of training decided, and how to get its estimator.</summary>
/// <param name="Errors">The errors.</param>
/// <param name="Train">Makes the estimator; throws <see cref="InvalidOperationException"/> when its error is infinite.</param>
internal sealed record StageSolution(StageErrors Errors, Func<Estimator> Train)
{
    /// <summary>xi of a self-distilled stage; NaN for others.</summary>
    public double Mixing { get; init; } = double.NaN;

    /// <summary>Excess error of plain ridge where the penalty is the best one; NaN for others.</summary>
    public double RidgeError { get; init; } = double.NaN;

    /// <summary>The weights of the best penalty; null for others.</summary>
    public double[]? PenaltyWeights { get; init; }
}
