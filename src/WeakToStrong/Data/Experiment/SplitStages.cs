namespace WeakToStrong.Data.Experiment;

/// <summary>Counts the stages of all splits as they are done, for progress and cancellation.</summary>
internal sealed class SplitStages(int splits, RunOptions options)
{
    private int _done, _inSplit = 5;

    /// <summary>How many stages belong to the teacher's ridges, once that is known.</summary>
    public void OfTeachers(int count) => _inSplit = 4 + count;

    /// <summary>One more stage is done.</summary>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public void Next()
    {
        options.Cancellation.ThrowIfCancellationRequested();
        long all = (long)_inSplit * splits;
        options.Progress?.Report(new RunProgress("splits", Math.Min(++_done, all), all));
    }
}
