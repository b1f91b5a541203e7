using WeakToStrong.Trials;

namespace WeakToStrong.Studies;

/// <summary>
/// A study whose result is a mean over trials: any range of whole blocks of trials can be run anywhere, and adjacent ranges merge to the
/// bits of one run.
/// </summary>
public interface ITrialStudy : IStudy
{
    /// <summary>The parameter that says how many trials there are.</summary>
    Parameter TrialsParameter => Parameters.Single(p => p.Name == "trials");

    /// <summary>What the trials of a plane depend on: the arguments without what only changes how their result is shown.</summary>
    /// <param name="plane">Arguments of one plane.</param>
    Arguments TrialsOnly(Arguments plane) => plane;

    /// <summary>How many trials the arguments ask for; 0 when they ask for none.</summary>
    long TrialsOf(Arguments arguments);

    /// <summary>Runs some of the trials that the arguments ask for.</summary>
    /// <param name="arguments">Arguments of this study.</param>
    /// <param name="trials">Which; may reach beyond the number that the arguments ask for.</param>
    /// <param name="options">Threads, progress, cancellation.</param>
    /// <returns>The result of these trials, with the <see cref="StudyOutcome.Moments"/> to merge it by.</returns>
    StudyOutcome Run(Arguments arguments, TrialRange trials, RunOptions? options = null);

    /// <summary>The result of trials that were written down.</summary>
    /// <param name="arguments">Arguments of this study.</param>
    /// <param name="states">The states of <see cref="StudyOutcome.Moments"/>, in their order.</param>
    /// <exception cref="ArgumentException">They are not of these arguments.</exception>
    StudyOutcome Load(Arguments arguments, IReadOnlyList<TrialState> states);

    /// <summary>The result of two ranges of trials, of which the second follows the first: the bytes of one run over both.</summary>
    /// <param name="arguments">Arguments of this study, the same for both.</param>
    /// <param name="first">Not interrupted, and of a whole number of blocks.</param>
    /// <param name="next">What follows it.</param>
    /// <exception cref="ArgumentException">They do not follow each other.</exception>
    StudyOutcome Merge(Arguments arguments, StudyOutcome first, StudyOutcome next);
}
