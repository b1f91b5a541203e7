using System.Runtime.ExceptionServices;

namespace WeakToStrong.LinearAlgebra;

/// <summary>Independent pieces of work, numbered from 0.</summary>
internal interface IBlockWork
{
    void Run(int block);
}

/// <summary>
/// Runs blocks of work on several threads. How the work is cut never depends on the number of threads, and no block writes
/// what another one reads, so results are the same to the bit for any number.
/// </summary>
internal static class FixedBlocks
{
    /// <summary>Runs blocks 0 to <paramref name="count"/> - 1, each once, in any order.</summary>
    public static void Run<TWork>(int count, int threads, in TWork work)
        where TWork : struct, IBlockWork
    {
        if (Math.Min(threads, count) > 1)
        {
            RunParallel(count, threads, work);
            return;
        }
        for (int block = 0; block < count; block++)
            work.Run(block);
    }

    private static void RunParallel<TWork>(int count, int threads, TWork work)
        where TWork : struct, IBlockWork
    {
        // One shared counter instead of ranges: blocks are few and large, and no thread may be left with two of the last three.
        int next = -1;
        try
        {
            Parallel.For(0, Math.Min(threads, count), new ParallelOptions { MaxDegreeOfParallelism = threads }, _ =>
            {
                for (int block = Interlocked.Increment(ref next); block < count; block = Interlocked.Increment(ref next))
                    work.Run(block);
            });
        }
        catch (AggregateException failures)
        {
            // The same exception as on one thread.
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }
    }
}
