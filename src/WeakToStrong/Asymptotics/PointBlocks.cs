namespace WeakToStrong.Asymptotics;

/// <summary>Runs independent points over threads in fixed blocks, with progress and cancellation between blocks.</summary>
internal static class PointBlocks
{
    public static void Run(int count, int blockSize, RunOptions options, Action<int> point)
    {
        int blocks = (count + blockSize - 1) / blockSize;
        long done = 0;
        ParallelOptions parallel = options.ForParallel();
        parallel.CancellationToken = options.Cancellation;
        Parallel.For(0, blocks, parallel, block =>
        {
            int end = Math.Min(count, (block + 1) * blockSize);
            for (int i = block * blockSize; i < end; i++)
                point(i);
            long soFar = Interlocked.Add(ref done, end - (block * blockSize));
            options.Progress?.Report(new RunProgress("points", soFar, count));
        });
    }
}
