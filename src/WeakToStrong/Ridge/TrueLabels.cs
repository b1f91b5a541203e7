using System.Numerics.Tensors;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Ridge;

/// <summary>What the models are to predict.</summary>
public enum LearningTask
{
    /// <summary>A real number.</summary>
    Regression,

    /// <summary>One of several classes, by one-hot targets.</summary>
    Classification,
}

/// <summary>
/// True labels of some rows: a real number each, or a class each. Classes become one-hot targets; a model's choice is the class of the
/// largest score, the first of them at a tie.
/// </summary>
public sealed class TrueLabels
{
    private readonly double[]? _values;
    private readonly int[]? _classes;

    private TrueLabels(double[]? values, int[]? classes, IReadOnlyList<string> classNames)
    {
        _values = values;
        _classes = classes;
        ClassNames = classNames;
    }

    /// <summary>Real labels, for regression.</summary>
    /// <param name="values">One a row, finite; copied.</param>
    /// <exception cref="ArgumentException">A label is not finite; the message names its row.</exception>
    public static TrueLabels OfValues(double[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        int bad = Array.FindIndex(values, value => !double.IsFinite(value));
        return bad < 0 ? new TrueLabels([.. values], null, [])
            : throw new ArgumentException(FormattableString.Invariant($"label {bad + 1} is {values[bad]}; must be a finite number"),
            nameof(values));
    }

    /// <summary>Class labels.</summary>
    /// <param name="classes">Index into <paramref name="classNames"/>, for each row.</param>
    /// <param name="classNames">At least two names.</param>
    /// <exception cref="ArgumentOutOfRangeException">An index has no name.</exception>
    public static TrueLabels OfClasses(int[] classes, IReadOnlyList<string> classNames)
    {
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentNullException.ThrowIfNull(classNames);
        Require.AtLeast(classNames.Count, 2);
        foreach (int label in classes)
        {
            if ((uint)label >= (uint)classNames.Count)
                throw new ArgumentOutOfRangeException(nameof(classes), label, $"must be from 0 to {classNames.Count - 1}");
        }
        return new TrueLabels(null, [.. classes], [.. classNames]);
    }

    /// <summary>Number of rows.</summary>
    public int Count => _classes?.Length ?? _values!.Length;

    /// <summary>Whether the labels are classes.</summary>
    public bool IsClassification => _classes is not null;

    /// <summary>Names of the classes, in the order of the outputs; empty for regression.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>Number of outputs that a model of these labels has: one a class, or one.</summary>
    public int Outputs => IsClassification ? ClassNames.Count : 1;

    /// <summary>How many different labels occur.</summary>
    public int DistinctLabels => IsClassification ? _classes!.Distinct().Count() : _values!.Distinct().Count();

    /// <summary>The class of a row, an index into <see cref="ClassNames"/>.</summary>
    public int ClassOf(int row) => _classes![row];

    /// <summary>The label of a row as a number; for regression.</summary>
    public double ValueOf(int row) => _values![row];

    /// <summary>The labels of some rows.</summary>
    public TrueLabels Select(ReadOnlySpan<int> rows)
    {
        if (_classes is null)
            return OfValues(Pick(_values!, rows));
        return OfClasses(Pick(_classes, rows), ClassNames);
    }

    /// <summary>Targets for a model: one row a row, one column an output.</summary>
    public Matrix<double> Targets()
    {
        if (_values is not null)
            return new Matrix<double>(Count, 1, (double[])_values.Clone());
        var targets = new Matrix<double>(Count, Outputs);
        for (int i = 0; i < Count; i++)
            targets[i, _classes![i]] = 1;
        return targets;
    }

    /// <summary>Replaces every row of scores by the one-hot target of its largest score.</summary>
    public static void Harden(Matrix<double> scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        for (int i = 0; i < scores.Rows; i++)
        {
            int choice = TensorPrimitives.IndexOfMax<double>(scores.Row(i));
            scores.Row(i).Clear();
            scores[i, choice] = 1;
        }
    }

    /// <summary>One prediction against the truth.</summary>
    internal Judgement Judge(int row, ReadOnlySpan<double> score, ReadOnlySpan<double> reference)
    {
        if (_values is not null)
        {
            double distance = score[0] - _values[row];
            return new Judgement(distance * distance, IsRight: false, Agrees: false);
        }
        double squared = 0;
        int label = _classes![row];
        for (int c = 0; c < score.Length; c++)
        {
            double distance = c == label ? score[c] - 1 : score[c];
            squared += distance * distance;
        }
        int choice = TensorPrimitives.IndexOfMax(score);
        bool agrees = reference.Length > 0 && TensorPrimitives.IndexOfMax(reference) == choice;
        return new Judgement(squared, choice == label, agrees);
    }

    private static T[] Pick<T>(T[] from, ReadOnlySpan<int> rows)
    {
        var picked = new T[rows.Length];
        for (int i = 0; i < rows.Length; i++)
            picked[i] = from[rows[i]];
        return picked;
    }
}
