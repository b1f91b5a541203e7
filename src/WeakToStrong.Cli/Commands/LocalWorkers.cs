using System.Collections.Concurrent;
using System.Diagnostics;
using WeakToStrong.Sweeps;

namespace WeakToStrong.Cli.Commands;

/// <summary>
/// Runs shards in processes of their own, so that a crash costs the shard in flight and nothing else. A shard that crashed is tried once
/// more, at the end; one that broke by itself would break again.
/// </summary>
/// <param name="store">Whose shards.</param>
/// <param name="jobs">How many processes.</param>
/// <param name="threads">Threads of each.</param>
/// <param name="say">Tells a loss at once.</param>
internal sealed class LocalWorkers(SweepStore store, int jobs, int threads, Action<string> say)
{
    private readonly ConcurrentQueue<Shard> _first = new(), _again = new();
    private readonly ConcurrentDictionary<Process, byte> _working = new();
    private readonly HashSet<Shard> _retried = [];
    private readonly Lock _gate = new();
    private int _underWay, _done;
    private long _trials;

    /// <summary>Shards finished by this run.</summary>
    public int Done => _done;

    /// <summary>Runs shards until none is left or it is stopped.</summary>
    public void Run(IReadOnlyList<Shard> shards, IProgress<RunProgress>? progress, CancellationToken stop)
    {
        foreach (Shard shard in shards)
            _first.Enqueue(shard);
        long total = shards.Sum(s => s.Trials?.Count ?? 0);
        // A worker whose input ends saves what it has finished of its shard, and ends.
        using CancellationTokenRegistration end = stop.Register(() =>
        {
            foreach (Process process in _working.Keys)
                Close(process);
        });
        Thread[] threadsOfWorkers = [.. Enumerable.Range(0, Math.Min(jobs, shards.Count)).Select(_ => new Thread(() =>
            Work(Report, stop)))];
        foreach (Thread thread in threadsOfWorkers)
            thread.Start();
        foreach (Thread thread in threadsOfWorkers)
            thread.Join();

        void Report(Shard shard)
        {
            int done = Interlocked.Increment(ref _done);
            long trials = Interlocked.Add(ref _trials, shard.Trials?.Count ?? 0);
            progress?.Report(total > 0 ? new RunProgress("trials", trials, total) : new RunProgress("shards", done, shards.Count));
        }
    }

    private void Work(Action<Shard> report, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && Next() is { } shard)
        {
            using Process process = ThisProgram.Start(["sweep", "worker", store.Folder, "--threads", $"{threads}"]);
            var complaints = new Complaints(process);
            _working.TryAdd(process, 0);
            if (stop.IsCancellationRequested)
                Close(process); // it may have come too late to be told
            Shard? lost = Converse(process, shard, report, stop);
            _working.TryRemove(process, out _);
            Close(process);
            process.WaitForExit();
            if (lost is not null)
                Lose(lost, process.ExitCode, complaints.Text, stop);
            Interlocked.Decrement(ref _underWay);
        }
    }

    // Gives shards to one process until none is left; the shard with which it went away, or null.
    private Shard? Converse(Process process, Shard shard, Action<Shard> report, CancellationToken stop)
    {
        for (Shard? next = shard; next is not null; next = stop.IsCancellationRequested ? null : Another())
        {
            try
            {
                process.StandardInput.WriteLine(next.Hash);
                process.StandardInput.Flush();
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                return next;
            }
            if (process.StandardOutput.ReadLine()?.Split(' ', 3) is not [string what, string hash, string text] || hash != next.Hash)
                return next;
            if (what is "finished" or "alreadythere")
                report(next);
            else
                say($"shard {next.Hash[..8]} ({next.Description}) is {what}: {text}; its log is {store.LogPath(next)}");
        }
        return null;
    }

    private void Lose(Shard shard, int status, string complaints, CancellationToken stop)
    {
        if (stop.IsCancellationRequested)
            return;
        string why = status > 128 ? $"its process was killed by signal {status - 128}" : $"its process ended with status {status}";
        string said = complaints.Length > 0 ? $", saying '{InputException.Shorten(complaints)}'" : string.Empty;
        bool again;
        lock (_gate)
            again = _retried.Add(shard);
        if (again)
            _again.Enqueue(shard);
        say($"shard {shard.Hash[..8]} ({shard.Description}) is lost: {why}{said}; {(again ? "it is tried once more at the end"
            : $"its log is {store.LogPath(shard)}")}");
    }

    // Waits while others may still lose a shard that is then to be tried again.
    private Shard? Next()
    {
        while (true)
        {
            Interlocked.Increment(ref _underWay);
            if (Another() is { } shard)
                return shard;
            if (Interlocked.Decrement(ref _underWay) == 0 && _again.IsEmpty)
                return null;
            Thread.Sleep(20);
        }
    }

    private Shard? Another() => _first.TryDequeue(out Shard? shard) || _again.TryDequeue(out shard) ? shard : null;

    private static void Close(Process process)
    {
        try
        {
            process.StandardInput.Close();
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            // It is gone already.
        }
    }

    /// <summary>The last line that a process wrote to its standard error.</summary>
    private sealed class Complaints
    {
        private string _text = string.Empty;

        public Complaints(Process process)
        {
            process.ErrorDataReceived += (_, line) => _text = string.IsNullOrWhiteSpace(line.Data) ? _text : line.Data;
            process.BeginErrorReadLine();
        }

        public string Text => _text;
    }
}
