namespace WeakToStrong.Trials;

/// <summary>
/// Trials by their numbers, from the start of a block on. A trial's number, with the seed and the setting, names all its random numbers, so
/// a run may be cut into ranges that are run anywhere and merged: adjacent ranges give the bits of one run. Immutable, and always valid.
/// </summary>
public sealed record TrialRange
{
    /// <summary>Trials in a block. Ranges start at a multiple of it.</summary>
    public const int BlockSize = 64;

    /// <summary>The trials <paramref name="first"/>, ..., <paramref name="first"/> + <paramref name="count"/> - 1.</summary>
    /// <param name="first">Number of the first trial: 0 or another multiple of <see cref="BlockSize"/>.</param>
    /// <param name="count">How many, at least 1. Only a whole number of blocks can be continued by another range.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of the two is not allowed.</exception>
    public TrialRange(long first, long count)
    {
        Count = Require.AtLeast(count, 1);
        First = first >= 0 && first % BlockSize == 0 && first <= long.MaxValue - count ? first
            : throw new ArgumentOutOfRangeException(nameof(first), first, $"must be 0 or a positive multiple of {BlockSize}");
    }

    /// <summary>Number of the first trial.</summary>
    public long First { get; }

    /// <summary>How many trials.</summary>
    public long Count { get; }

    /// <summary>Number of the trial after the last.</summary>
    public long End => First + Count;

    /// <summary>Number of the first block.</summary>
    internal long FirstBlock => First / BlockSize;

    /// <summary>Number of the block after the last.</summary>
    internal long EndBlock => ((End - 1) / BlockSize) + 1;

    /// <summary>All trials of a run: 0, ..., <paramref name="trials"/> - 1.</summary>
    /// <param name="trials">How many, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is none.</exception>
    public static implicit operator TrialRange(long trials) => Of(trials);

    /// <summary>All trials of a run: 0, ..., <paramref name="trials"/> - 1.</summary>
    /// <param name="trials">How many, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is none.</exception>
    public static TrialRange Of(long trials) => new(0, Require.AtLeast(trials, 1));

    /// <summary>How many trials of a block lie in the range.</summary>
    internal int TrialsIn(long block) => (int)Math.Min(BlockSize, End - (block * BlockSize));
}
