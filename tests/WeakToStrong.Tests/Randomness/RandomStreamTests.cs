using System.Numerics;
using WeakToStrong.Randomness;

namespace WeakToStrong.Tests.Randomness;

public class RandomStreamTests
{
    [Fact]
    public void The_same_name_gives_the_same_numbers()
    {
        Assert.Equal(Mixed(new RandomStream(1, 2, 3)), Mixed(new RandomStream(1, 2, 3)));
        var used = new RandomStream(9);
        Mixed(used);
        used.Restart(1, 2, 3);
        Assert.Equal(Mixed(new RandomStream(1, 2, 3)), Mixed(used));
    }

    [Fact]
    public void Other_names_give_other_numbers()
    {
        var first = new HashSet<ulong>();
        for (ulong seed = 0; seed < 100; seed++)
        {
            for (ulong step = 0; step < 100; step++)
            {
                Assert.True(first.Add(new RandomStream(seed, step).NextBits()));
                Assert.True(first.Add(new RandomStream(seed, step, 0).NextBits()));
                Assert.True(first.Add(new RandomStream(seed, 0, step + 1).NextBits()));
            }
        }
    }

    /// <summary>
    /// Mixing a seed and up to three indices is undone step by step: no two names share a state, so none share their numbers. This includes
    /// names whose seed and index are swapped up to any constant, on which a mixing by exclusive-or alone collides.
    /// </summary>
    [Fact]
    public void A_name_can_be_read_back_from_its_state()
    {
        const ulong Golden = 0x9E3779B97F4A7C15;
        ulong[][] names = [[0, 0, 0, 0], [1, 2, 3, 4], [StreamName.Absent + 7, 5, 1, 0], [StreamName.Absent + 5, 7, 1, 0],
            [ulong.MaxValue, 9, 8, 7], [42, 7]];
        var states = new HashSet<(ulong, ulong, ulong, ulong)>();
        foreach (ulong[] words in names)
        {
            var name = new StreamName(words[0], words.AsSpan(1));
            Assert.True(states.Add((name.A, name.B, name.C, name.D)));
            (ulong a, ulong b, ulong c, ulong d) = (name.A, name.B, name.C, name.D);
            foreach (ulong round in (ulong[])[5, 1])
            {
                a ^= StreamName.Mix(d + ((round + 3) * Golden));
                d ^= StreamName.Mix(c + ((round + 2) * Golden));
                c ^= StreamName.Mix(b + ((round + 1) * Golden));
                b ^= StreamName.Mix(a + (round * Golden));
            }
            Assert.Equal([.. words, .. Enumerable.Repeat(StreamName.Absent, 4 - words.Length)], [a, b, c, d]);
        }
    }

    /// <summary>Changing any bit of a seed or index changes each bit of the state in half of all cases: 64 flips of 4 words, 256
    /// bits; threshold 1e-7.</summary>
    [Fact]
    public void Every_bit_of_a_name_moves_every_bit_of_the_state()
    {
        const int Names = 100;
        var changed = new int[256];
        for (ulong k = 0; k < Names; k++)
        {
            for (int flip = 0; flip < 256; flip++)
            {
                ulong[] words = [k, k + 1, 2, 0], other = [.. words];
                other[flip / 64] ^= 1UL << (flip % 64);
                StreamName one = new(words[0], words.AsSpan(1)), two = new(other[0], other.AsSpan(1));
                ulong[] difference = [one.A ^ two.A, one.B ^ two.B, one.C ^ two.C, one.D ^ two.D];
                for (int bit = 0; bit < 256; bit++)
                    changed[bit] += (int)(difference[bit / 64] >> (bit % 64)) & 1;
            }
        }
        const double Mean = Names * 128, Sigma = 80; // sqrt(25 600)/2
        Assert.All(changed, count => Assert.InRange((count - Mean) / Sigma, -6.2, 6.2));
    }

    [Fact]
    public void A_setting_has_a_seed_of_its_own()
    {
        var seen = new HashSet<ulong>();
        foreach (string setting in (string[])["", "a", "b", "ab", "ba", "a\0", "d=500 n=2000", "d=500 n=2001"])
        {
            for (ulong seed = 0; seed < 50; seed++)
                Assert.True(seen.Add(RandomStream.SeedFor(seed, setting)));
        }
        Assert.Equal(RandomStream.SeedFor(3, "a"), RandomStream.SeedFor(3, "a"));
    }

