using Spectre.Console;

namespace WeakToStrong.Cli.Presentation;

/// <summary>
/// Bars on standard error, one a stage, that appear only when a run takes longer than two seconds and vanish when it ends.
/// A thread of its own draws them, so that computing threads only leave a note.
/// </summary>
internal sealed class ProgressDisplay : IProgress<RunProgress>, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    private readonly TextWriter _screen;
    private readonly Lock _gate = new();
    private readonly List<RunProgress> _stages = [];
    private readonly ManualResetEventSlim _finished = new();
    private readonly Thread _thread;
    private bool _disposed;

    public ProgressDisplay(TextWriter screen)
    {
        _screen = screen;
        _thread = new Thread(Draw) { IsBackground = true, Name = "progress" };
        _thread.Start();
    }

    /// <inheritdoc/>
    public void Report(RunProgress value)
    {
        lock (_gate)
        {
            int at = _stages.FindIndex(s => s.Stage == value.Stage);
            if (at < 0)
                _stages.Add(value);
            else
                _stages[at] = value;
        }
    }

    /// <summary>Takes the bars away.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _finished.Set();
        _thread.Join();
        _finished.Dispose();
    }

    private void Draw()
    {
        if (_finished.Wait(Patience))
            return;
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(_screen) });
        console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(bars =>
            {
                var tasks = new Dictionary<string, ProgressTask>(StringComparer.Ordinal);
                do
                {
                    Update(bars, tasks);
                }
                while (!_finished.Wait(Pace));
            });
    }

    private void Update(ProgressContext bars, Dictionary<string, ProgressTask> tasks)
    {
        RunProgress[] stages;
        lock (_gate)
            stages = [.. _stages];
        foreach (RunProgress stage in stages)
        {
            if (!tasks.TryGetValue(stage.Stage, out ProgressTask? task))
                tasks[stage.Stage] = task = bars.AddTask(Markup.Escape(stage.Stage));
            task.MaxValue = Math.Max(1, stage.Total);
            task.Value = stage.Done;
            if (task.Speed is { } speed)
                task.Description = Markup.Escape($"{stage.Stage}, {speed:G3} a second");
        }
    }
}
