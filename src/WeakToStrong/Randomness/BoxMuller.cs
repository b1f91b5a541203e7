using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace WeakToStrong.Randomness;

/// <summary>
/// Pairs of independent standard normal numbers (Box and Muller 1958), many lanes at a time: (r cos t, r sin t) with
/// r = sqrt(-2 log u) and a uniform angle t. The law is exact up to rounding and the tail reaches 8.6 (single precision: 6.7)
/// standard deviations. No branches, and lane-wise operations only, so that every machine gives the same bits.
/// </summary>
/// <remarks>
/// log u = e log 2 + 2 atanh s with s = (m-1)/(m+1) and u = 2^e m, m in [sqrt(1/2), sqrt(2)), |s| &lt; 0.172. The angle is drawn in
/// [-pi/4, pi/4] and thrown into the other quadrants by random signs and a random swap. The series are Taylor's, to full precision.
/// </remarks>
internal static class BoxMuller
{
    private const double Log2 = 0.693147180559945309417;

    /// <summary>Two normals in each lane from 128 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector512<double> X, Vector512<double> Y) Pair(Vector512<ulong> radiusBits, Vector512<ulong> angleBits)
    {
        Vector512<double> radius = Vector512.Sqrt(MinusTwoLog(OneToTwo(radiusBits) - Vector512.Create(1 - (0.5 / (1UL << 52)))));
        Vector512<double> angle = (OneToTwo(angleBits) - Vector512.Create(1.5 - (0.5 / (1UL << 52)))) * Vector512.Create(Math.PI / 2);
        (Vector512<double> sin, Vector512<double> cos) = SinCos(angle);
        Vector512<ulong> sign = Vector512.Create(1UL << 63);
        Vector512<double> x = ((radius * cos).AsUInt64() ^ ((angleBits << 63) & sign)).AsDouble();
        Vector512<double> y = ((radius * sin).AsUInt64() ^ ((angleBits << 62) & sign)).AsDouble();
        Vector512<double> swap = Vector512.Equals(angleBits & Vector512.Create(4UL), Vector512<ulong>.Zero).AsDouble();
        return (Vector512.ConditionalSelect(swap, x, y), Vector512.ConditionalSelect(swap, y, x));
    }

    /// <summary>Two normals in each lane from 64 bits, single precision.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector512<float> X, Vector512<float> Y) Pair(Vector512<uint> radiusBits, Vector512<uint> angleBits)
    {
        // 31 bits and a half, kept to 24 significant ones: fine steps where u is small, in the normal's tail.
        Vector512<float> u = Vector512.FusedMultiplyAdd(
            Vector512.ConvertToSingle((radiusBits >>> 1).AsInt32()), Vector512.Create(1f / (1U << 31)),
            Vector512.Create(0.5f / (1U << 31)));
        Vector512<float> radius = Vector512.Sqrt(MinusTwoLog(u));
        Vector512<float> turn = ((angleBits >>> 9) | Vector512.Create(0x3F800000U))
            .AsSingle() - Vector512.Create(1.5f - (0.5f / (1U << 23)));
        (Vector512<float> sin, Vector512<float> cos) = SinCos(turn * Vector512.Create(MathF.PI / 2));
        Vector512<uint> sign = Vector512.Create(1U << 31);
        Vector512<float> x = ((radius * cos).AsUInt32() ^ ((angleBits << 31) & sign)).AsSingle();
        Vector512<float> y = ((radius * sin).AsUInt32() ^ ((angleBits << 30) & sign)).AsSingle();
        Vector512<float> swap = Vector512.Equals(angleBits & Vector512.Create(4U), Vector512<uint>.Zero).AsSingle();
        return (Vector512.ConditionalSelect(swap, x, y), Vector512.ConditionalSelect(swap, y, x));
    }

