using System.Numerics.Tensors;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Ridge;

/// <summary>
/// Rows of a feature matrix, chosen by index and in that order. A view: the matrix is shared, not copied, and nobody writes it. Rows that
/// are larger than memory are not held but made again in every pass; they have no <see cref="Matrix"/>.
/// </summary>
public sealed class FeatureRows
{
    // A chunk is what is copied at a time: about 16 MB, so that products run at full speed and memory stays far below the matrix.
    private const int ChunkEntries = 1 << 21;
    private const int GatherRows = 128;
    private readonly Matrix<double>? _matrix;
    private readonly RowStream? _stream;
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
        _matrix = matrix;
        _index = index;
    }

    /// <summary>Rows that are not held.</summary>
    internal FeatureRows(RowStream stream)
    {
        _stream = stream;
        _index = [];
    }

    /// <summary>All rows of a matrix.</summary>
    public static FeatureRows All(Matrix<double> matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return new FeatureRows(matrix, [.. Enumerable.Range(0, matrix.Rows)]);
    }

    /// <summary>The matrix that the rows belong to.</summary>
    /// <exception cref="InvalidOperationException">The rows are not held.</exception>
    public Matrix<double> Matrix => _matrix ?? throw new InvalidOperationException("these rows are made again in every pass, and not held");

    /// <summary>Number of rows in the view.</summary>
    public int Count => _stream?.Count ?? _index.Length;

    /// <summary>Number of features.</summary>
    public int Columns => _stream?.Columns ?? Matrix.Columns;

    /// <summary>Whether the rows are in memory, and any of them can be looked at.</summary>
    internal bool IsHeld => _stream is null;

    /// <summary>One row of the view.</summary>
    public ReadOnlySpan<double> this[int row] => Matrix.Row(_index[row]);

    /// <summary>A view of some of these rows.</summary>
    /// <param name="rows">Positions in this view; increasing where the rows are not held.</param>
    public FeatureRows Select(ReadOnlySpan<int> rows)
    {
        if (_stream is not null)
            return new FeatureRows(_stream.Select(rows));
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
        ForEachBlock(BlockRows, threads, (first, count, rowOf) =>
        {
            Span<double> sum = sums.Row(first / BlockRows);
            for (int row = first; row < first + count; row++)
                TensorPrimitives.Add(sum, rowOf(row), sum);
        });
        var means = new double[Columns];
        for (int block = 0; block < sums.Rows; block++)
            TensorPrimitives.Add(means, sums.Row(block), means);
        TensorPrimitives.Divide(means, Math.Max(1, Count), means);
        return means;
    }

    /// <summary>Copies consecutive rows.</summary>
    internal void Read(int first, Matrix<double> destination, int threads)
    {
        if (_stream is not null)
            _stream.Read(first, destination, threads);
        else
            FixedBlocks.Run(destination.Rows, threads, row => this[first + row].CopyTo(destination.Row(row)));
    }

    /// <summary>Calls <paramref name="use"/> with blocks of <paramref name="blockRows"/> rows, on all threads and in any order: the first
    /// row, how many, and where to find each.</summary>
    internal void ForEachBlock(int blockRows, int threads, Action<int, int, RowOf> use)
    {
        if (_stream is null)
        {
            FixedBlocks.Cut(Count, blockRows, threads, (first, count) => use(first, count, row => this[row]));
            return;
        }
        int chunkRows = Math.Max(1, ChunkEntries / Math.Max(1, Columns) / blockRows) * blockRows;
        var scratch = new Scratch();
        for (int start = 0; start < Count; start += chunkRows)
        {
            Matrix<double> chunk = scratch.Shaped(Math.Min(chunkRows, Count - start), Columns);
            _stream.Read(start, chunk, threads);
            int from = start;
            FixedBlocks.Cut(chunk.Rows, blockRows, threads, (first, count) => use(from + first, count, row => chunk.Row(row - from)));
        }
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
    private void Gather(int first, double[] shift, double[]? rest, double[]? factors, Matrix<double> destination, int threads)
    {
        _stream?.Read(first, destination, threads);
        FixedBlocks.Cut(destination.Rows, GatherRows, threads, (start, count) =>
        {
            for (int row = start; row < start + count; row++)
            {
                Span<double> target = destination.Row(row);
                TensorPrimitives.Subtract(_stream is null ? this[first + row] : target, shift, target);
                if (rest is not null)
                    TensorPrimitives.Subtract(target, rest, target);
                if (factors is not null)
                    TensorPrimitives.Multiply(target, factors, target);
            }
        });
    }
}

/// <summary>Where a row is found.</summary>
internal delegate ReadOnlySpan<double> RowOf(int row);
