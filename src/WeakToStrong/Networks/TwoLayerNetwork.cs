using System.Numerics.Tensors;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Randomness;

namespace WeakToStrong.Networks;

/// <summary>f(x) = a' act(W x), single precision.</summary>
internal sealed class TwoLayerNetwork
{
    /// <summary>A network over the given weights, which are not copied.</summary>
    /// <param name="weights">W, p x d.</param>
    /// <param name="readout">a, of length p.</param>
    /// <param name="activation">act.</param>
    public TwoLayerNetwork(Matrix<float> weights, float[] readout, Activation activation)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(readout);
        ArgumentNullException.ThrowIfNull(activation);
        Require.SameLength(weights.Rows, readout.Length, nameof(readout));
        Weights = weights;
        Readout = readout;
        Activation = activation;
    }

    /// <summary>W, p x d.</summary>
    public Matrix<float> Weights { get; }

    /// <summary>a, of length p.</summary>
    public float[] Readout { get; }

    /// <summary>act.</summary>
    public Activation Activation { get; }

    /// <summary>p, the number of hidden units.</summary>
    public int Width => Weights.Rows;

    /// <summary>z = X W', one sample a row.</summary>
    /// <param name="x">X, samples x d.</param>
    /// <param name="z">Overwritten; samples x p.</param>
    /// <param name="threads">Most threads to use.</param>
    public void Preactivations(Matrix<float> x, Matrix<float> z, int threads = 1) =>
        Dense.Multiply(x, Weights, z, transposeB: true, threads: threads);

    /// <summary>act(X W'), one sample a row.</summary>
    /// <param name="x">X, samples x d.</param>
    /// <param name="features">Overwritten; samples x p.</param>
    /// <param name="threads">Most threads to use.</param>
    public void Features(Matrix<float> x, Matrix<float> features, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(features);
        Preactivations(x, features, threads);
        FixedBlocks.Cut(features.Rows, MultiIndexSamples.ChunkRows, threads, (first, rows) =>
        {
            Span<float> block = features.RowBlock(first, rows);
            Activation.Function.Apply(block, block);
        });
    }

    /// <summary>f for every sample, from its pre-activations.</summary>
    /// <param name="z">Pre-activations, samples x p.</param>
    /// <param name="outputs">One number a sample.</param>
    /// <param name="threads">Most threads to use.</param>
    public void Outputs(Matrix<float> z, float[] outputs, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(z);
        ArgumentNullException.ThrowIfNull(outputs);
        Require.SameLength(z.Rows, outputs.Length, nameof(outputs));
        Require.SameLength(Width, z.Columns, nameof(z));
        FixedBlocks.Cut(z.Rows, MultiIndexSamples.ChunkRows, threads, (first, rows) =>
        {
            for (int i = first; i < first + rows; i++)
                outputs[i] = Activation.Function.WeightedSum(z.Row(i), Readout);
        });
    }

    /// <summary>W v for each row v of <paramref name="vectors"/>, one hidden unit a row.</summary>
    internal Matrix<float> Along(Matrix<float> vectors, int threads)
    {
        var projections = new Matrix<float>(Width, vectors.Rows);
        FixedBlocks.Cut(Width, MultiIndexSamples.ChunkRows, threads, (first, rows) =>
        {
            for (int j = first; j < first + rows; j++)
            {
                for (int v = 0; v < vectors.Rows; v++)
                    projections[j, v] = TensorPrimitives.Dot<float>(Weights.Row(j), vectors.Row(v));
            }
        });
        return projections;
    }

    /// <summary>W'a, the direction that the network's linear part reads.</summary>
    internal float[] LinearDirection()
    {
        var direction = new float[Weights.Columns];
        for (int j = 0; j < Width; j++)
            TensorPrimitives.MultiplyAdd(Weights.Row(j), Readout[j], direction, direction);
        return direction;
    }

    /// <summary>Fills W with independent N(0, 1/d) entries.</summary>
    internal static void FillRandomWeights(Matrix<float> weights, ulong seed, ulong[] name, int threads)
    {
        float scale = (float)(1 / Math.Sqrt(weights.Columns));
        FixedBlocks.Cut(weights.Rows, MultiIndexSamples.ChunkRows, threads, (first, rows) =>
        {
            Span<float> block = weights.RowBlock(first, rows);
            new RandomStream(seed, [.. name, (ulong)(first / MultiIndexSamples.ChunkRows)]).FillNormal(block);
            TensorPrimitives.Multiply(block, scale, block);
        });
    }

    /// <summary>W += tau u beta'.</summary>
    internal void AddSpike(double tau, ReadOnlySpan<float> unit, ReadOnlySpan<float> beta)
    {
        for (int j = 0; j < Width; j++)
            TensorPrimitives.MultiplyAdd(beta, (float)tau * unit[j], Weights.Row(j), Weights.Row(j));
    }
}
