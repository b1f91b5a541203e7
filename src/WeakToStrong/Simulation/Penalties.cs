using System.Runtime.Intrinsics;

namespace WeakToStrong.Simulation;

/// <summary>Ridges as the recursions want them.</summary>
internal static class Penalties
{
    /// <summary>
    /// n lambda for every ridge, filled up to an even number of vectors by repeating the last. Beyond 1e150 a fit is zero to every
    /// digit, and its square would leave the range of doubles.
    /// </summary>
    public static Vector512<double>[] InLanes(Grid lambdas, long n)
    {
        var penalties = new Vector512<double>[(Lanes.VectorsFor(lambdas.Count) + 1) / 2 * 2];
        Span<double> values = Lanes.Flat(penalties);
        for (int i = 0; i < values.Length; i++)
            values[i] = Math.Min(n * lambdas[Math.Min(i, lambdas.Count - 1)], 1e150);
        return penalties;
    }
}
