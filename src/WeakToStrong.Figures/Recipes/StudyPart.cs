using WeakToStrong.Studies;
using WeakToStrong.Tables;

namespace WeakToStrong.Figures.Recipes;

/// <summary>A part of a figure that is a study's outcome: the study, and its arguments as a user types them.</summary>
/// <param name="Study">The study's name.</param>
/// <param name="Text">Its arguments, <c>name=value</c> joined by <c>&amp;</c>.</param>
internal sealed record StudyPart(string Study, string Text)
{
    /// <summary>The arguments, checked.</summary>
    public Arguments Arguments => Arguments.FromCanonical(StudyCatalog.Find(Study), Text);

    /// <summary>This part with more arguments.</summary>
    public StudyPart With(params ReadOnlySpan<(string Name, string Value)> more)
    {
        string text = Text;
        foreach ((string name, string value) in more)
            text += $"&{name}={Uri.EscapeDataString(value)}";
        return this with { Text = text };
    }

    /// <summary>The result of a study without chance.</summary>
    public ResultTable Run(RunOptions options) => Arguments.Study.Run(Arguments, options with { Progress = null }).Table;

    /// <summary>All trials of one plane, or an <see cref="OperationCanceledException"/>: no figure is drawn from a part of them.</summary>
    /// <param name="trials">How many.</param>
    /// <param name="streams">Seed of the part's random numbers, <see cref="FigureTrials.Seed"/>.</param>
    /// <param name="options">Threads, progress, cancellation.</param>
    public ResultTable Simulate(long trials, ulong streams, RunOptions options)
    {
        Arguments arguments = With(("trials", $"{trials}")).Arguments;
        StudyOutcome outcome = ((PlaneStudy)arguments.Study).RunOn(arguments, streams, options);
        if (outcome.Interrupted)
            options.Cancellation.ThrowIfCancellationRequested();
        return outcome.Table;
    }

    /// <summary>The limits of a simulation, at other values of some arguments.</summary>
    public ResultTable Limits(params ReadOnlySpan<(string Name, string Value)> instead)
    {
        Arguments arguments = Arguments;
        var study = (ILimitedStudy)arguments.Study;
        foreach ((string name, string value) in instead)
            arguments = arguments.With(arguments.Study.Parameters.Single(p => p.Name == name), value);
        return study.Limits(arguments);
    }
}
