namespace WeakToStrong.Figures.Drawing;

/// <summary>A place on the page in points (1/72 inch) from its top left corner.</summary>
internal readonly record struct Vertex(double X, double Y);

/// <summary>An upright rectangle on the page, in points.</summary>
internal readonly record struct Box(double Left, double Top, double Right, double Bottom)
{
    public double Width => Right - Left;

    public double Height => Bottom - Top;

    public Vertex Center => new((Left + Right) / 2, (Top + Bottom) / 2);

    public Vertex[] Corners => [new(Left, Top), new(Right, Top), new(Right, Bottom), new(Left, Bottom)];

    public bool Contains(Vertex v) => v.X >= Left && v.X <= Right && v.Y >= Top && v.Y <= Bottom;

    public Box Grown(double by) => new(Left - by, Top - by, Right + by, Bottom + by);
}
