using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace WeakToStrong.Randomness;

/// <summary>
/// Chi-square numbers by the method of Marsaglia and Tsang (2000) for Gamma(k/2): with d = k/2 - 1/3, c = 1/(3 sqrt d), x normal, y = c x
/// and v = (1+y)^3, the value 2 d v is accepted with probability e^h, h = x^2/2 + d (1 - v + log v) &lt;= 0. Exact for every k >= 2.
/// </summary>
/// <remarks>
/// Nearly every lane is settled by a squeeze without logarithms. As h = -(x^2 y^2/3) I(y) with I(y) the integral of t^3/(1 + y t) over [0,
/// 1], decreasing in y, and I(-1/2) = 0.42370, e^h >= 1 + h >= 1 - 0.14124 x^2 y^2 for y >= -1/2. It fails with a probability of 0.05/k.
/// </remarks>
public sealed partial class RandomStream
{
    internal const double Squeeze = 0.14124;

    /// <summary>A chi-square number.</summary>
    /// <param name="degrees">Degrees of freedom; none, or fewer, give 0.</param>
    internal double NextChiSquare(double degrees)
    {
        if (degrees < 2)
        {
            double x = degrees < 1 ? 0 : NextNormal();
            return x * x;
        }
        double d = (degrees / 2) - (1.0 / 3), value;
        while (!TryChiSquare(d, NextNormal(), NextUniform(), out value))
        {
        }
        return value;
    }

    /// <summary>A coordinate of a uniformly distributed unit vector; 0 without dimensions.</summary>
    internal double NextCosine(long dimensions)
    {
        double x = NextNormal();
        return dimensions < 1 ? 0 : x / Math.Sqrt((x * x) + NextChiSquare(dimensions - 1));
    }

    /// <summary>
    /// Fills a span with independent chi-square numbers whose degrees of freedom count upwards:
    /// <paramref name="firstDegrees"/>, <paramref name="firstDegrees"/> + 1, ...; none, or fewer, give 0.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // full speed from the first call
    internal void FillChiSquare(long firstDegrees, Span<double> destination)
    {
        FillNormal(destination);
        ref BitLanes lanes = ref SideBySide();
        BitLanes local = lanes;
        Span<Vector512<double>> whole = MemoryMarshal.Cast<double, Vector512<double>>(destination);
        Vector512<double> degrees = Vector512.CreateSequence(0.0, 1.0) + Vector512.Create((double)firstDegrees);
        foreach (ref Vector512<double> normals in whole)
        {
            ToChiSquares(ref normals, degrees, local.Next());
            degrees += Vector512.Create((double)BitLanes.Count);
        }
        Span<double> rest = destination[(whole.Length * BitLanes.Count)..];
        if (!rest.IsEmpty)
        {
            Span<double> last = stackalloc double[BitLanes.Count];
            rest.CopyTo(last);
            ToChiSquares(ref MemoryMarshal.Cast<double, Vector512<double>>(last)[0], degrees, local.Next());
            last[..rest.Length].CopyTo(rest);
        }
        lanes = local;
    }

    /// <summary>Turns normal numbers into chi-square ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ToChiSquares(ref Vector512<double> target, Vector512<double> degrees, Vector512<ulong> bits)
    {
        Vector512<double> d = Vector512.FusedMultiplyAdd(degrees, Vector512.Create(0.5), Vector512.Create(-1.0 / 3));
        Vector512<double> x = target, y = x / (Vector512.Create(3.0) * Vector512.Sqrt(d)), root = Vector512<double>.One + y, z = x * y;
        target = root * root * root * (d + d);
        // A uniform number in (0, 1) below 1 - squeeze is the number in (1, 2) below 2 - squeeze.
        Vector512<double> settled = Vector512.LessThan(BoxMuller.OneToTwo(bits),
            Vector512.FusedMultiplyAdd(z * z, Vector512.Create(-Squeeze), Vector512.Create(2.0)))
            & Vector512.GreaterThan(y, Vector512.Create(-0.5))
            & Vector512.GreaterThanOrEqual(degrees, Vector512.Create(2.0));
        ulong open = ~settled.ExtractMostSignificantBits() & 0xFF;
        if (open != 0)
            Settle(open, ref target, degrees, x, bits);
    }

    /// <summary>Decides the lanes that the squeeze left open, in order, from the scalar generator where new numbers are needed.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Settle(ulong open, ref Vector512<double> target, Vector512<double> degrees, Vector512<double> x, Vector512<ulong> bits)
    {
        for (; open != 0; open &= open - 1)
        {
            int lane = BitOperations.TrailingZeroCount(open);
            double k = degrees[lane], uniform = ((bits[lane] >> 12) + 0.5) * (1.0 / (1UL << 52));
            if (k < 2 || !TryChiSquare((k / 2) - (1.0 / 3), x[lane], uniform, out double settled))
                settled = NextChiSquare(k);
            target = target.WithElement(lane, settled);
        }
    }

    /// <summary>One proposal of Marsaglia and Tsang.</summary>
    private static bool TryChiSquare(double d, double x, double uniform, out double value)
    {
        double y = x / (3 * Math.Sqrt(d)), root = 1 + y, v = root * root * root;
        value = 2 * d * v;
        return v > 0 && Math.Log(uniform) < (0.5 * x * x) + (d * (1 - v + (3 * double.LogP1(y))));
    }
}
