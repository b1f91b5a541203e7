using System.Numerics.Tensors;
using WeakToStrong.Randomness;

namespace WeakToStrong.Simulation;

/// <summary>
/// Rows of the random upper banded matrix B that a Gaussian design X = U B V' is reduced to when b directions are kept fixed
/// (docs/simulation.md). They are drawn from the last row to the first, a block at a time, so that memory does not grow with their
/// number: B[i,i]^2 ~ chi-square(n-i+1), B[i,i+b]^2 ~ chi-square(d-b-i+1), and N(0,1) between.
/// </summary>
internal sealed class BandedRows
{
    /// <summary>Rows in a block: its buffers stay in the first-level cache.</summary>
    public const int BlockSize = 256;

    private readonly double[] _diagonal2 = new double[BlockSize], _outer2 = new double[BlockSize];
    private readonly double[] _diagonal = new double[BlockSize], _outer = new double[BlockSize], _normal = new double[BlockSize];
    private readonly long _n, _d;
    private readonly int _bandwidth;
    private long _left;

    /// <summary>The matrix that belongs to a design.</summary>
    /// <param name="n">Rows of the design.</param>
    /// <param name="d">Columns of the design.</param>
    /// <param name="bandwidth">b, the number of fixed directions.</param>
    public BandedRows(long n, long d, int bandwidth)
    {
        _n = n;
        _d = d;
        _bandwidth = bandwidth;
    }

    /// <summary>B[i,i]^2 of the block's rows, the last row first.</summary>
    public ReadOnlySpan<double> Diagonal2 => _diagonal2.AsSpan(0, Count);

    /// <summary>B[i,i+b]^2; 0 where the matrix ends.</summary>
    public ReadOnlySpan<double> Outer2 => _outer2.AsSpan(0, Count);

    /// <summary>B[i,i]; valid after <see cref="DrawRoots"/>.</summary>
    public ReadOnlySpan<double> Diagonal => _diagonal.AsSpan(0, Count);

    /// <summary>B[i,i+b]; valid after <see cref="DrawRoots"/>.</summary>
    public ReadOnlySpan<double> Outer => _outer.AsSpan(0, Count);

    /// <summary>One N(0,1) a row; valid after <see cref="DrawRoots"/>.</summary>
    public ReadOnlySpan<double> Normal => _normal.AsSpan(0, Count);

    /// <summary>Rows in the present block.</summary>
    public int Count { get; private set; }

    /// <summary>Back before the last row.</summary>
    public void Restart()
    {
        _left = Math.Min(_n, _d);
        Count = 0;
    }

    /// <summary>Draws the next block's squared entries. False when the first row has been passed.</summary>
    public bool TryDraw(RandomStream random)
    {
        Count = (int)Math.Min(_left, BlockSize);
        if (Count == 0)
            return false;
        random.FillChiSquare(_n - _left + 1, _diagonal2.AsSpan(0, Count));
        random.FillChiSquare(_d - _bandwidth - _left + 1, _outer2.AsSpan(0, Count));
        _left -= Count;
        return true;
    }

    /// <summary>Takes the square roots of the block's entries and draws its normal numbers.</summary>
    public void DrawRoots(RandomStream random)
    {
        TensorPrimitives.Sqrt(Diagonal2, _diagonal);
        TensorPrimitives.Sqrt(Outer2, _outer);
        random.FillNormal(_normal.AsSpan(0, Count));
    }
}