    /// <summary>The number in [1, 2) whose 52 fraction bits are the upper bits given.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> OneToTwo(Vector512<ulong> bits) => ((bits >>> 12) | Vector512.Create(0x3FF0000000000000UL)).AsDouble();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> MinusTwoLog(Vector512<double> u)
    {
        const ulong SqrtHalf = 0x3FE6A09E667F3BCD, Bias = 1024;
        Vector512<ulong> scaled = u.AsUInt64() + Vector512.Create((Bias << 52) - SqrtHalf);
        Vector512<ulong> exponent = scaled >>> 52;
        Vector512<double> m = ((scaled & Vector512.Create((1UL << 52) - 1)) + Vector512.Create(SqrtHalf)).AsDouble();
        // An integer below 2^52 becomes a double by being the fraction of 2^52 + integer.
        Vector512<double> e = (exponent | Vector512.Create(0x4330000000000000UL)).AsDouble() - Vector512.Create((double)(1UL << 52) + Bias);
        Vector512<double> s = (m - Vector512<double>.One) / (m + Vector512<double>.One), z = s * s;
        Vector512<double> sum = Vector512.Create(1.0 / 21);
        sum = Vector512.FusedMultiplyAdd(sum, z, Vector512.Create(1.0 / 19));
        sum = Vector512.FusedMultiplyAdd(sum, z, Vector512.Create(1.0 / 17));
        sum = Vector512.FusedMultiplyAdd(sum, z, Vector512.Create(1.0 / 15));
        sum = Vector512.FusedMultiplyAdd(sum, z, Vector512.Create(1.0 / 13));
        sum = Vector512.FusedMultiplyAdd(sum, z, Vector512.Create(1.0 / 11));
        sum = Vector512.FusedMultiplyAdd(sum, z, Vector512.Create(1.0 / 9));
        sum = Vector512.FusedMultiplyAdd(sum, z, Vector512.Create(1.0 / 7));
        sum = Vector512.FusedMultiplyAdd(sum, z, Vector512.Create(1.0 / 5));
        sum = Vector512.FusedMultiplyAdd(sum, z, Vector512.Create(1.0 / 3));
        sum = Vector512.FusedMultiplyAdd(sum, z, Vector512<double>.One);
        return Vector512.FusedMultiplyAdd(e, Vector512.Create(-2 * Log2), Vector512.Create(-4.0) * s * sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> MinusTwoLog(Vector512<float> u)
    {
        const uint SqrtHalf = 0x3F3504F3, Bias = 128;
        Vector512<uint> scaled = u.AsUInt32() + Vector512.Create((Bias << 23) - SqrtHalf);
        Vector512<float> m = ((scaled & Vector512.Create((1U << 23) - 1)) + Vector512.Create(SqrtHalf)).AsSingle();
        Vector512<float> e = Vector512.ConvertToSingle((scaled >>> 23).AsInt32() - Vector512.Create((int)Bias));
        Vector512<float> s = (m - Vector512<float>.One) / (m + Vector512<float>.One), z = s * s;
        Vector512<float> sum = Vector512.Create(1f / 9);
        sum = Vector512.FusedMultiplyAdd(sum, z, Vector512.Create(1f / 7));
        sum = Vector512.FusedMultiplyAdd(sum, z, Vector512.Create(1f / 5));
        sum = Vector512.FusedMultiplyAdd(sum, z, Vector512.Create(1f / 3));
        sum = Vector512.FusedMultiplyAdd(sum, z, Vector512<float>.One);
        // u = 1 gives s = 0 and e = 0; rounding never makes the result negative.
        return Vector512.FusedMultiplyAdd(e, Vector512.Create((float)(-2 * Log2)), Vector512.Create(-4f) * s * sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<double> Sin, Vector512<double> Cos) SinCos(Vector512<double> x)
    {
        Vector512<double> z = x * x;
        Vector512<double> sin = Vector512.Create(-1.0 / 1307674368000);
        sin = Vector512.FusedMultiplyAdd(sin, z, Vector512.Create(1.0 / 6227020800));
        sin = Vector512.FusedMultiplyAdd(sin, z, Vector512.Create(-1.0 / 39916800));
        sin = Vector512.FusedMultiplyAdd(sin, z, Vector512.Create(1.0 / 362880));
        sin = Vector512.FusedMultiplyAdd(sin, z, Vector512.Create(-1.0 / 5040));
        sin = Vector512.FusedMultiplyAdd(sin, z, Vector512.Create(1.0 / 120));
        sin = Vector512.FusedMultiplyAdd(sin, z, Vector512.Create(-1.0 / 6));
        sin = Vector512.FusedMultiplyAdd(sin * z, x, x);
        Vector512<double> cos = Vector512.Create(1.0 / 20922789888000);
        cos = Vector512.FusedMultiplyAdd(cos, z, Vector512.Create(-1.0 / 87178291200));
        cos = Vector512.FusedMultiplyAdd(cos, z, Vector512.Create(1.0 / 479001600));
        cos = Vector512.FusedMultiplyAdd(cos, z, Vector512.Create(-1.0 / 3628800));
        cos = Vector512.FusedMultiplyAdd(cos, z, Vector512.Create(1.0 / 40320));
        cos = Vector512.FusedMultiplyAdd(cos, z, Vector512.Create(-1.0 / 720));
        cos = Vector512.FusedMultiplyAdd(cos, z, Vector512.Create(1.0 / 24));
        cos = Vector512.FusedMultiplyAdd(cos, z, Vector512.Create(-0.5));
        return (sin, Vector512.FusedMultiplyAdd(cos, z, Vector512<double>.One));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<float> Sin, Vector512<float> Cos) SinCos(Vector512<float> x)
    {
        Vector512<float> z = x * x;
        Vector512<float> sin = Vector512.Create(1f / 362880);
        sin = Vector512.FusedMultiplyAdd(sin, z, Vector512.Create(-1f / 5040));
        sin = Vector512.FusedMultiplyAdd(sin, z, Vector512.Create(1f / 120));
        sin = Vector512.FusedMultiplyAdd(sin, z, Vector512.Create(-1f / 6));
        sin = Vector512.FusedMultiplyAdd(sin * z, x, x);
        Vector512<float> cos = Vector512.Create(1f / 40320);
        cos = Vector512.FusedMultiplyAdd(cos, z, Vector512.Create(-1f / 720));
        cos = Vector512.FusedMultiplyAdd(cos, z, Vector512.Create(1f / 24));
        cos = Vector512.FusedMultiplyAdd(cos, z, Vector512.Create(-0.5f));
        return (sin, Vector512.FusedMultiplyAdd(cos, z, Vector512<float>.One));
    }
}
