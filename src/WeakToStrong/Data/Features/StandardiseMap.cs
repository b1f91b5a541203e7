using System.Numerics.Tensors;
using WeakToStrong.Ridge;

namespace WeakToStrong.Data.Features;

/// <summary>
/// <c>standardise</c>: every column minus its mean, over its standard deviation (divisor n), both taken over the unlabelled rows. A column
/// that is constant there becomes zero.
/// </summary>
public sealed record StandardiseMap : FeatureMap
{
    /// <inheritdoc/>
    public override string Text => "standardise";

    /// <inheritdoc/>
    public override FeatureShape Output(FeatureShape input) => input;

    internal override FittedMap Restore(FeatureShape shape, IReadOnlyList<LinearAlgebra.Matrix<double>> state) =>
        Standardisation.Restore(state);

    internal override FittedMap Fit(FeatureRows unlabelled, FeatureShape shape, FitContext context)
    {
        double[] means = unlabelled.Means(context.Options.Threads);
        double[] factors = Variances(unlabelled, means, context.Options.Threads);
        for (int j = 0; j < factors.Length; j++)
        {
            double deviation = Math.Sqrt(factors[j]);
            factors[j] = deviation > ConstantColumns.Noise * Math.Abs(means[j]) ? 1 / deviation : 0;
        }
        return new Standardisation(means, factors);
    }

    /// <summary>Column variances (divisor n) over rows.</summary>
    internal static double[] Variances(FeatureRows rows, double[] means, int threads)
    {
        var variances = new double[rows.Columns];
        rows.ForEachChunk(means, threads, (_, chunk) =>
        {
            for (int i = 0; i < chunk.Rows; i++)
                TensorPrimitives.MultiplyAdd(chunk.Row(i), chunk.Row(i), variances, variances);
        });
        TensorPrimitives.Divide(variances, rows.Count, variances);
        return variances;
    }
}
