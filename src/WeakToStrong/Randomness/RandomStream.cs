using System.Numerics;

namespace WeakToStrong.Randomness;

/// <summary>
/// One independent stream of random numbers, named by a seed and a path of indices such as (trial, role). The same name gives
/// the same numbers on every machine and for any number of threads; different names give streams that are independent for all
/// practical purposes. Generator: xoshiro256++ (Blackman and Vigna 2021), its state filled by SplitMix64 from the name.
/// Not thread-safe: one stream, one thread.
/// </summary>
public sealed class RandomStream
{
    private ulong _s0, _s1, _s2, _s3;

    /// <summary>The stream of this seed and path.</summary>
    /// <param name="seed">The user's seed.</param>
    /// <param name="path">Indices that name the stream under the seed, such as (trial, role).</param>
    public RandomStream(ulong seed, params ReadOnlySpan<ulong> path)
    {
        ulong key = Mix(seed);
        foreach (ulong step in path)
            key = Mix(key ^ Mix(step + 0x632BE59BD9B4E019));
        _s0 = Mix(key += 0x9E3779B97F4A7C15);
        _s1 = Mix(key += 0x9E3779B97F4A7C15);
        _s2 = Mix(key += 0x9E3779B97F4A7C15);
        _s3 = Mix(key + 0x9E3779B97F4A7C15);
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

    /// <summary>Fills a span with independent standard normal numbers.</summary>
    public void FillNormal(Span<double> destination)
    {
        for (int i = 0; i < destination.Length; i++)
            destination[i] = NextNormal();
    }

    /// <summary>Fills a span with independent standard normal numbers, single precision.</summary>
    public void FillNormal(Span<float> destination)
    {
        for (int i = 0; i < destination.Length; i++)
            destination[i] = (float)NextNormal();
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

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
