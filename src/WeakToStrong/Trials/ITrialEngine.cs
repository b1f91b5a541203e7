namespace WeakToStrong.Trials;

/// <summary>One thread's workspace for trials of one experiment; made once, used for many trials.</summary>
internal interface ITrialEngine
{
    /// <summary>Runs the trial of this number. False, or an <see cref="OperationCanceledException"/>, when it was cancelled half-way; the
    /// values then mean nothing.</summary>
    /// <param name="trial">The trial's number, which with the seed decides all its random numbers.</param>
    /// <param name="values">Receives the trial's numbers, in the order of the run's moments.</param>
    /// <param name="watch">Told of every step, and asked whether to go on.</param>
    bool TryRun(long trial, Span<double> values, TrialWatch watch);
}
