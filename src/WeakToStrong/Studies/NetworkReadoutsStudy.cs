using WeakToStrong.Networks.Readouts;
using WeakToStrong.Trials;

namespace WeakToStrong.Studies;

/// <summary>Test errors of the teacher and of every stage of the student, with readouts fitted to true or to
/// the teacher's labels.</summary>
public sealed class NetworkReadoutsStudy : NetworkStudy
{
    /// <inheritdoc/>
    public override string Name => "network-readouts";

    /// <inheritdoc/>
    public override string Summary => "Who wins in test error.";

    /// <inheritdoc/>
    public override IReadOnlyList<StudyExample> Examples { get; } =
        [new("A spike that pays.", ("d", "1000"), ("eta_teacher", "2"), ("eta_student", "2"), ("spike", "10"))];

    /// <inheritdoc/>
    public override StudyChart? Chart { get; } = new("test error", new StudySeries("test error", "test_error", "se"))
    {
        X = "network",
        Key = "network",
        Panel = "readout"
    };

    private protected override IReadOnlyList<StudyColumn> Found { get; } =
    [
        new("network", "teacher, untrained_student, pretrained_student or trained_student."),
        new("readout", "Whose labels the readout is fitted to."),
        new("trials", "Trials that were finished."), new("test_error", "Mean squared error against the noise-free target."),
        new("se", "Its standard error."),
        new("predicted", "The error predicted from the weights; nan for networks wider than 4096."),
        new("z", "(test_error - predicted) over its standard error, paired."),
        new("gain_over_teacher", "How much lower the error is than the teacher's with the same readout."),
        new("gain_over_teacher_se", "Its standard error, paired."),
        new("gain_over_pretrained", "How much lower than the pre-trained student's."),
        new("gain_over_pretrained_se", "Its standard error, paired."),
    ];

    private protected override bool UsesTrueLabels => true;

    private protected override long FewestStudentSamples => 3;

    private protected override IEnumerable<TrialPart> Parts(Arguments plane, ulong seed)
    {
        ReadoutComparison comparison = Comparison(plane);
        yield return new TrialPart((trials, options) => comparison.Run(trials, seed, options).Moments, state =>
            ReadoutResult.FromState(comparison, state).Moments);
    }

    private protected override StudyOutcome Present(Arguments plane, IReadOnlyList<TrialState> states, RunOptions options)
    {
        ReadoutComparison comparison = Comparison(plane);
        return Told(ReadoutResult.FromState(comparison, states[0]).ToTable(), comparison.Experiment);
    }

    private ReadoutComparison Comparison(Arguments plane) => new(Experiment(plane), (int)plane.Single(TrueLabels));
}
