using System.Numerics.Tensors;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Choices;

/// <summary>
/// Counts the moments of weak features, strong features and targets over rows that come in chunks: memory grows with features squared, not with
/// rows. Sums are taken about the first chunk's means, so that a large common offset costs no digits.
/// </summary>
public sealed class PairAccumulator
{
    private readonly Matrix<double> _cross, _weakTarget, _strongTarget, _target;
    private readonly Counter[] _classes;
    private double[]? _weakShift, _strongShift, _targetShift;

    /// <summary>Nothing counted yet.</summary>
    /// <param name="weak">Number of weak features, at least 1.</param>
    /// <param name="strong">Number of strong features, at least 1.</param>
    /// <param name="outputs">Number of target columns, at least 1.</param>
    /// <param name="classes">Number of classes, for accuracies; 0 for none. One output means classes 0 and 1 told apart by its sign about the middle of
    /// their targets; otherwise there is one output a class, and the largest score wins.</param>
    public PairAccumulator(int weak, int strong, int outputs, int classes = 0)
    {
        Require.AtLeast(weak, 1);
        Require.AtLeast(strong, 1);
        Require.AtLeast(outputs, 1);
        if (classes != 0 && !(classes == outputs || (classes == 2 && outputs == 1)))
            throw new ArgumentException($"{classes} classes do not fit {outputs} outputs: there must be one output a class, or one for two classes", nameof(classes));
        HasClasses = classes > 0;
        (_cross, _weakTarget, _strongTarget, _target) = (new(weak, strong), new(weak, outputs), new(strong, outputs), new(outputs, outputs));
        _classes = [.. Enumerable.Range(0, Math.Max(1, classes)).Select(_ => new Counter(weak, strong, outputs))];
    }

    /// <summary>Rows counted so far.</summary>
    public long Count => _classes.Sum(c => c.Count);

    /// <summary>Whether accuracies will be predicted.</summary>
    public bool HasClasses { get; }

    /// <summary>Counts some rows.</summary>
    /// <param name="weak">Their weak features, one row a row.</param>
    /// <param name="strong">Their strong features.</param>
    /// <param name="targets">Their targets.</param>
    /// <param name="classes">Their classes from 0; empty without classes.</param>
    /// <param name="threads">Threads to use; does not change the result.</param>
    public void Add(Matrix<double> weak, Matrix<double> strong, Matrix<double> targets, ReadOnlySpan<int> classes = default, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(weak);
        ArgumentNullException.ThrowIfNull(strong);
        ArgumentNullException.ThrowIfNull(targets);
        Require.SameLength(weak.Rows, strong.Rows, nameof(strong));
        Require.SameLength(weak.Rows, targets.Rows, nameof(targets));
        if (HasClasses)
            Require.SameLength(weak.Rows, classes.Length, nameof(classes));
        if (weak.Rows == 0)
            return;
        Matrix<double> u = Shifted(weak, ref _weakShift), v = Shifted(strong, ref _strongShift), y = Shifted(targets, ref _targetShift);
        Dense.Multiply(u, v, _cross, transposeA: true, beta: 1, threads: threads);
        Dense.Multiply(u, y, _weakTarget, transposeA: true, beta: 1, threads: threads);
        Dense.Multiply(v, y, _strongTarget, transposeA: true, beta: 1, threads: threads);
        Dense.AddGram(y, _target, 1, threads);
        if (!HasClasses)
        {
            _classes[0].Add(u, v, y, threads);
            return;
        }
        for (int c = 0; c < _classes.Length; c++)
        {
            int[] rows = RowsOf(c, classes);
            _classes[c].Add(Pick(u, rows), Pick(v, rows), Pick(y, rows), threads);
        }
    }

    /// <summary>The moments of all rows, prepared.</summary>
    /// <param name="threads">Threads to use; does not change the result.</param>
    /// <exception cref="InputException">There are not more rows than features, or the features do not vary.</exception>
    public PairMoments ToMoments(int threads = 1)
    {
        long n = Count;
        int most = Math.Max(_cross.Rows, _cross.Columns);
        if (n < most + 10)
            throw new InputException($"the prediction estimates the moments of {most} features from {n} rows; there must be at least {most + 10} rows");
        double[] weakMean = Mean(c => c.WeakSum, n), strongMean = Mean(c => c.StrongSum, n), targetMean = Mean(c => c.TargetSum, n);
        RawClass[] classes = [.. _classes.Where(c => c.Count > 0).Select(c => c.About(weakMean, strongMean, targetMean, n))];
        Matrix<double> target = Centred(Filled(_target), targetMean, targetMean, n);
        var raw = new RawMoments(
            Pooled(classes, c => c.Weak), Pooled(classes, c => c.Strong), Centred(_cross, weakMean, strongMean, n), Centred(_weakTarget, weakMean, targetMean, n),
            Centred(_strongTarget, strongMean, targetMean, n), target);
        if (HasClasses && classes.Length < _classes.Length)
            throw new InputException($"only {classes.Length} of {_classes.Length} classes occur in the rows of the prediction; each must occur");
        try
        {
            return PairMoments.Of(raw, [.. targetMean.Zip(_targetShift!, (m, s) => m + s)], HasClasses ? classes : [], n, threads);
        }
        catch (ArgumentException e)
        {
            throw new InputException($"the prediction cannot be made: {e.Message}", e);
        }
    }

