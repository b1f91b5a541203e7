using System.Numerics.Tensors;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Ridge;

namespace WeakToStrong.Data.Features;

/// <summary>
/// <c>scale</c>: every column minus its mean, and all of them over one number, the root of their mean variance, taken over the unlabelled rows. For embeddings, whose
/// columns share a unit and whose small columns should stay small.
/// </summary>
public sealed record ScaleMap : FeatureMap
{
    /// <inheritdoc/>
    public override string Text => "scale";

    /// <inheritdoc/>
    public override FeatureShape Output(FeatureShape input) => input;

    internal override FittedMap Fit(FeatureRows unlabelled, FeatureShape shape, FitContext context)
    {
        double[] means = unlabelled.Means(context.Options.Threads);
        double variance = StandardiseMap.Variances(unlabelled, means, context.Options.Threads).Average();
        return new Scaling(means, variance > 0 ? 1 / Math.Sqrt(variance) : 0);
    }

    private sealed class Scaling(double[] means, double factor) : FittedMap
    {
        public override bool WorksInPlace => true;

        public override Matrix<double> Apply(FeatureRows rows, RunOptions options)
        {
            var copy = new Matrix<double>(rows.Count, rows.Columns);
            FixedBlocks.Run(rows.Count, options.Threads, i => Map(rows[i], copy.Row(i)));
            return copy;
        }

        public override void ApplyInPlace(Matrix<double> features, RunOptions options) =>
            FixedBlocks.Run(features.Rows, options.Threads, i => Map(features.Row(i), features.Row(i)));

        private void Map(ReadOnlySpan<double> from, Span<double> to)
        {
            TensorPrimitives.Subtract(from, means, to);
            TensorPrimitives.Multiply(to, factor, to);
        }
    }
}
