using WeakToStrong.Statistics;
using WeakToStrong.Trials;

namespace WeakToStrong.Simulation;

/// <summary>Test errors of ridge teachers and students on a grid: teacher i has lambda_t number i, student j lambda_s number j.</summary>
public sealed class SimulationResult : SimulatedErrors
{
    internal SimulationResult(LinearExperiment experiment, Grid lambdaTeacher, Grid lambdaStudent, TrialMoments moments)
        : base(experiment, moments)
    {
        LambdaTeacher = lambdaTeacher;
        LambdaStudent = lambdaStudent;
    }

    /// <summary>The teacher's ridges.</summary>
    public Grid LambdaTeacher { get; }

    /// <summary>The student's ridges.</summary>
    public Grid LambdaStudent { get; }

    /// <summary>This result and that of the range of trials that follows it: the bits of one run over both.</summary>
    /// <param name="next">Of the same experiment, ridges, engine and seed.</param>
    /// <exception cref="ArgumentException">It is of another experiment, or its trials do not follow.</exception>
    public SimulationResult Merge(SimulationResult next)
    {
        ArgumentNullException.ThrowIfNull(next);
        if (next.Experiment != Experiment || !next.LambdaTeacher.SequenceEqual(LambdaTeacher)
            || !next.LambdaStudent.SequenceEqual(LambdaStudent))
            throw new ArgumentException("the results are of different experiments", nameof(next));
        return new SimulationResult(Experiment, LambdaTeacher, LambdaStudent, Moments.Merge(next.Moments));
    }

    /// <summary>A result from moments that were written down.</summary>
    /// <param name="experiment">What was simulated.</param>
    /// <param name="lambdaTeacher">The teacher's ridges.</param>
    /// <param name="lambdaStudent">The student's ridges.</param>
    /// <param name="state">What <see cref="TrialMoments.ToState"/> of the result gave.</param>
    /// <exception cref="ArgumentException">The state is of other grids, or not whole.</exception>
    public static SimulationResult FromState(LinearExperiment experiment, Grid lambdaTeacher, Grid lambdaStudent, TrialState state) =>
        new(experiment, lambdaTeacher, lambdaStudent, TrialMoments.FromState(state, Shape(lambdaTeacher, lambdaStudent)));

    private static PairedMoments Shape(Grid lambdaTeacher, Grid lambdaStudent) => new(lambdaTeacher.Count, lambdaStudent.Count);
}
