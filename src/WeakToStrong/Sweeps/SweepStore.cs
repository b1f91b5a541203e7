using System.Text;
using System.Text.Json;
using WeakToStrong.Studies;
using WeakToStrong.Tables;

namespace WeakToStrong.Sweeps;

/// <summary>
/// The folder of a sweep, which is all that it consists of: <c>sweep.json</c> says what is to be run, <c>shards</c> holds one whole file a
/// finished shard, <c>partial</c> what was saved of unfinished ones, <c>logs</c> one file a shard that was begun and is not finished,
/// <c>submissions</c> what was given to a scheduler. A file of results is written beside its place and renamed; none is ever replaced.
/// </summary>
public sealed class SweepStore
{
    private const int FormatNumber = 1;
    private const string FileName = "sweep.json";

    private SweepStore(string folder, Sweep sweep, string id)
    {
        Folder = folder;
        Sweep = sweep;
        Id = id;
    }

    /// <summary>Where it is.</summary>
    public string Folder { get; }

    /// <summary>What is to be run.</summary>
    public Sweep Sweep { get; }

    /// <summary>Eight hexadecimal digits that tell this folder's jobs from others' at a scheduler.</summary>
    public string Id { get; }

    /// <summary>Opens a folder that holds a sweep.</summary>
    /// <param name="folder">Where it is.</param>
    /// <exception cref="InputException">It holds none, or is damaged; the message says where.</exception>
    public static SweepStore Open(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        string path = Path.Combine(folder, FileName);
        if (!Directory.Exists(folder))
            throw new InputException($"'{InputException.Shorten(folder)}' is not a folder; it must be one that w2s sweep made");
        if (!File.Exists(path))
            throw new InputException($"'{InputException.Shorten(folder)}' holds no sweep: there is no {FileName} in it");
        SweepRecord record = ReadRecord(path);
        SweepSpecification specification = SweepSpecification.Parse(record.Specification, path);
        if (record.Study != specification.Study.Name || record.Cuts.Any(c => c <= 0 || c % Trials.TrialRange.BlockSize != 0)
            || record.Id.Length != 8 || !record.Id.All(char.IsAsciiHexDigitLower))
        {
            throw Damaged(path);
        }
        if (record.Law != specification.Study.LawVersion)
        {
            throw new InputException($"'{path}' was made with version {record.Law} of the law of {record.Study}, and this program has "
                + $"version {specification.Study.LawVersion}: equal arguments give other numbers now; begin a new sweep in another folder");
        }
        return new SweepStore(folder, Sweep.Of(specification, new InputDigests(record.Files), record.Cuts), record.Id);
    }

