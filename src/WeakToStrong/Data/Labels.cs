using WeakToStrong.Ridge;

namespace WeakToStrong.Data;

/// <summary>Labels of examples, some of which may have none: real numbers, or classes.</summary>
public sealed class Labels
{
    private const int None = -1;
    private readonly string _source;
    private readonly double[]? _values;
    private readonly int[]? _classes;

    private Labels(string source, double[]? values, int[]? classes, IReadOnlyList<string> classNames)
    {
        _source = source;
        _values = values;
        _classes = classes;
        ClassNames = classNames;
    }

    /// <summary>Real labels.</summary>
    /// <param name="source">How messages call them.</param>
    /// <param name="values">One a row; NaN where there is none.</param>
    /// <exception cref="ArgumentException">A value is infinite.</exception>
    public static Labels OfValues(string source, double[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return !values.Any(double.IsInfinity) ? new Labels(source, values, null, [])
            : throw new ArgumentException("must be finite, or NaN where there is no label", nameof(values));
    }

    /// <summary>Classes.</summary>
    /// <param name="source">How messages call them.</param>
    /// <param name="classes">One a row, an index into <paramref name="classNames"/>; -1 where there is none.</param>
    /// <param name="classNames">At least two names.</param>
    /// <exception cref="ArgumentOutOfRangeException">An index has no name.</exception>
    public static Labels OfClasses(string source, int[] classes, IReadOnlyList<string> classNames)
    {
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentNullException.ThrowIfNull(classNames);
        Require.AtLeast(classNames.Count, 2);
        foreach (int label in classes)
        {
            if (label < None || label >= classNames.Count)
                throw new ArgumentOutOfRangeException(nameof(classes), label, $"must be from -1 to {classNames.Count - 1}");
        }
        return new Labels(source, null, classes, classNames);
    }

    /// <summary>Number of rows.</summary>
    public int Count => _classes?.Length ?? _values!.Length;

    /// <summary>Whether the labels are classes.</summary>
    public bool IsClassification => _classes is not null;

    /// <summary>Names of the classes, as they were written; empty for real labels.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>How many rows have a label.</summary>
    public int LabelledCount => _classes?.Count(label => label != None) ?? _values!.Count(value => !double.IsNaN(value));

    /// <summary>Whether a row has a label.</summary>
    /// <param name="row">Index of the row, from 0.</param>
    public bool IsLabelled(int row) => _classes is not null ? _classes[row] != None : !double.IsNaN(_values![row]);

    /// <summary>The labels of some rows, all of which must have one.</summary>
    /// <param name="rows">Row numbers from 0.</param>
    /// <exception cref="InputException">A row has none; the message names it.</exception>
    public TrueLabels Select(ReadOnlySpan<int> rows)
    {
        foreach (int row in rows)
        {
            if (!IsLabelled(row))
                throw new InputException($"{_source}, row {row + 1} has no label, and its true label is needed");
        }
        return _classes is not null ? TrueLabels.OfClasses(Pick(_classes, rows), ClassNames) : TrueLabels.OfValues(Pick(_values!, rows));
    }

    /// <summary>The labels of all rows.</summary>
    /// <exception cref="InputException">A row has none.</exception>
    public TrueLabels All() => Select([.. Enumerable.Range(0, Count)]);

    private static T[] Pick<T>(T[] from, ReadOnlySpan<int> rows)
    {
        var picked = new T[rows.Length];
        for (int i = 0; i < rows.Length; i++)
            picked[i] = from[rows[i]];
        return picked;
    }
}
