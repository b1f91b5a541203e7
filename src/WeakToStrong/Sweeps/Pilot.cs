using System.Diagnostics;
using WeakToStrong.Studies;
using WeakToStrong.Tables;
using WeakToStrong.Trials;

namespace WeakToStrong.Sweeps;

/// <summary>
/// How long shards take, from a few that are measured: the first plane, and for every axis the plane at its last value. Between the ends of
/// an axis the cost is taken for a power of its values, and axes multiply. It sizes tasks, never shards. Immutable.
/// </summary>
public sealed class Pilot
{
    private const double ShardOverhead = 0.01;
    private readonly PlaneGrid _grid;
    private readonly double _first;
    private readonly double[] _ratios;

    private Pilot(PlaneGrid grid, double first, double[] ratios, double seconds, bool isAtLeast)
    {
        _grid = grid;
        _first = first;
        _ratios = ratios;
        Seconds = seconds;
        IsAtLeast = isAtLeast;
    }

    /// <summary>How long the pilot itself took.</summary>
    public double Seconds { get; }

    /// <summary>Whether something took longer than the pilot's patience, so that estimates are too low.</summary>
    public bool IsAtLeast { get; }

    /// <summary>Runs a pilot.</summary>
    /// <param name="sweep">Whose shards.</param>
    /// <param name="options">Threads of a task; cancellation.</param>
    /// <exception cref="InputException">A setting cannot be run.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static Pilot Run(Sweep sweep, RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(sweep);
        ArgumentNullException.ThrowIfNull(options);
        var grid = new PlaneGrid(sweep);
        long start = Stopwatch.GetTimestamp();
        double patience = Math.Max(0.5, 6.0 / (1 + grid.Varying.Count));
        bool isAtLeast = false;
        double first = Cost(0);
        double[] ratios = [.. grid.Varying.Select(axis => Cost(grid.AtLast(axis)) / first)];
        return new Pilot(grid, first, ratios, Stopwatch.GetElapsedTime(start).TotalSeconds, isAtLeast);

        double Cost(int plane)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            (double seconds, bool cut) = Measure(sweep, sweep.Planes[plane], patience, options);
            isAtLeast |= cut;
            return seconds;
        }
    }

    /// <summary>The estimated time of a shard, in seconds.</summary>
    public double SecondsOf(Shard shard)
    {
        ArgumentNullException.ThrowIfNull(shard);
        double cost = _first;
        foreach ((int axis, double ratio) in _grid.Varying.Zip(_ratios))
            cost *= Math.Pow(ratio, _grid.WayAlong(axis, shard.Plane));
        return ShardOverhead + (cost * (shard.Trials?.Count ?? 1));
    }

    /// <summary>Packs shards, in their order, into tasks of about a target time; none is empty.</summary>
    /// <param name="shards">Which.</param>
    /// <param name="target">Seconds of a task.</param>
    /// <param name="most">The most tasks there may be; tasks then take longer.</param>
    public IReadOnlyList<IReadOnlyList<Shard>> Pack(IReadOnlyList<Shard> shards, double target, int most = 100_000)
    {
        ArgumentNullException.ThrowIfNull(shards);
        double[] seconds = [.. shards.Select(SecondsOf)];
        target = Math.Max(target, seconds.Sum() / most);
        var tasks = new List<IReadOnlyList<Shard>>();
        var task = new List<Shard>();
        double sum = 0;
        for (int i = 0; i < shards.Count; i++)
        {
            if (task.Count > 0 && sum + seconds[i] > target)
            {
                tasks.Add(task);
                (task, sum) = ([], 0);
            }
            task.Add(shards[i]);
            sum += seconds[i];
        }
        if (task.Count > 0)
            tasks.Add(task);
        return tasks;
    }

    // Seconds of a trial, or of the whole plane where there are no trials; and whether patience ended first.
    private static (double Seconds, bool Cut) Measure(Sweep sweep, SweepPlane plane, double patience, RunOptions options)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(options.Cancellation);
        stop.CancelAfter(TimeSpan.FromSeconds(patience));
        RunOptions limited = options with { Cancellation = stop.Token, Progress = null };
        long trials = Sweep.TrialsOf(plane.Setting.Arguments), count = Math.Min(trials, TrialRange.BlockSize);
        while (true)
        {
            long start = Stopwatch.GetTimestamp();
            long done = 1;
            try
            {
                if (count > 0)
                    done = ((ITrialStudy)plane.Arguments.Study).Run(plane.Arguments, new TrialRange(0, count), limited).Moments.Min(m =>
                        m.Count);
                else
                    _ = plane.Arguments.Study.Run(plane.Arguments, limited);
            }
            catch (OperationCanceledException) when (!options.Cancellation.IsCancellationRequested)
            {
                done = 0;
            }
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            // What is over at once says more about the program's first steps than about trials.
            if (seconds > 0.05 || count == trials || stop.IsCancellationRequested)
                return (seconds / Math.Max(1, done), done == 0);
            count = Math.Min(trials, 8 * count);
        }
    }
}

/// <summary>The planes of a sweep as points of a grid: the axes that are run one by one, slowest first.</summary>
internal sealed class PlaneGrid
{
    private readonly double[][] _ways; // along each axis, from 0 at its first value to 1 at its last
    private readonly int[] _strides;
    private readonly Dictionary<object, int> _index;

    public PlaneGrid(Sweep sweep)
    {
        string[][] values = [.. ValuesOf(sweep)];
        _ways = [.. values.Select(Ways)];
        _strides = new int[values.Length];
        for (int axis = values.Length - 1, stride = 1; axis >= 0; stride *= values[axis--].Length)
            _strides[axis] = stride;
        _index = sweep.Planes.Index().ToDictionary(object (p) => p.Item, p => p.Index, ReferenceEqualityComparer.Instance!);
        Varying = [.. Enumerable.Range(0, values.Length).Where(axis => values[axis].Length > 1)];
    }

    /// <summary>Axes with more than one value.</summary>
    public IReadOnlyList<int> Varying { get; }

    /// <summary>The plane at an axis's last value and at the others' first.</summary>
    public int AtLast(int axis) => (_ways[axis].Length - 1) * _strides[axis];

    /// <summary>How far along an axis a plane is, from 0 to 1.</summary>
    public double WayAlong(int axis, SweepPlane plane) => _ways[axis][_index[plane] / _strides[axis] % _ways[axis].Length];

    private static IEnumerable<string[]> ValuesOf(Sweep sweep)
    {
        SweepSetting setting = sweep.Planes[0].Setting;
        foreach ((SweepAxis axis, _) in setting.Labels)
            yield return [.. axis.Values];
        foreach ((Parameter parameter, string text) in setting.Arguments.Given)
        {
            if (parameter.IsAxis && !parameter.SharesTrials && parameter.Read(text, out object? read) is null && read is AxisValues values)
                yield return [.. Enumerable.Range(0, values.Count).Select(values.TextOf)];
        }
    }

    private static double[] Ways(string[] values)
    {
        double[] numbers = [.. values.Select(v => NumberText.TryParse(v, out double number) && number > 0 ? Math.Log(number) : double.NaN)];
        double low = numbers[0], high = numbers[^1];
        return numbers.All(double.IsFinite) && high > low ? [.. numbers.Select(n => (n - low) / (high - low))]
            : [.. values.Select((_, i) => i / Math.Max(1.0, values.Length - 1))];
    }
}
