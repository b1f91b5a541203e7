using WeakToStrong.Chains;
using WeakToStrong.Chains.Simulation;
using WeakToStrong.Randomness;
using WeakToStrong.Simulation;

namespace WeakToStrong.Figures.Recipes;

/// <summary>Simulation for figures.</summary>
internal static class FigureTrials
{
    private static readonly ExactSimulator Simulator = new();

    /// <summary>The seed of one part of a figure, so that parts, figures and neighbouring seeds of users share no random numbers.</summary>
    /// <param name="seed">The user's.</param>
    /// <param name="figure">The recipe's name.</param>
    /// <param name="part">Which panel, curve or point, from 0.</param>
    public static ulong Seed(ulong seed, string figure, int part) =>
        new RandomStream(seed, [.. figure.Select(c => (ulong)c), (ulong)part]).NextBits();

    /// <summary>All trials, or an <see cref="OperationCanceledException"/>: a figure is never drawn from a part of them.</summary>
    /// <param name="experiment">What is repeated.</param>
    /// <param name="lambdaTeacher">Teacher ridges.</param>
    /// <param name="lambdaStudent">Student ridges.</param>
    /// <param name="trials">How many.</param>
    /// <param name="seed">Of the random numbers.</param>
    /// <param name="options">Threads and cancellation.</param>
    public static SimulationResult Run(
        LinearExperiment experiment, Grid lambdaTeacher, Grid lambdaStudent, long trials, ulong seed, RunOptions options)
    {
        SimulationResult result = Simulator.Run(experiment, lambdaTeacher, lambdaStudent, trials, seed, options);
        if (result.Interrupted)
            options.Cancellation.ThrowIfCancellationRequested();
        return result;
    }

    /// <summary>All trials of a chain, dense, or an <see cref="OperationCanceledException"/>.</summary>
    /// <param name="chain">A solved chain.</param>
    /// <param name="trials">How many.</param>
    /// <param name="seed">Of the random numbers.</param>
    /// <param name="options">Threads and cancellation.</param>
    public static ChainSimulation Run(ChainResult chain, long trials, ulong seed, RunOptions options)
    {
        ChainSimulation result = ChainSimulation.Run(chain, trials, seed, options);
        if (result.Interrupted)
            options.Cancellation.ThrowIfCancellationRequested();
        return result;
    }
}
