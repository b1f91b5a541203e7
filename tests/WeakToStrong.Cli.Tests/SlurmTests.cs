using System.Text.Json.Nodes;
using WeakToStrong.Sweeps;

namespace WeakToStrong.Cli.Tests;

/// <summary>
/// What is said to Slurm and made of its answers, by scripts in its place. A real one is in tests/system/sweeps.test.
/// </summary>
public class SlurmTests
{
    // Shards of which each is estimated to be a task of its own; none is run.
    private const string Large = """
        study = "simulate"
        trials = 23000000
        [fixed]
        d = 40
        n-teacher = 60
        n-student = 50
        noise-variance = 1
        engine = "dense"
        lambda-teacher = 0.1
        lambda-student = 0.1
        [tasks]
        seconds = 1
        shard-trials = 1000000
        [slurm]
        partition = "long"
        exclude = "node1"
        """;

    public SlurmTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a POSIX shell");

    [Theory]
    [InlineData(1, new int[] { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 }, null)]
    [InlineData(11, new int[] { 11, 11, 1 }, null)]
    [InlineData(12, new int[] { 12, 11 }, 4)]
    [InlineData(22, new int[] { 22, 1 }, null)]
    [InlineData(23, new int[] { 23 }, 5)]
    [InlineData(1001, new int[] { 23 }, null)]
    public void Every_task_is_in_one_array_below_the_largest_index(int maxArraySize, int[] arrays, int? concurrent)
    {
        using var folder = new Folder();
        using var slurm = new FakeSlurm(maxArraySize);
        (string results, Outcome outcome) = Submit(folder, concurrent is { } most ? $"concurrent = {most}\n" : string.Empty);
        Assert.True(outcome.Status == 0, outcome.Error);
        Assert.Contains($"23 shards are submitted as 23 tasks of {(arrays.Length == 1 ? "job 1001" : $"{arrays.Length} jobs, 1001, 1002")}",
            outcome.Error, StringComparison.Ordinal);
        string id = SweepStore.Open(results).Id, cap = concurrent is null ? string.Empty : $"%{concurrent}";
        Assert.Equal(arrays.Length, slurm.Submissions.Length);
        var run = new List<int>();
        foreach ((int k, (string[] words, string script)) in slurm.Submissions.Index())
        {
            Assert.Contains($"--array=0-{arrays[k] - 1}{cap}", words);
            Assert.True(arrays[k] - 1 < maxArraySize);
            Assert.Contains("--partition=long", words);
            Assert.Contains("--exclude=node1", words);
            Assert.Contains($"--job-name=w2s-{id}-1", words);
            // Where the number is capped, arrays follow one another.
            Assert.Equal(concurrent is not null && k > 0, words.Contains($"--dependency=afterany:{1000 + k}"));
            string[] command = script.TrimEnd('\n').Split('\n')[^1].Split(" --submission 1 --offset ");
            Assert.StartsWith("exec ", command[0], StringComparison.Ordinal);
            Assert.Contains($"--comment={command[1]}", words);
            run.AddRange(Enumerable.Range(int.Parse(command[1]), arrays[k]));
        }
        // What the tasks would run, by their offsets and indices: every shard once.
        Assert.Equal(Enumerable.Range(0, 23), run);
        string[][] tasks = Tasks(results, 1);
        Assert.Equal(SweepStore.Open(results).Sweep.Shards.Select(s => s.Hash), tasks.SelectMany(t => t));
        Assert.All(tasks, task => Assert.Single(task));
        Assert.Contains("it has tasks 0 to 22", Assert.Throws<InputException>(() => Slurm.TaskOf(SweepStore.Open(results), 1, 23)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[ $n = 2 ] && { echo 'sbatch: error: QOSMaxSubmitJobPerUserLimit' >&2; exit 1; }",
        "sbatch: error: QOSMaxSubmitJobPerUserLimit")]
    [InlineData("[ $n = 2 ] && { echo 'Submitted batch job many'; exit 0; }", "Submitted batch job many")]
    [InlineData("[ $n = 2 ] && exit 0", "status 0")]
    public void What_sbatch_does_not_take_is_told_and_submitted_by_resume(string answer, string said)
    {
        using var folder = new Folder();
        using var slurm = new FakeSlurm(11);
        slurm.AnswersWith(answer);
        (string results, Outcome outcome) = Submit(folder);
        Assert.Equal(1, outcome.Status);
        Assert.Contains($"sbatch took 11 of 23 tasks and then refused: {said}; w2s sweep resume", outcome.Error, StringComparison.Ordinal);
        slurm.AnswersWith(string.Empty);
        string name = $"w2s-{SweepStore.Open(results).Id}-1";
        slurm.Shows(Enumerable.Range(0, 11).Select(i => $"1001_{i}|PENDING|{name}|0||Priority"));
        outcome = Shell.Run(["sweep", "resume", results]);
        Assert.True(outcome.Status == 0, outcome.Error);
        Assert.Equal(SweepStore.Open(results).Sweep.Shards.Skip(11).Select(s => s.Hash), Tasks(results, 2).SelectMany(t => t));
        Assert.Equal(["--array=0-10", "--array=0-0"], slurm.Submissions[2..].Select(s => s.Words[1]));
        // What it has all of is not submitted again.
        IEnumerable<string> first = Enumerable.Range(0, 11).Select(i => $"1001_{i}|PENDING|{name}|0||Priority"),
            second = Enumerable.Range(0, 11).Select(i => $"1003_{i}|RUNNING|{name[..^1]}2|0|node3|None");
        slurm.Shows([.. first, .. second, $"1004_0|CONFIGURING|{name[..^1]}2|11||None"]);
        outcome = Shell.Run(["sweep", "resume", results]);
        Assert.Contains("the scheduler has all that is missing", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(4, slurm.Submissions.Length);
    }

    // What Slurm calls a task, and what its shard is when nobody has begun it, and when that task has.
    [Theory]
    [InlineData("PENDING", "queued", "lost")]
    [InlineData("CONFIGURING", "queued", "lost")]
    [InlineData("REQUEUED", "queued", "lost")]
    [InlineData("REQUEUE_HOLD", "queued", "lost")]
    [InlineData("SPECIAL_EXIT", "queued", "lost")]
    [InlineData("RUNNING", "queued", "running")]
    [InlineData("SUSPENDED", "queued", "running")]
    [InlineData("STOPPED", "queued", "running")]
    [InlineData("A_STATE_OF_THE_FUTURE", "queued", "running")]
    [InlineData("CANCELLED", "waiting", "lost")]
    [InlineData("COMPLETED", "waiting", "lost")]
    [InlineData("COMPLETING", "waiting", "lost")]
    [InlineData("FAILED", "waiting", "lost")]
    [InlineData("TIMEOUT", "waiting", "lost")]
    [InlineData("NODE_FAIL", "waiting", "lost")]
    [InlineData("OUT_OF_MEMORY", "waiting", "lost")]
    [InlineData("PREEMPTED", "waiting", "lost")]
    public void A_state_of_Slurm_is_a_state_of_the_shard(string word, string fresh, string begun)
    {
        using var folder = new Folder();
        using var slurm = new FakeSlurm(1001);
        string results = Submit(folder).Results, name = $"w2s-{SweepStore.Open(results).Id}-1";
        string[] shards = [.. Tasks(results, 1).SelectMany(t => t)];
        Begun(results, shards[1], "node3", "1001_1");
        slurm.Shows($"1001_0|{word}|{name}|0|node3|Why", $"1001_1|{word}|{name}|0|node3|Why",
            "", "not a line of a queue", $"1001_99|PENDING|{name}|0||None", $"1001_2|PENDING|{name}|x||None",
            $"1001_x|PENDING|{name}|0||None", "1001_3|PENDING|another job|0||None");
        Outcome status = Shell.Run(["sweep", "status", results, "--shards", "--format", "csv"]);
        Assert.Equal(1, status.Status);
        Assert.Equal([fresh, begun, .. Enumerable.Repeat("waiting", 21)], status.Column("state"));
        if (fresh == "queued")
            Assert.Contains($"whose task 1001_0 is {word}", status.Error, StringComparison.Ordinal);
        if (begun == "lost")
            Assert.Contains("lost on node3: whoever ran it is gone without a word, task 1001_1", status.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_scheduler_that_does_not_answer_is_told_and_given_nothing()
    {
        using var folder = new Folder();
        using var slurm = new FakeSlurm(1001);
        string results = Submit(folder).Results;
        Begun(results, Tasks(results, 1)[1][0], "node3", "1001_1");
        slurm.FallsSilent();
        Outcome status = Shell.Run(["sweep", "status", results, "--shards", "--format", "csv"]);
        Assert.Equal(["waiting", "running", "waiting"], status.Column("state")[..3]);
        Assert.Contains("the scheduler does not answer (slurm_load_jobs error: Unable to contact slurm controller)", status.Error,
            StringComparison.Ordinal);
        // It may have them all: nothing is given to it twice.
        Assert.Contains("the scheduler does not answer", Shell.Refusal(["sweep", "resume", results]), StringComparison.Ordinal);
        Assert.Single(slurm.Submissions);
    }

    [Fact]
    public void A_node_that_loses_most_is_offered_to_be_left_out()
    {
        using var folder = new Folder();
        using var slurm = new FakeSlurm(1001);
        string results = Submit(folder).Results;
        string[][] tasks = Tasks(results, 1);
        foreach (int k in (int[])[2, 5])
            Begun(results, tasks[k][0], "node7", $"1001_{k}");
        Begun(results, tasks[0][0], "node2", "1001_0");
        Assert.DoesNotContain("--exclude", Shell.Run(["sweep", "status", results]).Error, StringComparison.Ordinal);
        Begun(results, tasks[9][0], "node7", "1001_9");
        string offer = $"most of the shards that failed or were lost were on node7; w2s sweep resume {results} --exclude node7";
        Assert.Contains(offer, Shell.Run(["sweep", "status", results]).Error, StringComparison.Ordinal);
        Outcome resumed = Shell.Run(["sweep", "resume", results, "--exclude", "node7"]);
        Assert.True(resumed.Status == 0, resumed.Error);
        // Beside what the specification leaves out.
        Assert.Equal(["--exclude=node1,node7"], slurm.Submissions[^1].Words.Where(w => w.StartsWith("--ex", StringComparison.Ordinal)));
    }

    [Fact]
    public void Cancel_names_the_jobs_of_this_folder_and_tells_a_refusal()
    {
        using var folder = new Folder();
        using var slurm = new FakeSlurm(11);
        string results = Submit(folder).Results, id = SweepStore.Open(results).Id;
        Assert.Equal(0, Shell.Run(["sweep", "cancel", results]).Status);
        Assert.Equal([$"--name=w2s-{id}-1"], slurm.Cancelled);
        slurm.FallsSilent();
        Outcome refused = Shell.Run(["sweep", "cancel", results]);
        Assert.Equal(1, refused.Status);
        Assert.Contains("the scheduler did not take the tasks back: scancel: error: no", refused.Error, StringComparison.Ordinal);
    }

    private static (string Results, Outcome Outcome) Submit(Folder folder, string more = "")
    {
        string results = Path.Combine(folder.Path, "results");
        string specification = folder.File("sweep.toml", $"{Large}\n{more}");
        return (results, Shell.Run(["sweep", specification, "--out", results, "--slurm", "--threads", "1"]));
    }

    private static string[][] Tasks(string results, int submission) =>
        [.. JsonNode.Parse(File.ReadAllText(Path.Combine(results, "submissions", $"{submission}.json")))!["tasks"]!.AsArray()
            .Select(task => task!.AsArray().Select(hash => (string)hash!).ToArray())];

    // As a task on another machine leaves a shard when it has begun it.
    private static void Begun(string results, string shard, string host, string job) => File.WriteAllText(
        Path.Combine(results, "logs", $"{shard}.log"), $"2026-01-01T00:00:00Z started host={host} process=77 job={job}\n");
}
