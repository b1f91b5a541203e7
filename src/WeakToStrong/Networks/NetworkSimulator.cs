using WeakToStrong.Trials;

namespace WeakToStrong.Networks;

/// <summary>Runs trials of the one-step experiment and sets what was measured beside what theory predicts.</summary>
public static class NetworkSimulator
{
    /// <summary>Runs independent trials. Interrupted, it returns its first trials, as many as are finished without a gap.</summary>
    /// <param name="experiment">The setting.</param>
    /// <param name="trials">Which trials: a number, or a range to be merged with others.</param>
    /// <param name="seed">Names the random numbers: the same seed gives the same result to the bit for any number of threads.</param>
    /// <param name="options">Threads, progress (in samples passed through a network) and cancellation.</param>
    /// <exception cref="InputException">Training diverged.</exception>
    public static NetworkResult Run(NetworkExperiment experiment, TrialRange trials, ulong seed, RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentNullException.ThrowIfNull(options);
        return new NetworkResult(experiment, NetworkTrials.Run(
            experiment, trials, NetworkQuantities.All.Count, new TrialWork("samples", Math.Max(1, TotalSamples(experiment))),
            countsSamples: true, seed, options,
            (trial, values, _, _) => trial.Measure().CopyTo(values)));
    }

    private static long TotalSamples(NetworkExperiment e) =>
        ((long)e.TeacherSteps * e.TeacherSamples) + ((long)e.StudentSteps * e.StudentSamples);
}
