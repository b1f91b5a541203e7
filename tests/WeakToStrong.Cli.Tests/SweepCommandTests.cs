using System.Diagnostics;

namespace WeakToStrong.Cli.Tests;

/// <summary>Sweeps as users run them: worker processes, a crash, Ctrl-C, what is said and with which status.</summary>
public class SweepCommandTests
{
    private const string Small = "study = \"simulate\"\ntrials = 300\n[fixed]\nd = 20\nn-teacher = 30\nnoise-variance = 1\nlambda-teacher "
        + "= 0.1\n"
        + "[axes]\nn-student = [25, 50]\nlambda-student = \"0.01:10:3\"\n[tasks]\nshard-trials = 64\n";

    private const string AtOnce = "simulate --d 20 --n-teacher 30 --noise-variance 1 --lambda-teacher 0.1 --n-student 25,50 "
        + "--lambda-student "
        + "0.01:10:3 --trials 300 --format ";

    [Fact]
    public void A_sweep_of_two_processes_gives_the_bytes_of_one_run()
    {
        using var folder = new Folder();
        string specification = folder.File("sweep.toml", Small), results = Path.Combine(folder.Path, "results");
        Outcome plan = Shell.Run(["sweep", specification, "--out", results, "--dry-run", "--format", "csv"]);
        Assert.Equal(0, plan.Status);
        Assert.Equal(["6", "2", "10", "0", "600", "1"], plan.Column("value")[..6]);
        Assert.False(Directory.Exists(results));
        Outcome sweep = Shell.Run(["sweep", specification, "--out", results, "--jobs", "2"]);
        Assert.True(sweep.Status == 0, sweep.Error);
        Assert.Equal("state,shards,trials,share\nfinished,10,600,1\n", sweep.Output);
        foreach (string format in (string[])["csv", "json"])
        {
            Outcome collected = Shell.Run(["sweep", "collect", results, "--format", format]);
            Assert.Equal((0, Shell.Run(AtOnce + format).Output, string.Empty), (collected.Status, collected.Output, collected.Error));
        }
        string parquet = Path.Combine(folder.Path, "a.parquet"), once = Path.Combine(folder.Path, "b.parquet");
        Assert.Equal(0, Shell.Run(["sweep", "collect", results, "--out", parquet]).Status);
        Assert.Equal(0, Shell.Run([.. AtOnce.Replace(" --format ", string.Empty, StringComparison.Ordinal).Split(' '), "--out",
            once]).Status);
        Assert.Equal(File.ReadAllBytes(once), File.ReadAllBytes(parquet));
        // Nothing is left to do; and nothing is done.
        Outcome again = Shell.Run(["sweep", "resume", results]);
        Assert.Equal(0, again.Status);
        Assert.Contains("all 10 shards are finished", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_missing_is_told_and_run_again()
    {
        using var folder = new Folder();
        string specification = folder.File("sweep.toml", Small), results = Path.Combine(folder.Path, "results");
        Assert.Equal(0, Shell.Run(["sweep", specification, "--out", results, "--jobs", "1"]).Status);
        string[] shards = Directory.GetFiles(Path.Combine(results, "shards"));
        File.Delete(shards[0]);
        File.WriteAllBytes(shards[1], File.ReadAllBytes(shards[1])[..^9]);
        File.WriteAllBytes(shards[2], []);
        File.WriteAllText(Path.Combine(results, "logs", Path.GetFileNameWithoutExtension(shards[0]) + ".log"),
            $"2026-01-01T00:00:00Z started host={Environment.MachineName} process=999999999 job=-\n");
        Outcome status = Shell.Run(["sweep", "status", results]);
        Assert.Equal(1, status.Status);
        Assert.Contains("is lost on", status.Error, StringComparison.Ordinal);
        Assert.Contains("; its log is ", status.Error, StringComparison.Ordinal);
        Outcome part = Shell.Run(["sweep", "collect", results]);
        Assert.Equal(1, part.Status);
        Assert.Contains("3 of 10 shards are missing, and the table holds what is there", part.Error, StringComparison.Ordinal);
        Assert.Contains($"'{shards[1]}' is damaged; w2s sweep resume runs its shard again", part.Error, StringComparison.Ordinal);
        Outcome resumed = Shell.Run(["sweep", "resume", results, "--jobs", "1"]);
        Assert.True(resumed.Status == 0, resumed.Error);
        Assert.Equal(2, Directory.GetFiles(Path.Combine(results, "damaged")).Length);
        Assert.Equal(Shell.Run(AtOnce + "csv").Output, Shell.Run(["sweep", "collect", results]).Output);
    }

    [Fact]
    public async Task A_worker_that_is_killed_costs_one_shard_which_is_told_and_tried_again()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs POSIX signals");
        using var folder = new Folder();
        string results = Path.Combine(folder.Path, "results");
        string specification = folder.File("sweep.toml", Small.Replace("trials = 300", "trials = 3e5", StringComparison.Ordinal)
            .Replace("shard-trials = 64", "shard-trials = 65536", StringComparison.Ordinal));
        Task<Outcome> run = Task.Run(() => Shell.Run(["sweep", specification, "--out", results, "--jobs", "1"]),
            TestContext.Current.CancellationToken);
        int worker = await Worker(results);
        Process.GetProcessById(worker).Kill();
        Outcome outcome = await run;
        Assert.True(outcome.Status == 0, outcome.Error);
        Assert.Matches("shard [0-9a-f]{8} .* is lost: its process was killed by signal 9; it is tried once more at the end", outcome.Error);
        Assert.Equal(0, Shell.Run(["sweep", "status", results]).Status);
    }

    [Fact]
    public async Task Ctrl_C_keeps_blocks_and_says_how_to_go_on()
    {
        using var folder = new Folder();
        string results = Path.Combine(folder.Path, "results");
        string specification = folder.File("sweep.toml", Small.Replace("trials = 300", "trials = 1e9", StringComparison.Ordinal)
            .Replace("shard-trials = 64", "shard-trials = 1048576000", StringComparison.Ordinal));
        using var stop = new CancellationTokenSource();
        Task<Outcome> run = Task.Run(() => Shell.RunUntil(["sweep", specification, "--out", results, "--jobs", "1"], stop.Token),
            TestContext.Current.CancellationToken);
        _ = await Worker(results);
        string refused = Shell.Refusal(["sweep", "resume", results]);
        Assert.Contains($"process {Environment.ProcessId} is at work in", refused, StringComparison.Ordinal);
        await Task.Delay(1000, TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        Outcome outcome = await run;
        Assert.Equal(130, outcome.Status);
        Assert.EndsWith($"w2s: interrupted; 0 of 2 shards are finished; w2s sweep resume {results} goes on.\n", outcome.Error,
            StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(Path.Combine(results, "partial")));
        Assert.Matches(@"is stopped on \S+: \d+ of its \d+ trials are kept; its log is", Shell.Run(["sweep", "status", results]).Error);
    }

    [Fact]
    public void A_task_without_its_index_runs_nothing()
    {
        using var folder = new Folder();
        string specification = folder.File("sweep.toml", Small), results = Path.Combine(folder.Path, "results");
        Assert.Equal(0, Shell.Run(["sweep", specification, "--out", results, "--jobs", "1"]).Status);
        Assert.Contains("SLURM_ARRAY_TASK_ID is not set; without its index a task does not know which shards are its own, and runs none",
            Shell.Refusal(["sweep", "worker", results, "--submission", "1"]), StringComparison.Ordinal);
    }

    // The worker's process, once it has begun a shard.
    private static async Task<int> Worker(string results)
    {
        for (int attempt = 0; attempt < 600; attempt++)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
            string logs = Path.Combine(results, "logs");
            foreach (string log in Directory.Exists(logs) ? Directory.GetFiles(logs) : [])
            {
                string text = File.Exists(log) ? await File.ReadAllTextAsync(log, TestContext.Current.CancellationToken) : string.Empty;
                if (text.Split("process=") is [_, string rest])
                    return int.Parse(rest.Split(' ')[0]);
            }
        }
        throw new TimeoutException();
    }
}
