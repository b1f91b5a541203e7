namespace WeakToStrong.Randomness;

/// <summary>SplitMix64 (Steele, Lea and Flood 2014): turns names into well-mixed states of other generators.</summary>
internal struct SplitMix
{
    private ulong _key;

    /// <summary>The sequence named by a seed and a path of indices.</summary>
    public SplitMix(ulong seed, ReadOnlySpan<ulong> path)
    {
        _key = Mix(seed);
        foreach (ulong step in path)
            _key = Mix(_key ^ Mix(step + 0x632BE59BD9B4E019));
    }

    public ulong Next() => Mix(_key += 0x9E3779B97F4A7C15);

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
