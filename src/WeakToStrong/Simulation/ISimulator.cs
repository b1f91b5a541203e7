using WeakToStrong.Trials;

namespace WeakToStrong.Simulation;

/// <summary>
/// An engine that repeats a <see cref="LinearExperiment"/> for a whole grid of ridges: <see cref="ExactSimulator"/> (O(d) a
/// trial) or <see cref="DenseSimulator"/> (real design matrices). Both have exactly the same law in each cell of the grid.
/// </summary>
public interface ISimulator
{
    /// <summary>The engine's name on the command line.</summary>
    string Name { get; }

    /// <summary>Runs independent trials on all threads and returns means with their standard errors.</summary>
    /// <param name="experiment">What is repeated.</param>
    /// <param name="lambdaTeacher">lambda_t, in the objective (1/n_t) sum of squares + lambda_t ||b||^2.</param>
    /// <param name="lambdaStudent">lambda_s, in (1/n_s) sum of squares + lambda_s b' Gamma^-1 b.</param>
    /// <param name="trials">Which trials: a number, or a range to be merged with others.</param>
    /// <param name="seed">The same seed gives the same bits for any number of threads.</param>
    /// <param name="options">Threads, progress, cancellation. When cancelled, the first trials are returned, as many as are finished
    /// without a gap.</param>
    /// <exception cref="InputException">A mean is infinite (lambda_t = 0 with n_t within one of d), or the engine cannot
    /// hold the experiment.</exception>
    SimulationResult Run(LinearExperiment experiment, Grid lambdaTeacher, Grid lambdaStudent, TrialRange trials, ulong seed,
        RunOptions? options = null);

    /// <summary>Runs independent trials of any training rules.</summary>
    /// <param name="experiment">What is repeated.</param>
    /// <param name="trials">Which trials: a number, or a range to be merged with others.</param>
    /// <param name="seed">The same seed gives the same bits for any number of threads.</param>
    /// <param name="options">Threads, progress, cancellation. When cancelled, the first trials are returned, as many as are finished
    /// without a gap.</param>
    /// <exception cref="InputException">The engine cannot hold the experiment.</exception>
    RuleSimulationResult Run(RuleExperiment experiment, TrialRange trials, ulong seed, RunOptions? options = null);
}
