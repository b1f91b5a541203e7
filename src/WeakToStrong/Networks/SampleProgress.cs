namespace WeakToStrong.Networks;

/// <summary>Counts samples as they pass and tells <see cref="RunOptions.Progress"/>.</summary>
internal sealed class SampleProgress(string stage, long total, RunOptions options)
{
    private long _done;

    public void Add(int samples) => options.Progress?.Report(new RunProgress(stage, _done += samples, total));
}
