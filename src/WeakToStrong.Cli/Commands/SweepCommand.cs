using System.Diagnostics;
using WeakToStrong.Cli.Shell;
using WeakToStrong.Studies;
using WeakToStrong.Sweeps;
using WeakToStrong.Tables;

namespace WeakToStrong.Cli.Commands;

/// <summary><c>w2s sweep</c>: any study over any axes, on this machine or on a cluster.</summary>
internal static class SweepCommand
{
    private const int MostNamed = 10;

    public static ShellCommand Create()
    {
        var specification = new ValueArgument("SPEC",
            "TOML with the study, what is fixed and what varies; docs/sweeps.md describes its keys.",
            "the path of a TOML file, or one of status, resume, collect and cancel");
        var output = Options.Text("--out", "The folder of the sweep; made, or grown when it is there. [required]", "the path of a folder",
            "DIR");
        var dryRun = new FlagOption("--dry-run", "Only measure a few shards and say what would be run: cells, shards, tasks, time.");
        var seed = Options.Of(Declare.OneSeed);
        seed.Description = "Names the random numbers, in place of the specification's seed.";
        var how = new RunSwitches();
        var sweep = new ShellCommand("sweep", "Any study over any axes, on this machine or as job arrays of a cluster; nothing finished "
            + "is lost.",
            Run, new CommonOptions(writesTable: false, seed), [specification, output, dryRun, .. how.All])
        {
            Examples = ["sweep sweep.toml --out results", "sweep sweep.toml --out results --dry-run",
                "sweep sweep.toml --out results --slurm"],
        };
        sweep.SetAction(static _ => 0); // so that the parser takes it without a word below it
        foreach (ShellCommand command in (ShellCommand[])[Status(), Resume(), Collect(), Cancel(), SweepWorkerCommand.Create()])
            sweep.Subcommands.Add(command);
        return sweep;

        ExitStatus Run(CommandContext context)
        {
            string folder = context.Get(output) ?? throw output.Missing("for a sweep");
            Sweep plan = Sweep.Of(SweepSpecification.Read(context.Get(specification), context.Get(seed)));
            if (context.Has(dryRun))
                return SayPlan(context, SweepStore.Plan(folder, plan), how);
            SweepStore store = SweepStore.Create(folder, plan);
            return Go(context, store, how, context.Has(how.Slurm));
        }
    }

    /// <summary>The folder that the other commands take.</summary>
    public static ValueArgument Folder() => new("DIR", "The folder of a sweep.", "the path of a folder that w2s sweep made");

    private static ShellCommand Status()
    {
        ValueArgument folder = Folder();
        var shards = new FlagOption("--shards", "One row a shard instead of one a state.");
        return new ShellCommand("status", "How far a sweep is, from its folder, with the scheduler's view beside it.", Run,
            writesTable: true,
            folder, shards)
        {
            Examples = ["sweep status results", "sweep status results --shards --format csv"],
        };

        ExitStatus Run(CommandContext context)
        {
            SweepStore store = SweepStore.Open(context.Get(folder));
            SweepStatus status = Look(store, out string problem);
            if (problem.Length > 0)
                context.Say($"{problem}, so what is said here is from the folder alone");
            context.Write(context.Has(shards) ? status.ToShardTable() : status.ToTable());
            return SayMissing(context, status);
        }
    }

    private static ShellCommand Resume()
    {
        ValueArgument folder = Folder();
        var how = new RunSwitches();
        var local = new FlagOption("--local", "On this machine, also when the sweep was given to Slurm before.");
        return new ShellCommand("resume", "Run what is missing, where the sweep was run before.", Run, writesTable: false,
            [folder, local, .. how.All])
        {
            Examples = ["sweep resume results", "sweep resume results --exclude node7"],
        };

        ExitStatus Run(CommandContext context)
        {
            SweepStore store = SweepStore.Open(context.Get(folder));
            bool slurm = context.Has(how.Slurm) || (Slurm.WasUsed(store) && !context.Has(local) && !context.IsGiven(how.Jobs));
            return Go(context, store, how, slurm);
        }
    }

