using WeakToStrong.Networks;
using WeakToStrong.Trials;

namespace WeakToStrong.Studies;

/// <summary>One gradient step of teacher and student, beside its limits.</summary>
public sealed class NetworkUpdatesStudy : NetworkStudy
{
    /// <inheritdoc/>
    public override string Name => "network-updates";

    /// <inheritdoc/>
    public override string Summary => "The step beside its limits.";

    /// <inheritdoc/>
    public override IReadOnlyList<StudyExample> Examples { get; } =
        [new("The paper's setting.", ("d", "1000"), ("trials", "20")),
            new("Other functions.", ("d", "1000"), ("activation", "erf"), ("hard_link", "he3"))];

    /// <inheritdoc/>
    public override StudyChart? Chart { get; } = new("measured",
        new StudySeries("measured", "measured", "se", "predicted"))
    { X = "quantity", Panel = "quantity" };

    private protected override IReadOnlyList<StudyColumn> Found { get; } =
    [
        new("quantity", "What is measured; docs/networks.md gives the meaning of each."),
        new("predicted", "The limit, by the corrected reading of the paper."),
        new("measured", "Mean over trials."), new("se", "Its standard error."), new("z", "(measured - predicted)/se."),
        new("printed", "The limit as the paper prints it; nan where it says nothing."),
    ];

    private protected override IEnumerable<TrialPart> Parts(Arguments plane, ulong seed)
    {
        NetworkExperiment experiment = Experiment(plane);
        yield return new TrialPart(
            (trials, options) => NetworkSimulator.Run(experiment, trials, seed, options).Moments, state =>
                NetworkResult.FromState(experiment, state).Moments);
    }

    private protected override StudyOutcome Present(Arguments plane, IReadOnlyList<TrialState> states, RunOptions options)
    {
        NetworkExperiment experiment = Experiment(plane);
        return Told(NetworkResult.FromState(experiment, states[0]).ToTable(), experiment);
    }
}
