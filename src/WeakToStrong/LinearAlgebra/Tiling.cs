namespace WeakToStrong.LinearAlgebra;

/// <summary>How a matrix is cut into tiles: by its shape alone. Tiles are large enough for the kernels and, where the matrix allows it,
/// at least eight.</summary>
internal readonly struct Tiling
{
    private const int LargestEdge = 512;
    private const int SmallestEdge = 64;
    private const int Enough = 8;

    private readonly int _rows, _columns, _rowEdge, _columnEdge, _across;

    private Tiling(int rows, int columns, int edge)
    {
        (_rows, _columns) = (rows, columns);
        _rowEdge = EvenEdge(rows, edge);
        _columnEdge = EvenEdge(columns, edge);
        _across = FixedBlocks.Count(columns, _columnEdge);
        Count = FixedBlocks.Count(rows, _rowEdge) * _across;
    }

    /// <summary>Number of tiles.</summary>
    public int Count { get; }

    /// <summary>Tiles of a full matrix; one tile when the work is too little to share.</summary>
    public static Tiling Full(int rows, int columns, int depth)
    {
        if ((double)rows * columns * depth < 1 << 17)
            return new Tiling(rows, columns, int.MaxValue);
        int edge = LargestEdge;
        while (edge > SmallestEdge && FixedBlocks.Count(rows, edge) * FixedBlocks.Count(columns, edge) < Enough)
            edge /= 2;
        return new Tiling(rows, columns, edge);
    }

    /// <summary>The edge of the square tiles of a lower triangle of order <paramref name="n"/>.</summary>
    public static int TriangleEdge(int n, int depth)
    {
        if ((double)n * n * depth < 1 << 18)
            return Math.Max(n, 1);
        int edge = LargestEdge;
        while (edge > SmallestEdge && FixedBlocks.Count(n, edge) < 4)
            edge /= 2;
        return EvenEdge(n, edge);
    }

    /// <summary>Row and column of tile number <paramref name="index"/> in a lower triangle of tiles, the longest rows first.</summary>
    public static (int Row, int Column) TriangleTile(int index, int pieces)
    {
        int row = pieces - 1;
        while (index > row)
        {
            index -= row + 1;
            row--;
        }
        return (row, index);
    }

    /// <summary>First row, first column, rows and columns of a tile.</summary>
    public (int Row, int Column, int Rows, int Columns) Tile(int index)
    {
        int row = index / _across * _rowEdge, column = index % _across * _columnEdge;
        return (row, column, Math.Min(_rowEdge, _rows - row), Math.Min(_columnEdge, _columns - column));
    }

    // Equal pieces, rounded up to whole micro-tiles.
    private static int EvenEdge(int length, int edge)
    {
        if (length <= edge)
            return Math.Max(length, 1);
        int even = FixedBlocks.Count(length, FixedBlocks.Count(length, edge));
        return FixedBlocks.Count(even, 24) * 24;
    }
}
