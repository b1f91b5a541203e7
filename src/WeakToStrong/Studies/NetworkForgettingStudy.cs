using WeakToStrong.Networks;
using WeakToStrong.Trials;

namespace WeakToStrong.Studies;

/// <summary>What repeated steps on the teacher's labels do to the student's two directions.</summary>
public sealed class NetworkForgettingStudy() : NetworkStudy(standardSteps: 10, standardLoss: null)
{
    /// <inheritdoc/>
    public override string Name => "network-forgetting";

    /// <inheritdoc/>
    public override string Summary => "What is kept over steps.";

    /// <inheritdoc/>
    public override IReadOnlyList<StudyExample> Examples { get; } =
    [
        new("Both losses over twelve steps.", ("d", "500"), ("eta_teacher", "2"), ("eta_student", "4"), ("spike", "5"), ("steps", "12"),
            ("trials", "5")),
    ];

    /// <inheritdoc/>
    public override StudyChart? Chart { get; } = new("value",
        new StudySeries("hard share", "hard_share", "hard_share_se"), new StudySeries("easy share", "easy_share", "easy_share_se"),
        new StudySeries("hard overlap", "hard_overlap", "hard_overlap_se"),
        new StudySeries("easy overlap", "easy_overlap", "easy_overlap_se"),
        new StudySeries("probe error", "probe_error", "probe_error_se"))
    { X = "step", Key = "loss", Apart = true };

    private protected override IReadOnlyList<StudyColumn> Found { get; } =
    [
        new("loss", "Loss of the steps."), new("step", "Steps taken."), new("trials", "Trials that were finished."),
        .. Pair("hard_share", "||W beta_h||^2/||W||_F^2."), .. Pair("easy_share", "||W beta_e||^2/||W||_F^2."),
        .. Pair("hard_overlap", "Squared length of beta_h's projection onto the top two right singular vectors."),
        .. Pair("easy_overlap", "The same of beta_e."),
        .. Pair("probe_error", "Test error with the readout refit on true labels."),
    ];

    private protected override bool UsesTrueLabels => true;

    private protected override IEnumerable<TrialPart> Parts(Arguments plane, ulong seed)
    {
        int labels = (int)plane.Single(TrueLabels);
        // The losses see the same random numbers, so that they are compared step by step.
        return Experiments(plane).Select(experiment => new TrialPart(
            (trials, options) => Forgetting.Run(experiment, labels, trials, seed, options).Moments, state =>
                Forgetting.FromState(experiment, state).Moments));
    }

    private protected override StudyOutcome Present(Arguments plane, IReadOnlyList<TrialState> states, RunOptions options)
    {
        NetworkExperiment[] experiments = [.. Experiments(plane)];
        return Told(Forgetting.ToTable([.. experiments.Zip(states, Forgetting.FromState)]), experiments[0]);
    }

    private IEnumerable<NetworkExperiment> Experiments(Arguments plane) =>
        Losses(plane).Select(loss => Experiment(plane) with { Loss = loss });

    private static StudyColumn[] Pair(string name, string meaning) => [new(name, meaning), new($"{name}_se", "Its standard error.")];
}
