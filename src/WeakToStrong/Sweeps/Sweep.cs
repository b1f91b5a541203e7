using System.Security.Cryptography;
using System.Text;
using WeakToStrong.Chains.Specification;
using WeakToStrong.Studies;
using WeakToStrong.Trials;

namespace WeakToStrong.Sweeps;

/// <summary>
/// A specification as the work that it makes: cells, planes and shards, in the order of the rows. It depends on the specification alone,
/// not
/// on the machine. Immutable.
/// </summary>
public sealed class Sweep
{
    private const int MostShards = 1_000_000;
    private readonly InputDigests _digests;

    private Sweep(SweepSpecification specification, InputDigests digests, IReadOnlyList<long> cuts)
    {
        Specification = specification;
        _digests = digests;
        Cuts = cuts;
        var settings = new SweepSettings(specification);
        if (settings.Count > MostShards)
            throw TooMany(settings.Count);
        var planes = new List<SweepPlane>();
        var shards = new List<Shard>();
        foreach (SweepSetting setting in settings)
        {
            Cells += setting.Arguments.Cells;
            TrialRange?[] ranges = [.. Ranges(TrialsOf(setting.Arguments))];
            foreach (Arguments arguments in PlanesOf(setting.Arguments))
            {
                if (shards.Count + ranges.Length > MostShards)
                    throw TooMany(shards.Count + (double)ranges.Length);
                var plane = new SweepPlane(setting, arguments, Identify(arguments));
                planes.Add(plane);
                shards.AddRange(ranges.Select(range => new Shard(plane, range, Hash(plane, range))));
            }
        }
        Planes = planes;
        Shards = shards;
        Trials = shards.Sum(s => s.Trials?.Count ?? 0);
    }

    /// <summary>What it was made from.</summary>
    public SweepSpecification Specification { get; }

    /// <summary>How many rows of axes there are.</summary>
    public long Cells { get; }

    /// <summary>Trials of all planes together; 0 for a study without trials.</summary>
    public long Trials { get; }

    /// <summary>The pieces of work, those of a plane one after the other.</summary>
    public IReadOnlyList<Shard> Shards { get; }

    internal IReadOnlyList<SweepPlane> Planes { get; }

    /// <summary>Where ranges of trials are cut beside multiples of a shard, since an earlier, smaller sweep ended there.</summary>
    internal IReadOnlyList<long> Cuts { get; }

    internal InputDigests Digests => _digests;

    /// <summary>Makes the work of a specification; reads the files that it names.</summary>
    /// <exception cref="InputException">A file cannot be read, a chain is wrong at one of the values, or there are too many
    /// shards.</exception>
    public static Sweep Of(SweepSpecification specification)
    {
        ArgumentNullException.ThrowIfNull(specification);
        if (specification.Study is ChainStudy)
            CheckChains(specification);
        return new Sweep(specification, InputDigests.Of(specification), []);
    }

    internal static Sweep Of(SweepSpecification specification, InputDigests digests, IReadOnlyList<long> cuts) =>
        new(specification, digests, cuts);

    internal Sweep WithCuts(IEnumerable<long> cuts) => new(Specification, _digests, [.. cuts.Distinct().Order()]);

    /// <summary>The trials that arguments ask for; 0 when their result has no trials.</summary>
    internal static long TrialsOf(Arguments arguments) =>
        arguments.Study is ITrialStudy { HasTrials: true } study ? study.TrialsOf(arguments) : 0;

    private static IEnumerable<Arguments> PlanesOf(Arguments arguments)
    {
        bool hasTrials = TrialsOf(arguments) > 0;
        foreach (Arguments plane in arguments.Planes())
        {
            yield return arguments.Study is not ITrialStudy study ? plane
                : hasTrials ? study.TrialsOnly(plane).With(study.TrialsParameter, null)
                : plane.With(study.TrialsParameter, null);
        }
    }

    // At multiples of a shard, at cuts, and before trials that do not fill a block: nothing could follow those.
    private IEnumerable<TrialRange?> Ranges(long trials)
    {
        if (trials == 0)
        {
            yield return null;
            yield break;
        }
        long size = Specification.ShardTrials, whole = trials / TrialRange.BlockSize * TrialRange.BlockSize;
        if (trials / size > MostShards)
            throw TooMany(trials / (double)size);
        long[] cuts = [.. Cuts.Append(whole).Where(c => c > 0 && c < trials && c % size != 0).Distinct().Order()];
        int next = 0;
        for (long first = 0; first < trials;)
        {
            while (next < cuts.Length && cuts[next] <= first)
                next++;
            long end = Math.Min(trials, ((first / size) + 1) * size);
            if (next < cuts.Length)
                end = Math.Min(end, cuts[next]);
            yield return new TrialRange(first, end - first);
            first = end;
        }
    }

    private string Identify(Arguments arguments)
    {
        var text = new StringBuilder($"study={arguments.Study.Name}\nlaw={arguments.Study.LawVersion}\n");
        foreach ((Parameter parameter, string value) in arguments.Given)
        {
            if (parameter.Name == "source")
                continue;
            text.Append($"{parameter.Name}={(parameter.Kind switch
            {
                ParameterKind.File => _digests.Named(value),
                ParameterKind.Document => value.ReplaceLineEndings("; ") + _digests.Inside(arguments),
                _ => ValueOf(parameter, value),
            })}\n");
        }
        return text.ToString();
    }

    // The values of a grid, however it was written.
    private static string ValueOf(Parameter parameter, string text) => parameter.Read(text, out object? value) is not null
        ? text : value switch
        {
            AxisValues { Count: > 1 } axis => string.Join(',', Enumerable.Range(0, axis.Count).Select(axis.TextOf)),
            Grid grid => grid.ToString(),
            _ => text,
        };

    private static string Hash(SweepPlane plane, TrialRange? range)
    {
        string text = range is null ? plane.Identity : $"{plane.Identity}trials={range.First}+{range.Count}\n";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
    }

    // A chain's mistakes are found when it is parsed; its lines are then those of no file.
    private static void CheckChains(SweepSpecification specification)
    {
        foreach (SweepSetting setting in new SweepSettings(specification).EachValue())
        {
            string source = specification.Fixed.First(f => f.Key == "source").Value;
            try
            {
                ChainSpecification.Parse(setting.Arguments.Given.First(g => g.Key.Kind == ParameterKind.Document).Value, source);
            }
            catch (InputException e)
            {
                string at = string.Join(", ", setting.Labels.Select(l => $"{l.Axis.Name} = {l.Value}"));
                string message = WithoutLine(e.Message);
                throw new InputException(at.Length == 0 ? message : $"at {at}: {message}", e);
            }
        }
    }

    private static string WithoutLine(string message)
    {
        const string Word = ", line ";
        int at = message.IndexOf(Word, StringComparison.Ordinal);
        return at < 0 ? message : $"{message[..at]}{message[(at + Word.Length)..].TrimStart("0123456789".ToCharArray())}";
    }

    private static InputException TooMany(double shards) => new(FormattableString.Invariant(
        $"the sweep has {shards:0} shards or more; at most {MostShards} are allowed, so give fewer values, or more trials a shard"));
}
