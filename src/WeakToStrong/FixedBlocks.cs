using System.Runtime.ExceptionServices;

namespace WeakToStrong;

/// <summary>Independent pieces of work, numbered from 0.</summary>
internal interface IBlockWork
{
    void Run(int block);
}

/// <summary>
/// The one way to share work among threads: cut into blocks, by its size alone. No block writes what another one reads, so results are the
/// same to the bit for any number of threads. What a block throws comes out as it was thrown.
/// </summary>
internal static class FixedBlocks
{
    /// <summary>How many blocks of <paramref name="size"/> cover <paramref name="length"/>.</summary>
    public static int Count(int length, int size) => (int)(((long)length + size - 1) / size);

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

    /// <summary>Runs blocks 0 to <paramref name="count"/> - 1, each once, in any order.</summary>
    public static void Run(int count, int threads, Action<int> body) => Run(count, threads, new Body(body));

    /// <summary>Calls body(first, count) for every block of <paramref name="size"/> of the
    /// numbers below <paramref name="length"/>.</summary>
    public static void Cut(int length, int size, int threads, Action<int, int> body) =>
        Run(Count(length, size), threads, new Piece(length, size, body));

    /// <summary>The same with progress, counted in the numbers that are done, and cancellation between blocks.</summary>
    /// <exception cref="OperationCanceledException">Cancelled before the end.</exception>
    public static void Cut(int length, int size, RunOptions options, string stage, Action<int, int> body)
    {
        long done = 0;
        Cut(length, size, options.Threads, (first, count) =>
        {
            options.Cancellation.ThrowIfCancellationRequested();
            body(first, count);
            options.Progress?.Report(new RunProgress(stage, Interlocked.Add(ref done, count), length));
        });
        options.Cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>The same, calling body(i) for every number.</summary>
    /// <exception cref="OperationCanceledException">Cancelled before the end.</exception>
    public static void Each(int length, int size, RunOptions options, string stage, Action<int> body) =>
        Cut(length, size, options, stage, (first, count) =>
        {
            for (int i = first; i < first + count; i++)
                body(i);
        });

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
            ExceptionDispatchInfo.Throw(failures.Flatten().InnerExceptions[0]);
        }
    }

    private readonly struct Body(Action<int> body) : IBlockWork
    {
        public void Run(int block) => body(block);
    }

    private readonly struct Piece(int length, int size, Action<int, int> body) : IBlockWork
    {
        public void Run(int block) => body(block * size, Math.Min(size, length - (block * size)));
    }
}
