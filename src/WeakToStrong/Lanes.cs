using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace WeakToStrong;

/// <summary>
/// Numbers side by side in vectors of eight doubles. All work on them is lane by lane with explicit fused multiply-adds, so that machines
/// with narrower vectors, for which the runtime splits each operation, give the same bits.
/// </summary>
internal static class Lanes
{
    /// <summary>Doubles in a vector.</summary>
    public const int Width = 8;

    /// <summary>Vectors that hold a number of values.</summary>
    public static int VectorsFor(int count) => ((count - 1) / Width) + 1;

    /// <summary>The vectors' doubles, one after the other.</summary>
    public static Span<double> Flat(Span<Vector512<double>> vectors) => MemoryMarshal.Cast<Vector512<double>, double>(vectors);
}
