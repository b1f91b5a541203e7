namespace WeakToStrong.Data.Experiment;

/// <summary>Counts the stages of all splits as they are done, for progress and cancellation.</summary>
internal sealed class SplitStages(int splits, RunOptions options)
{
    private int _done, _inSplit = 5;

    /// <summary>How many ridges the teacher has, once that is known: each is a stage of every split.</summary>
    public void Teachers(int count) => _inSplit = 4 + count;

    /// <summary>One more stage is done.</summary>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public void Next()
    {
        options.Cancellation.ThrowIfCancellationRequested();
        long all = (long)_inSplit * splits;
        options.Progress?.Report(new RunProgress("splits", Math.Min(++_done, all), all));
    }
}
