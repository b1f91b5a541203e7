using WeakToStrong.LinearAlgebra;
using WeakToStrong.Ridge;

namespace WeakToStrong.Data.Features;

/// <summary><c>pool:HxW</c>: means over blocks of H x W pixels.</summary>
/// <param name="Block">Height and width of a block, each at least 1; they must divide the image's.</param>
public sealed record PoolMap(ImageShape Block) : FeatureMap
{
    /// <summary>Height and width of a block.</summary>
    public ImageShape Block { get; init => field = value.Positive(); } = Block.Positive();

    /// <inheritdoc/>
    public override string Text => $"pool:{Block}";

    /// <inheritdoc/>
    public override FeatureShape Output(FeatureShape input)
    {
        ImageShape image = ImageMap.Of(input) ?? throw CannotApply(
            $"{input.Columns} columns are not a square image; write image:HxW | before it");
        if (image.Height % Block.Height != 0 || image.Width % Block.Width != 0)
            throw CannotApply($"blocks of {Block} do not divide images of {image}");
        var pooled = new ImageShape(image.Height / Block.Height, image.Width / Block.Width);
        return new FeatureShape(pooled.Pixels, pooled);
    }

    internal override FittedMap Fit(FeatureRows unlabelled, FeatureShape shape, FitContext context) =>
        new Pooling(ImageMap.Of(shape)!.Value, Block, Output(shape).Columns);

    internal override FittedMap Restore(FeatureShape shape, IReadOnlyList<Matrix<double>> state) =>
        new Pooling(ImageMap.Of(shape)!.Value, Block, Output(shape).Columns);

    private sealed class Pooling(ImageShape image, ImageShape block, int columns) : RowMap(columns)
    {
        protected override void Map(ReadOnlySpan<double> from, Span<double> to)
        {
            to.Clear();
            int across = image.Width / block.Width;
            for (int y = 0; y < image.Height; y++)
            {
                for (int x = 0; x < image.Width; x++)
                    to[(y / block.Height * across) + (x / block.Width)] += from[(y * image.Width) + x];
            }
            System.Numerics.Tensors.TensorPrimitives.Divide(to, block.Pixels, to);
        }
    }
}

/// <summary>A fitted map that turns each row into a row by itself.</summary>
internal abstract class RowMap(int columns) : FittedMap
{
    public sealed override Matrix<double> Apply(FeatureRows rows, RunOptions options)
    {
        const int BlockRows = 64;
        var mapped = new Matrix<double>(rows.Count, columns);
        FixedBlocks.Cut(rows.Count, BlockRows, options.Threads, (first, count) =>
        {
            for (int i = first; i < first + count; i++)
                Map(rows[i], mapped.Row(i));
        });
        return mapped;
    }

    protected abstract void Map(ReadOnlySpan<double> from, Span<double> to);
}
