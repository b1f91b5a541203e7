using WeakToStrong.Statistics;
using WeakToStrong.Trials;

namespace WeakToStrong.Simulation;

/// <summary>
/// Simulates a <see cref="LinearExperiment"/> in time and memory that do not grow with d, with exactly the
/// law that real design matrices would give in each cell of the grid (docs/simulation.md derives it). Students of different cells
/// of one trial depend on each other in another way than with real matrices; means and the law of each cell do not.
/// </summary>
public sealed class ExactSimulator : ISimulator
{
    private const long LongTrial = 1_000_000; // rows: about a second with a large grid

    /// <inheritdoc/>
    public string Name => "exact";

    /// <inheritdoc/>
    public SimulationResult Run(LinearExperiment experiment, Grid lambdaTeacher, Grid lambdaStudent, TrialRange trials, ulong seed,
        RunOptions? options = null)
    {
        FiniteMeans.Demand(experiment, lambdaTeacher);
        long rows = new ExactTrial(experiment, lambdaTeacher, lambdaStudent, seed).Steps;
        TrialMoments excess = TrialLoop.Run(
            trials, new PairedMoments(lambdaTeacher.Count, lambdaStudent.Count), _ =>
                new ExactTrial(experiment, lambdaTeacher, lambdaStudent, seed),
            new TrialWork("rows", rows, LongTrial), options ?? RunOptions.Default);
        return new SimulationResult(experiment, lambdaTeacher, lambdaStudent, excess);
    }

    /// <inheritdoc/>
    public RuleSimulationResult Run(RuleExperiment experiment, TrialRange trials, ulong seed, RunOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        return new RuleSimulationResult(experiment, TrialLoop.Run(
            trials, new PairedMoments(experiment.Teachers.Count, experiment.Students.Count), _ => new ExactRuleTrial(experiment, seed),
            new TrialWork("rows", new ExactRuleTrial(experiment, seed).Steps, LongTrial), options ?? RunOptions.Default));
    }
}
