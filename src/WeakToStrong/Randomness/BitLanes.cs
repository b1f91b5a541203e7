using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace WeakToStrong.Randomness;

/// <summary>
/// Eight independent xoshiro256++ generators (Blackman and Vigna 2021) side by side, for filling long spans. Integer operations lane
/// by lane: the same bits on every machine, whatever the width of its vectors. A mutable value: keep it in a field or pass it by reference.
/// </summary>
internal struct BitLanes
{
    public const int Count = 8;

    private Vector512<ulong> _s0, _s1, _s2, _s3;

    /// <summary>The lanes of a stream.</summary>
    public BitLanes(in StreamName name)
    {
        Span<ulong> state = stackalloc ulong[4 * Count];
        name.Spread(state);
        _s0 = Vector512.Create<ulong>(state);
        _s1 = Vector512.Create<ulong>(state[Count..]);
        _s2 = Vector512.Create<ulong>(state[(2 * Count)..]);
        _s3 = Vector512.Create<ulong>(state[(3 * Count)..]);
    }

    /// <summary>64 uniform bits in each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<ulong> Next()
    {
        Vector512<ulong> result = Rotate(_s0 + _s3, 23) + _s0;
        Vector512<ulong> t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = Rotate(_s3, 45);
        return result;
    }

    private static Vector512<ulong> Rotate(Vector512<ulong> x, int count) => (x << count) | (x >>> (64 - count));
}
