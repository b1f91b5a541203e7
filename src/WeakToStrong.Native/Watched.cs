using WeakToStrong.Studies;

namespace WeakToStrong.Native;

/// <summary>Runs a study while the thread that called looks after the caller's functions, so that they are never called
/// on another one.</summary>
internal static unsafe class Watched
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    public static StudyOutcome Run(IStudy study, Arguments arguments, RunOptions run, OptionsLayout options)
    {
        if (options.Progress is null && options.Cancelled is null)
            return study.Run(arguments, run);
        using var stop = new CancellationTokenSource();
        var news = new LatestProgress();
        RunOptions watched = run with { Progress = options.Progress is null ? null : news, Cancellation = stop.Token };
        Task<StudyOutcome> task = Task.Run(() => study.Run(arguments, watched));
        while (!Ended(task))
        {
            if (options.Progress is not null && news.Take() is { } latest)
                Tell(options, latest);
            if (options.Cancelled is not null && !stop.IsCancellationRequested && options.Cancelled(options.State) != 0)
                stop.Cancel();
        }
        return task.GetAwaiter().GetResult();
    }

    // WaitAny, unlike Wait, does not throw what the task threw.
    private static bool Ended(Task task) => Task.WaitAny([task], Interval) == 0;

    private static void Tell(OptionsLayout options, RunProgress latest)
    {
        byte* stage = Utf8.Copy(latest.Stage);
        options.Progress(options.State, stage, latest.Done, latest.Total);
        System.Runtime.InteropServices.NativeMemory.Free(stage);
    }

    /// <summary>Keeps what was reported last, until it is taken.</summary>
    private sealed class LatestProgress : IProgress<RunProgress>
    {
        private readonly Lock _gate = new();
        private RunProgress? _latest;

        public void Report(RunProgress value)
        {
            lock (_gate)
                _latest = value;
        }

        public RunProgress? Take()
        {
            lock (_gate)
            {
                RunProgress? taken = _latest;
                _latest = null;
                return taken;
            }
        }
    }
}
