using System.Globalization;

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
internal sealed class ShardLog(string path)
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
            return File.ReadLines(path).Select(Read).LastOrDefault(e => e is not null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static ShardEvent? Read(string line)
    {
        string[] parts = line.Split(' ', 6);
        return parts.Length >= 5 && parts[2].StartsWith("host=", StringComparison.Ordinal)
            && parts[3].StartsWith("process=", StringComparison.Ordinal) && int.TryParse(parts[3].AsSpan(8), out int process)
            && parts[4].StartsWith("job=", StringComparison.Ordinal)
            ? new ShardEvent(parts[1], parts.Length > 5 ? parts[5] : string.Empty, parts[2][5..], process, parts[4][4..].Trim('-')) : null;
    }
}
