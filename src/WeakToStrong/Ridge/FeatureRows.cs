using System.Numerics.Tensors;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Ridge;

/// <summary>
/// Rows of a feature matrix, chosen by index and in that order. A view: the matrix is shared, not copied, and nobody writes it.
/// </summary>
public sealed class FeatureRows
{
    // A chunk is what is copied at a time: about 16 MB, so that products run at full speed and memory stays far below the matrix.
    private const int ChunkEntries = 1 << 21;
    private const int GatherRows = 128;
    private readonly int[] _index;

    /// <summary>The rows of <paramref name="matrix"/> that <paramref name="index"/> names.</summary>
    /// <param name="matrix">One row an example.</param>
    /// <param name="index">Row numbers from 0; any order, repetitions allowed.</param>
    /// <exception cref="ArgumentOutOfRangeException">An index lies outside the matrix.</exception>
    public FeatureRows(Matrix<double> matrix, int[] index)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentNullException.ThrowIfNull(index);
        foreach (int row in index)
        {
            if ((uint)row >= (uint)matrix.Rows)
                throw new ArgumentOutOfRangeException(nameof(index), row, $"must be a row from 0 to {matrix.Rows - 1}");
        }
        Matrix = matrix;
        _index = index;
    }

    /// <summary>All rows of a matrix.</summary>
    public static FeatureRows All(Matrix<double> matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return new FeatureRows(matrix, [.. Enumerable.Range(0, matrix.Rows)]);
    }

    /// <summary>The matrix that the rows belong to.</summary>
    public Matrix<double> Matrix { get; }

    /// <summary>Number of rows in the view.</summary>
    public int Count => _index.Length;

    /// <summary>Number of features.</summary>
    public int Columns => Matrix.Columns;

    /// <summary>One row of the view.</summary>
    public ReadOnlySpan<double> this[int row] => Matrix.Row(_index[row]);

    /// <summary>A view of some of these rows.</summary>
    /// <param name="rows">Positions in this view.</param>
    public FeatureRows Select(ReadOnlySpan<int> rows)
    {
        var index = new int[rows.Length];
        for (int i = 0; i < index.Length; i++)
            index[i] = _index[rows[i]];
        return new FeatureRows(Matrix, index);
    }

    /// <summary>These rows and then others; a view when they belong to the same matrix.</summary>
    public FeatureRows With(FeatureRows more)
    {
        ArgumentNullException.ThrowIfNull(more);
        Require.SameLength(Columns, more.Columns, nameof(more));
        if (ReferenceEquals(Matrix, more.Matrix))
            return new FeatureRows(Matrix, [.. _index, .. more._index]);
        var both = new Matrix<double>(Count + more.Count, Columns);
        for (int i = 0; i < both.Rows; i++)
            (i < Count ? this[i] : more[i - Count]).CopyTo(both.Row(i));
        return All(both);
    }

    /// <summary>Column means over the rows of the view; summed in blocks of fixed size, so that they do not
    /// depend on <paramref name="threads"/>.</summary>
    public double[] Means(int threads = 1)
    {
        const int BlockRows = 1024;
        var sums = new Matrix<double>(FixedBlocks.Count(Count, BlockRows), Columns);
        FixedBlocks.Cut(Count, BlockRows, threads, (first, count) =>
        {
            Span<double> sum = sums.Row(first / BlockRows);
            for (int row = first; row < first + count; row++)
                TensorPrimitives.Add(sum, this[row], sum);
        });
        var means = new double[Columns];
        for (int block = 0; block < sums.Rows; block++)
            TensorPrimitives.Add(means, sums.Row(block), means);
        TensorPrimitives.Divide(means, Math.Max(1, Count), means);
        return means;
    }

    /// <summary>
    /// Calls <paramref name="use"/> with consecutive chunks of the rows, each minus <paramref name="shift"/>, in order. The chunk's buffer
    /// is used again for the next one.
    /// </summary>
    internal void ForEachChunk(ReadOnlySpan<double> shift, int threads, Action<int, Matrix<double>> use) =>
        ForEachChunk(shift.ToArray(), null, null, threads, use);

    /// <summary>Calls <paramref name="use"/> with consecutive chunks of the centred rows, each column times its factor if
    /// there are factors.</summary>
    internal void ForEachChunk(Centring centring, double[]? factors, int threads, Action<int, Matrix<double>> use) =>
        ForEachChunk(centring.Means, centring.Lost, factors, threads, use);

    private void ForEachChunk(double[] shift, double[]? rest, double[]? factors, int threads, Action<int, Matrix<double>> use)
    {
        int chunkRows = Math.Clamp(ChunkEntries / Math.Max(1, Columns), 64, 16384);
        var scratch = new Scratch();
        for (int first = 0; first < Count; first += chunkRows)
        {
            int rows = Math.Min(chunkRows, Count - first);
            Matrix<double> buffer = scratch.Shaped(rows, Columns);
            Gather(first, shift, rest, factors, buffer, threads);
            use(first, buffer);
        }
    }

    /// <summary>Copies consecutive rows of the view, each minus both shifts and times the factors.</summary>
    private void Gather(int first, double[] shift, double[]? rest, double[]? factors, Matrix<double> destination, int threads) =>
        FixedBlocks.Cut(destination.Rows, GatherRows, threads, (start, count) =>
        {
            for (int row = start; row < start + count; row++)
            {
                Span<double> target = destination.Row(row);
                TensorPrimitives.Subtract(this[first + row], shift, target);
                if (rest is not null)
                    TensorPrimitives.Subtract(target, rest, target);
                if (factors is not null)
                    TensorPrimitives.Multiply(target, factors, target);
            }
        });
}
