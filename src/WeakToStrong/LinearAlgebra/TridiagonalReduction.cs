using System.Buffers;
using System.Numerics.Tensors;

namespace WeakToStrong.LinearAlgebra;

/// <summary>
/// Reduces a symmetric matrix to tridiagonal form by Householder reflections, in panels: A = Q T Q' (Dongarra, Sorensen and Hammarling
/// 1989). Half of the work multiplies the trailing matrix by a vector, so memory decides the speed; the other half is products.
/// </summary>
/// <remarks>
/// The upper triangle is used, whose rows are contiguous. Within a panel the trailing matrix stays as it was: it is A - V'W - W'V that is
/// meant, where row q of V is the q-th reflection of the panel and W makes up for it. Each phase is cut into blocks by n alone.
/// </remarks>
internal sealed unsafe class TridiagonalReduction
{
    private const int PanelWidth = 32;
    private const int Chunk = 256;
    private const int TileEdge = 160;
    private const int RowBlocks = 16;
    private const int SmallestShare = 1 << 13;

    // Below this (the matrix is scaled to order one) squares lose digits; such a column counts as zero.
    private const double NegligibleSquare = 1e-280;

    private readonly int _n;
    private readonly Block<double> _a, _panel;
    private readonly double* _data, _v, _w, _y, _z, _partial, _dotsOfV, _dotsOfW;
    private readonly double[] _diagonal, _offDiagonal, _scales;
    private readonly WorkTeam _team;
    private readonly Action<int> _refresh, _multiply, _combine, _update;
    private readonly int[] _rowStarts = new int[RowBlocks + 1];
    private int _start, _column, _tileStart, _rowBlocks, _tiles;

    // The panel buffer holds V, W and V again, PanelWidth rows each: rows 0.. are [V; W] and rows PanelWidth.. are [W; V].
    private TridiagonalReduction(Block<double> a, double* data, Block<double> panel, double* panelData, double* work, double[] diagonal,
        double[] offDiagonal, double[] scales, WorkTeam team)
    {
        (_n, _a, _panel, _team) = (a.Rows, a, panel, team);
        (_diagonal, _offDiagonal, _scales) = (diagonal, offDiagonal, scales);
        _data = data;
        _v = panelData;
        _w = panelData + ((nint)PanelWidth * _n);
        _y = work;
        _z = _y + _n;
        _partial = _z + ((nint)RowBlocks * _n);
        _dotsOfV = _partial + FixedBlocks.Count(_n, Chunk);
        _dotsOfW = _dotsOfV + PanelWidth;
        (_refresh, _multiply, _combine, _update) = (RefreshRow, MultiplyByReflection, Combine, UpdateTile);
    }

    /// <summary>
    /// Reduces the matrix whose upper triangle is given, with entries of order one. On return row j of <paramref name="a"/> holds the j-th
    /// reflection H_j = I - scale_j v_j v_j' (v_j is one at column j + 1), and zeros up to column j; Q = H_0 H_1 ... .
    /// </summary>
    public static void Run(Matrix<double> a, double[] diagonal, double[] offDiagonal, double[] scales, int threads)
    {
        int n = a.Rows, workLength = ((1 + RowBlocks) * n) + FixedBlocks.Count(n, Chunk) + (2 * PanelWidth);
        double[] panel = ArrayPool<double>.Shared.Rent(3 * PanelWidth * n), work = ArrayPool<double>.Shared.Rent(workLength);
        panel.AsSpan(0, 3 * PanelWidth * n).Clear();
        // Small matrices are done before a helper would arrive.
        using (var team = new WorkTeam(n < 96 ? 1 : threads))
        {
            fixed (double* data = a.Data, panelData = panel, workData = work)
                new TridiagonalReduction(a.AsBlock(), data, new(panel, 0, 3 * PanelWidth, n, n), panelData, workData, diagonal, offDiagonal,
                    scales, team).Reduce();
        }
        ArrayPool<double>.Shared.Return(panel);
        ArrayPool<double>.Shared.Return(work);
    }

    private void Reduce()
    {
        for (_start = 0; _start < _n - 1; _start += PanelWidth)
        {
            int last = Math.Min(_start + PanelWidth, _n - 1);
            for (_column = _start; _column < last; _column++)
                ReduceColumn();
            UpdateTrailing(last);
        }
        if (_n > 0)
            _diagonal[_n - 1] = _a[_n - 1, _n - 1];
        for (int j = 0; j < _n; j++)
            _a.Row(j)[..(j + 1)].Clear();
    }

    private void ReduceColumn()
    {
        int j = _column, k = j - _start, rest = _n - j;
        double* row = _data + ((nint)j * _n);
        for (int q = 0; q < k; q++)
        {
            _dotsOfV[q] = _w[((nint)q * _n) + j];
            _dotsOfW[q] = _v[((nint)q * _n) + j];
        }
        _team.Run(FixedBlocks.Count(rest, Chunk), _refresh);
        _diagonal[j] = row[j];
        double square = TensorPrimitives.SumOfSquares(new ReadOnlySpan<double>(row + j + 2, rest - 2));
        double scale = _scales[j] = MakeReflection(row + j + 1, rest - 1, square, out _offDiagonal[j]);
        ReadOnlySpan<double> v = new(row + j + 1, rest - 1);
        v.CopyTo(new Span<double>(_v + ((nint)k * _n) + j + 1, rest - 1));
        v.CopyTo(new Span<double>(_v + ((nint)(k + (2 * PanelWidth)) * _n) + j + 1, rest - 1));
        Span<double> w = new(_w + ((nint)k * _n) + j + 1, rest - 1);
        if (scale == 0)
        {
            w.Clear();
            return;
        }
        CutRows(j + 1);
        _team.Run(_rowBlocks + (2 * k), _multiply);
        int pieces = FixedBlocks.Count(rest - 1, Chunk);
        _team.Run(pieces, _combine);
        double dot = 0;
        for (int piece = 0; piece < pieces; piece++)
            dot += _partial[piece];
        TensorPrimitives.MultiplyAdd(v, -0.5 * scale * dot, w, w);
    }

