using WeakToStrong.Tables;

namespace WeakToStrong.Sweeps;

/// <summary>What is known of a shard.</summary>
public enum ShardCondition
{
    /// <summary>Its file is there.</summary>
    Finished,

    /// <summary>It was begun, and whoever began it is at work or was so lately.</summary>
    Running,

    /// <summary>It was stopped, as before a time limit; what was finished of it is kept.</summary>
    Stopped,

    /// <summary>It broke, and its log says why.</summary>
    Failed,

    /// <summary>It was begun, and whoever began it is gone without a word: killed, or a machine went down.</summary>
    Lost,

    /// <summary>A file is there under its name that cannot be one.</summary>
    Damaged,

    /// <summary>A scheduler has it.</summary>
    Queued,

    /// <summary>It was not begun.</summary>
    Waiting,
}

/// <summary>A shard and what is known of it.</summary>
/// <param name="Shard">Which.</param>
/// <param name="Condition">How it stands.</param>
/// <param name="Text">Why, in words; may be empty.</param>
/// <param name="Host">The machine that had it last; empty when there was none.</param>
public sealed record ShardState(Shard Shard, ShardCondition Condition, string Text, string Host);

/// <summary>How a sweep stands, from its folder alone; what a scheduler says is a hint beside it. Immutable.</summary>
public sealed class SweepStatus
{
    private static readonly TimeSpan Silence = TimeSpan.FromDays(2);

    private SweepStatus(SweepStore store, IReadOnlyList<ShardState> shards)
    {
        Store = store;
        Shards = shards;
    }

    /// <summary>Whose.</summary>
    public SweepStore Store { get; }

    /// <summary>Every shard, in the order of the rows.</summary>
    public IReadOnlyList<ShardState> Shards { get; }

    /// <summary>Those that are not finished.</summary>
    public IEnumerable<ShardState> Missing => Shards.Where(s => s.Condition != ShardCondition.Finished);

    /// <summary>Whether all are finished.</summary>
    public bool IsComplete => !Missing.Any();

    /// <summary>Whether the disk of the folder is full, so that nothing more can be finished.</summary>
    public bool DiskIsFull
    {
        get
        {
            try
            {
                return new DriveInfo(Path.GetFullPath(Store.Folder)).AvailableFreeSpace < 1 << 16;
            }
            catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
            {
                return false; // not to be known here
            }
        }
    }

    /// <summary>Looks at a folder: two listings, and the logs of shards that were begun and are not finished.</summary>
    /// <param name="store">Which.</param>
    /// <param name="queued">What a scheduler says of shards, by their names: running or not; null when there is none to ask.</param>
    public static SweepStatus Of(SweepStore store, IReadOnlyDictionary<string, QueuedShard>? queued = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        Dictionary<string, long> files = Sizes(Path.Combine(store.Folder, "shards"));
        HashSet<string> logs = store.Names("logs", ".log");
        return new SweepStatus(store, [.. store.Sweep.Shards.Select(shard =>
            files.TryGetValue(shard.Hash, out long size)
                ? size >= 12 ? new ShardState(shard, ShardCondition.Finished, string.Empty, string.Empty)
                    : new ShardState(shard, ShardCondition.Damaged, $"its file has {size} bytes", string.Empty)
            : OfMissing(store, shard, logs.Contains(shard.Hash) ? ShardLog.Last(store.LogPath(shard)) : null,
                queued?.GetValueOrDefault(shard.Hash), queued is not null))]);
    }

    /// <summary>One row a state: how many shards and trials are in it.</summary>
    public ResultTable ToTable()
    {
        (string State, ShardState[] Shards)[] groups = [.. Enum.GetValues<ShardCondition>()
            .Select(c => (Word(c), Shards.Where(s => s.Condition == c).ToArray())).Where(g => g.Item2.Length > 0)];
        return new ResultTable(
            ResultColumn.Of("state", [.. groups.Select(g => g.State)]),
            ResultColumn.Of("shards", [.. groups.Select(g => (long)g.Shards.Length)]),
            ResultColumn.Of("trials", [.. groups.Select(g => g.Shards.Sum(s => s.Shard.Trials?.Count ?? 0))]),
            ResultColumn.Of("share", [.. groups.Select(g => g.Shards.Length / (double)Shards.Count)]));
    }

