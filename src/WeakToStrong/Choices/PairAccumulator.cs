using System.Numerics.Tensors;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Randomness;

namespace WeakToStrong.Choices;

/// <summary>
/// Counts the moments of weak features, strong features and targets over rows that come in chunks: memory grows with features squared, not
/// with rows. Sums are taken about the first chunk's means, so that a large common offset costs no digits. With classes it also keeps a
/// fixed-seed random sample of at most <see cref="SampleRows"/> rows, on which accuracies are predicted.
/// </summary>
public sealed class PairAccumulator
{
    /// <summary>How many rows are kept for accuracies: with these, chance in the sample moves an accuracy by half a
    /// point at most.</summary>
    public const int SampleRows = 8192;

    private readonly Matrix<double> _weak, _strong, _cross, _weakTarget, _strongTarget, _target, _targetSums;
    private readonly Matrix<double> _weakSums, _strongSums;
    private readonly long[] _counts;
    private readonly List<(float[] Weak, float[] Strong, int Class)> _sample = [];
    private readonly RandomStream _random = new(0);
    private double[]? _weakShift, _strongShift, _targetShift;

    /// <summary>Nothing counted yet.</summary>
    /// <param name="weak">Number of weak features, at least 1.</param>
    /// <param name="strong">Number of strong features, at least 1.</param>
    /// <param name="outputs">Number of target columns, at least 1.</param>
    /// <param name="classes">Number of classes, for accuracies; 0 for none. One output means classes 0 and 1 told apart by the middle of
    /// their mean targets; otherwise there is one output a class, and the largest score wins.</param>
    public PairAccumulator(int weak, int strong, int outputs, int classes = 0)
    {
        Require.AtLeast(weak, 1);
        Require.AtLeast(strong, 1);
        Require.AtLeast(outputs, 1);
        if (classes != 0 && !(classes == outputs && outputs > 1) && !(classes == 2 && outputs == 1))
            throw new ArgumentException(
                $"{classes} classes do not fit {outputs} outputs: there must be one output a class, or one for two classes",
                nameof(classes));
        HasClasses = classes > 0;
        (_weak, _strong, _cross) = (new(weak, weak), new(strong, strong), new(weak, strong));
        (_weakTarget, _strongTarget, _target) = (new(weak, outputs), new(strong, outputs), new(outputs, outputs));
        _counts = new long[Math.Max(1, classes)];
        (_weakSums, _strongSums, _targetSums) = (new(_counts.Length, weak), new(_counts.Length, strong), new(_counts.Length, outputs));
    }

    /// <summary>Rows counted so far.</summary>
    public long Count => _counts.Sum();

    /// <summary>Whether accuracies will be predicted.</summary>
    public bool HasClasses { get; }

    /// <summary>Counts some rows.</summary>
    /// <param name="weak">Their weak features, one row a row.</param>
    /// <param name="strong">Their strong features.</param>
    /// <param name="targets">Their targets.</param>
    /// <param name="classes">Their classes from 0; empty without classes.</param>
    /// <param name="threads">Threads to use; does not change the result.</param>
    public void Add(Matrix<double> weak, Matrix<double> strong, Matrix<double> targets, ReadOnlySpan<int> classes = default,
        int threads = 1)
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
        Dense.AddGram(u, _weak, 1, threads);
        Dense.AddGram(v, _strong, 1, threads);
        Dense.AddGram(y, _target, 1, threads);
        Dense.Multiply(u, v, _cross, transposeA: true, beta: 1, threads: threads);
        Dense.Multiply(u, y, _weakTarget, transposeA: true, beta: 1, threads: threads);
        Dense.Multiply(v, y, _strongTarget, transposeA: true, beta: 1, threads: threads);
        for (int i = 0; i < u.Rows; i++)
        {
            int one = HasClasses ? classes[i] : 0;
            TensorPrimitives.Add(_weakSums.Row(one), u.Row(i), _weakSums.Row(one));
            TensorPrimitives.Add(_strongSums.Row(one), v.Row(i), _strongSums.Row(one));
            TensorPrimitives.Add(_targetSums.Row(one), y.Row(i), _targetSums.Row(one));
            _counts[one]++;
            if (HasClasses)
                Keep(u.Row(i), v.Row(i), one);
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
            throw new InputException(
                $"the prediction estimates the moments of {most} features from {n} rows; there must be at least {most + 10} rows");
        if (HasClasses && _counts.Contains(0))
            throw new InputException(
                $"only {_counts.Count(c => c > 0)} of {_counts.Length} classes occur in the rows of the prediction; each must occur");
        double[] weakMean = Mean(_weakSums, n), strongMean = Mean(_strongSums, n), targetMean = Mean(_targetSums, n);
        var raw = new RawMoments(
            Centred(Filled(_weak), weakMean, weakMean, n), Centred(Filled(_strong), strongMean, strongMean, n),
            Centred(_cross, weakMean, strongMean, n),
            Centred(_weakTarget, weakMean, targetMean, n), Centred(_strongTarget, strongMean, targetMean, n),
            Centred(Filled(_target), targetMean, targetMean, n));
        try
        {
            return PairMoments.Of(raw, n, HasClasses ? Classes(weakMean, strongMean, targetMean, n) : null, threads);
        }
        catch (ArgumentException e)
        {
            throw new InputException($"the prediction cannot be made: {e.Message}", e);
        }
    }