    private static ShellCommand Collect()
    {
        ValueArgument folder = Folder();
        return new ShellCommand("collect", "Merge the finished shards into one table, the same bytes as the study run at once.", Run,
            writesTable: true, folder)
        {
            Examples = ["sweep collect results --out table.parquet", "sweep collect results --format json"],
        };

        ExitStatus Run(CommandContext context)
        {
            SweepStore store = SweepStore.Open(context.Get(folder));
            SweepCollection collection = SweepCollection.Of(store, context.Run);
            if (collection.Table.Columns.Count > 0)
                context.Write(collection.Table, [.. store.Sweep.Specification.Study.Parameters.Select(p => p.Name)]);
            foreach (string sentence in collection.Damage.Take(MostNamed))
                context.Say($"{sentence}; w2s sweep resume runs its shard again");
            foreach ((string kind, IReadOnlyList<Shard> shards) in collection.Kinds.Skip(1))
            {
                context.Say($"{shards.Count} {(shards.Count == 1 ? "shard was" : "shards were")} computed with {kind}, the others with "
                    + $"{collection.Kinds[0].Kind}, so the table need not have the bits of one run: "
                    + Listed([.. shards.Select(s => s.Hash[..8])]));
            }
            if (collection.Missing.Count == 0)
                return ExitStatus.Done;
            string what = collection.Table.Columns.Count > 0 ? "the table holds what is there" : "there is nothing to write";
            context.Say($"{collection.Missing.Count} of {store.Sweep.Shards.Count} shards are missing, and {what}");
            _ = SayMissing(context, Look(store));
            return ExitStatus.Failed;
        }
    }

    private static ShellCommand Cancel()
    {
        ValueArgument folder = Folder();
        return new ShellCommand("cancel", "Stop a sweep: what is finished stays, and resume goes on from there.", Run, writesTable: false,
            folder)
        {
            Examples = ["sweep cancel results"],
        };

        ExitStatus Run(CommandContext context)
        {
            SweepStore store = SweepStore.Open(context.Get(folder));
            if (LocalLock.Owner(store) is { } process && ThisProgram.Stop(process))
                context.Note($"process {process} was asked to stop");
            if (Slurm.WasUsed(store) && new Slurm(ThisProgram.RunCommand).Cancel(store) is { Length: > 0 } problem)
            {
                context.Say($"the scheduler did not take the tasks back: {problem}");
                return ExitStatus.Failed;
            }
            context.Note($"w2s sweep resume {store.Folder} goes on");
            return ExitStatus.Done;
        }
    }

    private static ExitStatus Go(CommandContext context, SweepStore store, RunSwitches how, bool slurm)
    {
        foreach (string sentence in SweepCollection.PutDamagedAside(store, context.Run with { Progress = null }))
            context.Say(sentence);
        SweepStatus status = Look(store);
        if (status.IsComplete)
        {
            context.Note($"all {status.Shards.Count} shards are finished; w2s sweep collect {store.Folder} makes the table");
            context.Write(status.ToTable());
            return ExitStatus.Done;
        }
        return slurm ? Submit(context, status, context.Get(how.Exclude)) : RunHere(context, status, how);
    }

    private static ExitStatus RunHere(CommandContext context, SweepStatus before, RunSwitches how)
    {
        SweepStore store = before.Store;
        Shard[] missing = [.. before.Missing.Select(s => s.Shard)];
        int jobs = (int)Math.Min(missing.Length, context.Get(how.Jobs) ?? context.Run.Threads);
        int threads = Math.Max(1, context.Run.Threads / jobs);
        long start = Stopwatch.GetTimestamp();
        using LocalLock owner = LocalLock.Take(store);
        store.CheckInputs();
        context.Tell($"{missing.Length} of {before.Shards.Count} shards are to be run, by {jobs} processes of {threads} threads");
        var workers = new LocalWorkers(store, jobs, threads, context.Say);
        using var pace = new Pace(context, missing.Length);
        workers.Run(missing, pace, context.Run.Cancellation);
        pace.Dispose();
        SweepStatus after = Look(store);
        context.Write(after.ToTable());
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        context.Note(FormattableString.Invariant($"{workers.Done} shards in {seconds:F1} s, {workers.Done / seconds:F1} a second"));
        if (context.Run.Cancellation.IsCancellationRequested)
        {
            return context.Interrupted($"{after.Shards.Count - after.Missing.Count()} of {after.Shards.Count} shards are finished; w2s "
                + $"sweep resume {store.Folder} goes on");
        }
        if (!after.IsComplete)
            return SayMissing(context, after);
        context.Note($"w2s sweep collect {store.Folder} makes the table");
        return ExitStatus.Done;
    }

