using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace WeakToStrong.Statistics;

/// <summary>
/// Streams, over trials, the moments of T first values t_i and of a T x S grid of second values s_ij, each paired with its t_i:
/// means, variances and the variance of s_ij - t_i, from which the covariance follows (Welford; merging by Chan, Golub and
/// LeVeque 1979). The sums for the difference are kept on their own, so that they do not cancel where s_ij nearly copies t_i.
/// </summary>
internal sealed class PairedMoments : Moments
{
    private readonly double[] _mean1, _square1;
    private readonly Vector512<double>[] _mean2, _square2, _squareDifference;
    private readonly int _vectors;

    /// <summary>No trials yet.</summary>
    /// <param name="first">T.</param>
    /// <param name="second">S.</param>
    public PairedMoments(int first, int second)
    {
        // Three sums a cell, and a trial's values, each in one array.
        if ((3L * second) + 8 > Array.MaxLength / Math.Max(1L, first))
            throw new InputException(
                $"a simulation of {first} teachers and {second} students has too many cells; take fewer, or several simulations");
        (FirstCount, SecondCount) = (first, second);
        _vectors = Lanes.VectorsFor(second);
        (_mean1, _square1) = (new double[first], new double[first]);
        int size = checked(first * _vectors);
        (_mean2, _square2, _squareDifference) = (new Vector512<double>[size], new Vector512<double>[size], new Vector512<double>[size]);
    }

    /// <summary>T.</summary>
    public int FirstCount { get; }

    /// <summary>S.</summary>
    public int SecondCount { get; }

    /// <summary>Doubles from one row of the second values to the next: S filled up to whole vectors.</summary>
    public int Stride => _vectors * Lanes.Width;

    /// <summary>The T first values of a trial, then its T rows of <see cref="Stride"/> second values.</summary>
    public override int Width => FirstCount * (1 + Stride);

    /// <inheritdoc/>
    public override int StateLength => FirstCount * (2 + (3 * SecondCount));

    public double FirstMean(int i) => Mean(_mean1[i]);

    public double FirstVariance(int i) => Variance(_square1[i]);

    public double SecondMean(int i, int j) => Mean(At(_mean2, i, j));

    public double SecondVariance(int i, int j) => Variance(At(_square2, i, j));

    public double DifferenceVariance(int i, int j) => Variance(At(_squareDifference, i, j));

    /// <inheritdoc/>
    public override Moments Empty() => new PairedMoments(FirstCount, SecondCount);

    /// <inheritdoc/>
    public override void Clear()
    {
        Count = 0;
        Array.Clear(_mean1);
        Array.Clear(_square1);
        Array.Clear(_mean2);
        Array.Clear(_square2);
        Array.Clear(_squareDifference);
    }

    /// <inheritdoc/>
    public override void Add(ReadOnlySpan<double> trial) => Add(trial[..FirstCount], trial[FirstCount..]);

    /// <summary>Adds one trial.</summary>
    /// <param name="first">t_i, length T.</param>
    /// <param name="second">s_ij, T rows of <see cref="Stride"/>.</param>
    public void Add(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        Count++;
        double share = 1.0 / Count;
        for (int i = 0; i < FirstCount; i++)
        {
            double before = first[i] - _mean1[i];
            _mean1[i] += before * share;
            double after = first[i] - _mean1[i];
            _square1[i] += before * after;
            AddRow(i, second.Slice(i * Stride, Stride), share, before, after);
        }
    }

    /// <inheritdoc/>
    public override void Merge(Moments other) => Merge((PairedMoments)other);

    /// <summary>First means and sums of squares, then the second values' means, sums of squares and sums for the difference,
    /// without the filling.</summary>
    /// <param name="state">Receives <see cref="StateLength"/> numbers.</param>
    public override void Save(Span<double> state)
    {
        _mean1.CopyTo(state);
        _square1.CopyTo(state[FirstCount..]);
        Span<double> rest = state[(2 * FirstCount)..];
        foreach (Vector512<double>[] cells in Seconds())
        {
            for (int i = 0; i < FirstCount; i++, rest = rest[SecondCount..])
                Lanes.Flat(cells).Slice(i * Stride, SecondCount).CopyTo(rest);
        }
    }

    /// <inheritdoc/>
    public override void Load(long count, ReadOnlySpan<double> state)
    {
        Clear();
        Count = count;
        state[..FirstCount].CopyTo(_mean1);
        state.Slice(FirstCount, FirstCount).CopyTo(_square1);
        ReadOnlySpan<double> rest = state[(2 * FirstCount)..];
        foreach (Vector512<double>[] cells in Seconds())
        {
            for (int i = 0; i < FirstCount; i++, rest = rest[SecondCount..])
                rest[..SecondCount].CopyTo(Lanes.Flat(cells).Slice(i * Stride, SecondCount));
        }
    }

    private void Merge(PairedMoments other)
    {
        if (other.Count == 0)
            return;
        Count += other.Count;
        double share = (double)other.Count / Count, weight = (Count - other.Count) * share;
        for (int i = 0; i < FirstCount; i++)
        {
            double step = other._mean1[i] - _mean1[i];
            _mean1[i] += step * share;
            _square1[i] += other._square1[i] + (step * step * weight);
            MergeRow(i, other, share, weight, step);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // full speed from the first call
    private void AddRow(int row, ReadOnlySpan<double> values, double share, double before1, double after1)
    {
        Vector512<double> shares = Vector512.Create(share), befores1 = Vector512.Create(before1), afters1 = Vector512.Create(after1);
        for (int j = 0; j < _vectors; j++)
        {
            ref Vector512<double> mean = ref _mean2[(row * _vectors) + j], square = ref _square2[(row * _vectors) + j],
                difference = ref _squareDifference[(row * _vectors) + j];
            Vector512<double> value = Vector512.Create(values.Slice(j * Lanes.Width, Lanes.Width));
            Vector512<double> before = value - mean, newMean = Vector512.FusedMultiplyAdd(before, shares, mean), after = value - newMean;
            mean = newMean;
            square = Vector512.FusedMultiplyAdd(before, after, square);
            difference = Vector512.FusedMultiplyAdd(before - befores1, after - afters1, difference);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // full speed from the first call
    private void MergeRow(int row, PairedMoments other, double share, double weight, double step1)
    {
        Vector512<double> shares = Vector512.Create(share), weights = Vector512.Create(weight), steps1 = Vector512.Create(step1);
        for (int j = row * _vectors; j < (row + 1) * _vectors; j++)
        {
            Vector512<double> step = other._mean2[j] - _mean2[j], apart = step - steps1;
            _mean2[j] = Vector512.FusedMultiplyAdd(step, shares, _mean2[j]);
            _square2[j] = Vector512.FusedMultiplyAdd(step * step, weights, _square2[j] + other._square2[j]);
            _squareDifference[j] = Vector512.FusedMultiplyAdd(apart * apart, weights, _squareDifference[j] + other._squareDifference[j]);
        }
    }

    private Vector512<double>[][] Seconds() => [_mean2, _square2, _squareDifference];

    private double At(Vector512<double>[] cells, int i, int j) => cells[(i * _vectors) + (j / Lanes.Width)][j % Lanes.Width];

    private double Mean(double mean) => Count > 0 ? mean : double.NaN;

    private double Variance(double square) => Count > 1 ? square / (Count - 1) : double.NaN;
}