    private double[] Mean(Func<Counter, double[]> sums, long n)
    {
        var mean = new double[sums(_classes[0]).Length];
        foreach (Counter counter in _classes)
            TensorPrimitives.Add(mean, sums(counter), mean);
        TensorPrimitives.Divide(mean, n, mean);
        return mean;
    }

    private static Matrix<double> Pooled(RawClass[] classes, Func<RawClass, RawClassSide> side)
    {
        RawClassSide first = side(classes[0]);
        var pooled = new Matrix<double>(first.Second.Rows, first.Second.Columns);
        foreach (RawClass one in classes)
            TensorPrimitives.MultiplyAdd<double>(side(one).Second.Data, one.Share, pooled.Data, pooled.Data);
        return pooled;
    }

    private static Matrix<double> Centred(Matrix<double> sums, double[] left, double[] right, long n)
    {
        var centred = new Matrix<double>(sums.Rows, sums.Columns);
        for (int i = 0; i < sums.Rows; i++)
        {
            TensorPrimitives.Divide(sums.Row(i), n, centred.Row(i));
            TensorPrimitives.MultiplyAdd(right, -left[i], centred.Row(i), centred.Row(i));
        }
        return centred;
    }

    private static Matrix<double> Filled(Matrix<double> lower)
    {
        Matrix<double> full = lower.Copy();
        Dense.FillUpper(full);
        return full;
    }

    private static Matrix<double> Shifted(Matrix<double> rows, ref double[]? shift)
    {
        if (shift is null)
        {
            shift = new double[rows.Columns];
            for (int i = 0; i < rows.Rows; i++)
                TensorPrimitives.Add(shift, rows.Row(i), shift);
            TensorPrimitives.Divide(shift, rows.Rows, shift);
        }
        var shifted = new Matrix<double>(rows.Rows, rows.Columns);
        for (int i = 0; i < rows.Rows; i++)
            TensorPrimitives.Subtract(rows.Row(i), shift, shifted.Row(i));
        return shifted;
    }

    private static int[] RowsOf(int one, ReadOnlySpan<int> classes)
    {
        var rows = new List<int>();
        for (int i = 0; i < classes.Length; i++)
        {
            if (classes[i] == one)
                rows.Add(i);
        }
        return [.. rows];
    }

    private static Matrix<double> Pick(Matrix<double> from, int[] rows)
    {
        var picked = new Matrix<double>(rows.Length, from.Columns);
        for (int i = 0; i < rows.Length; i++)
            from.Row(rows[i]).CopyTo(picked.Row(i));
        return picked;
    }

    /// <summary>Sums over the rows of one class.</summary>
    private sealed class Counter(int weak, int strong, int outputs)
    {
        private readonly Matrix<double> _weak = new(weak, weak), _strong = new(strong, strong);

        public long Count { get; private set; }

        public double[] WeakSum { get; } = new double[weak];

        public double[] StrongSum { get; } = new double[strong];

        public double[] TargetSum { get; } = new double[outputs];

        public void Add(Matrix<double> u, Matrix<double> v, Matrix<double> y, int threads)
        {
            Count += u.Rows;
            Dense.AddGram(u, _weak, 1, threads);
            Dense.AddGram(v, _strong, 1, threads);
            for (int i = 0; i < u.Rows; i++)
            {
                TensorPrimitives.Add(WeakSum, u.Row(i), WeakSum);
                TensorPrimitives.Add(StrongSum, v.Row(i), StrongSum);
                TensorPrimitives.Add(TargetSum, y.Row(i), TargetSum);
            }
        }

        public RawClass About(double[] weakMean, double[] strongMean, double[] targetMean, long total)
        {
            double share = (double)Count / total;
            return new RawClass(share, Offset(TargetSum, targetMean), Side(_weak, WeakSum, weakMean), Side(_strong, StrongSum, strongMean));
        }

        private double[] Offset(double[] sum, double[] overall) => [.. sum.Zip(overall, (s, o) => (s / Count) - o)];

        private RawClassSide Side(Matrix<double> gram, double[] sum, double[] overall)
        {
            double[] mean = [.. sum.Select(s => s / Count)];
            Matrix<double> second = Filled(gram);
            for (int i = 0; i < mean.Length; i++)
            {
                // E (x - o)(x - o)' = E xx' - m o' - o m' + o o'.
                TensorPrimitives.Divide(second.Row(i), Count, second.Row(i));
                TensorPrimitives.MultiplyAdd(overall, overall[i] - mean[i], second.Row(i), second.Row(i));
                TensorPrimitives.MultiplyAdd(mean, -overall[i], second.Row(i), second.Row(i));
            }
            return new RawClassSide(Offset(sum, overall), second);
        }
    }
}