    /// <summary>The bits that users' results rest on, whatever the machine's vectors are: changing them is a breaking change.</summary>
    [Fact]
    public void Bits_are_the_same_on_every_machine_and_in_every_version()
    {
        var stream = new RandomStream(42, 7);
        var doubles = new double[1003];
        var floats = new float[1003];
        ulong hash = stream.NextBits();
        stream.FillNormal(doubles);
        foreach (double value in doubles)
            hash = (hash * 31) + BitConverter.DoubleToUInt64Bits(value);
        stream.FillChiSquare(1, doubles);
        foreach (double value in doubles)
            hash = (hash * 31) + BitConverter.DoubleToUInt64Bits(value);
        stream.FillNormal(floats);
        foreach (float value in floats)
            hash = (hash * 31) + BitConverter.SingleToUInt32Bits(value);
        Assert.Equal(16752761431443087798UL, hash);
    }

    [Fact]
    public void Lanes_are_eight_xoshiro256_generators()
    {
        var name = new StreamName(5, [1]);
        var lanes = new BitLanes(name);
        var words = new ulong[4 * BitLanes.Count];
        name.Spread(words);
        Assert.Equal(words.Length, words.Distinct().Count());
        var states = new ulong[4, BitLanes.Count];
        for (int word = 0; word < states.Length; word++)
            states[word / BitLanes.Count, word % BitLanes.Count] = words[word];
        for (int draw = 0; draw < 100; draw++)
        {
            var bits = lanes.Next();
            for (int lane = 0; lane < BitLanes.Count; lane++)
            {
                // The published algorithm, word by word.
                (ulong s0, ulong s1, ulong s2, ulong s3) = (states[0, lane], states[1, lane], states[2, lane], states[3, lane]);
                Assert.Equal(BitOperations.RotateLeft(s0 + s3, 23) + s0, bits[lane]);
                ulong t = s1 << 17;
                s2 ^= s0;
                s3 ^= s1;
                s1 ^= s2;
                s0 ^= s3;
                s2 ^= t;
                s3 = BitOperations.RotateLeft(s3, 45);
                (states[0, lane], states[1, lane], states[2, lane], states[3, lane]) = (s0, s1, s2, s3);
            }
        }
    }

    [Fact]
    public void Every_length_can_be_filled()
    {
        var stream = new RandomStream(1);
        for (int length = 0; length < 70; length++)
        {
            var doubles = new double[length + 1];
            var floats = new float[length + 1];
            stream.FillNormal(doubles.AsSpan(0, length));
            stream.FillNormal(floats.AsSpan(0, length));
            Assert.Equal(0, doubles[length]);
            Assert.Equal(0, floats[length]);
            Assert.Equal(length, doubles.Distinct().Count() - 1);
            Assert.Equal(length, floats.Distinct().Count() - 1);
            stream.FillChiSquare(3, doubles.AsSpan(0, length));
            Assert.Equal(0, doubles[length]);
            Assert.All(doubles.Take(length), x => Assert.True(x > 0));
        }
    }

    /// <summary>Chi-square of 6 cells and 24 orders; thresholds at 1e-6.</summary>
    [Fact]
    public void Integers_and_orders_are_uniform()
    {
        var stream = new RandomStream(3);
        var counts = new int[6];
        var orders = new Dictionary<string, int>();
        const int Draws = 120_000;
        for (int i = 0; i < Draws; i++)
        {
            counts[stream.NextInt(6)]++;
            char[] items = ['a', 'b', 'c', 'd'];
            stream.Shuffle<char>(items);
            string order = new(items);
            orders[order] = orders.GetValueOrDefault(order) + 1;
        }
        Assert.Equal(24, orders.Count);
        Assert.InRange(counts.Sum(c => Math.Pow(c - (Draws / 6.0), 2) / (Draws / 6.0)), 0, 35.9);
        Assert.InRange(orders.Values.Sum(c => Math.Pow(c - (Draws / 24.0), 2) / (Draws / 24.0)), 0, 72.2);
    }

    private static double[] Mixed(RandomStream stream)
    {
        var normals = new double[37];
        var floats = new float[37];
        double first = stream.NextUniform();
        stream.FillNormal(normals);
        stream.FillNormal(floats);
        return [first, stream.NextNormal(), stream.NextInt(1000), .. normals, .. floats.Select(x => (double)x)];
    }
}
