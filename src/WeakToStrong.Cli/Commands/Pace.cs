using System.Diagnostics;
using WeakToStrong.Cli.Shell;

namespace WeakToStrong.Cli.Commands;

/// <summary>Tells how fast a sweep goes and how long it has to go: bars on a screen, elsewhere a line now and then.</summary>
internal sealed class Pace(CommandContext context, int shards) : IProgress<RunProgress>, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly Lock _gate = new();
    private TimeSpan _told;
    private int _done;
    private bool _ended;

    /// <inheritdoc/>
    public void Report(RunProgress value)
    {
        context.Run.Progress?.Report(value);
        lock (_gate)
        {
            _done++;
            TimeSpan now = Stopwatch.GetElapsedTime(_start);
            if (_ended || now - _told < Interval || context.Run.Progress is not null)
                return;
            _told = now;
            double rate = _done / now.TotalSeconds, left = (shards - _done) / rate;
            context.Tell(FormattableString.Invariant(
                $"{_done} of {shards} shards, {rate:G3} a second, about {TimeSpan.FromSeconds(Math.Round(left)):g} left"));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
            _ended = true;
    }
}
