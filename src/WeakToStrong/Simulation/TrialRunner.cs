using System.Runtime.ExceptionServices;
using WeakToStrong.Statistics;

namespace WeakToStrong.Simulation;

/// <summary>One thread's workspace for trials of an experiment on a grid of ridges; made once, used for many trials.</summary>
internal interface ITrialEngine
{
    /// <summary>Runs the trial of this number. False when it was cancelled half-way, and then the errors mean nothing.</summary>
    /// <param name="trial">The trial's number, which with the seed decides all its random numbers.</param>
    /// <param name="teacher">Receives the teacher's excess errors, length T.</param>
    /// <param name="student">Receives the student's, T rows of S values filled up to whole vectors.</param>
    /// <param name="watch">Told of every step, and asked whether to go on.</param>
    bool TryRun(long trial, Span<double> teacher, Span<double> student, TrialWatch watch);
}

/// <summary>
/// Runs trials on all threads and streams their moments. Trials are cut into blocks by their number alone, and the blocks' moments
/// are merged in order, so that the result does not depend on the number of threads, to the bit.
/// </summary>
internal sealed class TrialRunner
{
    private const int MostTrialsInBlock = 64, FewestBlocks = 256;

    private readonly Func<ITrialEngine> _newEngine;
    private readonly long _trials, _blockSize, _blocks;
    private readonly PairedMoments _total;
    private readonly RunWatch _watch;
    private readonly object _gate = new();
    private long _nextBlock = -1, _turn;
    private ExceptionDispatchInfo? _failure;

    private TrialRunner(Func<ITrialEngine> newEngine, PairedMoments total, long trials, RunWatch watch)
    {
        _newEngine = newEngine;
        _total = total;
        _trials = trials;
        _blockSize = Math.Clamp(trials / FewestBlocks, 1, MostTrialsInBlock);
        _blocks = ((trials - 1) / _blockSize) + 1;
        _watch = watch;
    }

    /// <summary>The moments of all trials, or of those that were finished before a cancellation.</summary>
    /// <param name="newEngine">Makes a thread's workspace.</param>
    /// <param name="steps">Steps of a trial, as the engine counts them.</param>
    /// <param name="first">T.</param>
    /// <param name="second">S.</param>
    /// <param name="trials">How many, at least 1.</param>
    /// <param name="options">Threads, progress, cancellation.</param>
    public static PairedMoments Run(Func<ITrialEngine> newEngine, long steps, int first, int second, long trials, RunOptions options)
    {
        var total = new PairedMoments(first, second);
        var runner = new TrialRunner(newEngine, total, trials, new RunWatch(options, Require.AtLeast(trials, 1), steps));
        int workers = (int)Math.Min(options.Threads, runner._blocks);
        Parallel.For(0, workers, new ParallelOptions { MaxDegreeOfParallelism = workers }, _ => runner.WorkOrFail());
        runner._failure?.Throw();
        if (total.Count == trials)
            runner._watch.Complete();
        return total;
    }

    /// <summary>When one worker breaks, the others, who may be waiting for its turn, are let go, and the run throws what it threw.</summary>
    private void WorkOrFail()
    {
        try
        {
            Work();
        }
        catch (Exception e)
        {
            lock (_gate)
            {
                _failure ??= ExceptionDispatchInfo.Capture(e);
                Monitor.PulseAll(_gate);
            }
        }
    }

    private void Work()
    {
        ITrialEngine engine = _newEngine();
        var watch = new TrialWatch(_watch);
        var moments = new PairedMoments(_total.FirstCount, _total.SecondCount);
        var teacher = new double[_total.FirstCount];
        var student = new double[_total.FirstCount * _total.Stride];
        while (!_watch.Cancelled && _failure is null)
        {
            long block = Interlocked.Increment(ref _nextBlock);
            if (block >= _blocks)
                return;
            moments.Clear();
            long end = Math.Min((block + 1) * _blockSize, _trials);
            for (long trial = block * _blockSize; trial < end && !_watch.Cancelled; trial++)
            {
                if (engine.TryRun(trial, teacher, student, watch))
                    moments.Add(teacher, student);
            }
            MergeInTurn(block, moments);
        }
    }

    private void MergeInTurn(long block, PairedMoments moments)
    {
        lock (_gate)
        {
            while (_turn != block && _failure is null)
                Monitor.Wait(_gate);
            _total.Merge(moments);
            _turn++;
            Monitor.PulseAll(_gate);
        }
    }
}
