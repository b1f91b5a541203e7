using System.Buffers;
using System.Runtime.ExceptionServices;
using WeakToStrong.Statistics;

namespace WeakToStrong.Trials;

/// <summary>
/// Runs a range of trials on all threads and streams their moments. Trials are cut into blocks by their numbers alone, a block's trials are
/// added in order, and blocks are merged along a fixed tree: the result does not depend on the number of threads, to the bit. When it is
/// cancelled, the first trials of the range are kept, as many as are finished without a gap.
/// </summary>
internal sealed class TrialLoop
{
    // A worker takes whole blocks, which costs least. The last of them are shared trial by trial: one a worker, so that none waits for
    // another's block, and more when trials are long, so that fewer are lost behind a gap when the run is cancelled.
    private const int LastLongBlocks = 16;

    private readonly TrialRange _range;
    private readonly Func<int, ITrialEngine> _newEngine;
    private readonly int _width, _threadsPerTrial;
    private readonly RunWatch _watch;
    private readonly MomentsTree _tree;
    private readonly Dictionary<long, OpenBlock> _open = [];
    private long _nextBlock, _nextTrial;
    private readonly long _firstShared;
    private ExceptionDispatchInfo? _failure;

    private TrialLoop(
        TrialRange range, Moments shape, Func<int, ITrialEngine> newEngine, RunWatch watch, int workers, int sharedBlocks,
        int threadsPerTrial)
    {
        _range = range;
        _newEngine = newEngine;
        _width = shape.Width;
        _tree = new MomentsTree(shape);
        _watch = watch;
        _threadsPerTrial = threadsPerTrial;
        _firstShared = workers == 1 ? range.EndBlock : Math.Max(range.FirstBlock, range.EndBlock - ((long)sharedBlocks * workers));
        _nextBlock = range.FirstBlock;
        _nextTrial = Math.Max(range.First, _firstShared * TrialRange.BlockSize);
    }

    private bool Stopped => _watch.Cancelled || _failure is not null;

    /// <summary>The moments of all trials, or of those that were finished before a cancellation.</summary>
    /// <param name="range">Which trials.</param>
    /// <param name="shape">Moments of the shape that the engine's values have.</param>
    /// <param name="newEngine">Makes a thread's workspace; told how many threads it may itself use in a trial.</param>
    /// <param name="work">Steps of a trial, as the engine counts them.</param>
    /// <param name="options">Threads, progress, cancellation.</param>
    /// <param name="mostAtOnce">Most trials to run side by side, for engines that need much memory.</param>
    public static TrialMoments Run(
        TrialRange range, Moments shape, Func<int, ITrialEngine> newEngine, TrialWork work, RunOptions options,
        int mostAtOnce = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(range);
        int workers = (int)Math.Min(range.Count, Math.Min(options.Threads, mostAtOnce));
        var watch = new RunWatch(options, range.Count, work);
        int sharedBlocks = work.Steps < work.LongTrial ? 1 : LastLongBlocks;
        var loop = new TrialLoop(range, shape, newEngine, watch, workers, sharedBlocks, Math.Max(1, options.Threads / workers));
        FixedBlocks.Run(workers, workers, _ => loop.WorkOrFail());
        loop._failure?.Throw();
        foreach ((long block, OpenBlock open) in loop._open)
            loop.Close(block, open);
        var moments = new TrialMoments(range, shape, loop._tree.From(range.FirstBlock));
        if (!moments.Interrupted)
            loop._watch.Complete();
        return moments;
    }

    /// <summary>When one worker breaks, the others stop, and the run throws what it threw.</summary>
    private void WorkOrFail()
    {
        try
        {
            ITrialEngine engine = _newEngine(_threadsPerTrial);
            var watch = new TrialWatch(_watch);
            WorkOnBlocks(engine, watch);
            WorkOnTrials(engine, watch);
        }
        catch (OperationCanceledException) when (_watch.Cancelled)
        {
            // What is finished stands.
        }
        catch (Exception e)
        {
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(e), null);
        }
    }

    private void WorkOnBlocks(ITrialEngine engine, TrialWatch watch)
    {
        var values = new double[_width];
        for (long block; !Stopped && (block = Interlocked.Increment(ref _nextBlock) - 1) < _firstShared;)
        {
            Moments moments = _tree.Take();
            try
            {
                long first = block * TrialRange.BlockSize, end = first + _range.TrialsIn(block);
                for (long trial = first; trial < end && !Stopped && engine.TryRun(trial, values, watch); trial++)
                    moments.Add(values);
            }
            finally
            {
                _tree.Add(block, 0, moments);
            }
        }
    }

    private void WorkOnTrials(ITrialEngine engine, TrialWatch watch)
    {
        for (long trial; !Stopped && (trial = Interlocked.Increment(ref _nextTrial) - 1) < _range.End;)
        {
            (long block, int index) = (trial / TrialRange.BlockSize, (int)(trial % TrialRange.BlockSize));
            OpenBlock? open;
            lock (_open)
            {
                if (!_open.TryGetValue(block, out open))
                    _open.Add(block, open = new OpenBlock(_range.TrialsIn(block), _width));
            }
            if (!engine.TryRun(trial, open.Values(index), watch) || !open.Finish(index))
                continue;
            lock (_open)
                _open.Remove(block);
            Close(block, open);
        }
    }

    /// <summary>Adds the trials of a block in order, up to the first that is not finished.</summary>
    private void Close(long block, OpenBlock open)
    {
        Moments moments = _tree.Take();
        for (int index = 0; index < open.Count && open.IsFinished(index); index++)
            moments.Add(open.Values(index));
        _tree.Add(block, 0, moments);
        open.Dispose();
    }

    /// <summary>A block whose trials run on several threads: their values are kept until all can be added in order.</summary>
    private sealed class OpenBlock(int count, int width) : IDisposable
    {
        private readonly double[] _values = ArrayPool<double>.Shared.Rent(count * width);
        private readonly bool[] _finished = new bool[count];
        private int _left = count;

        public int Count => _finished.Length;

        public Span<double> Values(int index) => _values.AsSpan(index * width, width);

        public bool IsFinished(int index) => _finished[index];

        /// <summary>Whether that was the last one.</summary>
        public bool Finish(int index)
        {
            _finished[index] = true;
            return Interlocked.Decrement(ref _left) == 0;
        }

        public void Dispose() => ArrayPool<double>.Shared.Return(_values);
    }
}
