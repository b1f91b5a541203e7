using System.Numerics.Tensors;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Ridge;

namespace WeakToStrong.Data.Features;

/// <summary>Every column minus a number, times a number.</summary>
/// <param name="means">What is taken off.</param>
/// <param name="factors">What is multiplied by.</param>
internal sealed class Standardisation(double[] means, double[] factors) : FittedMap
{
    /// <summary>Two rows: what is taken off, and what is multiplied by.</summary>
    public override IReadOnlyList<Matrix<double>> State => [new Matrix<double>(2, means.Length, [.. means, .. factors])];

    public override bool WorksInPlace => true;

    /// <summary>From its state.</summary>
    public static Standardisation Restore(IReadOnlyList<Matrix<double>> state) => new(state[0].Row(0).ToArray(), state[0].Row(1).ToArray());

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
        TensorPrimitives.Multiply(to, factors, to);
    }
}
