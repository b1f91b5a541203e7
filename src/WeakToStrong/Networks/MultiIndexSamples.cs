using System.Numerics.Tensors;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Randomness;

namespace WeakToStrong.Networks;

/// <summary>
/// n samples (x, y) of a multi-index target, drawn block by block whenever they are asked for and never stored: the same name gives
/// the same samples, so a second pass sees the same data and memory does not grow with n.
/// </summary>
internal sealed class MultiIndexSamples(MultiIndexTarget target, Directions directions, int count, ulong seed, params ulong[] name)
{
    /// <summary>Rows of samples or weights that one stream of random numbers fills; also what a thread takes at a time.</summary>
    public const int ChunkRows = 32;

    private const int MostBlockRows = 1024;

    /// <summary>n.</summary>
    public int Count { get; } = count;

    /// <summary>How many blocks hold the samples.</summary>
    public int BlockCount { get; } = (count + MostBlockRows - 1) / MostBlockRows;

    /// <summary>Rows of a block for n samples: blocks are balanced, in whole chunks.</summary>
    public static int BlockRows(int count)
    {
        int blocks = (count + MostBlockRows - 1) / MostBlockRows;
        int rows = (count + blocks - 1) / blocks;
        return (rows + ChunkRows - 1) / ChunkRows * ChunkRows;
    }

    /// <summary>Fills a block of samples; rows past the last sample are zero.</summary>
    public void Fill(int index, SampleBlock block, int threads)
    {
        int blockRows = BlockRows(Count), start = index * blockRows;
        block.Count = Math.Clamp(Count - start, 0, blockRows);
        FixedBlocks.Cut(blockRows, ChunkRows, threads, (first, rows) => FillChunk(block, first, rows, start + first));
    }

    private void FillChunk(SampleBlock block, int first, int rows, int globalRow)
    {
        int live = Math.Clamp(block.Count - first, 0, rows);
        // Whole chunks are drawn even when few of their rows are used, so that a sample does not depend on how many follow it.
        var random = new RandomStream(seed, [.. name, (ulong)(globalRow / ChunkRows)]);
        random.FillNormal(block.X.RowBlock(first, rows));
        block.X.RowBlock(first + live, rows - live).Clear();
        double noise = Math.Sqrt(target.NoiseVariance);
        for (int i = first; i < first + live; i++)
        {
            ReadOnlySpan<float> x = block.X.Row(i);
            float easy = TensorPrimitives.Dot(x, directions.Easy), hard = TensorPrimitives.Dot(x, directions.Hard);
            block.Projections[i, 0] = easy;
            block.Projections[i, 1] = hard;
            block.Clean[i] = (float)target.Value(easy, hard);
            block.Labels[i] = noise == 0 ? block.Clean[i] : (float)(block.Clean[i] + (noise * random.NextNormal()));
        }
        block.Projections.RowBlock(first + live, rows - live).Clear();
        block.Clean.AsSpan(first + live, rows - live).Clear();
        block.Labels.AsSpan(first + live, rows - live).Clear();
    }
}

/// <summary>A block of samples; a buffer that <see cref="MultiIndexSamples.Fill"/> writes.</summary>
internal sealed class SampleBlock(int rows, int dimension)
{
    /// <summary>How many rows hold samples; the rest are zero.</summary>
    public int Count { get; set; }

    /// <summary>x, one sample a row.</summary>
    public Matrix<float> X { get; } = new(rows, dimension);

    /// <summary>x'beta_e and x'beta_h, one sample a row.</summary>
    public Matrix<float> Projections { get; } = new(rows, 2);

    /// <summary>Noise-free labels.</summary>
    public float[] Clean { get; } = new float[rows];

    /// <summary>Labels with noise.</summary>
    public float[] Labels { get; } = new float[rows];
}
