namespace WeakToStrong.Chains;

/// <summary>How the ridge lambda of a stage is chosen. The loss is normalised as (1/N) sum w_i (y_i - x_i'b)^2 +
/// lambda b' Omega b.</summary>
public abstract record RidgeRule
{
    private RidgeRule()
    {
    }

    /// <summary>The ridge of least excess error of the stage itself, given what comes before it.</summary>
    public static RidgeRule Best { get; } = new OwnError();

    /// <summary>A given ridge.</summary>
    /// <param name="ridge">lambda; finite, not negative.</param>
    public static RidgeRule Of(double ridge) => new Given(Require.NonNegative(ridge));

    /// <summary>
    /// The ridge that, jointly with all others of the same rule, gives the least excess error of a later stage. Stages in between
    /// keep their own rules: a <see cref="Best"/> one is tuned anew for every candidate.
    /// </summary>
    /// <param name="stage">Name of a later stage that learns from this one, directly or not, and has a ridge
    /// or <see cref="Best"/> itself.</param>
    public static RidgeRule OptimalFor(string stage) => new LaterError(stage);

    internal sealed record Given(double Ridge) : RidgeRule;

    internal sealed record OwnError : RidgeRule;

    internal sealed record LaterError(string Stage) : RidgeRule;
}
