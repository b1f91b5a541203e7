namespace WeakToStrong.Networks;

/// <summary>The loss whose gradient moves the first layer.</summary>
public enum TrainingLoss
{
    /// <summary>-(1/n) sum_i y_i f(x_i), equation (10) of the paper.</summary>
    Correlation,

    /// <summary>(1/2n) sum_i (y_i - f(x_i))^2.</summary>
    Squared,
}

/// <summary>
/// The setting of Section 3: a teacher trained on the target's labels, a pre-trained student trained on the teacher's labels.
/// Every value is checked when it is set; one that is not set is computed when it is read, so that <c>with { Dimension = 500 }</c> moves
/// widths and samples along.
/// </summary>
/// <param name="Target">The multi-index target.</param>
/// <param name="Activation">The activation of both networks.</param>
/// <param name="Dimension">d, number of features, at least 2.</param>
public sealed record NetworkExperiment(MultiIndexTarget Target, Activation Activation, int Dimension)
{
    private readonly int? _teacherWidth, _studentWidth, _teacherSamples, _studentSamples;

    /// <summary>The multi-index target.</summary>
    public MultiIndexTarget Target { get; init => field = NotNull(value); } = NotNull(Target);

    /// <summary>The activation of both networks.</summary>
    public Activation Activation { get; init => field = NotNull(value); } = NotNull(Activation);

    /// <summary>d, number of features, at least 2.</summary>
    public int Dimension { get; init => field = Require.AtLeast(value, 2, nameof(Dimension)); } = Require.AtLeast(Dimension, 2);

    /// <summary>p_t, hidden units of the teacher, at least 1. Default: d.</summary>
    public int TeacherWidth
    {
        get => _teacherWidth ?? Dimension;
        init => _teacherWidth = Require.AtLeast(value, 1, nameof(TeacherWidth));
    }

    /// <summary>p_s, hidden units of the student, at least 1. Default: d.</summary>
    public int StudentWidth
    {
        get => _studentWidth ?? Dimension;
        init => _studentWidth = Require.AtLeast(value, 1, nameof(StudentWidth));
    }

    /// <summary>n_t, samples of the target that a step of the teacher uses, at least 1. Default: 4d.</summary>
    public int TeacherSamples
    {
        get => _teacherSamples ?? FourTimes(Dimension);
        init => _teacherSamples = Require.AtLeast(value, 1, nameof(TeacherSamples));
    }

    /// <summary>n_s, samples labelled by the teacher that a step of the student uses, at least 1. Default: 4d.</summary>
    public int StudentSamples
    {
        get => _studentSamples ?? FourTimes(Dimension);
        init => _studentSamples = Require.AtLeast(value, 1, nameof(StudentSamples));
    }

    /// <summary>eta_t, step size of the teacher, not negative. Default: 1.</summary>
    public double TeacherRate { get; init => field = Require.NonNegative(value, nameof(TeacherRate)); } = 1;

    /// <summary>eta_s, step size of the student, not negative. Default: 1.</summary>
    public double StudentRate { get; init => field = Require.NonNegative(value, nameof(StudentRate)); } = 1;

    /// <summary>
    /// tau, strength of the student's pre-trained spike: its initial weights are W_0 + tau u beta_h' with a uniformly random unit vector u.
    /// Not negative. Default: 1. Theorem 11's limits need tau = O(1).
    /// </summary>
    public double Spike { get; init => field = Require.NonNegative(value, nameof(Spike)); } = 1;

    /// <summary>Gradient steps of the teacher, not negative. Default: 1, as in the paper.</summary>
    public int TeacherSteps { get; init => field = Require.AtLeast(value, 0, nameof(TeacherSteps)); } = 1;

    /// <summary>Gradient steps of the student, not negative. Default: 1, as in the paper.</summary>
    public int StudentSteps { get; init => field = Require.AtLeast(value, 0, nameof(StudentSteps)); } = 1;

    /// <summary>The loss of both networks. Default: correlation, as in the paper.</summary>
    public TrainingLoss Loss { get; init; }

    /// <summary>Whether each further step draws fresh samples (true) or sees the first step's samples again. Default: false.</summary>
    public bool FreshSamples { get; init; }

    /// <summary>w, weight decay: a step first multiplies the weights by 1 - eta w. Not negative. Default: 0.</summary>
    public double WeightDecay { get; init => field = Require.NonNegative(value, nameof(WeightDecay)); }

    /// <summary>||a||, norm of both networks' readout vectors (uniformly random on the sphere), positive. Default: 1.</summary>
    public double ReadoutNorm { get; init => field = Require.Positive(value, nameof(ReadoutNorm)); } = 1;

    /// <summary>What to tell the user before relying on the results; usually empty.</summary>
    public IReadOnlyList<string> Warnings => Target.BlindSpot(Activation) is { } blindSpot ? [blindSpot] : [];

    /// <summary>Whether the limits of Proposition 10 and Theorem 11 apply: one step each.</summary>
    internal bool HasPrediction => TeacherSteps == 1 && StudentSteps == 1;

    private static int FourTimes(int dimension) => (int)Math.Min(4L * dimension, int.MaxValue);

    private static T NotNull<T>(T value)
        where T : class => value ?? throw new ArgumentNullException(nameof(value));
}