    /// <summary>Turns (alpha, rest), rest's sum of squares given, into v with v_0 = 1, (I - scale v v') x = (beta, 0, ...).
    /// Returns the scale.</summary>
    private static double MakeReflection(double* x, int length, double square, out double beta)
    {
        double alpha = x[0];
        x[0] = 1;
        Span<double> rest = new(x + 1, length - 1);
        if (!(square >= NegligibleSquare))
        {
            rest.Clear();
            beta = alpha;
            return 0;
        }
        beta = -Math.CopySign(Math.Sqrt((alpha * alpha) + square), alpha);
        TensorPrimitives.Multiply(rest, 1 / (alpha - beta), rest);
        return (beta - alpha) / beta;
    }

    // Rows from `first` on in shares of about equal area of the triangle.
    private void CutRows(int first)
    {
        long order = _n - first, area = order * order / 2;
        _rowBlocks = (int)Math.Clamp(area / SmallestShare, 1, RowBlocks);
        _rowStarts[0] = first;
        for (int block = 1; block < _rowBlocks; block++)
            _rowStarts[block] = first + ((int)(order * (1 - Math.Sqrt(1 - ((double)block / _rowBlocks)))) / 4 * 4);
        _rowStarts[_rowBlocks] = _n;
    }

    private void RefreshRow(int piece)
    {
        int first = _column + (piece * Chunk), last = Math.Min(first + Chunk, _n);
        SymmetricProduct.SubtractPairs(first, last, _column - _start, _v, _w, _n, _dotsOfV, _dotsOfW, _data + ((nint)_column * _n));
    }

    // Blocks of A v, then the products of v with the rows of V and of W.
    private void MultiplyByReflection(int block)
    {
        double* x = _data + ((nint)_column * _n);
        if (block < _rowBlocks)
        {
            int first = _rowStarts[block], last = _rowStarts[block + 1];
            double* z = _z + ((nint)block * _n);
            new Span<double>(z + first, _n - first).Clear();
            SymmetricProduct.UpperRows(first, last, _n, _data, _n, x, _y, z);
            return;
        }
        int q = (block - _rowBlocks) / 2, from = _column + 1;
        bool ofV = (block - _rowBlocks) % 2 == 0;
        double dot = TensorPrimitives.Dot(new ReadOnlySpan<double>((ofV ? _v : _w) + ((nint)q * _n) + from, _n - from),
            new ReadOnlySpan<double>(x + from, _n - from));
        // w = A v - V'(W v) - W'(V v)
        (ofV ? _dotsOfW : _dotsOfV)[q] = dot;
    }

    private void Combine(int piece)
    {
        int first = _column + 1 + (piece * Chunk), count = Math.Min(Chunk, _n - first), k = _column - _start;
        double* row = _w + ((nint)k * _n);
        Span<double> w = new(row + first, count);
        new ReadOnlySpan<double>(_y + first, count).CopyTo(w);
        for (int block = 0; block < _rowBlocks; block++)
        {
            int skip = Math.Max(0, _rowStarts[block] - first);
            if (skip < count)
                TensorPrimitives.Add(w[skip..], new ReadOnlySpan<double>(_z + ((nint)block * _n) + first + skip, count - skip), w[skip..]);
        }
        SymmetricProduct.SubtractPairs(first, first + count, k, _v, _w, _n, _dotsOfV, _dotsOfW, row);
        TensorPrimitives.Multiply(w, _scales[_column], w);
        _partial[piece] = TensorPrimitives.Dot(w, new ReadOnlySpan<double>(_data + ((nint)_column * _n) + first, count));
    }

    // A -= V'W + W'V for what lies behind the panel. Only the last panel may be narrow, and a single entry lies behind that.
    private void UpdateTrailing(int first)
    {
        _tileStart = first;
        if (first < _n - 1)
        {
            _tiles = FixedBlocks.Count(_n - first, TileEdge);
            _team.Run(_tiles * (_tiles + 1) / 2, _update);
            return;
        }
        for (int q = 0; q < first - _start; q++)
            _a[first, first] -= 2 * _v[((nint)q * _n) + first] * _w[((nint)q * _n) + first];
    }

    private void UpdateTile(int index)
    {
        var (i, j) = Tiling.TriangleTile(index, _tiles);
        (int row, int column) = (_tileStart + (j * TileEdge), _tileStart + (i * TileEdge));
        int rows = Math.Min(TileEdge, _n - row), columns = Math.Min(TileEdge, _n - column);
        Block<double> left = _panel.Part(0, row, 2 * PanelWidth, rows), right = _panel.Part(PanelWidth, column, 2 * PanelWidth, columns);
        DenseKernels.Current.Multiply(transposeA: true, transposeB: false, rows, columns, 2 * PanelWidth, -1, left.Span, _n, right.Span, _n,
            1, _a.Part(row, column, rows, columns).Span, _n);
    }
}
