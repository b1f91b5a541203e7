using System.Globalization;
using System.Text.Json;
using WeakToStrong.Tables;

namespace WeakToStrong.Sweeps;

/// <summary>Runs a program of the scheduler: its name, arguments and standard input in, its status and what it wrote out.</summary>
public delegate (int Status, string Output, string Error) CommandRunner(string program, IReadOnlyList<string> arguments, string? input);

/// <summary>What came of giving tasks to the scheduler.</summary>
/// <param name="Submitted">Tasks that it took.</param>
/// <param name="Asked">Tasks that there were.</param>
/// <param name="Jobs">Names of its job arrays.</param>
/// <param name="Problem">What it said when it refused; empty when it took all.</param>
public sealed record SlurmAnswer(int Submitted, int Asked, IReadOnlyList<string> Jobs, string Problem);

/// <summary>
/// Slurm, through its own commands. What is given to it is written down in the folder first, so that its view can be compared with the
/// folder at any time; nothing runs here between a submission and its end.
/// </summary>
public sealed class Slurm
{
    private const int SignalSeconds = 60;
    private static readonly string[] Own = ["concurrent", "setup", "program"];
    private readonly CommandRunner _run;

    /// <summary>A scheduler.</summary>
    /// <param name="run">Runs its commands.</param>
    public Slurm(CommandRunner run)
    {
        ArgumentNullException.ThrowIfNull(run);
        _run = run;
    }

    /// <summary>The largest index of an array, plus one; cluster's administrators choose it.</summary>
    /// <exception cref="InputException">There is no Slurm here, or it does not answer.</exception>
    public int MaxArraySize()
    {
        string text = Ask("scontrol", "show", "config");
        string? line = text.Split('\n').FirstOrDefault(l => l.TrimStart().StartsWith("MaxArraySize", StringComparison.Ordinal));
        return line?.Split('=') is [_, string value] && int.TryParse(value.Trim(), out int size) ? size is > 0 ? size
            : throw new InputException("this Slurm allows no job arrays (MaxArraySize is 0); run the sweep without --slurm")
            : throw new InputException("scontrol show config names no MaxArraySize; is this Slurm's?");
    }

    /// <summary>Gives tasks to the scheduler: one array for as many as it allows, one after the other where their number is
    /// capped.</summary>
    /// <param name="store">Whose shards.</param>
    /// <param name="tasks">The shards of each task.</param>
    /// <param name="seconds">Their target time, for the record.</param>
    /// <param name="program">The command line of this program on the nodes.</param>
    /// <param name="exclude">Machines to leave out beside those of the specification, as sbatch takes them; null for none.</param>
    public SlurmAnswer Submit(SweepStore store, IReadOnlyList<IReadOnlyList<Shard>> tasks, double seconds, IReadOnlyList<string> program,
        string? exclude = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(tasks);
        ArgumentNullException.ThrowIfNull(program);
        int size = MaxArraySize();
        int number = WriteDown(store, tasks, seconds);
        var jobs = new List<string>();
        for (int offset = 0; offset < tasks.Count; offset += size)
        {
            int count = Math.Min(size, tasks.Count - offset);
            (int status, string output, string error) = _run("sbatch",
                [.. Options(store, number, offset, count, jobs.Count > 0 ? jobs[^1] : null, exclude)], Script(store, program, number,
                    offset));
            string job = output.Trim().Split(';')[0];
            if (status != 0 || job.Length == 0 || !job.All(char.IsAsciiDigit))
            {
                string said = error.Trim().Length > 0 ? error.Trim() : output.Trim();
                return new SlurmAnswer(offset, tasks.Count, jobs, InputException.Shorten(said.Length > 0 ? said.Split('\n')[0]
                    : $"status {status}"));
            }
            jobs.Add(job);
        }
        return new SlurmAnswer(tasks.Count, tasks.Count, jobs, string.Empty);
    }

