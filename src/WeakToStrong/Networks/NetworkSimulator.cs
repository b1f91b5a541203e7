using WeakToStrong.Statistics;

namespace WeakToStrong.Networks;

/// <summary>Runs trials of the one-step experiment and sets what was measured beside what theory predicts.</summary>
public static class NetworkSimulator
{
    /// <summary>Runs independent trials. Interrupted, it returns the trials that it finished.</summary>
    /// <param name="experiment">The setting.</param>
    /// <param name="trials">How many trials, at least 1.</param>
    /// <param name="seed">Names the random numbers: the same seed gives the same result to the bit for any number of threads.</param>
    /// <param name="options">Threads, progress (in samples passed through a network) and cancellation.</param>
    public static NetworkResult Run(NetworkExperiment experiment, int trials, ulong seed, RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentNullException.ThrowIfNull(options);
        Require.AtLeast(trials, 1);
        var buffers = new NetworkBuffers(experiment);
        var moments = new RunningMoments[NetworkQuantities.All.Count];
        var progress = new SampleProgress("samples", TotalSamples(experiment) * trials, options);
        int done = 0;
        try
        {
            for (; done < trials; done++)
            {
                var trial = new NetworkTrial(experiment, buffers, seed, (ulong)done, options, progress.Add);
                double[] measured = trial.Measure();
                for (int i = 0; i < moments.Length; i++)
                    moments[i].Add(measured[i]);
            }
        }
        catch (OperationCanceledException) when (options.Cancellation.IsCancellationRequested)
        {
            // The finished trials stand.
        }
        return new NetworkResult(experiment, done, done < trials, [.. moments.Select(m => m.ToEstimate())]);
    }

    private static long TotalSamples(NetworkExperiment e) =>
        ((long)e.TeacherSteps * e.TeacherSamples) + ((long)e.StudentSteps * e.StudentSamples);
}
