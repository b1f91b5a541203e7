namespace WeakToStrong.Simulation;

/// <summary>
/// What the trials of one run share while they run: how many steps are done, whom to tell and whether to stop. A step is whatever an
/// engine counts, such as a row; a run of short trials tells its progress in trials, a run of long ones in rows.
/// </summary>
internal sealed class RunWatch(RunOptions options, long trials, long stepsPerTrial)
{
    private const long LongTrial = 1_000_000, Interval = 100; // steps, ms

    private long _steps, _lastReport = Environment.TickCount64;

    public bool Cancelled => options.Cancellation.IsCancellationRequested;

    public void Add(long steps)
    {
        long done = Interlocked.Add(ref _steps, steps), last = Interlocked.Read(ref _lastReport), now = Environment.TickCount64;
        if (options.Progress is not null && now - last >= Interval && Interlocked.CompareExchange(ref _lastReport, now, last) == last)
            Report(done);
    }

    /// <summary>Tells that everything is done.</summary>
    public void Complete() => Report(trials * stepsPerTrial);

    private void Report(long steps) => options.Progress?.Report(
        stepsPerTrial < LongTrial
            ? new RunProgress("trials", steps / stepsPerTrial, trials)
            : new RunProgress("rows", steps, trials * stepsPerTrial));
}

/// <summary>One thread's view of a <see cref="RunWatch"/>, which it troubles only every few thousand steps.</summary>
internal sealed class TrialWatch(RunWatch run)
{
    private const long Few = 4096;

    private long _steps;

    /// <summary>Counts steps that are done; false when the run has been cancelled.</summary>
    public bool Continue(long steps)
    {
        _steps += steps;
        if (_steps >= Few)
        {
            run.Add(_steps);
            _steps = 0;
        }
        return !run.Cancelled;
    }
}
