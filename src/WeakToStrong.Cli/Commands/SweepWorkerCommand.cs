using System.Collections.Concurrent;
using WeakToStrong.Cli.Shell;
using WeakToStrong.Sweeps;

namespace WeakToStrong.Cli.Commands;

/// <summary>
/// <c>w2s sweep worker</c>, which only <c>w2s sweep</c> starts: runs shards named on standard input, one a line, and answers each with a
/// line; or, as a task of a scheduler, the shards that were written down for it.
/// </summary>
internal static class SweepWorkerCommand
{
    private const string IndexVariable = "SLURM_ARRAY_TASK_ID";

    public static ShellCommand Create()
    {
        ValueArgument folder = SweepCommand.Folder();
        var submission = Options.OptionalWholeNumber("--submission", "Which submission this is a task of.", 1, int.MaxValue);
        var offset = Options.OptionalWholeNumber("--offset", "What to add to the index of the task.", 0, int.MaxValue);
        return new ShellCommand("worker", "Runs shards for w2s sweep.", Run, writesTable: false, folder, submission, offset)
        {
            Examples = [],
            Hidden = true,
        };

        ExitStatus Run(CommandContext context)
        {
            SweepStore store = SweepStore.Open(context.Get(folder));
            if (context.Get(submission) is not { } number)
                return Serve(context, store);
            string? index = Environment.GetEnvironmentVariable(IndexVariable);
            if (!int.TryParse(index, out int task))
            {
                throw new InputException($"{IndexVariable} is {(index is null ? "not set" : $"'{InputException.Shorten(index)}'")}; "
                    + "without its index a task does not know which shards are its own, and runs none");
            }
            return RunTask(context, store, Slurm.TaskOf(store, (int)number, task + (int)(context.Get(offset) ?? 0)));
        }
    }

    // Shards as they are named; when the input ends before a shard does, whoever named it is gone or was stopped.
    private static ExitStatus Serve(CommandContext context, SweepStore store)
    {
        store.CheckInputs();
        Dictionary<string, Shard> shards = store.Sweep.Shards.ToDictionary(s => s.Hash);
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(context.Run.Cancellation);
        using var names = new BlockingCollection<string>();
        new Thread(Listen) { IsBackground = true, Name = "names" }.Start();
        var runner = new ShardRunner(store);
        foreach (string name in names.GetConsumingEnumerable())
        {
            if (!shards.TryGetValue(name, out Shard? shard))
                throw new InputException($"'{InputException.Shorten(name)}' is not a shard of '{store.Folder}'");
            ShardAttempt attempt = runner.Run(shard, context.Run with { Cancellation = gone.Token, Progress = null });
            context.Write($"{Word(attempt.End)} {shard.Hash} {attempt.Text.ReplaceLineEndings(" ")}\n");
            if (gone.IsCancellationRequested)
                return ExitStatus.Interrupted;
        }
        return ExitStatus.Done;

        void Listen()
        {
            while (Console.In.ReadLine() is { } line)
                names.Add(line.Trim());
            gone.Cancel();
            names.CompleteAdding();
        }
    }

    private static ExitStatus RunTask(CommandContext context, SweepStore store, IReadOnlyList<Shard> shards)
    {
        store.CheckInputs();
        int threads = int.TryParse(Environment.GetEnvironmentVariable("SLURM_CPUS_PER_TASK"), out int cpus) && cpus > 0 ? cpus : 1;
        RunOptions options = context.Run with { Threads = threads, Progress = null };
        var runner = new ShardRunner(store);
        int failed = 0;
        foreach (Shard shard in shards)
        {
            if (options.Cancellation.IsCancellationRequested)
                return context.Interrupted("the shards that are left wait for w2s sweep resume");
            ShardAttempt attempt = runner.Run(shard, options);
            string time = DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ssZ"), end = Word(attempt.End);
            context.Write($"{time} {end} {shard.Hash} {shard.Description} in {attempt.Seconds:F2} s {attempt.Text}".TrimEnd() + "\n");
            failed += attempt.End == ShardEnd.Failed ? 1 : 0;
            if (attempt.End == ShardEnd.Stopped)
                return context.Interrupted($"{attempt.Text}, and w2s sweep resume goes on from there");
        }
        return failed > 0 ? ExitStatus.Failed : ExitStatus.Done;
    }

    private static string Word(ShardEnd end) => $"{end}".ToLowerInvariant();
}
