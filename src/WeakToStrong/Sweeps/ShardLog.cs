using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace WeakToStrong.Sweeps;

/// <summary>What a log says last.</summary>
/// <param name="Event">started, stopped or failed.</param>
/// <param name="Text">What was said of it.</param>
/// <param name="Host">On which machine.</param>
/// <param name="Process">In which process.</param>
/// <param name="Job">In which task of a scheduler, such as 12_3; empty when there was none.</param>
internal sealed record ShardEvent(string Event, string Text, string Host, int Process, string Job)
{
    /// <summary>Whether a process on this machine that began the shard is there no more; null when it is elsewhere.</summary>
    public bool? IsGone => Host != Environment.MachineName ? null : !IsAlive(Process);

    private static bool IsAlive(int id)
    {
        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}

/// <summary>
/// The log of one shard: a line for each thing that befell it, so that whoever finds it unfinished knows why. A shard that is finished
/// without trouble leaves none.
/// </summary>
internal sealed partial class ShardLog(string path)
{
    private bool _isNew;

    /// <summary>Tells that the shard is begun here.</summary>
    public void Start()
    {
        _isNew = !File.Exists(path);
        Add("started", string.Empty);
    }

    /// <summary>Adds a line. A disk that is full must not hide what else went wrong.</summary>
    public void Add(string what, string text)
    {
        string job = Environment.GetEnvironmentVariable("SLURM_ARRAY_JOB_ID") is { Length: > 0 } array
            ? $"{array}_{Environment.GetEnvironmentVariable("SLURM_ARRAY_TASK_ID")}" : "-";
        string time = DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        string line = $"{time} {what} host={Environment.MachineName} process={Environment.ProcessId} job={job} {text}".TrimEnd();
        File.AppendAllText(path, $"{line.ReplaceLineEndings(" ")}\n");
    }

    /// <summary>Tells that the shard is finished.</summary>
    public void Finish()
    {
        if (_isNew)
            File.Delete(path);
        else
            Add("finished", string.Empty);
    }

    /// <summary>What it says last; null when it says nothing.</summary>
    public static ShardEvent? Last(string path)
    {
        try
        {
            Match match = File.ReadLines(path).Select(line => Line().Match(line)).LastOrDefault(m => m.Success) ?? Match.Empty;
            return match.Success ? new ShardEvent(match.Groups["event"].Value, match.Groups["text"].Value, match.Groups["host"].Value,
                int.Parse(match.Groups["process"].Value), match.Groups["job"].Value.Trim('-')) : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"^\S+ (?<event>\w+) host=(?<host>\S+) process=(?<process>\d{1,9}) job=(?<job>\S+) ?(?<text>.*)$")]
    private static partial Regex Line();
}
