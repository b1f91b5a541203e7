using System.Buffers.Binary;
using WeakToStrong.Trials;

namespace WeakToStrong.Sweeps;

/// <summary>Moments as bytes, with the same bits on every machine: whole numbers and doubles, little-endian.</summary>
internal static class StateBytes
{
    public static byte[] Write(IReadOnlyList<TrialState> states)
    {
        var bytes = new byte[8 * (1 + states.Sum(s => 3 + s.Nodes.Sum(n => 4 + n.Values.Count)))];
        int at = 0;
        Put(states.Count);
        foreach (TrialState state in states)
        {
            Put(state.Asked.First);
            Put(state.Asked.Count);
            Put(state.Nodes.Count);
            foreach (MomentsNode node in state.Nodes)
            {
                Put(node.FirstBlock);
                Put(node.Level);
                Put(node.Trials);
                Put(node.Values.Count);
                foreach (double value in node.Values)
                    Put(BitConverter.DoubleToInt64Bits(value));
            }
        }
        return bytes;

        void Put(long value)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(at), value);
            at += 8;
        }
    }

    /// <summary>Reads them back.</summary>
    /// <exception cref="InvalidDataException">They are not such bytes.</exception>
    public static TrialState[] Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new Reader(bytes);
        var states = new TrialState[reader.Count(3)];
        for (int s = 0; s < states.Length; s++)
        {
            long first = reader.Next(), count = reader.Next();
            if (first < 0 || first % TrialRange.BlockSize != 0 || count < 1 || first > long.MaxValue - count)
                throw new InvalidDataException();
            var nodes = new MomentsNode[reader.Count(4)];
            for (int n = 0; n < nodes.Length; n++)
            {
                (long block, long level, long trials) = (reader.Next(), reader.Next(), reader.Next());
                var values = new double[reader.Count(1)];
                for (int v = 0; v < values.Length; v++)
                    values[v] = BitConverter.Int64BitsToDouble(reader.Next());
                nodes[n] = new MomentsNode(block, (int)Math.Clamp(level, -1, 64), trials, values);
            }
            states[s] = new TrialState(new TrialRange(first, count), nodes);
        }
        return reader.IsAtEnd ? states : throw new InvalidDataException();
    }

    /// <summary>The state of adjacent ranges: nodes that are siblings are merged when they are next looked at.</summary>
    public static TrialState Joined(IReadOnlyList<TrialState> parts) => parts.Count == 1 ? parts[0] : new(
        new TrialRange(parts[0].Asked.First, parts.Sum(p => p.Asked.Count)), [.. parts.SelectMany(p => p.Nodes)]);

    private ref struct Reader(ReadOnlySpan<byte> bytes)
    {
        private ReadOnlySpan<byte> _left = bytes;

        public readonly bool IsAtEnd => _left.IsEmpty;

        public long Next()
        {
            if (_left.Length < 8)
                throw new InvalidDataException();
            long value = BinaryPrimitives.ReadInt64LittleEndian(_left);
            _left = _left[8..];
            return value;
        }

        // As many as there can be in what is left, each of at least so many numbers.
        public int Count(int numbers)
        {
            long count = Next();
            return count >= 0 && count <= _left.Length / 8 / numbers ? (int)count : throw new InvalidDataException();
        }
    }
}
