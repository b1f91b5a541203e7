using WeakToStrong.Statistics;

namespace WeakToStrong.Trials;

/// <summary>
/// The binary tree over all blocks of trials, filled in any order by any thread. A node is replaced by its parent, left child merged with
/// right, when its sibling is there too.
/// </summary>
/// <param name="shape">Moments of the right shape.</param>
internal sealed class MomentsTree(Moments shape)
{
    private readonly Dictionary<(long First, int Level), Moments> _nodes = [];
    private readonly Stack<Moments> _free = new();
    private readonly Lock _gate = new();

    /// <summary>Moments without trials, to be filled and given to <see cref="Add"/>.</summary>
    public Moments Take()
    {
        Moments? free;
        lock (_gate)
            _free.TryPop(out free);
        free?.Clear();
        return free ?? shape.Empty();
    }

    /// <summary>Adds a node, which then belongs to the tree. A block that is not whole has no parent: nothing can follow it.</summary>
    /// <param name="first">Number of its first block.</param>
    /// <param name="level">It has 2^level blocks.</param>
    /// <param name="moments">Its moments.</param>
    public void Add(long first, int level, Moments moments)
    {
        while (true)
        {
            long sibling = first ^ (1L << level);
            Moments? other;
            lock (_gate)
            {
                bool whole = moments.Count == (long)TrialRange.BlockSize << level;
                if (!whole || !_nodes.TryGetValue((sibling, level), out other) || other.Count != moments.Count)
                {
                    _nodes.Add((first, level), moments);
                    return;
                }
                _nodes.Remove((sibling, level));
            }
            // Outside the lock: both are this thread's alone now.
            (Moments left, Moments right) = first < sibling ? (moments, other) : (other, moments);
            left.Merge(right);
            lock (_gate)
                _free.Push(right);
            (first, level, moments) = (Math.Min(first, sibling), level + 1, left);
        }
    }

    /// <summary>The nodes from a block on, as far as they follow each other without a gap and hold trials.</summary>
    public SortedList<long, (int Level, Moments Moments)> From(long block)
    {
        var nodes = new SortedList<long, (int, Moments)>();
        foreach (((long first, int level), Moments moments) in _nodes.OrderBy(node => node.Key.First))
        {
            if (first != block || moments.Count == 0)
                break;
            nodes.Add(first, (level, moments));
            if (moments.Count < (long)TrialRange.BlockSize << level)
                break;
            block += 1L << level;
        }
        return nodes;
    }
}
