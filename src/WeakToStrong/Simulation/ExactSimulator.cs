using WeakToStrong.Statistics;

namespace WeakToStrong.Simulation;

/// <summary>
/// Simulates a <see cref="LinearExperiment"/> in time and memory that do not grow with d, with exactly the
/// law that real design matrices would give in each cell of the grid (docs/simulation.md derives it). Students of different cells
/// of one trial depend on each other in another way than with real matrices; means and the law of each cell do not.
/// </summary>
public sealed class ExactSimulator : ISimulator
{
    /// <inheritdoc/>
    public string Name => "exact";

    /// <inheritdoc/>
    public SimulationResult Run(LinearExperiment experiment, Grid lambdaTeacher, Grid lambdaStudent, long trials, ulong seed, RunOptions? options = null)
    {
        FiniteMeans.Demand(experiment, lambdaTeacher);
        PairedMoments excess = TrialRunner.Run(
            () => new ExactTrial(experiment, lambdaTeacher, lambdaStudent, seed), new ExactTrial(experiment, lambdaTeacher, lambdaStudent, seed).Steps,
            lambdaTeacher.Count, lambdaStudent.Count, trials, options ?? RunOptions.Default);
        return new SimulationResult(experiment, lambdaTeacher, lambdaStudent, excess, trials);
    }

    /// <inheritdoc/>
    public RuleSimulationResult Run(RuleExperiment experiment, long trials, ulong seed, RunOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        PairedMoments excess = TrialRunner.Run(
            () => new ExactRuleTrial(experiment, seed), new ExactRuleTrial(experiment, seed).Steps,
            experiment.Teachers.Count, experiment.Students.Count, trials, options ?? RunOptions.Default);
        return new RuleSimulationResult(experiment, excess, trials);
    }
}
