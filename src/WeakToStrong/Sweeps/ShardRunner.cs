using System.Diagnostics;
using WeakToStrong.Studies;
using WeakToStrong.Trials;

namespace WeakToStrong.Sweeps;

/// <summary>How an attempt at a shard ended.</summary>
public enum ShardEnd
{
    /// <summary>It is finished.</summary>
    Finished,

    /// <summary>It was finished before.</summary>
    AlreadyThere,

    /// <summary>It was stopped; whole blocks of its trials are kept.</summary>
    Stopped,

    /// <summary>It broke.</summary>
    Failed,
}

/// <summary>What came of an attempt at a shard.</summary>
/// <param name="End">How it ended.</param>
/// <param name="Text">Why, in a sentence; empty when it is finished.</param>
/// <param name="Seconds">How long it took.</param>
public readonly record struct ShardAttempt(ShardEnd End, string Text, double Seconds);

/// <summary>
/// Runs shards of a store, one at a time. A shard that is finished is never run again; of one that is stopped, whole blocks of trials are
/// kept, and the next attempt goes on from there.
/// </summary>
public sealed class ShardRunner
{
    private readonly SweepStore _store;

    /// <summary>A runner.</summary>
    public ShardRunner(SweepStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        _store = store;
    }

    /// <summary>Runs a shard. Only running out of memory is thrown.</summary>
    /// <param name="shard">One of the store's.</param>
    /// <param name="options">Threads, progress, cancellation.</param>
    public ShardAttempt Run(Shard shard, RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(shard);
        ArgumentNullException.ThrowIfNull(options);
        if (File.Exists(_store.ShardPath(shard)))
            return new ShardAttempt(ShardEnd.AlreadyThere, string.Empty, 0);
        var log = new ShardLog(_store.LogPath(shard));
        long start = Stopwatch.GetTimestamp();
        ShardEnd end;
        string text;
        try
        {
            log.Start();
            (end, text) = shard.Trials is { } trials ? RunTrials(shard, trials, start, options) : RunWhole(shard, start, options);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Exception cause = e is AggregateException many ? many.Flatten().InnerExceptions[0] : e;
            bool stopped = cause is OperationCanceledException && options.Cancellation.IsCancellationRequested;
            (end, text) = stopped ? (ShardEnd.Stopped, "nothing of it is kept")
                : (ShardEnd.Failed, cause is InputException or IOException or UnauthorizedAccessException ? cause.Message
                    : $"{cause.GetType().Name}: {cause.Message}");
        }
        Tell(log, end, text);
        return new ShardAttempt(end, text, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    private static void Tell(ShardLog log, ShardEnd end, string text)
    {
        try
        {
            if (end == ShardEnd.Finished)
                log.Finish();
            else
                log.Add(end == ShardEnd.Stopped ? "stopped" : "failed", text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The attempt's own text is returned, and says more than that there is no room for it in a file.
        }
    }

    private (ShardEnd End, string Text) RunWhole(Shard shard, long start, RunOptions options)
    {
        StudyOutcome outcome = shard.Plane.Arguments.Study.Run(shard.Plane.Arguments, options);
        if (outcome.Interrupted)
            return (ShardEnd.Stopped, "nothing of it is kept");
        Write(_store.ShardPath(shard), shard, outcome, [], start);
        return (ShardEnd.Finished, string.Empty);
    }

    private (ShardEnd End, string Text) RunTrials(Shard shard, TrialRange trials, long start, RunOptions options)
    {
        Arguments arguments = shard.Plane.Arguments;
        var study = (ITrialStudy)arguments.Study;
        StudyOutcome? kept = Kept(shard, trials);
        long first = kept?.Moments[0].Asked.End ?? trials.First;
        StudyOutcome found = study.Run(arguments, new TrialRange(first, trials.End - first), options);
        TrialState[] states = [.. found.Moments.Select(m => m.ToState())];
        long whole = found.Interrupted ? states.Min(WholeBlocks) : trials.End - first;
        if (found.Interrupted)
            states = [.. states.Select(s => Cut(s, whole))];
        // Parts that were stopped at different trials cannot go on together.
        if (states.Any(s => s.Nodes.Count == 0 || s.Asked.Count != states[0].Asked.Count))
            whole = 0;
        else if (found.Interrupted)
            whole = states[0].Asked.Count;
        long done = first - trials.First + whole;
        if (whole > 0 && kept is not null)
            states = [.. kept.Moments.Zip(states, (k, s) => StateBytes.Joined([k.ToState(), s]))];
        if (whole > 0)
        {
            StudyOutcome all = study.Load(arguments, states);
            string path = found.Interrupted ? _store.PartialPath(shard) : _store.ShardPath(shard);
            if (found.Interrupted)
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            Write(path, shard, all, [.. all.Moments.Select(m => m.ToState())], start);
        }
        if (found.Interrupted)
            return (ShardEnd.Stopped, $"{done} of its {trials.Count} trials are kept");
        if (kept is not null)
            File.Delete(_store.PartialPath(shard));
        return (ShardEnd.Finished, string.Empty);
    }

    // What an earlier attempt kept; whatever cannot be used is computed again.
    private StudyOutcome? Kept(Shard shard, TrialRange trials)
    {
        if (!File.Exists(_store.PartialPath(shard)))
            return null;
        try
        {
            ShardResult kept = ShardFile.Read(_store.PartialPath(shard), shard.Hash, withRows: false);
            bool fits = kept.Machine.Kind == ShardMachine.This.Kind
                && kept.States.All(s => s.Asked.First == trials.First && s.Asked.End < trials.End);
            return fits ? ((ITrialStudy)shard.Plane.Arguments.Study).Load(shard.Plane.Arguments, kept.States) : null;
        }
        catch (Exception e) when (e is InputException or ArgumentException)
        {
            return null;
        }
    }

    private static long WholeBlocks(TrialState state) => state.Nodes.Sum(n => n.Trials) / TrialRange.BlockSize * TrialRange.BlockSize;

    // The first trials of a state, in whole blocks; a node that reaches further is left out with all behind it.
    private static TrialState Cut(TrialState state, long trials)
    {
        var nodes = new List<MomentsNode>();
        long left = trials;
        foreach (MomentsNode node in state.Nodes.TakeWhile(n => n.Trials <= left && n.Trials == (long)TrialRange.BlockSize << n.Level))
        {
            nodes.Add(node);
            left -= node.Trials;
        }
        return new TrialState(new TrialRange(state.Asked.First, Math.Max(1, trials - left)), nodes);
    }

    private static void Write(string path, Shard shard, StudyOutcome outcome, IReadOnlyList<TrialState> states, long start) =>
        ShardFile.Write(path, new ShardResult(shard.Hash, shard.Plane.Identity, ShardMachine.This,
            Stopwatch.GetElapsedTime(start).TotalSeconds, states, shard.Plane.Setting.Labelled(outcome.Table)));
}
