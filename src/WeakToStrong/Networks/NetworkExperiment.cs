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
/// Every value is checked when it is set.
/// </summary>
/// <param name="Target">The multi-index target.</param>
/// <param name="Activation">The activation of both networks.</param>
/// <param name="Dimension">d, number of features, at least 2.</param>
public sealed record NetworkExperiment(MultiIndexTarget Target, Activation Activation, int Dimension)
{
    private readonly int _dimension = Require.AtLeast(Dimension, 2);
    private readonly int _teacherWidth = Dimension;
    private readonly int _studentWidth = Dimension;
    private readonly int _teacherSamples = checked(4 * Dimension);
    private readonly int _studentSamples = checked(4 * Dimension);
    private readonly double _teacherRate = 1;
    private readonly double _studentRate = 1;
    private readonly double _spike = 1;
    private readonly int _teacherSteps = 1;
    private readonly int _studentSteps = 1;
    private readonly double _weightDecay;

    /// <summary>d, number of features, at least 2.</summary>
    public int Dimension
    {
        get => _dimension;
        init => _dimension = Require.AtLeast(value, 2, nameof(Dimension));
    }

    /// <summary>p_t, hidden units of the teacher, at least 1. Default: d.</summary>
    public int TeacherWidth
    {
        get => _teacherWidth;
        init => _teacherWidth = Require.AtLeast(value, 1, nameof(TeacherWidth));
    }

    /// <summary>p_s, hidden units of the student, at least 1. Default: d.</summary>
    public int StudentWidth
    {
        get => _studentWidth;
        init => _studentWidth = Require.AtLeast(value, 1, nameof(StudentWidth));
    }

    /// <summary>n_t, samples of the target that a step of the teacher uses, at least 1. Default: 4d.</summary>
    public int TeacherSamples
    {
        get => _teacherSamples;
        init => _teacherSamples = Require.AtLeast(value, 1, nameof(TeacherSamples));
    }

    /// <summary>n_s, samples labelled by the teacher that a step of the student uses, at least 1. Default: 4d.</summary>
    public int StudentSamples
    {
        get => _studentSamples;
        init => _studentSamples = Require.AtLeast(value, 1, nameof(StudentSamples));
    }

    /// <summary>eta_t, step size of the teacher, not negative. Default: 1.</summary>
    public double TeacherRate
    {
        get => _teacherRate;
        init => _teacherRate = Require.NonNegative(value, nameof(TeacherRate));
    }

    /// <summary>eta_s, step size of the student, not negative. Default: 1.</summary>
    public double StudentRate
    {
        get => _studentRate;
        init => _studentRate = Require.NonNegative(value, nameof(StudentRate));
    }

    /// <summary>
    /// tau, strength of the student's pre-trained spike: its initial weights are W_0 + tau u beta_h' with a uniformly random unit vector u.
    /// Not negative. Default: 1. Theorem 11's limits need tau = O(1).
    /// </summary>
    public double Spike
    {
        get => _spike;
        init => _spike = Require.NonNegative(value, nameof(Spike));
    }

    /// <summary>Gradient steps of the teacher, not negative. Default: 1, as in the paper.</summary>
    public int TeacherSteps
    {
        get => _teacherSteps;
        init => _teacherSteps = Require.AtLeast(value, 0, nameof(TeacherSteps));
    }

    /// <summary>Gradient steps of the student, not negative. Default: 1, as in the paper.</summary>
    public int StudentSteps
    {
        get => _studentSteps;
        init => _studentSteps = Require.AtLeast(value, 0, nameof(StudentSteps));
    }

    /// <summary>The loss of both networks. Default: correlation, as in the paper.</summary>
    public TrainingLoss Loss { get; init; }

    /// <summary>Whether each further step draws fresh samples (true) or sees the first step's samples again. Default: false.</summary>
    public bool FreshSamples { get; init; }

    /// <summary>w, weight decay: a step first multiplies the weights by 1 - eta w. Not negative. Default: 0.</summary>
    public double WeightDecay
    {
        get => _weightDecay;
        init => _weightDecay = Require.NonNegative(value, nameof(WeightDecay));
    }

    /// <summary>||a||, norm of both networks' readout vectors (uniformly random on the sphere), positive. Default: 1.</summary>
    public double ReadoutNorm { get; init => field = Require.Positive(value, nameof(ReadoutNorm)); } = 1;

    /// <summary>What to tell the user before relying on the results; usually empty.</summary>
    public IReadOnlyList<string> Warnings => Target.BlindSpot(Activation) is { } blindSpot ? [blindSpot] : [];

    /// <summary>Whether the limits of Proposition 10 and Theorem 11 apply: one step each.</summary>
    internal bool HasPrediction => TeacherSteps == 1 && StudentSteps == 1;
}
