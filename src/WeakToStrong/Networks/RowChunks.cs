namespace WeakToStrong.Networks;

/// <summary>
/// Runs a body over chunks of rows on several threads. Chunks have a fixed size, so what a chunk computes, and the random stream that
/// is named after it, do not depend on the number of threads.
/// </summary>
internal static class RowChunks
{
    /// <summary>Rows in a chunk.</summary>
    public const int Rows = 32;

    /// <summary>Calls body(first row, number of rows) for every chunk of {0, ..., rows - 1}.</summary>
    public static void ForEach(int rows, int threads, Action<int, int> body)
    {
        int chunks = (rows + Rows - 1) / Rows;
        if (threads == 1 || chunks < 2)
        {
            for (int chunk = 0; chunk < chunks; chunk++)
                body(chunk * Rows, Math.Min(Rows, rows - (chunk * Rows)));
            return;
        }
        Parallel.For(0, chunks, new ParallelOptions { MaxDegreeOfParallelism = threads },
            chunk => body(chunk * Rows, Math.Min(Rows, rows - (chunk * Rows))));
    }
}
