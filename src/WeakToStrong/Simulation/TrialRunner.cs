using WeakToStrong.Statistics;

namespace WeakToStrong.Simulation;

/// <summary>One thread's workspace for trials of an experiment on a grid of ridges; made once, used for many trials.</summary>
internal interface ITrialEngine
{
    /// <summary>Runs the trial of this number. False when it was cancelled half-way, and then the errors mean nothing.</summary>
    /// <param name="trial">The trial's number, which with the seed decides all its random numbers.</param>
    /// <param name="teacher">Receives the teacher's excess errors, length T.</param>
    /// <param name="student">Receives the student's, T rows of S values filled up to whole vectors.</param>
    /// <param name="cancellation">Looked at now and then in a long trial.</param>
    bool TryRun(long trial, Span<double> teacher, Span<double> student, CancellationToken cancellation);
}

/// <summary>
/// Runs trials on all threads and streams their moments. Trials are cut into blocks by their number alone, and the blocks' moments
/// are merged in order, so that the result does not depend on the number of threads, to the bit.
/// </summary>
internal sealed class TrialRunner
{
    private const int MostTrialsInBlock = 64, FewestBlocks = 256;
    private const long ProgressInterval = 100; // ms

    private readonly Func<ITrialEngine> _newEngine;
    private readonly long _trials, _blockSize, _blocks;
    private readonly RunOptions _options;
    private readonly PairedMoments _total;
    private readonly object _gate = new();
    private long _nextBlock = -1, _turn, _lastReport;

    private TrialRunner(Func<ITrialEngine> newEngine, int first, int second, long trials, RunOptions options)
    {
        _newEngine = newEngine;
        _trials = trials;
        _blockSize = Math.Clamp(trials / FewestBlocks, 1, MostTrialsInBlock);
        _blocks = ((trials - 1) / _blockSize) + 1;
        _options = options;
        _total = new PairedMoments(first, second);
    }

    /// <summary>The moments of all trials, or of those that were finished before a cancellation.</summary>
    public static PairedMoments Run(Func<ITrialEngine> newEngine, int first, int second, long trials, RunOptions options)
    {
        var runner = new TrialRunner(newEngine, first, second, Require.AtLeast(trials, 1), options);
        int workers = (int)Math.Min(options.Threads, runner._blocks);
        Parallel.For(0, workers, new ParallelOptions { MaxDegreeOfParallelism = workers }, _ => runner.Work());
        return runner._total;
    }

    private void Work()
    {
        ITrialEngine engine = _newEngine();
        var moments = new PairedMoments(_total.FirstCount, _total.SecondCount);
        var teacher = new double[_total.FirstCount];
        var student = new double[_total.FirstCount * _total.Stride];
        while (true)
        {
            long block = Interlocked.Increment(ref _nextBlock);
            if (block >= _blocks)
                return;
            moments.Clear();
            long end = Math.Min((block + 1) * _blockSize, _trials);
            for (long trial = block * _blockSize; trial < end && !_options.Cancellation.IsCancellationRequested; trial++)
            {
                if (engine.TryRun(trial, teacher, student, _options.Cancellation))
                    moments.Add(teacher, student);
            }
            MergeInTurn(block, moments);
        }
    }

    private void MergeInTurn(long block, PairedMoments moments)
    {
        lock (_gate)
        {
            while (_turn != block)
                Monitor.Wait(_gate);
            _total.Merge(moments);
            _turn++;
            Monitor.PulseAll(_gate);
            long now = Environment.TickCount64;
            if (_options.Progress is null || (now - _lastReport < ProgressInterval && _total.Count < _trials))
                return;
            _lastReport = now;
            _options.Progress.Report(new RunProgress("trials", _total.Count, _trials));
        }
    }
}
