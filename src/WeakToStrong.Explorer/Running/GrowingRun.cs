using System.Diagnostics;
using WeakToStrong.Studies;
using WeakToStrong.Trials;

namespace WeakToStrong.Explorer.Running;

/// <summary>
/// A run over trials whose result can be seen while it grows: whole blocks of trials, the more of them the longer it lasts, merged to the
/// bits of one run. What was found before for the same arguments is where it goes on.
/// </summary>
internal static class GrowingRun
{
    private static readonly TimeSpan Part = TimeSpan.FromMilliseconds(200);

    /// <summary>Runs until all trials are done or it is stopped.</summary>
    /// <param name="study">The study.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="known">What an earlier run of these arguments found; null when there is none.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <param name="tell">Told what is found so far.</param>
    /// <returns>What was found; null when nothing was finished.</returns>
    public static StudyOutcome? Run(ITrialStudy study, Arguments arguments, StudyOutcome? known, RunOptions options,
        Action<StudyOutcome> tell)
    {
        long asked = study.TrialsOf(arguments), blocks = 1;
        StudyOutcome? whole = known;
        long done = known is { Moments: [var first, ..] } ? first.Count : 0;
        if (known is not null)
            tell(Counted(known, asked));
        while (done < asked && !options.Cancellation.IsCancellationRequested)
        {
            var range = new TrialRange(done, Math.Min(blocks * TrialRange.BlockSize, asked - done));
            long start = Stopwatch.GetTimestamp();
            StudyOutcome part = study.Run(arguments, range, options);
            if (part.Interrupted)
                break; // only whole blocks can be continued
            whole = whole is null ? part : study.Merge(arguments, whole, part);
            done = range.End;
            tell(Counted(whole, asked));
            if (Stopwatch.GetElapsedTime(start) < Part)
                blocks *= 2;
        }
        return whole is null ? null : Counted(whole, asked);

        StudyOutcome Counted(StudyOutcome outcome, long trials) =>
            outcome with { Asked = trials * Math.Max(1, outcome.Done / Math.Max(1, done)) };
    }
}