    /// <summary>Makes a folder for a sweep, or lets the one that is there grow into it: shards that both have are kept.</summary>
    /// <param name="folder">Where; made if it does not exist.</param>
    /// <param name="sweep">What is to be run.</param>
    /// <exception cref="InputException">Nothing can be written there, or what is finished there belongs to another sweep; the message
    /// says which key differs.</exception>
    public static SweepStore Create(string folder, Sweep sweep)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(sweep);
        SweepStore store = Plan(folder, sweep);
        try
        {
            foreach (string name in (ReadOnlySpan<string>)[".", "shards", "logs"])
                Directory.CreateDirectory(Path.Combine(folder, name));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"the folder '{InputException.Shorten(folder)}' cannot be made: {AtomicFile.Reason(e)}", e);
        }
        store.Save();
        return store;
    }

    /// <summary>What <see cref="Create"/> would make, without writing anything.</summary>
    /// <inheritdoc cref="Create"/>
    public static SweepStore Plan(string folder, Sweep sweep)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(sweep);
        if (File.Exists(folder))
            throw new InputException($"'{InputException.Shorten(folder)}' is a file; it must be the path of a folder");
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return !Directory.Exists(folder) || !Directory.EnumerateFileSystemEntries(folder).Any()
                ? new SweepStore(folder, sweep, $"{Guid.NewGuid():n}"[..8])
                : Directory.Exists(Path.Combine(folder, "shards"))
                    ? throw new InputException($"'{InputException.Shorten(folder)}' has shards and no {FileName}; put that back, or use "
                        + "another folder")
                : throw new InputException($"'{InputException.Shorten(folder)}' holds other things than a sweep; it must be a new or empty "
                    + "folder");
        }
        SweepRecord record = ReadRecord(path);
        HashSet<string> finished = Names(folder, "shards", ".parquet");
        SweepSpecification there = SweepSpecification.Parse(record.Specification, path);
        sweep = sweep.WithCuts(record.Cuts.Concat(CutsOf(there)));
        if (finished.Count > 0 && !sweep.Shards.Any(s => finished.Contains(s.Hash)))
        {
            throw new InputException($"none of the {finished.Count} finished shards in '{InputException.Shorten(folder)}' belongs to this "
                + $"sweep: {Differences.Between(sweep, there, record)}; use another folder");
        }
        return new SweepStore(folder, sweep, record.Id);
    }

    /// <summary>The file of a finished shard.</summary>
    public string ShardPath(Shard shard) => In("shards", shard, "parquet");

    /// <summary>The file of what is finished of a shard.</summary>
    public string PartialPath(Shard shard) => In("partial", shard, "parquet");

    /// <summary>The log of a shard.</summary>
    public string LogPath(Shard shard) => In("logs", shard, "log");

    /// <summary>The shards of the sweep of which there is a file, by one listing of the folder.</summary>
    public IReadOnlySet<string> Finished() => Names(Folder, "shards", ".parquet");

    /// <summary>Names of the files with an ending in a folder of the sweep; none where there is no such folder.</summary>
    internal HashSet<string> Names(string folder, string ending) => Names(Folder, folder, ending);

    /// <summary>Puts a damaged file out of the way, into the folder <c>damaged</c>, so that its shard is run again.</summary>
    /// <returns>Where it is now.</returns>
    public string PutAside(Shard shard)
    {
        string folder = Path.Combine(Folder, "damaged");
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, $"{shard.Hash}-{Guid.NewGuid():n}"[..^24] + ".parquet");
        File.Move(ShardPath(shard), path);
        return path;
    }

    /// <summary>Refuses to run when a file that the sweep reads has changed.</summary>
    /// <exception cref="InputException">One has.</exception>
    public void CheckInputs() => Sweep.Digests.Check();

    private string In(string folder, Shard shard, string ending)
    {
        ArgumentNullException.ThrowIfNull(shard);
        return Path.Combine(Folder, folder, $"{shard.Hash}.{ending}");
    }

    private void Save()
    {
        IStudy study = Sweep.Specification.Study;
        var columns = Sweep.Specification.Axes.Where(a => a.Parameter is null).Select(a => new SweepColumn(a.Name, "Axis."))
            .Concat(study.Columns.Select(c => new SweepColumn(c.Name, c.Meaning)));
        var record = new SweepRecord(FormatNumber, Id, ProgramVersion.Text, study.Name, study.LawVersion, Sweep.Specification.ToString(),
            Sweep.Digests.Known, Sweep.Cuts, [.. columns]);
        AtomicFile.Write(Path.Combine(Folder, FileName), stream => JsonSerializer.Serialize(stream, record, SweepJson.Default.SweepRecord));
    }

    private static HashSet<string> Names(string store, string folder, string ending)
    {
        string path = Path.Combine(store, folder);
        return Directory.Exists(path)
            ? [.. Directory.EnumerateFiles(path, $"*{ending}").Select(f => Path.GetFileNameWithoutExtension(f)).Where(n => n.Length == 32)]
            : [];
    }

    // Where the trials of the folder's sweep end, in whole blocks.
    private static IEnumerable<long> CutsOf(SweepSpecification there)
    {
        Arguments arguments = new SweepSettings(there).First().Arguments;
        long cut = Sweep.TrialsOf(arguments) / Trials.TrialRange.BlockSize * Trials.TrialRange.BlockSize;
        return cut > 0 ? [cut] : [];
    }

    private static SweepRecord ReadRecord(string path)
    {
        SweepRecord? record;
        try
        {
            record = JsonSerializer.Deserialize(File.ReadAllBytes(path), SweepJson.Default.SweepRecord);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException or DecoderFallbackException)
        {
            throw Damaged(path, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"'{path}' cannot be read: {AtomicFile.Reason(e)}", e);
        }
        if (record is null)
            throw Damaged(path);
        return record.Format == FormatNumber ? record : throw new InputException(
            $"'{path}' has format {record.Format}; this program reads format {FormatNumber}, and another version of it wrote the folder");
    }

    private static InputException Damaged(string path, Exception? cause = null) => new(
        $"'{path}' is damaged; run w2s sweep again with the same specification into a new folder and move the folder shards there", cause);
}
