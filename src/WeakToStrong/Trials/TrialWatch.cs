namespace WeakToStrong.Trials;

/// <summary>What a trial costs, for progress: in steps of a kind.</summary>
/// <param name="Unit">How users read a step, such as "rows".</param>
/// <param name="Steps">Steps in a trial, at least 1.</param>
/// <param name="LongTrial">Trials of at least so many steps are counted in steps, shorter ones in trials.</param>
internal sealed record TrialWork(string Unit, long Steps, long LongTrial = 1);

/// <summary>What the trials of one run share while they run: how many steps are done, whom to tell and whether to stop.</summary>
internal sealed class RunWatch(RunOptions options, long trials, TrialWork work)
{
    private const long Interval = 100; // ms

    private long _steps, _lastReport = Environment.TickCount64;

    public bool Cancelled => options.Cancellation.IsCancellationRequested;

    /// <summary>So many steps may be kept back by a thread: few enough that a report is never far behind.</summary>
    public long Few { get; } = Math.Clamp(trials * work.Steps / 1000, 1, 4096);

    public void Add(long steps)
    {
        long done = Interlocked.Add(ref _steps, steps), last = Interlocked.Read(ref _lastReport), now = Environment.TickCount64;
        if (options.Progress is not null && now - last >= Interval && Interlocked.CompareExchange(ref _lastReport, now, last) == last)
            Report(done);
    }

    /// <summary>Tells that everything is done.</summary>
    public void Complete() => Report(trials * work.Steps);

    private void Report(long steps) => options.Progress?.Report(
        work.Steps < work.LongTrial
            ? new RunProgress("trials", steps / work.Steps, trials)
            : new RunProgress(work.Unit, steps, trials * work.Steps));
}

/// <summary>One thread's view of a <see cref="RunWatch"/>, which it troubles only now and then.</summary>
internal sealed class TrialWatch(RunWatch run)
{
    private long _steps;

    /// <summary>A watch that nobody looks at.</summary>
    public static TrialWatch Nobody => new(new RunWatch(RunOptions.Default, 1, new TrialWork("steps", 1)));

    /// <summary>Counts steps that are done; false when the run has been cancelled.</summary>
    public bool Continue(long steps)
    {
        _steps += steps;
        if (_steps >= run.Few)
        {
            run.Add(_steps);
            _steps = 0;
        }
        return !run.Cancelled;
    }
}