    /// <summary>One row a shard.</summary>
    public ResultTable ToShardTable() => new(
        ResultColumn.Of("shard", [.. Shards.Select(s => s.Shard.Hash)]),
        ResultColumn.Of("state", [.. Shards.Select(s => Word(s.Condition))]),
        ResultColumn.Of("cells", [.. Shards.Select(s => s.Shard.Description)]),
        ResultColumn.Of("host", [.. Shards.Select(s => s.Host)]),
        ResultColumn.Of("why", [.. Shards.Select(s => s.Text)]),
        ResultColumn.Of("log", [.. Shards.Select(s => File.Exists(Store.LogPath(s.Shard)) ? Store.LogPath(s.Shard) : string.Empty)]));

    /// <summary>One sentence about a shard that is not finished, with its log.</summary>
    public string Sentence(ShardState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        string log = Store.LogPath(state.Shard);
        string where = state.Host.Length > 0 ? $" on {state.Host}" : string.Empty;
        string why = state.Text.Length > 0 ? $": {state.Text}" : string.Empty;
        return $"shard {state.Shard.Hash[..8]} ({state.Shard.Description}) is {Word(state.Condition)}{where}{why}"
            + (File.Exists(log) ? $"; its log is {log}" : string.Empty);
    }

    /// <summary>Machines that lost or broke at least three shards and most of all that were lost or broke.</summary>
    public IReadOnlyList<string> BadHosts()
    {
        ShardState[] bad = [.. Shards.Where(s => s.Condition is ShardCondition.Lost or ShardCondition.Failed && s.Host.Length > 0)];
        return [.. bad.GroupBy(s => s.Host).Where(g => g.Count() >= 3 && 2 * g.Count() > bad.Length).Select(g => g.Key)];
    }

    /// <summary>A condition as users read it.</summary>
    public static string Word(ShardCondition condition) => $"{condition}".ToLowerInvariant();

    private static ShardState OfMissing(SweepStore store, Shard shard, ShardEvent? last, QueuedShard? queued, bool hasScheduler)
    {
        bool sameTask = queued is { IsRunning: true } && (last is null || last.Job.Length == 0 || last.Job == queued.Job);
        string again = queued is null ? string.Empty : "; the scheduler has it again";
        return last switch
        {
            { Event: "failed" } => Of(ShardCondition.Failed, $"{last.Text}{again}"),
            { Event: "stopped" } => Of(ShardCondition.Stopped, $"{last.Text}{again}"),
            { Event: "started" } when last.IsGone is true || (last.Job.Length > 0 && hasScheduler && !sameTask) =>
                Of(ShardCondition.Lost,
                    $"whoever ran it is gone without a word{(last.Job.Length > 0 ? $", task {last.Job}" : string.Empty)}{again}"),
            { Event: "started" } when last.IsGone is null && last.Job.Length == 0 && IsSilent(store.LogPath(shard)) =>
                Of(ShardCondition.Lost, "nothing has been heard of it for two days"),
            { Event: "started" } => Of(ShardCondition.Running, last.Job.Length > 0 ? $"task {last.Job}" : $"process {last.Process}"),
            _ when queued is not null => new(shard, ShardCondition.Queued, queued.Text, string.Empty),
            _ => new(shard, ShardCondition.Waiting, string.Empty, string.Empty),
        };

        ShardState Of(ShardCondition condition, string text) => new(shard, condition, text, last.Host);
    }

    private static bool IsSilent(string log) => DateTime.UtcNow - File.GetLastWriteTimeUtc(log) > Silence;

    private static Dictionary<string, long> Sizes(string folder) => Directory.Exists(folder)
        ? new DirectoryInfo(folder).EnumerateFiles("*.parquet").Where(f => f.Name.Length == 40)
            .ToDictionary(f => f.Name[..32], f => f.Length)
        : throw new InputException($"'{InputException.Shorten(folder)}' is gone; finished shards belong there: put it back, or make it "
            + "anew and empty");
}

/// <summary>What a scheduler says of a shard.</summary>
/// <param name="Job">The task that has it, such as 12_3.</param>
/// <param name="IsRunning">Whether the task is running.</param>
/// <param name="Text">The scheduler's own words, such as "task 12_3 is PENDING (Resources)".</param>
public sealed record QueuedShard(string Job, bool IsRunning, string Text);
