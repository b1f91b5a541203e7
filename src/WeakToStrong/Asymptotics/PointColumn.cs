namespace WeakToStrong.Asymptotics;

/// <summary>Range checks of whole input columns: the first bad row is named as a user counts it.</summary>
internal static class PointColumn
{
    public static double[] Positive(string name, double[] values, int count) =>
        Check(name, values, count, static x => x > 0 && double.IsFinite(x), "a positive finite number");

    public static double[] NonNegative(string name, double[] values, int count) =>
        Check(name, values, count, static x => x >= 0 && double.IsFinite(x), "a finite number that is not negative");

    public static double[] NonNegativeOrInfinite(string name, double[] values, int count) =>
        Check(name, values, count, static x => x >= 0, "a number that is not negative, or inf");

    public static double[] UnitInterval(string name, double[] values, int count) =>
        Check(name, values, count, static x => x is >= 0 and <= 1, "a number from 0 to 1");

    public static double[] Constant(double value, int count)
    {
        var values = new double[count];
        Array.Fill(values, value);
        return values;
    }

    private static double[] Check(string name, double[] values, int count, Func<double, bool> allowed, string range)
    {
        Require.SameLength(count, values.Length, name);
        int bad = Array.FindIndex(values, x => !allowed(x));
        return bad < 0 ? values : throw new InputException($"row {bad + 1}, column '{name}': found {values[bad]}, must be {range}");
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
