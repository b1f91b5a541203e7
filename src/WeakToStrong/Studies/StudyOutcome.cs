using WeakToStrong.Tables;
using WeakToStrong.Trials;

namespace WeakToStrong.Studies;

/// <summary>What a run of a study found: a table, and sentences around it. Immutable.</summary>
public sealed record StudyOutcome
{
    /// <summary>The result.</summary>
    public required ResultTable Table { get; init; }

    /// <summary>What a reader should know before the table, such as a file's oddities; one sentence each.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>The answer in words, to be read last.</summary>
    public IReadOnlyList<string> Answer { get; init; } = [];

    /// <summary>The moments behind the result of an <see cref="ITrialStudy"/>, by which it is merged; empty for others.</summary>
    public IReadOnlyList<TrialMoments> Moments { get; init; } = [];

    /// <summary>Units of work that were finished: trials, or whatever <see cref="Unit"/> says.</summary>
    public long Done { get; init; } = 1;

    /// <summary>Units of work that were asked for.</summary>
    public long Asked { get; init; } = 1;

    /// <summary>What is counted, in the plural.</summary>
    public string Unit { get; init; } = "trials";

    /// <summary>Whether it ran and found that something does not hold; a command line then ends with status 1.</summary>
    public bool CheckFailed { get; init; }

    /// <summary>Whether the run was cancelled before its end.</summary>
    public bool Interrupted => Done < Asked;
}
