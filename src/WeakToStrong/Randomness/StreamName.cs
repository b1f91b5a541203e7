namespace WeakToStrong.Randomness;

/// <summary>
/// The name of a stream, a seed and a path of indices, mixed into 256 well-distributed bits. The mixing of the first four words is a
/// bijection, so no two names of a seed and up to three indices share a state, whatever their numbers are; longer names are absorbed two
/// words at a time into the mixed state. (Indices may be any number but <see cref="Absent"/>, which stands for "no more".)
/// </summary>
internal readonly struct StreamName
{
    /// <summary>Stands for each of the four first words that a short name lacks.</summary>
    public const ulong Absent = 0x632BE59BD9B4E019;

    private const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>Mixes a name.</summary>
    public StreamName(ulong seed, ReadOnlySpan<ulong> path)
    {
        (ulong a, ulong b, ulong c, ulong d) = (seed, Word(path, 0), Word(path, 1), Word(path, 2));
        Permute(ref a, ref b, ref c, ref d);
        for (int i = 3; i < path.Length; i += 2)
        {
            a ^= path[i];
            b ^= Word(path, i + 1);
            Permute(ref a, ref b, ref c, ref d);
        }
        (A, B, C, D) = (a, b, c, d);
    }

    /// <summary>The first of the four mixed words.</summary>
    public ulong A { get; }

    /// <summary>The second.</summary>
    public ulong B { get; }

    /// <summary>The third.</summary>
    public ulong C { get; }

    /// <summary>The fourth.</summary>
    public ulong D { get; }

    /// <summary>
    /// States of further generators, word by word: word w of generator k is at w * lanes + k. Different names differ in
    /// every generator's state.
    /// </summary>
    /// <param name="words">Four words a generator.</param>
    public void Spread(Span<ulong> words)
    {
        int lanes = words.Length / 4;
        for (int k = 0; k < lanes; k++)
        {
            ulong step = (ulong)(k + 1) * Golden;
            (words[k], words[lanes + k]) = (Mix(A + step), Mix(B + step));
            (words[(2 * lanes) + k], words[(3 * lanes) + k]) = (Mix(C + step), Mix(D + step));
        }
    }

    /// <summary>A bijection of 64 bits in which every bit of the argument moves every bit of the result (Steele, Lea
    /// and Flood 2014).</summary>
    public static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>Two turns of a Feistel network: every step is undone by repeating it, and each word passes into every other.</summary>
    private static void Permute(ref ulong a, ref ulong b, ref ulong c, ref ulong d)
    {
        for (ulong round = 1; round <= 8; round += 4)
        {
            b ^= Mix(a + (round * Golden));
            c ^= Mix(b + ((round + 1) * Golden));
            d ^= Mix(c + ((round + 2) * Golden));
            a ^= Mix(d + ((round + 3) * Golden));
        }
    }

    private static ulong Word(ReadOnlySpan<ulong> path, int index) => index < path.Length ? path[index] : Absent;
}
