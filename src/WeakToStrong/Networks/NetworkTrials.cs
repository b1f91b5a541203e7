using WeakToStrong.Statistics;
using WeakToStrong.Trials;

namespace WeakToStrong.Networks;

/// <summary>Runs trials with networks through the one loop over trials.</summary>
internal static class NetworkTrials
{
    // Single-precision numbers that the networks of all trials at once may take: 1 GB. Beyond, trials wait and each uses several threads.
    private const long MostNumbers = 1L << 28;

    /// <summary>Takes a trial's measurements.</summary>
    /// <param name="trial">The trial, with networks that nobody has initialised.</param>
    /// <param name="values">Receives what was measured.</param>
    /// <param name="done">To be told how many steps are done.</param>
    /// <param name="options">The threads of this trial, and cancellation.</param>
    /// <exception cref="OperationCanceledException">Cancelled half-way.</exception>
    public delegate void Measurement(NetworkTrial trial, Span<double> values, Action<int> done, RunOptions options);

    /// <summary>Runs trials.</summary>
    /// <param name="experiment">The setting.</param>
    /// <param name="trials">Which.</param>
    /// <param name="width">How many numbers <paramref name="measure"/> gives.</param>
    /// <param name="work">Steps of a trial, as <paramref name="measure"/> counts them.</param>
    /// <param name="countsSamples">Whether a step is a sample that passes through a network, which training counts by itself.</param>
    /// <param name="seed">Names the random numbers.</param>
    /// <param name="options">Threads, progress and cancellation.</param>
    /// <param name="measure">What is measured.</param>
    public static TrialMoments Run(
        NetworkExperiment experiment, TrialRange trials, int width, TrialWork work, bool countsSamples, ulong seed, RunOptions options,
        Measurement measure)
    {
        long numbers = (experiment.TeacherWidth + experiment.StudentWidth
            + (long)Math.Max(experiment.TeacherWidth, experiment.StudentWidth)) * experiment.Dimension;
        return TrialLoop.Run(
            trials, new VectorMoments(width), threads => new Engine(experiment, seed, countsSamples, options with { Threads = threads },
                measure), work, options,
            mostAtOnce: (int)Math.Clamp(MostNumbers / numbers, 1, int.MaxValue));
    }

    private sealed class Engine(NetworkExperiment experiment, ulong seed, bool countsSamples, RunOptions options, Measurement measure)
        : ITrialEngine
    {
        private readonly NetworkBuffers _buffers = new(experiment);

        public bool TryRun(long trial, Span<double> values, TrialWatch watch)
        {
            void Done(int steps) => watch.Continue(steps);
            measure(new NetworkTrial(experiment, _buffers, seed, (ulong)trial, options, countsSamples ? Done : null), values, Done,
                options);
            return true;
        }
    }
}
