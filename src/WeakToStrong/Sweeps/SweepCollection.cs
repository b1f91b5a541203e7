using System.Collections.Concurrent;
using WeakToStrong.Studies;
using WeakToStrong.Tables;
using WeakToStrong.Trials;

namespace WeakToStrong.Sweeps;

/// <summary>
/// The finished shards of a sweep as one table: when all are there, the table of the study run at once, to the bit at equal vector width
/// and
/// linear algebra. Of a plane that is not whole, its first trials are shown, as many as are there without a gap. Immutable.
/// </summary>
public sealed class SweepCollection
{
    private SweepCollection(ResultTable table, IReadOnlyList<Shard> missing, IReadOnlyList<string> damage,
        IReadOnlyList<(string Kind, IReadOnlyList<Shard> Shards)> kinds)
    {
        Table = table;
        Missing = missing;
        Damage = damage;
        Kinds = kinds;
    }

    /// <summary>The rows.</summary>
    public ResultTable Table { get; }

    /// <summary>Shards that are not there, or damaged.</summary>
    public IReadOnlyList<Shard> Missing { get; }

    /// <summary>One sentence a damaged file.</summary>
    public IReadOnlyList<string> Damage { get; }

    /// <summary>Vector width and linear algebra in words, with the shards that were computed so, the most frequent first. Where there is
    /// more than one, the table need not have the bits of one run.</summary>
    public IReadOnlyList<(string Kind, IReadOnlyList<Shard> Shards)> Kinds { get; }

    /// <summary>Reads and merges.</summary>
    /// <param name="store">The folder.</param>
    /// <param name="options">Threads, progress, cancellation.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static SweepCollection Of(SweepStore store, RunOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        options ??= RunOptions.Default;
        IReadOnlyList<Shard> shards = store.Sweep.Shards;
        (ShardResult?[] results, IReadOnlyList<string> damage) = Read(store, options);
        var kinds = results.Select((result, i) => (result?.Machine.Kind, Shard: shards[i])).Where(r => r.Kind is not null)
            .GroupBy(r => r.Kind!, r => r.Shard, StringComparer.Ordinal).OrderByDescending(g => g.Count())
            .Select(g => (g.Key, (IReadOnlyList<Shard>)[.. g])).ToArray();
        Shard[] missing = [.. shards.Where((_, i) => results[i] is null)];
        return new SweepCollection(Merge(store.Sweep, results), missing, damage, kinds);
    }

    /// <summary>Looks at every finished shard's file, and puts those that are damaged out of the way, so that they are run again.</summary>
    /// <returns>One sentence each.</returns>
    public static IReadOnlyList<string> PutDamagedAside(SweepStore store, RunOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        var damaged = new ConcurrentBag<Shard>();
        Each(store, options ?? RunOptions.Default, store.Finished(), withRows: true, static (_, _) => { }, (i, _) =>
            damaged.Add(store.Sweep.Shards[i]));
        return [.. damaged.OrderBy(s => s.Hash, StringComparer.Ordinal).Select(s =>
            $"'{store.ShardPath(s)}' is damaged; it is now '{store.PutAside(s)}', and the shard is run again")];
    }

    private static (ShardResult?[] Results, IReadOnlyList<string> Damage) Read(SweepStore store, RunOptions options)
    {
        var results = new ShardResult?[store.Sweep.Shards.Count];
        var damage = new ConcurrentBag<(int At, string Text)>();
        bool withRows = store.Sweep.Trials == 0;
        Each(store, options, store.Finished(), withRows, (i, result) => results[i] = result, (i, text) => damage.Add((i, text)));
        return (results, [.. damage.OrderBy(d => d.At).Select(d => d.Text)]);
    }

    private static void Each(SweepStore store, RunOptions options, IReadOnlySet<string> finished, bool withRows,
        Action<int, ShardResult> use, Action<int, string> complain)
    {
        FixedBlocks.Each(store.Sweep.Shards.Count, 16, options, "shards", i =>
        {
            Shard shard = store.Sweep.Shards[i];
            if (!finished.Contains(shard.Hash))
                return;
            try
            {
                ShardResult result = ShardFile.Read(store.ShardPath(shard), shard.Hash, withRows);
                if (!Fits(shard, result))
                    throw new InputException($"'{store.ShardPath(shard)}' is damaged: its trials are not those of its name");
                use(i, result);
            }
            catch (InputException e)
            {
                complain(i, e.Message);
            }
        });
    }

    private static bool Fits(Shard shard, ShardResult result) => result.Identity == shard.Plane.Identity
        && (shard.Trials is not { } trials ? result.States.Count == 0
            : result.States.Count > 0 && result.States.All(s => s.Asked == trials && s.Nodes.Sum(n => n.Trials) == trials.Count));

    private static ResultTable Merge(Sweep sweep, ShardResult?[] results)
    {
        var tables = new List<ResultTable>();
        for (int first = 0; first < results.Length;)
        {
            SweepSetting setting = sweep.Shards[first].Plane.Setting;
            int end = first;
            while (end < results.Length && ReferenceEquals(sweep.Shards[end].Plane.Setting, setting))
                end++;
            tables.AddRange(MergeSetting(sweep, setting, results, first, end).Where(t => t.Columns.Count > 0));
            first = end;
        }
        return tables.Count == 0 ? new ResultTable() : ResultTable.Stacked(tables);
    }

    private static IEnumerable<ResultTable> MergeSetting(Sweep sweep, SweepSetting setting, ShardResult?[] results, int first, int end)
    {
        if (setting.Arguments.Study is not ITrialStudy study || sweep.Shards[first].Trials is null)
            return results[first..end].Where(r => r is not null).Select(r => r!.Table!);
        var planes = new List<(SweepPlane Plane, TrialState[]? States, bool IsWhole)>();
        for (int at = first; at < end;)
        {
            SweepPlane plane = sweep.Shards[at].Plane;
            int count = 0, found = 0;
            while (at + count < end && ReferenceEquals(sweep.Shards[at + count].Plane, plane))
                count++;
            while (found < count && results[at + found] is not null)
                found++;
            planes.Add((plane, found == 0 ? null : Joined(results[at..(at + found)]), found == count));
            at += count;
        }
        return planes.TrueForAll(p => p.IsWhole)
            ? [setting.Labelled(study.Load(setting.Arguments, [.. planes.SelectMany(p => p.States!)]).Table)]
            : planes.Where(p => p.States is not null).Select(p => setting.Labelled(study.Load(p.Plane.Arguments, p.States!).Table));
    }

    // Part by part: the states of a plane's simulations, each joined over the shards.
    private static TrialState[] Joined(ShardResult?[] shards) =>
        [.. Enumerable.Range(0, shards[0]!.States.Count).Select(part => StateBytes.Joined([.. shards.Select(s => s!.States[part])]))];
}
