using System.Numerics.Tensors;
using WeakToStrong.Randomness;

namespace WeakToStrong.Simulation;

/// <summary>
/// Rows of the random upper banded matrix B that a Gaussian design X = U B V' is reduced to when b directions are kept fixed
/// (docs/simulation.md): B[i,i]^2 ~ chi-square(n-i), B[i,i+b]^2 ~ chi-square(d-b-i), i = 0, 1, ..., and N(0,1) between. They come in blocks
/// whose numbers have names of their own, so that any block can be drawn at any time, and how many are drawn does not change their values.
/// </summary>
/// <param name="n">Rows of the design.</param>
/// <param name="d">Columns of the design.</param>
/// <param name="bandwidth">b, the number of fixed directions.</param>
internal sealed class BandedRows(long n, long d, int bandwidth)
{
    /// <summary>Rows in a block.</summary>
    public const int BlockSize = 64;

    private readonly double[] _diagonal2 = new double[BlockSize], _outer2 = new double[BlockSize];
    private readonly double[] _diagonal = new double[BlockSize], _outer = new double[BlockSize], _normal = new double[BlockSize];
    private readonly RandomStream _random = new(0);

    /// <summary>Rows of B that are not zero: min(n, d).</summary>
    public long All { get; } = Math.Min(n, d);

    /// <summary>The first row of the present block.</summary>
    public long First { get; private set; }

    /// <summary>One past the last row of the present block.</summary>
    public long End { get; private set; }

    /// <summary>B[i,i]^2 of the block's rows, the last row first.</summary>
    public ReadOnlySpan<double> Diagonal2 => _diagonal2.AsSpan(0, Count);

    /// <summary>B[i,i+b]^2, the last row first; 0 where the matrix ends.</summary>
    public ReadOnlySpan<double> Outer2 => _outer2.AsSpan(0, Count);

    /// <summary>B[i,i], the last row first; valid after <see cref="DrawRoots"/>.</summary>
    public ReadOnlySpan<double> Diagonal => _diagonal.AsSpan(0, Count);

    /// <summary>B[i,i+b], the last row first; valid after <see cref="DrawRoots"/>.</summary>
    public ReadOnlySpan<double> Outer => _outer.AsSpan(0, Count);

    /// <summary>B[i,i+1] for b = 2, the last row first; valid after <see cref="DrawRoots"/>.</summary>
    public ReadOnlySpan<double> Inner => _normal.AsSpan(0, Count);

    private int Count => (int)(End - First);

    /// <summary>Blocks that hold the leading rows.</summary>
    public static long Blocks(long rows) => (rows + BlockSize - 1) / BlockSize;

    /// <summary>Where rows of the present block are found in its spans.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="end">One past the last.</param>
    public (int First, int End) Range(long first, long end) => ((int)(End - end), (int)(End - first));

    /// <summary>Draws a block's squared entries.</summary>
    /// <param name="band">Which random band.</param>
    /// <param name="block">The block's number, from 0.</param>
    public void Draw(in BandName band, long block)
    {
        First = block * BlockSize;
        End = Math.Min(First + BlockSize, All);
        _random.Restart(band.Seed, band.Trial, band.Role, (ulong)block);
        _random.FillChiSquare(n - End + 1, _diagonal2.AsSpan(0, Count));
        _random.FillChiSquare(d - bandwidth - End + 1, _outer2.AsSpan(0, Count));
    }

    /// <summary>
    /// Reads the leading rows of a band, the first row first, for whatever is a function of them: a smooth training rule h(B'B), say, of
    /// which the first coordinates depend on as many rows as <see cref="LeadingBlock"/> finds for a ridge of the same sharpness. The
    /// recursions draw the same numbers.
    /// </summary>
    /// <param name="band">Which random band.</param>
    /// <param name="diagonal">Receives B[i,i]; its length, at most <see cref="All"/>, is the number of rows.</param>
    /// <param name="inner">Receives B[i,i+1] for b = 2, of the same length; empty for b = 1.</param>
    /// <param name="outer">Receives B[i,i+b], of the same length; 0 where the matrix ends.</param>
    public void ReadLeading(in BandName band, Span<double> diagonal, Span<double> inner, Span<double> outer)
    {
        for (int first = 0; first < diagonal.Length; first += BlockSize)
        {
            Draw(band, first / BlockSize);
            DrawRoots();
            for (int row = first; row < Math.Min(diagonal.Length, End); row++)
            {
                int k = (int)(End - 1) - row;
                (diagonal[row], outer[row]) = (_diagonal[k], _outer[k]);
                if (!inner.IsEmpty)
                    inner[row] = _normal[k];
            }
        }
    }

    /// <summary>Takes the square roots of the block's entries and draws its normal numbers.</summary>
    public void DrawRoots()
    {
        TensorPrimitives.Sqrt(Diagonal2, _diagonal);
        TensorPrimitives.Sqrt(Outer2, _outer);
        _random.FillNormal(_normal.AsSpan(0, Count));
    }
}

/// <summary>The name of a band's random numbers.</summary>
/// <param name="Seed">The run's seed.</param>
/// <param name="Trial">The trial's number.</param>
/// <param name="Role">Whose band it is within the trial.</param>
internal readonly record struct BandName(ulong Seed, ulong Trial, ulong Role);
