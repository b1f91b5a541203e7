namespace WeakToStrong.LinearAlgebra;

/// <summary>A rectangular part of a row-major buffer: what the blocked algorithms hand to threads and kernels.</summary>
internal readonly struct Block<T>(T[] data, int offset, int rows, int columns, int stride)
    where T : unmanaged
{
    public int Rows { get; } = rows;

    public int Columns { get; } = columns;

    /// <summary>Entries between the starts of two consecutive rows.</summary>
    public int Stride { get; } = stride;

    /// <summary>From the first entry of the block to the end of the buffer.</summary>
    public Span<T> Span => data.AsSpan(offset);

    public ref T this[int row, int column] => ref data[offset + (row * Stride) + column];

    public Span<T> Row(int row) => data.AsSpan(offset + (row * Stride), Columns);

    public Block<T> Part(int row, int column, int rows, int columns) =>
        new(data, rows == 0 || columns == 0 ? offset : offset + (row * Stride) + column, rows, columns, Stride);
}
