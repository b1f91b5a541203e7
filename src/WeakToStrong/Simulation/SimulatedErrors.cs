using WeakToStrong.Statistics;
using WeakToStrong.Trials;

namespace WeakToStrong.Simulation;

/// <summary>
/// Test errors (noise variance included, as in the paper) of a simulated experiment, over a list of teachers and a list of students: each
/// teacher's, each pair's student's, and the gap student - teacher. The gap has its own standard error, because teacher and student of one
/// trial are correlated. Means are NaN when no trial was finished, standard errors and variances with fewer than two.
/// </summary>
public abstract class SimulatedErrors
{
    private const double Rounding = 4 * 2.220446049250313e-16;

    private readonly PairedMoments _excess;

    private protected SimulatedErrors(LinearExperiment experiment, TrialMoments moments)
    {
        Experiment = experiment;
        Moments = moments;
        _excess = (PairedMoments)moments.Total;
    }

    /// <summary>What was simulated.</summary>
    public LinearExperiment Experiment { get; }

    /// <summary>The finished trials' moments, excess errors.</summary>
    public TrialMoments Moments { get; }

    /// <summary>Trials that were finished.</summary>
    public long Trials => _excess.Count;

    /// <summary>Whether the run was cancelled before all trials were done.</summary>
    public bool Interrupted => Moments.Interrupted;

    /// <summary>L_t, the test error of teacher number <paramref name="i"/>.</summary>
    public Estimate Teacher(int i) => Estimated(Experiment.NoiseVariance + _excess.FirstMean(i), _excess.FirstVariance(i));

    /// <summary>L_s, the test error of student number <paramref name="j"/> of teacher number <paramref name="i"/>.</summary>
    public Estimate Student(int i, int j) => Estimated(Experiment.NoiseVariance + _excess.SecondMean(i, j), _excess.SecondVariance(i, j));

    /// <summary>
    /// L_s - L_t. Its standard error is never below what rounding leaves of a difference of two such numbers, 4 units in the last place of
    /// both: a student that copies its teacher has no chance in its gap, and no z may be made of its rounding.
    /// </summary>
    public Estimate Gap(int i, int j)
    {
        double first = _excess.FirstMean(i), second = _excess.SecondMean(i, j);
        Estimate chance = Estimated(second - first, _excess.DifferenceVariance(i, j));
        return chance with { StandardError = Math.Max(chance.StandardError, Rounding * (Math.Abs(first) + Math.Abs(second))) };
    }

    /// <summary>Sample variance of L_t over trials.</summary>
    public double TeacherVariance(int i) => _excess.FirstVariance(i);

    /// <summary>Sample variance of L_s over trials.</summary>
    public double StudentVariance(int i, int j) => _excess.SecondVariance(i, j);

    /// <summary>Sample covariance of L_t and L_s over trials.</summary>
    public double Covariance(int i, int j) =>
        0.5 * (_excess.FirstVariance(i) + _excess.SecondVariance(i, j) - _excess.DifferenceVariance(i, j));

    private Estimate Estimated(double mean, double variance) => new(mean, Math.Sqrt(variance / Trials), Trials);
}
