using WeakToStrong.Tables;

namespace WeakToStrong.Asymptotics;

/// <summary>One input column of a table of points: its name, what it may hold, and its value when the column is absent.</summary>
/// <param name="Name">The contract name, in snake_case.</param>
/// <param name="Range">What it may hold.</param>
/// <param name="Default">The value of every row when the column is absent; null when it must be there.</param>
public sealed record PointColumn(string Name, NumberRange Range, double? Default = null)
{
    /// <summary>The values, checked: the first bad row is named as a user counts it.</summary>
    internal double[] Check(double[]? values, int count)
    {
        if (values is null)
        {
            values = new double[count];
            Array.Fill(values, Default ?? throw new ArgumentNullException(Name));
        }
        Require.SameLength(count, values.Length, Name);
        int bad = Array.FindIndex(values, x => !Range.Contains(x));
        return bad < 0 ? values : throw InputException.At($"row {bad + 1}, column {Name}", NumberText.Format(values[bad]), Range.Allowed);
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
