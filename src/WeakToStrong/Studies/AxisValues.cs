using System.Collections;

namespace WeakToStrong.Studies;

/// <summary>The values that a parameter takes over the rows of a result: one, or a grid. Immutable, never
/// empty, without repetition.</summary>
public abstract class AxisValues
{
    private protected AxisValues(string text) => Text = text;

    /// <summary>The grid as it is typed, in canonical form.</summary>
    public string Text { get; }

    /// <summary>How many values; at least 1.</summary>
    public abstract int Count { get; }

    /// <summary>The canonical text of one value.</summary>
    public abstract string TextOf(int index);

    /// <inheritdoc cref="Text"/>
    public override string ToString() => Text;
}

/// <summary>An axis of values of one type, in increasing order when they are numbers.</summary>
/// <typeparam name="T">A number, or what a word stands for.</typeparam>
public sealed class AxisValues<T> : AxisValues, IReadOnlyList<T>
    where T : notnull
{
    private readonly T[] _values;
    private readonly Func<T, string> _write;

    internal AxisValues(T[] values, string text, Func<T, string> write)
        : base(text)
    {
        _values = values;
        _write = write;
    }

    /// <inheritdoc cref="AxisValues.Count"/>
    public override int Count => _values.Length;

    /// <inheritdoc/>
    public T this[int index] => _values[index];

    /// <inheritdoc/>
    public override string TextOf(int index) => _write(_values[index]);

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_values).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _values.GetEnumerator();
}
