using System.Numerics.Tensors;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Ridge;

/// <summary>
/// Orthogonalises vectors of very different length by rotating them among each other, so that the short ones keep their relative
/// accuracy: the singular value decomposition of a matrix D B, D a diagonal of any range, as accurate as the condition of B allows
/// (Demmel and Veselic 1992).
/// </summary>
/// <remarks>
/// An eigen-decomposition of the vectors' inner products is right for the longest of them only. Those down to <see cref="Level"/> of the
/// longest are settled; the shorter ones are cleared of what rounding left along the settled ones, and decomposed again among themselves.
/// </remarks>
internal static class GradedVectors
{
    // Cosines between settled vectors are at most eps/Level^2.
    private const double Level = 1e-3;

    // Beyond this ratio of lengths squares would leave the range of doubles.
    private const double Negligible = 1e-140;

    /// <summary>
    /// Replaces the rows A of <paramref name="vectors"/> by Q A with orthogonal rows, longest first, and the rows of
    /// <paramref name="followers"/> by Q times them. Rows that are negligible become zero.
    /// </summary>
    /// <returns>The lengths of the rows.</returns>
    public static double[] Orthogonalise(Matrix<double> vectors, Matrix<double> followers, int threads)
    {
        int count = vectors.Rows;
        Sort(vectors, followers);
        double[] lengths = Lengths(vectors);
        double longest = count == 0 ? 0 : lengths.Max();
        for (int first = 0; first < count;)
        {
            double unit = lengths.AsSpan(first).ToArray().Max();
            if (!(unit > Negligible * longest))
            {
                vectors.RowBlock(first, count - first).Clear();
                lengths.AsSpan(first).Clear();
                break;
            }
            Diagonalise(vectors, followers, first, unit, threads);
            lengths = Lengths(vectors);
            int last = first + 1;
            while (last < count && lengths[last] >= Level * unit)
                last++;
            // Of all settled rows, not only the new ones: what was left along the longest when these rows were mixtures may be longer than
            // what they are now. The second pass removes what the first leaves by cancellation.
            for (int pass = 0; pass < 2 && last < count; pass++)
                Clear(vectors, followers, lengths, last, threads);
            first = last;
            lengths = Lengths(vectors);
        }
        Polish(vectors, followers, lengths, threads);
        return Lengths(vectors);
    }

    /// <summary>
    /// Takes from each row what it still has along the longer ones. That was cleared while rows were long mixtures; what matters is how it
    /// compares with the row alone, times the ratio of the lengths.
    /// </summary>
    private static void Polish(Matrix<double> vectors, Matrix<double> followers, double[] lengths, int threads)
    {
        const int Passes = 3;
        int count = lengths.TakeWhile(length => length > 0).Count();
        for (int pass = 0; pass < Passes; pass++)
        {
            Matrix<double> unit = Scaled(vectors, count, lengths), following = Scaled(followers, count, lengths),
                cosines = new(count, count);
            Dense.RankUpdate(transpose: true, 1, unit.AsBlock(), 0, cosines.AsBlock(), threads);
            for (int k = 0; k < count; k++)
                cosines.Row(k)[k..].Clear();
            Remove(unit, vectors);
            Remove(following, followers);

            void Remove(Matrix<double> units, Matrix<double> from)
            {
                var along = new Matrix<double>(count, units.Columns);
                Dense.Multiply(cosines, units, along, threads: threads);
                for (int k = 0; k < count; k++)
                    TensorPrimitives.MultiplyAdd(along.Row(k), -lengths[k], from.Row(k), from.Row(k));
            }
        }
    }

    private static Matrix<double> Scaled(Matrix<double> rows, int count, double[] lengths)
    {
        var scaled = new Matrix<double>(count, rows.Columns);
        for (int k = 0; k < count; k++)
            TensorPrimitives.Divide(rows.Row(k), lengths[k], scaled.Row(k));
        return scaled;
    }

    /// <summary>Rotates the rows from <paramref name="first"/> on into the eigenvectors of their inner products.</summary>
    private static void Diagonalise(Matrix<double> vectors, Matrix<double> followers, int first, double unit, int threads)
    {
        int rest = vectors.Rows - first;
        Matrix<double> rows = Rows(vectors, first, rest), gram = new(rest, rest), rotation = new(rest, rest);
        TensorPrimitives.Divide(rows.Data, unit, rows.Data);
        Dense.RankUpdate(transpose: true, 1, rows.AsBlock(), 0, gram.AsBlock(), threads);
        Dense.SymmetricEigen(gram, threads);
        for (int i = 0; i < rest; i++)
        {
            for (int j = 0; j < rest; j++)
                rotation[i, j] = gram[j, rest - 1 - i];
        }
        Rotate(rotation, rows, vectors, first, unit, threads);
        Rotate(rotation, Rows(followers, first, rest), followers, first, 1, threads);
    }

    private static void Rotate(Matrix<double> rotation, Matrix<double> from, Matrix<double> to, int first, double unit, int threads)
    {
        var turned = new Matrix<double>(from.Rows, from.Columns);
        Dense.Multiply(rotation, from, turned, threads: threads);
        TensorPrimitives.Multiply(turned.Data, unit, to.RowBlock(first, from.Rows));
    }

    /// <summary>Rotates the rows beyond the first <paramref name="settled"/> away from these, by angles so small that their
    /// squares are nothing.</summary>
    private static void Clear(Matrix<double> vectors, Matrix<double> followers, double[] lengths, int settled, int threads)
    {
        int rest = vectors.Rows - settled;
        Matrix<double> directions = Scaled(vectors, settled, lengths), along = Rows(followers, 0, settled), angles = new(rest, settled);
        Matrix<double> cleared = Rows(vectors, settled, rest), following = Rows(followers, settled, rest);
        Dense.Multiply(cleared, directions, angles, transposeB: true, threads: threads);
        Dense.Multiply(angles, directions, cleared, alpha: -1, beta: 1, threads: threads);
        for (int i = 0; i < rest; i++)
        {
            for (int j = 0; j < settled; j++)
                angles[i, j] /= lengths[j];
        }
        Dense.Multiply(angles, along, following, alpha: -1, beta: 1, threads: threads);
        cleared.Data.CopyTo(vectors.RowBlock(settled, rest));
        following.Data.CopyTo(followers.RowBlock(settled, rest));
    }

    /// <summary>Puts the longest first: rotations of rows in this order mix next to nothing of a long row into a short one.</summary>
    private static void Sort(Matrix<double> vectors, Matrix<double> followers)
    {
        double[] lengths = Lengths(vectors);
        int[] order = [.. Enumerable.Range(0, lengths.Length).OrderByDescending(i => lengths[i])];
        foreach (Matrix<double> rows in (Matrix<double>[])[vectors, followers])
        {
            Matrix<double> from = rows.Copy();
            for (int i = 0; i < order.Length; i++)
                from.Row(order[i]).CopyTo(rows.Row(i));
        }
    }

    private static double[] Lengths(Matrix<double> vectors)
    {
        var lengths = new double[vectors.Rows];
        for (int i = 0; i < lengths.Length; i++)
        {
            double largest = Math.Abs(TensorPrimitives.MaxMagnitude<double>(vectors.Row(i))), sum = 0;
            foreach (double value in vectors.Row(i))
                sum += largest == 0 ? 0 : value / largest * (value / largest);
            lengths[i] = largest * Math.Sqrt(sum);
        }
        return lengths;
    }

    private static Matrix<double> Rows(Matrix<double> from, int first, int count) =>
        new(count, from.Columns, from.RowBlock(first, count).ToArray());
}
