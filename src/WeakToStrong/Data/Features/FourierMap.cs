using WeakToStrong.LinearAlgebra;
using WeakToStrong.Ridge;

namespace WeakToStrong.Data.Features;

/// <summary>
/// <c>rff:COUNT[:WIDTH]</c>: random Fourier features sqrt(2/COUNT) cos(w'x + u) (Rahimi and Recht 2007), whose inner products approximate
/// the Gaussian kernel exp(-||x - x'||^2/(2 h^2)). The bandwidth h is WIDTH times the root of the total variance of the unlabelled rows, so
/// that WIDTH = 1 suits any scale and any number of features.
/// </summary>
/// <param name="Count">Number of features, at least 1.</param>
/// <param name="Width">Bandwidth in units of the data's spread; positive.</param>
public sealed record FourierMap(int Count, double Width = 1) : FeatureMap
{
    /// <summary>Number of features.</summary>
    public int Count { get; init => field = Require.AtLeast(value, 1); } = Require.AtLeast(Count, 1);

    /// <summary>Bandwidth in units of the data's spread.</summary>
    public double Width { get; init => field = Require.Positive(value); } = Require.Positive(Width);

    /// <inheritdoc/>
    public override string Text => FormattableString.Invariant($"rff:{Count}:{Width}");

    /// <inheritdoc/>
    public override FeatureShape Output(FeatureShape input) => new(Count);

    internal override FittedMap Fit(FeatureRows unlabelled, FeatureShape shape, FitContext context)
    {
        int threads = context.Options.Threads;
        double[] means = unlabelled.Means(threads);
        double spread = Math.Sqrt(StandardiseMap.Variances(unlabelled, means, threads).Sum());
        if (!(spread > 0))
            throw CannotApply("all features are constant over the student's rows");
        MemoryNeed.Check($"feature map '{Text}' of {shape.Columns} features", shape.Columns, Count);
        var frequencies = new Matrix<double>(shape.Columns, Count);
        context.Random.FillNormal(frequencies.Data);
        System.Numerics.Tensors.TensorPrimitives.Divide(frequencies.Data, Width * spread, frequencies.Data);
        var phases = new double[Count];
        for (int k = 0; k < Count; k++)
            phases[k] = 2 * Math.PI * context.Random.NextUniform();
        return new Projection(means, frequencies, phases);
    }

    internal override FittedMap Restore(FeatureShape shape, IReadOnlyList<Matrix<double>> state) =>
        new Projection(state[0].Row(0).ToArray(), state[1], state[2].Row(0).ToArray());
}

/// <summary>A fitted map that projects rows, minus a centre, on directions, and with phases u turns each sum t into
/// sqrt(2/COUNT) cos(t + u).</summary>
internal sealed class Projection(double[] centre, Matrix<double> directions, double[]? phases = null) : FittedMap
{
    public override IReadOnlyList<Matrix<double>> State =>
        [new Matrix<double>(1, centre.Length, centre), directions,
            .. phases is null ? [] : (Matrix<double>[])[new(1, phases.Length, phases)]];

    public override bool WorksByRows => false;

    public override Matrix<double> Apply(FeatureRows rows, RunOptions options)
    {
        var mapped = new Matrix<double>(rows.Count, directions.Columns);
        var scratch = new Scratch();
        rows.ForEachChunk(centre, options.Threads, (first, chunk) =>
        {
            Matrix<double> part = scratch.Shaped(chunk.Rows, directions.Columns);
            Dense.Multiply(chunk, directions, part, threads: options.Threads);
            if (phases is not null)
                FixedBlocks.Run(part.Rows, options.Threads, i => Turn(part.Row(i), phases));
            part.Data.CopyTo(mapped.RowBlock(first, part.Rows));
        });
        return mapped;
    }

    private static void Turn(Span<double> row, double[] phases)
    {
        double scale = Math.Sqrt(2.0 / row.Length);
        for (int k = 0; k < row.Length; k++)
            row[k] = scale * Math.Cos(row[k] + phases[k]);
    }
}
