using WeakToStrong.Statistics;

namespace WeakToStrong.Trials;

/// <summary>
/// Moments of the finished trials of a range. They are kept as the nodes of a fixed binary tree over the blocks of all trials: two sibling
/// nodes are merged as soon as both are there, so what is kept depends on which trials were run and on nothing else, and adjacent
/// ranges merge to the bits of one run. About log2(blocks) nodes are kept.
/// </summary>
public sealed class TrialMoments
{
    private readonly Moments _shape;
    private readonly SortedList<long, (int Level, Moments Moments)> _nodes; // by first block
    private readonly Lazy<Moments> _total;

    /// <summary>Moments of a range.</summary>
    /// <param name="asked">The range that was asked for.</param>
    /// <param name="shape">Moments of the right shape.</param>
    /// <param name="nodes">Contiguous from the range's first block on.</param>
    internal TrialMoments(TrialRange asked, Moments shape, SortedList<long, (int Level, Moments Moments)> nodes)
    {
        Asked = asked;
        _shape = shape;
        _nodes = nodes;
        Count = nodes.Values.Sum(node => node.Moments.Count);
        _total = new(Fold);
    }

    /// <summary>The range that was asked for.</summary>
    public TrialRange Asked { get; }

    /// <summary>Trials finished: the first ones of the range, without a gap.</summary>
    public long Count { get; }

    /// <summary>Whether the run was stopped before all trials were done.</summary>
    public bool Interrupted => Count < Asked.Count;

    /// <summary>The moments of all finished trials.</summary>
    internal Moments Total => _total.Value;

    /// <summary>The moments of this range and the one that follows it; neither changes.</summary>
    /// <param name="next">Moments of the same experiment, from the trial after this range's last on.</param>
    /// <exception cref="ArgumentException">The ranges do not meet at a whole block, this one was interrupted, or
    /// the shapes differ.</exception>
    public TrialMoments Merge(TrialMoments next)
    {
        ArgumentNullException.ThrowIfNull(next);
        if (Interrupted)
            throw new ArgumentException(
                $"the range from trial {Asked.First} was interrupted after {Count} of {Asked.Count} trials; nothing can follow it",
                nameof(next));
        if (next.Asked.First != Asked.End)
            throw new ArgumentException($"trial {Asked.End} must come next, found trial {next.Asked.First}", nameof(next));
        if (next._shape.GetType() != _shape.GetType() || next._shape.StateLength != _shape.StateLength || next._shape.Width != _shape.Width)
            throw new ArgumentException("the moments are of different experiments", nameof(next));
        var tree = new MomentsTree(_shape);
        foreach ((long first, (int level, Moments moments)) in (IEnumerable<KeyValuePair<long, (int, Moments)>>)[.. _nodes, .. next._nodes])
            tree.Add(first, level, Copy(moments));
        var asked = new TrialRange(Asked.First, Asked.Count + next.Asked.Count);
        return new TrialMoments(asked, _shape, tree.From(asked.FirstBlock));
    }

    /// <summary>Everything as numbers.</summary>
    public TrialState ToState() => new(Asked, [.. _nodes.Select(pair =>
    {
        var values = new double[_shape.StateLength];
        pair.Value.Moments.Save(values);
        return new MomentsNode(pair.Key, pair.Value.Level, pair.Value.Moments.Count, values);
    })]);

    /// <summary>What was written down, with the same bits.</summary>
    /// <param name="state">What <see cref="ToState"/> gave.</param>
    /// <param name="shape">Moments of the experiment's shape.</param>
    /// <exception cref="ArgumentException">The state is not one of this shape, or not whole.</exception>
    internal static TrialMoments FromState(TrialState state, Moments shape)
    {
        ArgumentNullException.ThrowIfNull(state);
        var tree = new MomentsTree(shape);
        long expected = state.Asked.FirstBlock, trials = 0;
        foreach (MomentsNode node in state.Nodes)
        {
            long whole = node.Level is >= 0 and < 57 ? (long)TrialRange.BlockSize << node.Level : 0;
            bool last = node.Level == 0 && ReferenceEquals(node, state.Nodes[^1]);
            if (node.FirstBlock != expected || whole == 0 || node.FirstBlock % (1L << node.Level) != 0
                || node.Values.Count != shape.StateLength
                || node.Trials < 1 || node.Trials > whole || (node.Trials < whole && !last))
            {
                throw new ArgumentException($"the moments from block {node.FirstBlock} on do not belong to this experiment and range",
                    nameof(state));
            }
            Moments moments = shape.Empty();
            moments.Load(node.Trials, [.. node.Values]);
            tree.Add(node.FirstBlock, node.Level, moments);
            expected += 1L << node.Level;
            trials += node.Trials;
        }
        return trials <= state.Asked.Count ? new TrialMoments(state.Asked, shape, tree.From(state.Asked.FirstBlock))
            : throw new ArgumentException($"{trials} trials are more than the {state.Asked.Count} that were asked for", nameof(state));
    }

    private static Moments Copy(Moments moments)
    {
        var state = new double[moments.StateLength];
        moments.Save(state);
        Moments copy = moments.Empty();
        copy.Load(moments.Count, state);
        return copy;
    }

    /// <summary>The nodes that are left, merged from the first to the last.</summary>
    private Moments Fold()
    {
        Moments total = _shape.Empty();
        foreach ((_, Moments moments) in _nodes.Values)
            total.Merge(moments);
        return total;
    }
}
