using WeakToStrong.Ridge;

namespace WeakToStrong.Data.Features;

/// <summary><c>image:HxW</c>: says that the columns are images of H x W pixels, row after row, for the maps that follow.</summary>
/// <param name="Shape">Height and width, each at least 1.</param>
public sealed record ImageMap(ImageShape Shape) : FeatureMap
{
    /// <summary>Height and width.</summary>
    public ImageShape Shape { get; init => field = value.Positive(); } = Shape.Positive();

    /// <inheritdoc/>
    public override string Text => $"image:{Shape}";

    /// <inheritdoc/>
    public override FeatureShape Output(FeatureShape input) => (long)Shape.Height * Shape.Width == input.Columns
        ? input with { Image = Shape }
        : throw CannotApply($"the features have {input.Columns} columns, not {(long)Shape.Height * Shape.Width}");

    internal override FittedMap Fit(FeatureRows unlabelled, FeatureShape shape, FitContext context) =>
        throw new NotSupportedException("it changes no number");

    internal override FittedMap Restore(FeatureShape shape, IReadOnlyList<LinearAlgebra.Matrix<double>> state) =>
        throw new NotSupportedException("it changes no number");

    /// <summary>The image that a map works on: the declared one, or a square when the number of columns is one.</summary>
    internal static ImageShape? Of(FeatureShape shape)
    {
        if (shape.Image is not null)
            return shape.Image;
        int side = (int)Math.Round(Math.Sqrt(shape.Columns));
        return side * side == shape.Columns ? new ImageShape(side, side) : null;
    }
}
