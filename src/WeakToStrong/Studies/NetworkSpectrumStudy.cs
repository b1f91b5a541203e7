using WeakToStrong.Networks;
using WeakToStrong.Trials;

namespace WeakToStrong.Studies;

/// <summary>Singular values of the first layers before and after training, of one trial.</summary>
public sealed class NetworkSpectrumStudy : NetworkStudy
{
    /// <inheritdoc/>
    public override string Name => "network-spectrum";

    /// <inheritdoc/>
    public override string Summary => "Singular values of one trial.";

    /// <inheritdoc/>
    public override bool HasTrials => false;

    /// <inheritdoc/>
    public override IReadOnlyList<StudyExample> Examples { get; } = [new("Outliers of the bulk.", ("d", "400"), ("spike", "3"))];

    /// <inheritdoc/>
    public override StudyChart? Chart { get; } = new("singular value", new StudySeries("singular value", "singular_value"))
    {
        X = "index",
        Key = "stage",
        Panel = "network"
    };

    private protected override IReadOnlyList<StudyColumn> Found { get; } =
    [
        new("network", "teacher or student."), new("stage", "before or after training."), new("index", "From 1, decreasing."),
        new("singular_value", "Of the first layer."), new("bulk_low", "Lower edge of the random part's bulk."),
        new("bulk_high", "Its upper edge."),
        new("outlier", "1 above the bulk, else 0."),
    ];

    private protected override IEnumerable<TrialPart> Parts(Arguments plane, ulong seed) => [];

    private protected override StudyOutcome Present(Arguments plane, IReadOnlyList<TrialState> states, RunOptions options)
    {
        NetworkExperiment experiment = Experiment(plane);
        return Told(SpectrumComparison.Run(experiment, SeedOf(plane), options).ToTable(), experiment);
    }
}
