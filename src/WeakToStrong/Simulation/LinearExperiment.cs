namespace WeakToStrong.Simulation;

/// <summary>
/// One linear weak-to-strong experiment at finite size (Section 2 of the paper). The teacher fits ridge regression to n_t rows
/// x ~ N(0, I_d) with labels x'beta* + noise; the student fits ridge regression to n_s fresh rows that the teacher labels, with
/// the penalty b' Gamma^-1 b, Gamma = I + w bh bh' (Assumption 7) when it has an aligned direction bh, and Gamma = I otherwise.
/// Immutable, and always valid.
/// </summary>
public sealed record LinearExperiment
{
    /// <summary>An experiment of the given size.</summary>
    /// <param name="dimension">d, number of features, at least 1; at least 2 with a spiked direction.</param>
    /// <param name="teacherSamples">n_t, at least 1.</param>
    /// <param name="studentSamples">n_s, at least 1.</param>
    /// <param name="noiseVariance">sigma^2 of the teacher's labels, not negative.</param>
    /// <param name="signalPower">a2, the (mean) squared norm of beta*, positive.</param>
    /// <param name="alignment">zeta = cos(bh, beta*) from 0 to 1.</param>
    /// <param name="spike">w, not negative, infinity allowed. null means the paper's: w = d with an alignment above 0, and the plain student, Gamma = I, without.</param>
    /// <param name="signalLaw">How beta* is drawn in each trial.</param>
    /// <exception cref="ArgumentException">An argument is out of its range; the message says which and what is allowed.</exception>
    public LinearExperiment(
        long dimension, long teacherSamples, long studentSamples, double noiseVariance, double signalPower = 1,
        double alignment = 0, double? spike = null, SignalLaw signalLaw = SignalLaw.Gaussian)
    {
        Alignment = Require.InUnitInterval(alignment);
        HasSpike = alignment > 0 || spike is not null;
        Dimension = Require.AtLeast(dimension, HasSpike ? 2 : 1);
        TeacherSamples = Require.AtLeast(teacherSamples, 1);
        StudentSamples = Require.AtLeast(studentSamples, 1);
        NoiseVariance = Require.NonNegative(noiseVariance);
        SignalPower = Require.Positive(signalPower);
        Spike = Require.NonNegativeOrInfinite(spike ?? dimension, nameof(spike));
        SignalLaw = signalLaw;
    }

    /// <summary>d, number of features.</summary>
    public long Dimension { get; }

    /// <summary>n_t, rows that the teacher is trained on.</summary>
    public long TeacherSamples { get; }

    /// <summary>n_s, rows that the student is trained on.</summary>
    public long StudentSamples { get; }

    /// <summary>sigma^2, variance of the teacher's label noise.</summary>
    public double NoiseVariance { get; }

    /// <summary>a2 = E ||beta*||^2; the paper's is 1.</summary>
    public double SignalPower { get; }

    /// <summary>zeta, cosine between the student's spiked direction and beta*; 0 for the plain student, or for a spike orthogonal to beta*.</summary>
    public double Alignment { get; }

    /// <summary>w of Gamma = I + w bh bh'; the paper's is d. Without effect where there is no spike.</summary>
    public double Spike { get; }

    /// <summary>How beta* is drawn.</summary>
    public SignalLaw SignalLaw { get; }

    /// <summary>gamma_t = d/n_t.</summary>
    public double GammaTeacher => (double)Dimension / TeacherSamples;

    /// <summary>gamma_s = d/n_s.</summary>
    public double GammaStudent => (double)Dimension / StudentSamples;

    /// <summary>Whether the student's penalty has a spike (Theorem 8) or is isotropic (Theorem 4).</summary>
    public bool HasSpike { get; }
}
