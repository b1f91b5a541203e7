using WeakToStrong.Tables;

namespace WeakToStrong.Asymptotics;

/// <summary>Checks of whole input columns.</summary>
internal static class PointColumn
{
    /// <summary>The values, or the rule's standard value for every row; the first bad row is named as a user counts it.</summary>
    public static double[] Check(ColumnRule rule, double[]? values, int count)
    {
        if (values is null)
        {
            values = new double[count];
            Array.Fill(values, rule.Standard ?? throw new ArgumentNullException(nameof(values), $"column {rule.Name} is missing"));
        }
        Require.SameLength(count, values.Length, rule.Name);
        int bad = Array.FindIndex(values, x => !rule.Range.Contains(x));
        return bad < 0 ? values : throw InputException.At($"row {bad + 1}, column {rule.Name}", NumberText.Format(values[bad]), rule.Range.Allowed);
    }
}

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
