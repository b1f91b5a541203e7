namespace WeakToStrong.Data;

/// <summary>Height and width of images whose pixels are stored row after row.</summary>
/// <param name="Height">Pixels from top to bottom.</param>
/// <param name="Width">Pixels from left to right.</param>
public readonly record struct ImageShape(int Height, int Width)
{
    /// <summary>Number of pixels.</summary>
    public int Pixels => checked(Height * Width);

    /// <summary>The shape itself, if both sides have pixels.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1.</exception>
    internal ImageShape Positive()
    {
        Require.AtLeast(Height, 1);
        Require.AtLeast(Width, 1);
        return this;
    }

    /// <summary>Such as <c>28x28</c>.</summary>
    public override string ToString() => $"{Height}x{Width}";
}

/// <summary>What a row of features is: how many numbers, and whether they are an image.</summary>
/// <param name="Columns">Number of features.</param>
/// <param name="Image">Their arrangement as an image, if they have one.</param>
public readonly record struct FeatureShape(int Columns, ImageShape? Image = null);
