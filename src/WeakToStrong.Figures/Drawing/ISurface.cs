using WeakToStrong.Figures.Model;

namespace WeakToStrong.Figures.Drawing;

/// <summary>The few strokes from which every figure is made; one implementation a kind of file.</summary>
internal interface ISurface
{
    /// <summary>Fills closed rings together, by the even-odd rule.</summary>
    void Fill(IReadOnlyList<Vertex[]> rings, Rgb color, double opacity = 1);

    /// <summary>Draws an open line.</summary>
    void Line(ReadOnlySpan<Vertex> vertices, Stroke stroke);

    /// <summary>Draws a circle with an outline.</summary>
    void Circle(Vertex center, double radius, Rgb fill, Stroke outline);

    /// <summary>Writes one run of text, its baseline starting at <paramref name="at"/>.</summary>
    void Text(string run, Vertex at, double size, bool italic, Rgb color);

    /// <summary>Until disposed, draws only inside <paramref name="box"/>.</summary>
    IDisposable Clip(Box box);

    /// <summary>Until disposed, turns what is drawn clockwise about <paramref name="about"/>.</summary>
    IDisposable Rotate(double degrees, Vertex about);

    /// <summary>Until disposed, what is drawn is one text, read as <paramref name="words"/>.</summary>
    IDisposable Group(string words);
}

/// <summary>Runs an action when disposed.</summary>
internal sealed class Finally(Action action) : IDisposable
{
    public void Dispose() => action();
}