    /// <summary>The shards that the scheduler has, by their names; null where there is none to ask.</summary>
    /// <param name="store">Whose.</param>
    /// <param name="problem">What was said when something was given to a scheduler and it does not answer; empty otherwise.</param>
    public IReadOnlyDictionary<string, QueuedShard>? Queue(SweepStore store, out string problem)
    {
        ArgumentNullException.ThrowIfNull(store);
        problem = string.Empty;
        Dictionary<string, SubmissionRecord> submissions = Submissions(store);
        if (submissions.Count == 0)
            return null;
        (int status, string output, string error) = _run("squeue",
            ["--noheader", "--array", $"--name={string.Join(',', submissions.Keys)}", "--format=%i|%T|%j|%k|%N|%r"], null);
        if (status != 0)
        {
            string said = error.Trim().Split('\n')[0];
            problem = $"the scheduler does not answer ({InputException.Shorten(said.Length > 0 ? said : $"squeue ended with {status}")})";
            return null;
        }
        var queued = new Dictionary<string, QueuedShard>(StringComparer.Ordinal);
        foreach (string[] parts in output.Split('\n').Select(line => line.Split('|', 6)).Where(p => p.Length == 6))
        {
            if (!submissions.TryGetValue(parts[2].Trim(), out SubmissionRecord? submission) || !int.TryParse(parts[3], out int offset)
                || !int.TryParse(parts[0].Split('_')[^1], out int index) || offset < 0 || index < 0
                || offset + index >= submission.Tasks.Count)
                continue;
            if (IsOver(parts[1]))
                continue;
            bool running = !IsWaiting(parts[1]);
            string text = $"task {parts[0]} is {parts[1]}{(running ? $" on {parts[4]}" : $" ({parts[5].Trim()})")}";
            foreach (string hash in submission.Tasks[offset + index])
                queued[hash] = new QueuedShard(parts[0], running, text);
        }
        return queued;
    }

    /// <summary>Takes all tasks of a sweep back.</summary>
    /// <returns>What the scheduler said when it refused; empty when it did not.</returns>
    public string Cancel(SweepStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        foreach (string name in Submissions(store).Keys)
        {
            (int status, string output, string error) = _run("scancel", [$"--name={name}"], null);
            if (status != 0)
                return InputException.Shorten($"{error.Trim()}{output.Trim()}");
        }
        return string.Empty;
    }

    /// <summary>The shards of a task.</summary>
    /// <param name="store">Whose.</param>
    /// <param name="number">Which submission.</param>
    /// <param name="index">The task's index in it.</param>
    /// <exception cref="InputException">There is no such submission or task.</exception>
    public static IReadOnlyList<Shard> TaskOf(SweepStore store, int number, int index)
    {
        ArgumentNullException.ThrowIfNull(store);
        string path = SubmissionPath(store, number);
        SubmissionRecord record = Read(path) ?? throw new InputException($"'{path}' is missing or damaged; w2s sweep resume makes a new "
            + $"one");
        if (index < 0 || index >= record.Tasks.Count)
            throw new InputException($"task {index} is not in '{path}'; it has tasks 0 to {record.Tasks.Count - 1}");
        Dictionary<string, Shard> shards = store.Sweep.Shards.ToDictionary(s => s.Hash);
        return [.. record.Tasks[index].Where(shards.ContainsKey).Select(hash => shards[hash])];
    }

    /// <summary>Whether anything was given to a scheduler.</summary>
    public static bool WasUsed(SweepStore store) => Submissions(store).Count > 0;

    // States of a task that runs no more and will not by itself. What is in neither list has a node, or is a state of a later Slurm.
    private static bool IsOver(string state) => state is "BOOT_FAIL" or "CANCELLED" or "COMPLETED" or "COMPLETING" or "DEADLINE" or "FAILED"
        or "NODE_FAIL" or "OUT_OF_MEMORY" or "PREEMPTED" or "REVOKED" or "TIMEOUT" or "LAUNCH_FAILED" or "RECONFIG_FAIL";

    private static bool IsWaiting(string state) => state is "PENDING" or "CONFIGURING" or "REQUEUED" or "REQUEUE_HOLD" or "REQUEUE_FED"
        or "RESV_DEL_HOLD" or "SPECIAL_EXIT";