    /// <summary>A uniform sample of fixed size of all rows so far (Vitter 1985, algorithm R).</summary>
    private void Keep(ReadOnlySpan<double> u, ReadOnlySpan<double> v, int one)
    {
        long count = Count;
        int place = _sample.Count;
        if (count > SampleRows)
        {
            place = (int)(_random.NextUniform() * count);
            if (place >= SampleRows)
                return;
        }
        (float[] Weak, float[] Strong, int Class) row = (new float[u.Length], new float[v.Length], one);
        TensorPrimitives.ConvertTruncating(u, row.Weak);
        TensorPrimitives.ConvertTruncating(v, row.Strong);
        if (place == _sample.Count)
            _sample.Add(row);
        else
            _sample[place] = row;
    }

    private RawClasses Classes(double[] weakMean, double[] strongMean, double[] targetMean, long n)
    {
        Matrix<double> targetMeans = ClassMeans(_targetSums, targetMean);
        double[][] targets = [.. Enumerable.Range(0, _counts.Length).Select(c => targetMeans.Row(c).ToArray())];
        int[] classes = [.. _sample.Select(s => s.Class)];
        if (classes.Distinct().Count() < _counts.Length)
            throw new InputException(
                $"a class is so rare that none of {classes.Length} sampled rows has it; the prediction of accuracies needs each");
        double[] shares = [.. _counts.Select(c => (double)c / n)], means = [.. targetMean.Zip(_targetShift!, (m, s) => m + s)];
        return new RawClasses(
            new ClassChoice(shares, targets, means, classes),
            new RawSample(Rows(s => s.Weak, weakMean), ClassMeans(_weakSums, weakMean)),
            new RawSample(Rows(s => s.Strong, strongMean), ClassMeans(_strongSums, strongMean)));
    }

    private Matrix<double> Rows(Func<(float[] Weak, float[] Strong, int Class), float[]> side, double[] mean)
    {
        var rows = new Matrix<double>(_sample.Count, mean.Length);
        for (int i = 0; i < rows.Rows; i++)
        {
            TensorPrimitives.ConvertTruncating<float, double>(side(_sample[i]), rows.Row(i));
            TensorPrimitives.Subtract(rows.Row(i), mean, rows.Row(i));
        }
        return rows;
    }

    private static double[] Mean(Matrix<double> sums, long n)
    {
        var mean = new double[sums.Columns];
        for (int c = 0; c < sums.Rows; c++)
            TensorPrimitives.Add(mean, sums.Row(c), mean);
        TensorPrimitives.Divide(mean, n, mean);
        return mean;
    }

    private Matrix<double> ClassMeans(Matrix<double> sums, double[] mean)
    {
        var means = new Matrix<double>(sums.Rows, sums.Columns);
        for (int c = 0; c < sums.Rows; c++)
        {
            TensorPrimitives.Divide(sums.Row(c), _counts[c], means.Row(c));
            TensorPrimitives.Subtract(means.Row(c), mean, means.Row(c));
        }
        return means;
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
}
