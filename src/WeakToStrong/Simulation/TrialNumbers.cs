using WeakToStrong.Randomness;

namespace WeakToStrong.Simulation;

/// <summary>
/// The random numbers of one trial of a <see cref="LinearExperiment"/>, beside the two bands that stand for the design matrices. They are
/// the same for every ridge and every training rule that is tried on them.
/// </summary>
/// <param name="SignalNorm">a = ||beta*||.</param>
/// <param name="Rows">The teacher's labels.</param>
/// <param name="Xi1">Cosine between beta_t's and bh's, or the plain student's, parts orthogonal to beta* and to beta_t.</param>
/// <param name="Xi2">The same in the complement of beta_t and bh, for a spiked student.</param>
internal readonly record struct TrialNumbers(double SignalNorm, LabelledRows Rows, double Xi1, double Xi2)
{
    private const ulong Teacher = 0, Student = 1;

    /// <summary>Draws a trial's numbers.</summary>
    /// <param name="experiment">What is repeated.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="trial">The trial's number.</param>
    /// <param name="random">A stream to use; it is restarted.</param>
    public static TrialNumbers Draw(LinearExperiment experiment, ulong seed, long trial, RandomStream random)
    {
        long d = experiment.Dimension;
        random.Restart(seed, (ulong)trial, Teacher);
        LabelledRows rows = LabelledRows.Draw(random, experiment.TeacherSamples);
        random.Restart(seed, (ulong)trial, Student);
        double power = experiment.SignalPower * (experiment.SignalLaw == SignalLaw.Fixed ? 1 : random.NextChiSquare(d) / d);
        return new TrialNumbers(Math.Sqrt(power), rows, random.NextCosine(d - 1), random.NextCosine(d - 2));
    }

    /// <summary>The name of the teacher's band: that of a design of d - 1 rows and n_t columns,
    /// bandwidth 2 (<see cref="TeacherRecursion"/>).</summary>
    public static BandName TeacherBand(ulong seed, long trial) => new(seed, (ulong)trial, Teacher);

    /// <summary>The name of the student's band: that of its design of n_s rows and d columns, bandwidth 1 or, with a spike, 2.</summary>
    public static BandName StudentBand(ulong seed, long trial) => new(seed, (ulong)trial, Student);
}
