namespace WeakToStrong;

/// <summary>
/// How a long computation runs, apart from what it computes: results never depend on these, to the bit.
/// </summary>
public sealed record RunOptions
{
    private readonly int _threads = Environment.ProcessorCount;

    /// <summary>All threads, no progress, no cancellation.</summary>
    public static RunOptions Default { get; } = new();

    /// <summary>The largest number of threads to use; at least 1. Default: all processors.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int Threads
    {
        get => _threads;
        init => _threads = Require.AtLeast(value, 1, nameof(Threads));
    }

    /// <summary>Told from time to time how far the computation is. May be called from any thread. Default: nobody is told.</summary>
    public IProgress<RunProgress>? Progress { get; init; }

    /// <summary>
    /// Asks the computation to stop early. Simulations then return what they have finished (and say so);
    /// computations without a meaningful part result throw <see cref="OperationCanceledException"/>.
    /// </summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>These options for one of several parts of a computation that run one after the other: its progress is told as a
    /// share of the whole.</summary>
    /// <param name="index">Number of the part, from 0.</param>
    /// <param name="count">How many parts there are.</param>
    internal RunOptions Part(int index, int count) => Progress is null ? this
        : this with { Progress = new PartProgress(Progress, index, count) };

    /// <summary>Calls a body for every number below a count, on all threads, until cancelled; what breaks one call comes out as
    /// it was thrown.</summary>
    /// <exception cref="OperationCanceledException">Cancelled before the end.</exception>
    internal void InParallel(int count, Action<int> body) => FixedBlocks.Run(count, Threads, i =>
    {
        Cancellation.ThrowIfCancellationRequested();
        body(i);
    });
}

/// <summary>How far a long computation is.</summary>
/// <param name="Stage">What is being done, in a few words, such as "trials".</param>
/// <param name="Done">Units finished, from 0 to <paramref name="Total"/>.</param>
/// <param name="Total">Units in all.</param>
public readonly record struct RunProgress(string Stage, long Done, long Total);

/// <summary>Tells the progress of one part as that of the whole, in steps of which every part has as many as this one.</summary>
internal sealed class PartProgress(IProgress<RunProgress> whole, int index, int count) : IProgress<RunProgress>
{
    public void Report(RunProgress value) => whole.Report(
        value with { Done = (index * value.Total) + value.Done, Total = count * value.Total });
}
