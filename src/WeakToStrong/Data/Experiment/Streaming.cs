using WeakToStrong.Data.Features;
using WeakToStrong.Heads;

namespace WeakToStrong.Data.Experiment;

/// <summary>Which features of an experiment are not held but read again in every pass.</summary>
internal static class Streaming
{
    /// <summary>Whether the student's rows of these features are read in passes.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="raw">The features.</param>
    /// <param name="map">What is made of them.</param>
    /// <param name="rows">How many rows are used.</param>
    /// <exception cref="InputException">They neither fit into memory nor can be read in passes; the message says which option asks for
    /// that.</exception>
    public static bool Is(DataExperiment experiment, RawFeatures raw, FeaturePipeline map, int rows)
    {
        double bytes = 8.0 * rows * raw.Shape.Columns;
        if (raw.IsHeld || bytes <= (experiment.Data.Memory ?? Dataset.DefaultMemory))
            return false;
        bool isStrong = ReferenceEquals(raw, experiment.Data.Strong);
        if (((isStrong ? NeedsRows(experiment) : null) ?? NeedsRows(map)) is not { } cause)
            return true;
        if (bytes <= (experiment.Data.Memory ?? MemoryNeed.Free))
            return false;
        string limit = experiment.Data.Memory is null ? "are free" : "are allowed by --memory";
        throw new InputException($"{cause} needs all rows at once, and {rows} rows of {raw.Source} need {MemoryNeed.Size(bytes)} of memory "
            + $"where {MemoryNeed.Size(experiment.Data.Memory ?? MemoryNeed.Free)} {limit}; take fewer rows with --n-student, or leave it "
            + "out: ridge regression reads them in passes");
    }

    /// <summary>What of an experiment cannot do without all rows of strong features; null when nothing.</summary>
    private static string? NeedsRows(DataExperiment experiment) => experiment switch
    {
        { Head: not RidgeHead } => $"--head {experiment.Head.Name}",
        { Confidence: > 0 } => "--confidence",
        { Predict: true } => "--predict",
        { Prior: not null } => "--prior",
        _ => null,
    };

    private static string? NeedsRows(FeaturePipeline maps) =>
        maps.Maps.FirstOrDefault(map => !map.LearnsInPasses) is { } map ? $"the feature map '{map}'" : null;
}
