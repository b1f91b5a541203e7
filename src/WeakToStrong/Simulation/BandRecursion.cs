using WeakToStrong.Trials;

namespace WeakToStrong.Simulation;

/// <summary>
/// A continued fraction over the leading rows of a random band, from the row where a ridge's block ends to the first: what
/// a ridge regression's error needs, without a stored vector. A ridge's result depends on its own rows only, whatever
/// others are computed beside it.
/// </summary>
internal abstract class BandRecursion
{
    /// <summary>A recursion for a grid of ridges.</summary>
    /// <param name="rows">The band.</param>
    /// <param name="ridges">The ridges.</param>
    protected BandRecursion(BandedRows rows, RidgeLanes ridges)
    {
        (Band, Ridges) = (rows, ridges);
        Blocks = BandedRows.Blocks(ridges.Rows);
        Steps = Math.Min(Blocks * BandedRows.BlockSize, rows.All);
    }

    /// <summary>Rows of a run, as <see cref="TrialWatch"/> counts them.</summary>
    public long Steps { get; }

    /// <summary>The band.</summary>
    protected BandedRows Band { get; }

    /// <summary>The ridges.</summary>
    protected RidgeLanes Ridges { get; }

    private long Blocks { get; }

    /// <summary>Draws the band and solves. False when cancelled.</summary>
    public bool TryRun(in BandName name, TrialWatch watch)
    {
        Start();
        for (long block = Blocks - 1; block >= 0; block--)
        {
            Draw(name, block);
            if (!watch.Continue(Band.End - Band.First))
                return false;
            for (int pair = 0; pair < Ridges.Mu.Length; pair += 2)
            {
                if (Ridges.Deepest(pair) > Band.First)
                    Advance(pair);
            }
        }
        Finish();
        return true;
    }

    /// <summary>Sets all ridges to the state below the last row of a block.</summary>
    protected abstract void Start();

    /// <summary>Draws what the recursion needs of a block.</summary>
    protected abstract void Draw(in BandName name, long block);

    /// <summary>Takes two vectors of ridges, whose latencies hide behind each other, through the block.</summary>
    protected abstract void Advance(int pair);

    /// <summary>After the first row.</summary>
    protected virtual void Finish()
    {
    }
}
