using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using WeakToStrong.Explorer.Running;
using WeakToStrong.Explorer.Serving;
using WeakToStrong.Studies;

namespace WeakToStrong.Explorer.Calls;

/// <summary>
/// A long run as server-sent events: <c>waiting</c> (in line), <c>progress</c> (stage, done, total), <c>partial</c> and at the end
/// <c>result</c> (what is found, as <see cref="Documents.Outcome"/> has it), or <c>problem</c> (a sentence). It ends when the reader
/// leaves; whole blocks of trials are kept, so that the same arguments go on from there.
/// </summary>
internal sealed class EventStream(HttpContext context, Runner runner)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    // The newest of each kind is what matters: a slow reader holds nothing up.
    private readonly Channel<(string Kind, byte[] Data)> _events = Channel.CreateBounded<(string Kind, byte[] Data)>(
        new BoundedChannelOptions(4) { FullMode = BoundedChannelFullMode.DropOldest });

    /// <summary>Runs and tells.</summary>
    /// <param name="arguments">What is run.</param>
    /// <param name="keep">Whether the result is kept for later calls with the same arguments.</param>
    public async Task Run(Arguments arguments, bool keep)
    {
        Bounds.Check(arguments, runner.Options.MostRows);
        context.Response.ContentType = "text/event-stream; charset=utf-8";
        await Write("waiting", "{}"u8.ToArray()).ConfigureAwait(false);
        Task<StudyOutcome> run = Start(arguments, keep);
        _ = run.ContinueWith(_ => _events.Writer.TryComplete(), TaskScheduler.Default);
        await foreach ((string kind, byte[] data) in _events.Reader.ReadAllAsync(context.RequestAborted).ConfigureAwait(false))
            await Write(kind, data).ConfigureAwait(false);
        (string last, byte[] end) = await End(arguments, run).ConfigureAwait(false);
        await Write(last, end).ConfigureAwait(false);
    }

    private Task<StudyOutcome> Start(Arguments arguments, bool keep)
    {
        string key = Runner.KeyOf(arguments);
        StudyOutcome? known = keep ? runner.Results.Find(key) : null;
        return runner.InTime(Runner.IsQuick(arguments), runner.Options.StreamTime, options =>
        {
            StudyOutcome? found = known is { Interrupted: false } ? known
                : arguments.Study is ITrialStudy study && study.TrialsOf(arguments) > 0
                ? GrowingRun.Run(
                    study, arguments, known, options with { Progress = new Watch(this) }, Partial(arguments, keep ? key : null))
                : arguments.Study.Run(arguments, options with { Progress = new Watch(this) });
            if (found is null or { Done: 0, Asked: > 0 })
                throw new OperationCanceledException();
            if (keep)
                runner.Results.Keep(key, found);
            return found;
        }, context.RequestAborted);
    }

    // What a reader has seen is kept before it is sent: who leaves and comes back goes on from there.
    private Action<StudyOutcome> Partial(Arguments arguments, string? key)
    {
        long last = 0;
        return outcome =>
        {
            if (outcome.Done >= outcome.Asked || (last != 0 && System.Diagnostics.Stopwatch.GetElapsedTime(last) < Pause))
                return;
            last = System.Diagnostics.Stopwatch.GetTimestamp();
            if (key is not null)
                runner.Results.Keep(key, outcome);
            _events.Writer.TryWrite(("partial", Documents.Outcome(arguments, outcome, drawn: true)));
        };
    }

    private async Task<(string Kind, byte[] Data)> End(Arguments arguments, Task<StudyOutcome> run)
    {
        try
        {
            StudyOutcome found = await run.ConfigureAwait(false);
            return ("result", Documents.Outcome(arguments, found, drawn: true));
        }
        catch (Exception e) when (!context.RequestAborted.IsCancellationRequested)
        {
            string sentence = Refusal.Explain(e).Sentence;
            return ("problem", Documents.Object(json => json.WriteString("sentence", Reply.Ended(sentence))));
        }
    }

    private async Task Write(string kind, byte[] json)
    {
        byte[] head = Encoding.ASCII.GetBytes($"event: {kind}\ndata: ");
        await context.Response.Body.WriteAsync((byte[])[.. head, .. json, (byte)'\n', (byte)'\n'], context.RequestAborted)
            .ConfigureAwait(false);
        await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
    }

    private sealed class Watch(EventStream stream) : IProgress<RunProgress>
    {
        private long _last;

        public void Report(RunProgress value)
        {
            long last = Volatile.Read(ref _last);
            if ((last != 0 && System.Diagnostics.Stopwatch.GetElapsedTime(last) < Pause)
                || Interlocked.CompareExchange(ref _last, System.Diagnostics.Stopwatch.GetTimestamp(), last) != last)
                return;
            stream._events.Writer.TryWrite(("progress", Documents.Object(json =>
            {
                json.WriteString("stage", value.Stage);
                json.WriteNumber("done", value.Done);
                json.WriteNumber("total", value.Total);
            })));
        }
    }
}
