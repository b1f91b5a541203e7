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

    /// <summary>A matrix over an existing row-major buffer, which is not copied.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="data">rows x columns entries.</param>
    public Matrix(int rows, int columns, T[] data)
    {
        ArgumentNullException.ThrowIfNull(data);
        Rows = Require.AtLeast(rows, 0);
        Columns = Require.AtLeast(columns, 0);
        Require.SameLength(checked(rows * columns), data.Length, nameof(data));
        _data = data;
    }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Number of columns.</summary>
    public int Columns { get; }

    /// <summary>All entries, row after row.</summary>
    public Span<T> Data => _data;

    /// <summary>Entry (row, column).</summary>
    public ref T this[int row, int column] => ref _data[(row * Columns) + column];

    /// <summary>One row.</summary>
    public Span<T> Row(int row) => _data.AsSpan(row * Columns, Columns);

    /// <summary>Consecutive rows.</summary>
    /// <param name="first">Index of the first row.</param>
    /// <param name="count">How many rows.</param>
    public Span<T> RowBlock(int first, int count) => _data.AsSpan(first * Columns, count * Columns);

    /// <summary>A copy with its own buffer.</summary>
    public Matrix<T> Copy() => new(Rows, Columns, (T[])_data.Clone());
}
