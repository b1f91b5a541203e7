namespace WeakToStrong.Embed;

/// <summary>Examples' vectors, made when they are asked for.</summary>
/// <param name="Rows">One vector an example.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Source">What they are read from, closed with them.</param>
internal sealed record Encoded(IEnumerable<float[]> Rows, long Count, IDisposable? Source = null) : IDisposable
{
    public void Dispose() => Source?.Dispose();
}
