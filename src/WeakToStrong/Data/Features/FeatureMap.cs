using WeakToStrong.LinearAlgebra;
using WeakToStrong.Randomness;
using WeakToStrong.Ridge;

namespace WeakToStrong.Data.Features;

/// <summary>
/// One step from raw features to better ones, such as pooling or random Fourier features: a description without data, written as text
/// like <c>pool:4x4</c>. What a map has to learn (means, directions, patches) it learns from unlabelled rows only, and never from labels.
/// </summary>
public abstract record FeatureMap
{
    /// <summary>The text that <see cref="FeaturePipeline.Parse"/> reads back.</summary>
    public abstract string Text { get; }

    /// <summary>What comes out for what goes in.</summary>
    /// <exception cref="InputException">The map cannot be applied to such features; the message says why.</exception>
    public abstract FeatureShape Output(FeatureShape input);

    /// <inheritdoc/>
    public sealed override string ToString() => Text;

    /// <summary>Whether it learns from passes over the rows, so that they need not be held.</summary>
    internal virtual bool LearnsInPasses => true;

    /// <summary>Learns from unlabelled rows.</summary>
    internal abstract FittedMap Fit(FeatureRows unlabelled, FeatureShape shape, FitContext context);

    /// <summary>The fitted map again, from what it wrote down (<see cref="FittedMap.State"/>).</summary>
    internal abstract FittedMap Restore(FeatureShape shape, IReadOnlyList<Matrix<double>> state);

    private protected InputException CannotApply(string reason) => new($"feature map '{Text}': {reason}");
}

/// <summary>A map that has learned what it needs.</summary>
internal abstract class FittedMap
{
    /// <summary>The new features of rows; a new matrix in the order of <paramref name="rows"/>.</summary>
    public abstract Matrix<double> Apply(FeatureRows rows, RunOptions options);

    /// <summary>What it has learned, as arrays; empty when it learns nothing.</summary>
    public virtual IReadOnlyList<Matrix<double>> State => [];

    /// <summary>Whether a row's result does not depend, to the bit, on the rows beside it.</summary>
    public virtual bool WorksByRows => true;

    /// <summary>Whether <see cref="ApplyInPlace"/> works.</summary>
    public virtual bool WorksInPlace => false;

    /// <summary>Overwrites old features by the new ones.</summary>
    public virtual void ApplyInPlace(Matrix<double> features, RunOptions options) => throw new NotSupportedException();
}

/// <summary>What fitting may use beside the rows.</summary>
/// <param name="Random">Randomness that belongs to this map alone.</param>
/// <param name="Options">Threads and cancellation.</param>
/// <param name="Warnings">Takes sentences that the user should see.</param>
internal sealed record FitContext(RandomStream Random, RunOptions Options, List<string> Warnings);
