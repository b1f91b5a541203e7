namespace WeakToStrong.LinearAlgebra;

/// <summary>
/// A dense matrix, row-major and contiguous: entry (i, j) is <c>Data[i * Columns + j]</c>. A buffer with a shape; the code that
/// made it may write it, everyone else reads.
/// </summary>
/// <typeparam name="T">double or float.</typeparam>
public sealed class Matrix<T>
    where T : unmanaged
{
    private readonly T[] _data;

    /// <summary>A matrix of zeros.</summary>
    /// <param name="rows">Number of rows, not negative.</param>
    /// <param name="columns">Number of columns, not negative.</param>
    public Matrix(int rows, int columns)
        : this(rows, columns, new T[checked(Require.AtLeast(rows, 0) * Require.AtLeast(columns, 0))])
    {
    }

    /// <summary>A matrix over the start of an existing row-major buffer, which is not copied.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="data">At least rows x columns entries; what lies behind them is not touched.</param>
    public Matrix(int rows, int columns, T[] data)
    {
        ArgumentNullException.ThrowIfNull(data);
        Rows = Require.AtLeast(rows, 0);
        Columns = Require.AtLeast(columns, 0);
        if (data.Length < checked(rows * columns))
            throw new ArgumentException($"has length {data.Length}; must have at least {rows} x {columns} entries", nameof(data));
        _data = data;
    }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Number of columns.</summary>
    public int Columns { get; }

    /// <summary>All entries, row after row.</summary>
    public Span<T> Data => _data.AsSpan(0, Rows * Columns);

    /// <summary>Entry (row, column).</summary>
    public ref T this[int row, int column] => ref _data[(row * Columns) + column];

    /// <summary>One row.</summary>
    public Span<T> Row(int row) => _data.AsSpan(row * Columns, Columns);

    /// <summary>Consecutive rows.</summary>
    /// <param name="first">Index of the first row.</param>
    /// <param name="count">How many rows.</param>
    public Span<T> RowBlock(int first, int count) => _data.AsSpan(first * Columns, count * Columns);

    /// <summary>The first <paramref name="count"/> rows, over the same buffer: the last, shorter chunk of a stream of rows.</summary>
    /// <param name="count">From 0 to <see cref="Rows"/>.</param>
    public Matrix<T> FirstRows(int count) =>
        count <= Rows ? new(count, Columns, _data) : throw new ArgumentOutOfRangeException(nameof(count), count, $"must be at most {Rows}");

    /// <summary>A copy with its own buffer.</summary>
    public Matrix<T> Copy() => new(Rows, Columns, Data.ToArray());

    /// <summary>The transpose, in a buffer of its own.</summary>
    internal Matrix<T> Transposed()
    {
        var transposed = new Matrix<T>(Columns, Rows);
        for (int i = 0; i < Rows; i++)
        {
            for (int j = 0; j < Columns; j++)
                transposed[j, i] = this[i, j];
        }
        return transposed;
    }

    /// <summary>The buffer itself, which may be longer than the matrix.</summary>
    internal T[] Buffer => _data;

    /// <summary>The whole matrix as a block.</summary>
    internal Block<T> AsBlock() => new(_data, 0, Rows, Columns, Columns);

    /// <summary>A rectangular part of the matrix.</summary>
    internal Block<T> Part(int row, int column, int rows, int columns) => AsBlock().Part(row, column, rows, columns);
}
