using System.Numerics.Tensors;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Data;

/// <summary>Finds what is not a finite number.</summary>
internal static class FiniteCheck
{
    private const int BlockRows = 1024;

    /// <summary>The first entry, by rows, that is infinite or NaN; null when there is none.</summary>
    public static (int Row, int Column)? First(Matrix<double> values, int threads)
    {
        int first = int.MaxValue;
        Lock gate = new();
        FixedBlocks.Cut(values.Rows, BlockRows, threads, (start, count) =>
        {
            for (int row = start; row < start + count; row++)
            {
                // A row's sum is finite when its entries are; the converse fails only by overflow, which the second look settles.
                if (double.IsFinite(TensorPrimitives.Sum<double>(values.Row(row))) || InRow(values.Row(row)) < 0)
                    continue;
                lock (gate)
                    first = Math.Min(first, row);
                return;
            }
        });
        return first == int.MaxValue ? null : (first, InRow(values.Row(first)));
    }

    private static int InRow(ReadOnlySpan<double> row)
    {
        for (int j = 0; j < row.Length; j++)
        {
            if (!double.IsFinite(row[j]))
                return j;
        }
        return -1;
    }
}
