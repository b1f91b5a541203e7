namespace WeakToStrong.Trials;

/// <summary>
/// The moments of the trials of 2^<paramref name="Level"/> blocks, from a multiple of that number on: a node of the binary tree over all
/// blocks, along which moments are merged.
/// </summary>
/// <param name="FirstBlock">Number of the first block, a multiple of 2^<paramref name="Level"/>.</param>
/// <param name="Level">0 for a block.</param>
/// <param name="Trials">How many trials; only a run's last block may be partial.</param>
/// <param name="Values">The moments as numbers; their meaning is the experiment's.</param>
public sealed record MomentsNode(long FirstBlock, int Level, long Trials, IReadOnlyList<double> Values);

/// <summary>Moments of a contiguous range of trials, written down: what a file must hold to take a run up again, bit for bit.</summary>
/// <param name="Asked">The range that was asked for.</param>
/// <param name="Nodes">In the order of their blocks; no two could be merged. Fewer trials than asked for when the run was stopped.</param>
public sealed record TrialState(TrialRange Asked, IReadOnlyList<MomentsNode> Nodes);
