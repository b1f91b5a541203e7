using WeakToStrong.LinearAlgebra;
using WeakToStrong.Ridge;

namespace WeakToStrong.Data.Features;

/// <summary>
/// <c>patches:COUNT:SIZE</c>: random convolutional patches (Coates and Ng 2012, "Learning feature representations with k-means", with
/// random patches in the place of centroids). COUNT/4 filters are random SIZE x SIZE patches of unlabelled images, normalised and whitened.
/// An image's features are, for each quadrant and each filter f, the mean over the quadrant's positions of max(0, f'z - 1/4), with z the
/// normalised and whitened patch at the position.
/// </summary>
/// <param name="Count">Number of features, a multiple of 4; the first COUNT/4 belong to the top left quadrant, then top right, bottom
/// left, bottom right.</param>
/// <param name="Size">Side of a patch in pixels; below the image's sides, so that every quadrant has a position.</param>
public sealed record PatchesMap(int Count, int Size) : FeatureMap
{
    /// <summary>Number of features.</summary>
    public int Count { get; init => field = Require.AtLeast(value, 1); } = Require.AtLeast(Count, 1);

    /// <summary>Side of a patch in pixels.</summary>
    public int Size { get; init => field = Require.AtLeast(value, 1); } = Require.AtLeast(Size, 1);

    /// <inheritdoc/>
    public override string Text => $"patches:{Count}:{Size}";

    /// <inheritdoc/>
    public override FeatureShape Output(FeatureShape input)
    {
        if (Count % PatchConvolution.Quadrants != 0)
            throw CannotApply($"COUNT is {Count}; it must be a multiple of {PatchConvolution.Quadrants}, one feature for each filter and "
                + "quadrant");
        ImageShape image = ImageMap.Of(input) ?? throw CannotApply(
            $"{input.Columns} columns are not a square image; write image:HxW | before it");
        if (Size < 2 || Size >= Math.Min(image.Height, image.Width))
            throw CannotApply($"SIZE is {Size}; for images of {image} it must be from 2 to {Math.Min(image.Height, image.Width) - 1}");
        return new FeatureShape(Count);
    }

    internal override bool LearnsInPasses => false;

    internal override FittedMap Fit(FeatureRows unlabelled, FeatureShape shape, FitContext context)
    {
        ImageShape image = ImageMap.Of(shape)!.Value;
        PatchFilters filters = PatchFilters.Learn(unlabelled, image, Size, Count / PatchConvolution.Quadrants, context);
        return new Patches(new PatchConvolution(image, Size, filters), Count, filters);
    }

    internal override FittedMap Restore(FeatureShape shape, IReadOnlyList<Matrix<double>> state)
    {
        var filters = PatchFilters.Of(state);
        return new Patches(new PatchConvolution(ImageMap.Of(shape)!.Value, Size, filters), Count, filters);
    }

    private sealed class Patches(PatchConvolution convolution, int columns, PatchFilters filters) : FittedMap
    {
        public override IReadOnlyList<Matrix<double>> State => filters.State;

        public override Matrix<double> Apply(FeatureRows rows, RunOptions options)
        {
            const int BlockRows = 32;
            var features = new Matrix<double>(rows.Count, columns);
            FixedBlocks.Cut(rows.Count, BlockRows, options.Threads, (first, count) =>
            {
                options.Cancellation.ThrowIfCancellationRequested();
                var workspace = new PatchConvolution.Workspace(convolution);
                for (int i = first; i < first + count; i++)
                    convolution.Run(rows[i], features.Row(i), workspace);
            });
            return features;
        }
    }
}