    private static IEnumerable<string> Options(SweepStore store, int number, int offset, int count, string? before, string? exclude)
    {
        SweepSpecification specification = store.Sweep.Specification;
        string cap = specification.SlurmOption("concurrent") is { } most ? $"%{most}" : string.Empty;
        string logs = Path.Combine(Path.GetFullPath(store.Folder), "logs").Replace("%", "%%", StringComparison.Ordinal);
        yield return "--parsable";
        yield return $"--array=0-{count - 1}{cap}";
        yield return $"--job-name={JobName(store, number)}";
        yield return $"--comment={offset}";
        yield return $"--output={logs}/task-%A_%a.log";
        yield return "--open-mode=append";
        yield return "--requeue";
        // To the program itself, which saves the blocks of trials that it has finished.
        if (specification.SlurmOption("signal") is null)
            yield return $"--signal=B:TERM@{SignalSeconds}";
        // Arrays of one cap each would together exceed it.
        if (cap.Length > 0 && before is not null)
            yield return $"--dependency=afterany:{before}";
        foreach ((string key, string value) in specification.Slurm.Where(o => !Own.Contains(o.Key) && o.Key != "exclude"))
        {
            if (value != "false")
                yield return value == "true" ? $"--{key}" : $"--{key}={value}";
        }
        string[] without = [.. new[] { specification.SlurmOption("exclude"), exclude }.OfType<string>()];
        if (without.Length > 0)
            yield return $"--exclude={string.Join(',', without)}";
    }

    private static string Script(SweepStore store, IReadOnlyList<string> program, int number, int offset)
    {
        string setup = store.Sweep.Specification.SlurmOption("setup") is { } lines ? $"{lines}\n" : string.Empty;
        string command = store.Sweep.Specification.SlurmOption("program") ?? string.Join(' ', program.Select(Quoted));
        return $"#!/bin/sh\n{setup}exec {command} sweep worker {Quoted(Path.GetFullPath(store.Folder))} --submission {number} "
            + $"--offset {offset}\n";
    }

    private static string Quoted(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string JobName(SweepStore store, int number) => $"w2s-{store.Id}-{number}";

    private static string SubmissionPath(SweepStore store, int number) =>
        Path.Combine(store.Folder, "submissions", number.ToString(CultureInfo.InvariantCulture) + ".json");

    private static int WriteDown(SweepStore store, IReadOnlyList<IReadOnlyList<Shard>> tasks, double seconds)
    {
        Directory.CreateDirectory(Path.Combine(store.Folder, "submissions"));
        int number = 1;
        while (File.Exists(SubmissionPath(store, number)))
            number++;
        var record = new SubmissionRecord(number, DateTimeOffset.UtcNow, [.. tasks.Select(t => (IReadOnlyList<string>)[.. t.Select(s =>
            s.Hash)])],
            seconds);
        AtomicFile.Write(SubmissionPath(store, number), stream =>
            JsonSerializer.Serialize(stream, record, SweepJson.Default.SubmissionRecord));
        return number;
    }

    private static Dictionary<string, SubmissionRecord> Submissions(SweepStore store)
    {
        string folder = Path.Combine(store.Folder, "submissions");
        return !Directory.Exists(folder) ? [] : Directory.EnumerateFiles(folder, "*.json").Select(Read).OfType<SubmissionRecord>()
            .ToDictionary(record => JobName(store, record.Number));
    }

    private static SubmissionRecord? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), SweepJson.Default.SubmissionRecord) is { } record
                && Path.GetFileNameWithoutExtension(path) == $"{record.Number}" ? record : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private string Ask(string program, params string[] arguments)
    {
        (int status, string output, string error) = _run(program, arguments, null);
        return status == 0 ? output
            : throw new InputException($"{program} does not answer: {InputException.Shorten($"{error.Trim()} {output.Trim()}".Trim())}; "
                + "--slurm needs a machine from which Slurm takes jobs");
    }
}
