using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace WeakToStrong.Randomness;

/// <summary>
/// One independent stream of random numbers, named by a seed and a path of indices such as (trial, role). The same name and the same calls
/// give the same numbers on every machine and for any number of threads; different names give streams that are independent for all
/// practical purposes. Generator: xoshiro256++ (Blackman and Vigna 2021), its state mixed from the name without collisions
/// (<see cref="StreamName"/>); spans are filled by eight such generators side by side. Not thread-safe: one stream, one thread.
/// </summary>
public sealed partial class RandomStream
{
    private ulong _s0, _s1, _s2, _s3;
    private StreamName _name;
    private BitLanes _lanes;
    private bool _hasLanes;

    /// <summary>The stream of this seed and path.</summary>
    /// <param name="seed">The user's seed.</param>
    /// <param name="path">Indices that name the stream under the seed, such as (trial, role).</param>
    public RandomStream(ulong seed, params ReadOnlySpan<ulong> path) => Restart(seed, path);

    /// <summary>
    /// The seed of one setting under the user's seed, so that a setting's random numbers are its own: they do not depend on which settings
    /// run beside it, and no two settings share them. Different seeds never give the same number for one setting.
    /// </summary>
    /// <param name="seed">The user's seed.</param>
    /// <param name="setting">All that tells the setting from others, as text, such as "simulate d=500 n_t=2000".</param>
    public static ulong SeedFor(ulong seed, string setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        var path = new ulong[setting.Length];
        for (int i = 0; i < path.Length; i++)
            path[i] = setting[i];
        return StreamName.Mix(StreamName.Mix(seed) + new StreamName((ulong)path.Length, path).A);
    }

    /// <summary>Becomes the stream of this seed and path, from its first number on.</summary>
    internal void Restart(ulong seed, params ReadOnlySpan<ulong> path)
    {
        _name = new StreamName(seed, path);
        (_s0, _s1, _s2, _s3) = (_name.A, _name.B, _name.C, _name.D);
        _hasLanes = false;
    }

    /// <summary>64 uniform bits.</summary>
    public ulong NextBits()
    {
        ulong result = BitOperations.RotateLeft(_s0 + _s3, 23) + _s0;
        ulong t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>Uniform in the open interval (0, 1).</summary>
    public double NextUniform() => ((NextBits() >> 12) + 0.5) * (1.0 / (1UL << 52));

    /// <summary>Uniform in {0, ..., <paramref name="bound"/> - 1}, without bias.</summary>
    public int NextInt(int bound)
    {
        Require.AtLeast(bound, 1);
        ulong range = (ulong)bound;
        ulong high = Math.BigMul(NextBits(), range, out ulong low);
        ulong threshold = (0 - range) % range;
        while (low < threshold)
            high = Math.BigMul(NextBits(), range, out low);
        return (int)high;
    }

    /// <summary>A standard normal number.</summary>
    public double NextNormal()
    {
        // Marsaglia's polar method.
        double u, v, s;
        do
        {
            u = (2 * NextUniform()) - 1;
            v = (2 * NextUniform()) - 1;
            s = (u * u) + (v * v);
        }
        while (s >= 1 || s == 0);
        return u * Math.Sqrt(-2 * Math.Log(s) / s);
    }

    /// <summary>
    /// Fills a span with independent standard normal numbers. One call for a long span is much faster than many for short ones,
    /// and gives other numbers of the same law.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // full speed from the first call
    public void FillNormal(Span<double> destination)
    {
        ref BitLanes lanes = ref SideBySide();
        BitLanes local = lanes; // in registers within the loop
        Span<Vector512<double>> whole = MemoryMarshal.Cast<double, Vector512<double>>(destination);
        for (int i = 0; i + 1 < whole.Length; i += 2)
            (whole[i], whole[i + 1]) = BoxMuller.Pair(local.Next(), local.Next());
        Span<double> rest = destination[(whole.Length / 2 * 2 * BitLanes.Count)..];
        if (!rest.IsEmpty)
        {
            Span<Vector512<double>> last = stackalloc Vector512<double>[2];
            (last[0], last[1]) = BoxMuller.Pair(local.Next(), local.Next());
            MemoryMarshal.Cast<Vector512<double>, double>(last)[..rest.Length].CopyTo(rest);
        }
        lanes = local;
    }

    /// <summary>Fills a span with independent standard normal numbers in single precision; see the other overload.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // full speed from the first call
    public void FillNormal(Span<float> destination)
    {
        ref BitLanes lanes = ref SideBySide();
        BitLanes local = lanes;
        Span<Vector512<float>> whole = MemoryMarshal.Cast<float, Vector512<float>>(destination);
        for (int i = 0; i + 1 < whole.Length; i += 2)
            (whole[i], whole[i + 1]) = BoxMuller.Pair(local.Next().AsUInt32(), local.Next().AsUInt32());
        Span<float> rest = destination[(whole.Length / 2 * 2 * Vector512<float>.Count)..];
        if (!rest.IsEmpty)
        {
            Span<Vector512<float>> last = stackalloc Vector512<float>[2];
            (last[0], last[1]) = BoxMuller.Pair(local.Next().AsUInt32(), local.Next().AsUInt32());
            MemoryMarshal.Cast<Vector512<float>, float>(last)[..rest.Length].CopyTo(rest);
        }
        lanes = local;
    }

    /// <summary>Puts the items into uniformly random order (Fisher-Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = NextInt(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary>The side-by-side generators, whose state is made when it is first needed.</summary>
    private ref BitLanes SideBySide()
    {
        if (!_hasLanes)
        {
            _lanes = new BitLanes(_name);
            _hasLanes = true;
        }
        return ref _lanes;
    }
}
