namespace WeakToStrong.Statistics;

/// <summary>
/// Streamed moments of the numbers that a trial gives. What they are made of is the class's own business; whoever runs trials needs to add
/// a trial, to merge two streams, and to write one down and read it back.
/// </summary>
internal abstract class Moments
{
    /// <summary>How many numbers a trial gives.</summary>
    public abstract int Width { get; }

    /// <summary>Trials added.</summary>
    public long Count { get; protected set; }

    /// <summary>How many numbers write the moments down.</summary>
    public abstract int StateLength { get; }

    /// <summary>Moments of the same shape and no trials.</summary>
    public abstract Moments Empty();

    /// <summary>Forgets everything.</summary>
    public abstract void Clear();

    /// <summary>Adds one trial.</summary>
    /// <param name="trial">Its <see cref="Width"/> numbers.</param>
    public abstract void Add(ReadOnlySpan<double> trial);

    /// <summary>Adds all trials of another stream of the same shape, whose trials come after these.</summary>
    public abstract void Merge(Moments other);

    /// <summary>Writes the moments down, all but the count.</summary>
    /// <param name="state">Receives <see cref="StateLength"/> numbers.</param>
    public abstract void Save(Span<double> state);

    /// <summary>Becomes what was written down: the same bits.</summary>
    /// <param name="count">Trials.</param>
    /// <param name="state">What <see cref="Save"/> wrote.</param>
    public abstract void Load(long count, ReadOnlySpan<double> state);
}
