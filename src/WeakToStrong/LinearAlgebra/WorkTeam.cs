using System.Runtime.ExceptionServices;

namespace WeakToStrong.LinearAlgebra;

/// <summary>
/// Threads that stay together through thousands of short phases, where starting a parallel loop for each would cost more than the work. The
/// caller takes blocks from the end and the helpers from the start, so that a block tends to stay with one thread's cache. A
/// helper that never gets a processor costs nothing: the caller then does all blocks.
/// </summary>
internal sealed class WorkTeam : IDisposable
{
    private const int SpinsBeforeYield = 500;

    private readonly bool _alone;
    private Action<int> _work = static _ => { };
    private long _open; // first open block in the upper half, one past the last in the lower
    private int _unfinished;
    private volatile bool _closed;
    private ExceptionDispatchInfo? _failure;

    public WorkTeam(int threads)
    {
        _alone = threads <= 1;
        for (int helper = 1; helper < threads; helper++)
            ThreadPool.UnsafeQueueUserWorkItem(static team => team.Help(), this, preferLocal: false);
    }

    /// <summary>Runs blocks 0 to <paramref name="count"/> - 1 and returns when all are done.</summary>
    public void Run(int count, Action<int> work)
    {
        if (_alone || count <= 1)
        {
            for (int block = count - 1; block >= 0; block--)
                work(block);
            return;
        }
        _work = work;
        Volatile.Write(ref _unfinished, count);
        Volatile.Write(ref _open, count);
        while (TryClaim(fromStart: false, out int block))
            Do(block);
        for (int spins = 0; Volatile.Read(ref _unfinished) > 0; spins++)
            Pause(spins);
        Interlocked.Exchange(ref _failure, null)?.Throw();
    }

    public void Dispose() => _closed = true;

    private void Help()
    {
        for (int spins = 0; !_closed; spins++)
        {
            if (TryClaim(fromStart: true, out int block))
            {
                Do(block);
                spins = 0;
            }
            else
            {
                Pause(spins);
            }
        }
    }

    private bool TryClaim(bool fromStart, out int block)
    {
        while (true)
        {
            long open = Volatile.Read(ref _open);
            int first = (int)(open >> 32), end = (int)open;
            block = fromStart ? first : end - 1;
            if (first >= end)
                return false;
            if (Interlocked.CompareExchange(ref _open, fromStart ? open + (1L << 32) : open - 1, open) == open)
                return true;
        }
    }

    // The work cannot change between a claim and its end: the caller waits for it.
    private void Do(int block)
    {
        try
        {
            _work(block);
        }
        catch (Exception error)
        {
            _failure = ExceptionDispatchInfo.Capture(error);
        }
        Interlocked.Decrement(ref _unfinished);
    }

    private static void Pause(int spins)
    {
        if (spins < SpinsBeforeYield)
            Thread.SpinWait(8);
        else
            Thread.Yield();
    }
}