    private static ExitStatus Submit(CommandContext context, SweepStatus status, string? exclude)
    {
        SweepStore store = status.Store;
        SweepSpecification specification = store.Sweep.Specification;
        var slurm = new Slurm(ThisProgram.RunCommand);
        _ = slurm.MaxArraySize(); // before the pilot, which takes a while
        IReadOnlyDictionary<string, QueuedShard>? queue = slurm.Queue(store, out string silence);
        if (silence.Length > 0)
            throw new InputException($"{silence}; it may have what is missing, so nothing is submitted");
        Shard[] missing = [.. status.Missing.Select(s => s.Shard).Where(s => queue?.ContainsKey(s.Hash) is not true)];
        if (missing.Length == 0)
        {
            context.Note("the scheduler has all that is missing");
            return SayMissing(context, status);
        }
        OfferExclude(context, status, exclude);
        Pilot pilot = Pilot.Run(store.Sweep, context.Run with { Threads = TaskThreads(specification) });
        IReadOnlyList<IReadOnlyList<Shard>> tasks = pilot.Pack(missing, specification.TaskSeconds);
        context.Tell(Estimate(pilot, missing, tasks));
        SlurmAnswer answer = slurm.Submit(store, tasks, specification.TaskSeconds, ThisProgram.CommandLine, exclude);
        if (answer.Problem.Length > 0)
        {
            context.Say($"sbatch took {answer.Submitted} of {answer.Asked} tasks and then refused: {answer.Problem}; w2s sweep resume "
                + $"{store.Folder} submits the others");
            return ExitStatus.Failed;
        }
        context.Note($"{missing.Length} shards are submitted as {answer.Submitted} tasks of {(answer.Jobs.Count == 1 ? "job"
            : $"{answer.Jobs.Count} jobs,")} {Listed(answer.Jobs)}; w2s sweep status {store.Folder} shows how far they are");
        return ExitStatus.Done;
    }

    private static ExitStatus SayPlan(CommandContext context, SweepStore store, RunSwitches how)
    {
        Sweep sweep = store.Sweep;
        bool slurm = context.Has(how.Slurm);
        IReadOnlySet<string> finished = store.Finished();
        Shard[] missing = [.. sweep.Shards.Where(s => !finished.Contains(s.Hash))];
        Pilot pilot = Pilot.Run(sweep, context.Run with { Threads = slurm ? TaskThreads(sweep.Specification) : 1, Progress = null });
        IReadOnlyList<IReadOnlyList<Shard>> tasks = pilot.Pack(missing, sweep.Specification.TaskSeconds);
        double seconds = missing.Sum(pilot.SecondsOf), longest = tasks.Count == 0 ? 0 : tasks.Max(t => t.Sum(pilot.SecondsOf));
        int slots = slurm ? int.TryParse(sweep.Specification.SlurmOption("concurrent"), out int most) ? most : Math.Max(1, tasks.Count)
            : (int)(context.Get(how.Jobs) ?? context.Run.Threads);
        (string Item, double Value)[] items =
        [
            ("cells", sweep.Cells), ("planes", sweep.Shards.Select(s => s.Trials?.First ?? 0).Count(first => first == 0)),
            ("shards", sweep.Shards.Count), ("shards_finished", sweep.Shards.Count - missing.Length), ("trials", sweep.Trials),
            ("tasks", tasks.Count), ("longest_task_seconds", Round(longest)), ("work_seconds", Round(seconds)),
            ("estimated_seconds", Round(Math.Max(seconds / slots, longest > 0 && slurm ? longest : 0))),
        ];
        context.Write(new ResultTable(ResultColumn.Of("item", [.. items.Select(i => i.Item)]),
            ResultColumn.Of("value", [.. items.Select(i => i.Value)])));
        context.Note(Estimate(pilot, missing, tasks));
        return ExitStatus.Done;
    }

    private static double Round(double seconds) => Math.Round(seconds, 3);

    private static string Estimate(Pilot pilot, Shard[] shards, IReadOnlyList<IReadOnlyList<Shard>> tasks) =>
        FormattableString.Invariant($"a pilot of {pilot.Seconds:F1} s estimates {(pilot.IsAtLeast ? "at least " : string.Empty)}")
        + FormattableString.Invariant($"{shards.Sum(pilot.SecondsOf):G3} s of work in {shards.Length} shards: {tasks.Count} tasks");

    private static int TaskThreads(SweepSpecification specification) =>
        int.TryParse(specification.Slurm.FirstOrDefault(o => o.Key is "cpus-per-task").Value, out int threads) && threads > 0 ? threads : 1;

    private static SweepStatus Look(SweepStore store) => Look(store, out _);

    private static SweepStatus Look(SweepStore store, out string problem) =>
        SweepStatus.Of(store, new Slurm(ThisProgram.RunCommand).Queue(store, out problem));

    private static ExitStatus SayMissing(CommandContext context, SweepStatus status)
    {
        ShardState[] missing = [.. status.Missing];
        if (missing.Length == 0)
            return ExitStatus.Done;
        ShardState[] told = [.. missing.Where(s =>
            s.Condition is not (ShardCondition.Queued or ShardCondition.Waiting or ShardCondition.Running))
            .OrderBy(s => s.Condition)];
        foreach (ShardState state in told.Take(MostNamed))
            context.Say(status.Sentence(state));
        if (told.Length > MostNamed)
            context.Say($"{told.Length - MostNamed} more are like these; w2s sweep status {status.Store.Folder} --shards lists them");
        if (missing.FirstOrDefault(s => s.Condition == ShardCondition.Queued) is { } queued)
            context.Note($"{missing.Count(s => s.Condition == ShardCondition.Queued)} shards are with the scheduler, whose {queued.Text}");
        if (status.DiskIsFull)
            context.Say($"the disk of {status.Store.Folder} is full; nothing more can be finished there");
        OfferExclude(context, status, null);
        bool waits = missing.Any(s => s.Condition is ShardCondition.Queued or ShardCondition.Running);
        context.Note(waits ? $"{missing.Length} of {status.Shards.Count} shards are not finished yet"
            : $"{missing.Length} of {status.Shards.Count} shards are missing; w2s sweep resume {status.Store.Folder} runs them");
        return ExitStatus.Failed;
    }

    private static void OfferExclude(CommandContext context, SweepStatus status, string? exclude)
    {
        IReadOnlyList<string> hosts = exclude is null && Slurm.WasUsed(status.Store) ? status.BadHosts() : [];
        if (hosts.Count > 0)
        {
            context.Say($"most of the shards that failed or were lost were on {string.Join(" and ", hosts)}; w2s sweep resume "
                + $"{status.Store.Folder} --exclude {string.Join(',', hosts)} leaves it out");
        }
    }

    private static string Listed(IReadOnlyList<string> names) =>
        names.Count <= MostNamed ? string.Join(", ", names)
            : $"{string.Join(", ", names.Take(MostNamed))} and {names.Count - MostNamed} more";

    /// <summary>How and where to run.</summary>
    private sealed class RunSwitches
    {
        public ValueOption<long?> Jobs { get; } = Options.OptionalWholeNumber(
            "--jobs", "Processes on this machine, which share the threads. [default: one a thread]", 1, 1024);

        public FlagOption Slurm { get; } = new("--slurm", "Submit to Slurm, as the table [slurm] says, and end.");

        public ValueOption<string> Exclude { get; } = Options.Text("--exclude", "Machines that Slurm is to leave out.", "names of machines",
            "NODES");

        public IEnumerable<System.CommandLine.Symbol> All => [Jobs, Slurm, Exclude];
    }
}
