using WeakToStrong.LinearAlgebra;
using WeakToStrong.Ridge;

namespace WeakToStrong.Data.Features;

/// <summary>
/// <c>pca:COUNT</c>: coordinates along the leading principal directions of the unlabelled rows, largest variance first; the sign of a
/// direction makes its largest entry positive.
/// </summary>
/// <param name="Count">Number of components, from 1 to the number of features.</param>
public sealed record PrincipalComponentsMap(int Count) : FeatureMap
{
    /// <summary>Number of components.</summary>
    public int Count { get; init => field = Require.AtLeast(value, 1); } = Require.AtLeast(Count, 1);

    /// <inheritdoc/>
    public override string Text => $"pca:{Count}";

    /// <inheritdoc/>
    public override FeatureShape Output(FeatureShape input) => Count <= input.Columns
        ? new FeatureShape(Count)
        : throw CannotApply($"there are only {input.Columns} features");

    internal override FittedMap Fit(FeatureRows unlabelled, FeatureShape shape, FitContext context)
    {
        int threads = context.Options.Threads;
        double[] means = unlabelled.Means(threads);
        return new Projection(means, Leading(Covariance(unlabelled, means, threads), Count, threads));
    }

    internal override FittedMap Restore(FeatureShape shape, IReadOnlyList<Matrix<double>> state) =>
        new Projection(state[0].Row(0).ToArray(), state[1]);

    /// <summary>The covariance (divisor n) of rows.</summary>
    internal static Matrix<double> Covariance(FeatureRows rows, double[] means, int threads)
    {
        MemoryNeed.Check($"the covariance of {rows.Columns} features", rows.Columns, rows.Columns, 2);
        var covariance = new Matrix<double>(rows.Columns, rows.Columns);
        rows.ForEachChunk(means, threads, (_, chunk) => Dense.AddGram(chunk, covariance, 1.0 / rows.Count, threads));
        return covariance;
    }

    private static Matrix<double> Leading(Matrix<double> covariance, int count, int threads)
    {
        Dense.SymmetricEigen(covariance, threads);
        int p = covariance.Rows;
        var leading = new Matrix<double>(p, count);
        for (int k = 0; k < count; k++)
        {
            double largest = 0;
            for (int j = 0; j < p; j++)
            {
                leading[j, k] = covariance[j, p - 1 - k];
                largest = Math.Abs(leading[j, k]) > Math.Abs(largest) ? leading[j, k] : largest;
            }
            for (int j = 0; largest < 0 && j < p; j++)
                leading[j, k] = -leading[j, k];
        }
        return leading;
    }
}
