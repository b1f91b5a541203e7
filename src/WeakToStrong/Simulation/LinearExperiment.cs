namespace WeakToStrong.Simulation;

/// <summary>
/// One linear weak-to-strong experiment at finite size (Section 2 of the paper). The teacher fits ridge regression to n_t rows
/// x ~ N(0, I_d) with labels x'beta* + noise; the student fits ridge regression to n_s fresh rows that the teacher labels, with
/// the penalty b' Gamma^-1 b, Gamma = I + w bh bh' (Assumption 7) when it has an aligned direction bh, and Gamma = I otherwise.
/// Immutable, and always valid, also after <c>with</c>: what is not given is computed when it is read.
/// </summary>
public sealed record LinearExperiment
{
    private readonly long _dimension = 1;
    private readonly double _alignment;
    private readonly double? _spike;

    /// <summary>An experiment of the given size.</summary>
    /// <param name="dimension">d, number of features, at least 1; at least 2 with a spiked direction.</param>
    /// <param name="teacherSamples">n_t, at least 1.</param>
    /// <param name="studentSamples">n_s, at least 1.</param>
    /// <param name="noiseVariance">sigma^2 of the teacher's labels, not negative.</param>
    /// <param name="signalPower">a2, the (mean) squared norm of beta*, positive.</param>
    /// <param name="alignment">zeta = cos(bh, beta*) from 0 to 1.</param>
    /// <param name="spike">
    /// w, not negative, infinity allowed. null means the paper's: w = d with an alignment above 0, and the plain
    /// student, Gamma = I, without.
    /// </param>
    /// <param name="signalLaw">How beta* is drawn in each trial.</param>
    /// <exception cref="ArgumentException">An argument is out of its range; the message says which and what is allowed.</exception>
    public LinearExperiment(
        long dimension, long teacherSamples, long studentSamples, double noiseVariance, double signalPower = 1,
        double alignment = 0, double? spike = null, SignalLaw signalLaw = SignalLaw.Gaussian)
    {
        // Each value is checked by itself, and against those before it.
        Dimension = dimension;
        TeacherSamples = teacherSamples;
        StudentSamples = studentSamples;
        NoiseVariance = noiseVariance;
        SignalPower = signalPower;
        Alignment = alignment;
        if (spike is { } given)
            Spike = given;
        SignalLaw = signalLaw;
    }

    /// <summary>d, number of features, at least 1; at least 2 with a spiked direction.</summary>
    public long Dimension
    {
        get => _dimension;
        init => _dimension = Require.AtLeast(value, HasSpike ? 2 : 1, nameof(Dimension));
    }

    /// <summary>n_t, rows that the teacher is trained on, at least 1.</summary>
    public long TeacherSamples { get; init => field = Require.AtLeast(value, 1, nameof(TeacherSamples)); }

    /// <summary>n_s, rows that the student is trained on, at least 1.</summary>
    public long StudentSamples { get; init => field = Require.AtLeast(value, 1, nameof(StudentSamples)); }

    /// <summary>sigma^2, variance of the teacher's label noise, not negative.</summary>
    public double NoiseVariance { get; init => field = Require.NonNegative(value, nameof(NoiseVariance)); }

    /// <summary>a2 = E ||beta*||^2, positive; the paper's is 1.</summary>
    public double SignalPower { get; init => field = Require.Positive(value, nameof(SignalPower)); }

    /// <summary>
    /// zeta, cosine between the student's spiked direction and beta*, from 0 to 1; 0 for the plain student, or for a
    /// spike orthogonal to beta*.
    /// </summary>
    public double Alignment
    {
        get => _alignment;
        init
        {
            _alignment = Require.InUnitInterval(value, nameof(Alignment));
            RequireRoomForSpike();
        }
    }

    /// <summary>
    /// w of Gamma = I + w bh bh', not negative, infinity allowed. When it was not given it is the paper's, d, and
    /// without effect at alignment 0.
    /// </summary>
    public double Spike
    {
        get => _spike ?? Dimension;
        init
        {
            _spike = Require.NonNegativeOrInfinite(value, nameof(Spike));
            RequireRoomForSpike();
        }
    }

    /// <summary>How beta* is drawn.</summary>
    public SignalLaw SignalLaw { get; init; }

    /// <summary>gamma_t = d/n_t.</summary>
    public double GammaTeacher => (double)Dimension / TeacherSamples;

    /// <summary>gamma_s = d/n_s.</summary>
    public double GammaStudent => (double)Dimension / StudentSamples;

    /// <summary>Whether the student's penalty has a spike (Theorem 8) or is isotropic (Theorem 4).</summary>
    public bool HasSpike => Alignment > 0 || _spike is not null;

    private void RequireRoomForSpike()
    {
        if (HasSpike)
            Require.AtLeast(Dimension, 2, nameof(Dimension));
    }
}
