using System.Runtime.Intrinsics;

namespace WeakToStrong.Simulation;

/// <summary>A grid of ridges side by side in vectors, each with the number of rows of the band that it needs.</summary>
internal sealed class RidgeLanes
{
    // Beyond this a fit is zero to every digit, and its square would leave the range of doubles.
    private const double Largest = 1e150;

    private readonly Vector512<double>[] _depth;
    private readonly long[] _deepest;

    /// <summary>The ridges of a design, filled up to an even number of vectors by repeating the last.</summary>
    /// <param name="lambdas">lambda of (1/n) sum of squares + lambda ||b||^2.</param>
    /// <param name="samples">n.</param>
    /// <param name="rows">Rows of the design that the band stands for.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="bandwidth">b.</param>
    /// <param name="allRows">Takes all rows of the band, however little they matter: the check of <see cref="LeadingBlock"/>.</param>
    public RidgeLanes(Grid lambdas, long samples, long rows, long columns, int bandwidth, bool allRows)
    {
        int vectors = (Lanes.VectorsFor(lambdas.Count) + 1) / 2 * 2;
        (Mu, _depth, _deepest) = (new Vector512<double>[vectors], new Vector512<double>[vectors], new long[vectors]);
        Span<double> mu = Lanes.Flat(Mu), depth = Lanes.Flat(_depth);
        for (int i = 0; i < mu.Length; i++)
        {
            mu[i] = Math.Min(samples * lambdas[Math.Min(i, lambdas.Count - 1)], Largest);
            long needed = allRows ? Math.Min(rows, columns) : LeadingBlock.Rows(rows, columns, bandwidth, mu[i]);
            depth[i] = needed;
            _deepest[i / Lanes.Width] = Math.Max(_deepest[i / Lanes.Width], needed);
        }
    }

    /// <summary>n lambda.</summary>
    public Vector512<double>[] Mu { get; }

    /// <summary>Rows that the neediest ridge of all needs.</summary>
    public long Rows => _deepest.Max();

    /// <summary>Rows that the neediest ridge of two neighbouring vectors needs.</summary>
    public long Deepest(int pair) => Math.Max(_deepest[pair], _deepest[pair + 1]);

    /// <summary>All bits set for the ridges of a vector whose block goes on beyond a row, and which have therefore
    /// begun above it.</summary>
    public Vector512<double> Reaches(int vector, long row) => Vector512.GreaterThan(_depth[vector], Vector512.Create((double)row));
}
