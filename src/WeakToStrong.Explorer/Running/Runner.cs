using WeakToStrong.Explorer.Serving;
using WeakToStrong.Studies;
using WeakToStrong.Tables;

namespace WeakToStrong.Explorer.Running;

/// <summary>
/// Runs studies for the readers of the page: in line, within a time, and no longer than the reader is there. Whatever a run does with a
/// path, it reads only what was sent along and writes nothing.
/// </summary>
internal sealed class Runner(ExplorerOptions options) : IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);
    private readonly RunQueue _quick = new(Math.Max(2, Environment.ProcessorCount), options.MostWaiting);
    private readonly RunQueue _long = new(2, options.MostWaiting);

    /// <summary>Results that were asked for last, by study and arguments.</summary>
    public Recent<StudyOutcome> Results { get; } = new(32);

    public ExplorerOptions Options => options;

    /// <summary>The name of a result in <see cref="Results"/>.</summary>
    public static string KeyOf(Arguments arguments) => $"{arguments.Study.Name}?{arguments.Canonical}";

    /// <summary>Whether a result follows a slider: it has no chance and its cost is small.</summary>
    public static bool IsQuick(Arguments arguments) =>
        arguments.Study is ITrialStudy trials ? trials.TrialsOf(arguments) == 0 : arguments.Study.Name == "limits";

    /// <summary>Runs a study, or remembers what it found.</summary>
    public async Task<StudyOutcome> Run(Arguments arguments, CancellationToken reader)
    {
        string key = KeyOf(arguments);
        if (Results.Find(key) is { Interrupted: false } known)
            return known;
        Bounds.Check(arguments, options.MostRows);
        bool quick = IsQuick(arguments);
        StudyOutcome found = await InTime(quick, quick ? options.QuickTime : options.LongTime,
            run => arguments.Study.Run(arguments, run), reader).ConfigureAwait(false);
        if (found is { Done: 0, Asked: > 0 })
            throw TooLong(options.LongTime);
        if (!quick)
            Results.Keep(key, found);
        return found;
    }

    /// <summary>Does something that takes its time, in line.</summary>
    /// <param name="quick">Whether it stands in the line of what follows sliders.</param>
    /// <param name="time">The longest that it may take.</param>
    /// <param name="body">What is done, with options that end it.</param>
    /// <param name="reader">Ends when the reader leaves.</param>
    public async Task<T> InTime<T>(bool quick, TimeSpan time, Func<RunOptions, T> body, CancellationToken reader)
    {
        IDisposable place = await Enter(quick ? _quick : _long, time, reader).ConfigureAwait(false);
        var stop = CancellationTokenSource.CreateLinkedTokenSource(reader);
        stop.CancelAfter(time);
        Task<T> run = Task.Run(() => Guarded(body, stop.Token), CancellationToken.None);
        // The place is free when the work has ended, which may be later than the answer.
        _ = run.ContinueWith(_ =>
        {
            stop.Dispose();
            place.Dispose();
        }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        try
        {
            return await run.WaitAsync(time + Grace, reader).ConfigureAwait(false);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException && !reader.IsCancellationRequested)
        {
            throw TooLong(time);
        }
    }

    public void Dispose()
    {
        _quick.Dispose();
        _long.Dispose();
    }

    // Nobody waits longer than a run may last.
    private static async Task<IDisposable> Enter(RunQueue queue, TimeSpan time, CancellationToken reader)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(reader);
        patience.CancelAfter(time);
        try
        {
            return await queue.Enter(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!reader.IsCancellationRequested)
        {
            throw new Refusal(503, FormattableString.Invariant(
                $"the server is busy: other runs took all of {time.TotalSeconds:0.##} s; try again in a moment"));
        }
    }

    private static Refusal TooLong(TimeSpan time) => new(422, FormattableString.Invariant(
        $"the run was stopped after {time.TotalSeconds:0.##} s without a result; ask for fewer rows, sizes or trials"));

    private T Guarded<T>(Func<RunOptions, T> body, CancellationToken stop)
    {
        using IDisposable only = MemoryFile.Only();
        try
        {
            return body(new RunOptions { Threads = options.Threads, Cancellation = stop });
        }
        catch (AggregateException many) when (many.Flatten().InnerExceptions is [Exception first, ..])
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(first);
            throw;
        }
    }
}
