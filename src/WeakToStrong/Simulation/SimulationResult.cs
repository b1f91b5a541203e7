using WeakToStrong.Statistics;

namespace WeakToStrong.Simulation;

/// <summary>Test errors of ridge teachers and students on a grid: teacher i has lambda_t number i, student j lambda_s number j.</summary>
public sealed class SimulationResult : SimulatedErrors
{
    internal SimulationResult(LinearExperiment experiment, Grid lambdaTeacher, Grid lambdaStudent, PairedMoments excess, long asked)
        : base(experiment, excess, asked)
    {
        LambdaTeacher = lambdaTeacher;
        LambdaStudent = lambdaStudent;
    }

    /// <summary>The teacher's ridges.</summary>
    public Grid LambdaTeacher { get; }

    /// <summary>The student's ridges.</summary>
    public Grid LambdaStudent { get; }
}
