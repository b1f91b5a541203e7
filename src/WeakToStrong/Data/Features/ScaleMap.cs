using WeakToStrong.Ridge;

namespace WeakToStrong.Data.Features;

/// <summary>
/// <c>scale</c>: every column minus its mean, and all of them over one number, the root of their mean variance, taken over the unlabelled
/// rows. For embeddings, whose columns share a unit and whose small columns should stay small.
/// </summary>
public sealed record ScaleMap : FeatureMap
{
    /// <inheritdoc/>
    public override string Text => "scale";

    /// <inheritdoc/>
    public override FeatureShape Output(FeatureShape input) => input;

    internal override FittedMap Restore(FeatureShape shape, IReadOnlyList<LinearAlgebra.Matrix<double>> state) =>
        Standardisation.Restore(state);

    internal override FittedMap Fit(FeatureRows unlabelled, FeatureShape shape, FitContext context)
    {
        double[] means = unlabelled.Means(context.Options.Threads);
        double variance = StandardiseMap.Variances(unlabelled, means, context.Options.Threads).Average();
        var factors = new double[means.Length];
        factors.AsSpan().Fill(variance > 0 ? 1 / Math.Sqrt(variance) : 0);
        return new Standardisation(means, factors);
    }
}
