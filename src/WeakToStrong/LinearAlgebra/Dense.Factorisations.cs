namespace WeakToStrong.LinearAlgebra;

/// <content>Cholesky, triangular solves and what is built on them.</content>
public static partial class Dense
{
    private const int PanelWidth = 192;
    private const int PanelRows = 192;
    private const int SolveColumns = 64;

    /// <summary>
    /// Cholesky factor L of a symmetric positive definite A = L L', in place in the lower triangle; the strict upper triangle is neither
    /// read nor written. False, with A spoilt, when A is not positive definite (to rounding) or has entries that are not finite.
    /// </summary>
    public static bool TryCholesky(Matrix<double> a, int threads = 1)
    {
        RequireSquare(a, a.Columns);
        Block<double> all = a.AsBlock();
        for (int first = 0; first < a.Rows; first += PanelWidth)
        {
            int width = Math.Min(PanelWidth, a.Rows - first), below = a.Rows - first - width;
            Block<double> corner = all.Part(first, first, width, width);
            if (!Kernels.TryCholesky(width, corner.Span, corner.Stride))
                return false;
            if (below == 0)
                break;
            Block<double> panel = all.Part(first + width, first, below, width);
            FixedBlocks.Run(FixedBlocks.Count(below, PanelRows), threads, new PanelSolve(corner, panel));
            RankUpdate(transpose: true, -1, panel, 1, all.Part(first + width, first + width, below, below), threads);
        }
        return true;
    }

    /// <summary>B = L^-1 B, or L^-T B with <paramref name="transpose"/>, in place, with L the lower triangle of a square matrix.</summary>
    public static void SolveLower(Matrix<double> l, Matrix<double> b, bool transpose = false, int threads = 1)
    {
        RequireSquare(l, b.Rows);
        FixedBlocks.Run(FixedBlocks.Count(b.Columns, SolveColumns), threads, new ColumnSolve(transpose, l.AsBlock(), b.AsBlock()));
    }

    /// <summary>
    /// Solves A X = B for symmetric positive definite A, of which the lower triangle is read; A is overwritten by its Cholesky factor, B by
    /// X. False when A is not positive definite.
    /// </summary>
    public static bool TrySolvePositiveDefinite(Matrix<double> a, Matrix<double> b, int threads = 1)
    {
        RequireSquare(a, b.Rows);
        if (!TryCholesky(a, threads))
            return false;
        SolveLower(a, b, transpose: false, threads);
        SolveLower(a, b, transpose: true, threads);
        return true;
    }

    private readonly struct PanelSolve(Block<double> corner, Block<double> panel) : IBlockWork
    {
        public void Run(int block)
        {
            int row = block * PanelRows, rows = Math.Min(PanelRows, panel.Rows - row);
            Kernels.SolveLowerFromRight(corner.Rows, rows, corner.Span, corner.Stride, panel.Part(row, 0, rows, panel.Columns).Span,
                panel.Stride);
        }
    }

    private readonly struct ColumnSolve(bool transpose, Block<double> l, Block<double> b) : IBlockWork
    {
        public void Run(int block)
        {
            int column = block * SolveColumns, columns = Math.Min(SolveColumns, b.Columns - column);
            Kernels.SolveLower(transpose, l.Rows, columns, l.Span, l.Stride, b.Part(0, column, b.Rows, columns).Span, b.Stride);
        }
    }
}
