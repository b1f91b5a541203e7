using WeakToStrong.Studies;
using WeakToStrong.Trials;

namespace WeakToStrong.Sweeps;

/// <summary>
/// The least piece of work of a sweep: a whole ridge plane and a fixed range of its trials. Named by what it computes, so that the same
/// piece has the same name in every sweep, on every machine. Immutable.
/// </summary>
public sealed class Shard
{
    internal Shard(SweepPlane plane, TrialRange? trials, string hash)
    {
        Plane = plane;
        Trials = trials;
        Hash = hash;
    }

    /// <summary>Its name: 32 hexadecimal digits of the SHA-256 of the arguments' values, the version of the law and the trials.</summary>
    public string Hash { get; }

    /// <summary>Which trials; null for a study without trials.</summary>
    public TrialRange? Trials { get; }

    /// <summary>The plane that it belongs to.</summary>
    internal SweepPlane Plane { get; }

    /// <summary>What tells it from the others, such as <c>d=100, n_student=400, trials 0 to 1023</c>.</summary>
    public string Description => string.Join(", ",
        [.. Plane.Varying, .. Trials is { } range ? (string[])[$"trials {range.First} to {range.End - 1}"] : []]) is { Length: > 0 } text
        ? text : "the whole study";
}

/// <summary>What is run at once: one value of every axis whose cells do not share trials.</summary>
/// <param name="Setting">The run of the study that it is part of.</param>
/// <param name="Arguments">Its own arguments, without the number of trials.</param>
/// <param name="Identity">All that its numbers depend on, one line each.</param>
internal sealed record SweepPlane(SweepSetting Setting, Arguments Arguments, string Identity)
{
    /// <summary>The values of the axes that vary, as <c>name=value</c>.</summary>
    public IEnumerable<string> Varying =>
    [
        .. Setting.Labels.Where(l => l.Axis.Values.Count > 1).Select(l => $"{l.Axis.Name}={InputException.Shorten(l.Value)}"),
        .. Arguments.Given.Where(g => g.Key.IsAxis && Arguments.CountOf(g.Key) == 1 && Setting.Arguments.CountOf(g.Key) > 1)
            .Select(g => $"{g.Key.Name}={g.Value}"),
    ];
}
