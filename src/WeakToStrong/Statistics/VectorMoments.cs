namespace WeakToStrong.Statistics;

/// <summary>Means and variances of a number of values, each by itself.</summary>
/// <param name="width">How many values a trial gives.</param>
internal sealed class VectorMoments(int width) : Moments
{
    private readonly RunningMoments[] _values = new RunningMoments[width];

    /// <inheritdoc/>
    public override int Width => _values.Length;

    /// <inheritdoc/>
    public override int StateLength => 2 * _values.Length;

    /// <summary>Mean and standard error of one value.</summary>
    public Estimate this[int index] => _values[index].ToEstimate();

    /// <inheritdoc/>
    public override Moments Empty() => new VectorMoments(Width);

    /// <inheritdoc/>
    public override void Clear()
    {
        Count = 0;
        Array.Clear(_values);
    }

    /// <inheritdoc/>
    public override void Add(ReadOnlySpan<double> trial)
    {
        Count++;
        for (int i = 0; i < _values.Length; i++)
            _values[i].Add(trial[i]);
    }

    /// <inheritdoc/>
    public override void Merge(Moments other)
    {
        var others = (VectorMoments)other;
        Count += others.Count;
        for (int i = 0; i < _values.Length; i++)
            _values[i].Merge(others._values[i]);
    }

    /// <inheritdoc/>
    public override void Save(Span<double> state)
    {
        for (int i = 0; i < _values.Length; i++)
            (state[2 * i], state[(2 * i) + 1]) = (_values[i].Mean, _values[i].SumOfSquares);
    }

    /// <inheritdoc/>
    public override void Load(long count, ReadOnlySpan<double> state)
    {
        Count = count;
        for (int i = 0; i < _values.Length; i++)
            _values[i] = new RunningMoments(count, state[2 * i], state[(2 * i) + 1]);
    }
}
