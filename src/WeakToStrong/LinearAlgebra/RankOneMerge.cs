using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace WeakToStrong.LinearAlgebra;

/// <summary>
/// Merges the eigen-decompositions of two neighbouring halves: diag(d) + rho z z', where z holds the eigenvectors' entries at the cut.
/// </summary>
/// <remarks>
/// Entries of z that do not matter, and one of two eigenvalues that cannot be told apart, are deflated: their eigenvectors stay. The rest
/// solve the secular equation. z is then recomputed so that the computed roots are exact for it (Gu and Eisenstat 1995), which makes
/// the eigenvectors orthogonal without extra precision. Rows that live only in the left or only in the right half are grouped, and the
/// products skip the zeros.
/// </remarks>
internal sealed unsafe class RankOneMerge(int first, int middle, int end, double[] d, Block<double> vectors, int[] order, double[] gathered,
    double[] rotations, int threads)
{
    private const double Unit = 1.1102230246251565e-16;
    private const int Chunk = 32;

    private const int Left = 0, Mixed = 1, Right = 2;

    private readonly int _n = end - first;
    private readonly List<int> _kept = new(end - first), _deflated = [];
    private readonly int[] _kind = new int[end - first];
    private double[] _poles = [], _weights = [], _roots = [];
    private int[] _position = [];
    private double _rho;

    private int Kept => _kept.Count;

    // Where this merge's share of the two work matrices starts.
    private int Work => first * vectors.Columns;

    public void Run(double coupling)
    {
        MergeOrder();
        double[] z = CutEntries(coupling);
        Deflate(z);
        int kept = Kept;
        if (kept > 0)
        {
            _poles = [.. _kept.Select(row => d[row])];
            _weights = [.. _kept.Select(row => z[row - first])];
            (_roots, _position) = (new double[kept], new int[kept]);
            int pieces = FixedBlocks.Count(kept, Chunk);
            FixedBlocks.Run(pieces, threads, new Solve(this));
            FixedBlocks.Run(pieces, threads, new Reweigh(this));
            var (left, mixed) = GatherRows();
            FixedBlocks.Run(pieces, threads, new Vectors(this));
            MakeRoom();
            Multiply(0, left + mixed, first, middle - first, Work);
            Multiply(left, kept - left, middle, end - middle, Work + ((left + mixed) * (middle - first)));
            _roots.CopyTo(d, first);
        }
        SortOrder(kept);
    }

    private void MergeOrder()
    {
        int[] merged = ArrayPool<int>.Shared.Rent(_n);
        for (int k = 0, i = first, j = middle; k < _n; k++)
            merged[k] = j == end || (i < middle && d[order[i]] <= d[order[j]]) ? order[i++] : order[j++];
        merged.AsSpan(0, _n).CopyTo(order.AsSpan(first));
        ArrayPool<int>.Shared.Return(merged);
    }

    // T = diag(T1, T2) + |c| u u' with u = (.., 1; sign c, ..); z = Z u has norm sqrt 2, which goes into rho.
    private double[] CutEntries(double coupling)
    {
        _rho = 2 * Math.Abs(coupling);
        var z = new double[_n];
        for (int row = first; row < end; row++)
        {
            bool isLeft = row < middle;
            _kind[row - first] = isLeft ? Left : Right;
            z[row - first] = (isLeft ? vectors[row, middle - 1] : Math.CopySign(1, coupling) * vectors[row, middle]) * Math.Sqrt(0.5);
        }
        return z;
    }

    private void Deflate(double[] z)
    {
        double largest = Math.Max(Math.Abs(d[order[first]]), Math.Abs(d[order[end - 1]]));
        double tolerance = 8 * Unit * Math.Max(largest, Math.Abs(TensorPrimitives.MaxMagnitude<double>(z)));
        int previous = -1;
        for (int k = first; k < end; k++)
        {
            int row = order[k];
            if (_rho * Math.Abs(z[row - first]) <= tolerance)
            {
                _deflated.Add(row);
                continue;
            }
            if (previous >= 0 && TryDeflatePair(z, previous, row, tolerance))
                _deflated.Add(previous);
            else if (previous >= 0)
                _kept.Add(previous);
            previous = row;
        }
        if (previous >= 0)
            _kept.Add(previous);
    }

    // Turns the two rows so that `previous` loses its weight, if that changes the matrix by rounding only.
    private bool TryDeflatePair(double[] z, int previous, int row, double tolerance)
    {
        double s = z[previous - first], c = z[row - first], length = double.Hypot(c, s), difference = d[row] - d[previous];
        (c, s) = (c / length, -s / length);
        if (Math.Abs(difference * c * s) > tolerance)
            return false;
        (z[row - first], z[previous - first]) = (length, 0);
        if (_kind[row - first] != _kind[previous - first])
            _kind[row - first] = _kind[previous - first] = Mixed;
        TridiagonalQl.Rotate(vectors.Row(previous).Slice(first, _n), vectors.Row(row).Slice(first, _n), c, -s);
        (d[previous], d[row]) = ((d[previous] * c * c) + (d[row] * s * s), (d[previous] * s * s) + (d[row] * c * c));
        return true;
    }

    // Kept rows are copied out, left halves of the left and mixed ones, right halves of the mixed and right ones.
    private (int Left, int Mixed) GatherRows()
    {
        Span<int> count = stackalloc int[3];
        foreach (int row in _kept)
            count[_kind[row - first]]++;
        Span<int> next = [0, count[Left], count[Left] + count[Mixed]];
        int leftWidth = middle - first, rightWidth = end - middle;
        Span<double> lefts = gathered.AsSpan(Work), rights = lefts[((count[Left] + count[Mixed]) * leftWidth)..];
        for (int k = 0; k < Kept; k++)
        {
            int row = _kept[k], kind = _kind[row - first], position = _position[k] = next[kind]++;
            if (kind != Right)
                vectors.Row(row).Slice(first, leftWidth).CopyTo(lefts[(position * leftWidth)..]);
            if (kind != Left)
                vectors.Row(row).Slice(middle, rightWidth).CopyTo(rights[((position - count[Left]) * rightWidth)..]);
        }
        return (count[Left], count[Mixed]);
    }

    // The new eigenvectors take the first rows: deflated rows that stand there move to rows that were copied out.
    private void MakeRoom()
    {
        int firstFree = first + Kept;
        int[] free = [.. _kept.Where(row => row >= firstFree)];
        int used = 0;
        for (int k = 0; k < _deflated.Count; k++)
        {
            int row = _deflated[k];
            if (row >= firstFree)
                continue;
            int target = free[used++];
            vectors.Row(row).Slice(first, _n).CopyTo(vectors.Row(target).Slice(first, _n));
            (d[target], _deflated[k]) = (d[row], target);
        }
    }

    // Columns of the new eigenvectors, from `depth` gathered rows that start at `source`.
    private void Multiply(int from, int depth, int column, int width, int source)
    {
        Block<double> left = new(rotations, Work + from, Kept, depth, Kept), right = new(gathered, source, depth, width, width);
        Dense.Multiply(transposeA: false, transposeB: false, depth, 1, left, right, 0, vectors.Part(first, column, Kept, width), threads);
    }

    private void SortOrder(int kept)
    {
        double[] values = d;
        _deflated.Sort((x, y) => values[x].CompareTo(values[y]));
        int i = 0, j = 0;
        for (int k = first; k < end; k++)
            order[k] = j == _deflated.Count || (i < kept && d[first + i] <= d[_deflated[j]]) ? first + i++ : _deflated[j++];
    }

    private Span<double> RotationRow(int j) => rotations.AsSpan(Work + (j * Kept), Kept);

    private readonly struct Solve(RankOneMerge merge) : IBlockWork
    {
        public void Run(int block)
        {
            double squares = TensorPrimitives.SumOfSquares(merge._weights);
            fixed (double* d = merge._poles, z = merge._weights)
            {
                for (int j = block * Chunk; j < Math.Min((block + 1) * Chunk, merge.Kept); j++)
                {
                    fixed (double* gaps = merge.RotationRow(j))
                        merge._roots[j] = SecularEquation.Root(j, merge.Kept, d, z, merge._rho, squares, gaps);
                }
            }
        }
    }

    /// <summary>z_i^2 = product over j of (root_j - d_i), over the product of (d_j - d_i) for j other than i; up to
    /// a common factor.</summary>
    private readonly struct Reweigh(RankOneMerge merge) : IBlockWork
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run(int block)
        {
            int from = block * Chunk, count = Math.Min(Chunk, merge.Kept - from), width = Vector<double>.Count,
                padded = (count + width - 1) / width * width;
            Span<double> products = stackalloc double[Chunk + 8], poles = stackalloc double[Chunk + 8], gaps = stackalloc double[Chunk + 8];
            products.Fill(1);
            poles.Clear();
            merge._poles.AsSpan(from, count).CopyTo(poles);
            gaps.Fill(1);
            for (int j = 0; j < merge.Kept; j++)
            {
                merge.RotationRow(j).Slice(from, count).CopyTo(gaps);
                Vector<double> pole = new(merge._poles[j]);
                for (int i = 0; i < padded; i += width)
                {
                    Vector<double> difference = new Vector<double>(poles[i..]) - pole;
                    // Only j = i gives zero; its gap d_i - root_i is negative.
                    difference = Vector.ConditionalSelect(Vector.Equals(difference, Vector<double>.Zero), new Vector<double>(-1),
                        difference);
                    (new Vector<double>(products[i..]) * (new Vector<double>(gaps[i..]) / difference)).CopyTo(products[i..]);
                }
            }
            for (int i = 0; i < count; i++)
                merge._weights[from + i] = Math.CopySign(Math.Sqrt(Math.Abs(products[i])), merge._weights[from + i]);
        }
    }

    /// <summary>Row j: entries z_i / (d_i - root_j), of length one, in the order of the gathered rows.</summary>
    private readonly struct Vectors(RankOneMerge merge) : IBlockWork
    {
        public void Run(int block)
        {
            double[] entries = ArrayPool<double>.Shared.Rent(merge.Kept);
            Span<double> entry = entries.AsSpan(0, merge.Kept);
            for (int j = block * Chunk; j < Math.Min((block + 1) * Chunk, merge.Kept); j++)
            {
                Span<double> row = merge.RotationRow(j);
                TensorPrimitives.Divide(merge._weights, row, entry);
                TensorPrimitives.Divide(entry, TensorPrimitives.Norm<double>(entry), entry);
                for (int i = 0; i < entry.Length; i++)
                    row[merge._position[i]] = entry[i];
            }
            ArrayPool<double>.Shared.Return(entries);
        }
    }
}
