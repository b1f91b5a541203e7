using System.Numerics.Tensors;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Ridge;

/// <summary>
/// What is subtracted from every row before a ridge regression, and the spread that is left. A mean that its rounding to a double does not
/// render well against the spread (an offset of 1e15 beside a deviation of 1) carries a second part. Immutable.
/// </summary>
internal sealed class Centring
{
    private const int BlockRows = 1024;

    // Within these bounds squares neither overflow nor lose digits.
    private const double Small = 1e-140, Large = 1e140;

    private Centring(double[] means, double[] lost, double[] deviations)
    {
        Means = means;
        Deviations = deviations;
        Largest = deviations.Max();
        for (int j = 0; j < lost.Length; j++)
        {
            if (Math.Abs(lost[j]) > 1e-12 * deviations[j])
                Lost = lost;
        }
    }

    /// <summary>The columns' means; zeros for a fit without intercept.</summary>
    public double[] Means { get; }

    /// <summary>What rounding took from the means; null where it does not matter.</summary>
    public double[]? Lost { get; }

    /// <summary>Root mean squares of the columns after centring (divisor n); 0 for constant columns.</summary>
    public double[] Deviations { get; }

    /// <summary>The largest deviation.</summary>
    public double Largest { get; }

    /// <summary>What was found before.</summary>
    public static Centring Of(double[] means, double[] lost, double[] deviations) => new(means, lost, deviations);

    /// <summary>Centres columns at their means.</summary>
    public static Centring AtMeans(FeatureRows rows, int threads)
    {
        var parts = new ColumnMoments[FixedBlocks.Count(rows.Count, BlockRows)];
        var origin = new Matrix<double>(1, rows.Columns);
        rows.Read(0, origin, 1);
        rows.ForEachBlock(BlockRows, threads, (first, count, rowOf) =>
        {
            var part = new ColumnMoments(rows.Columns);
            part.Add(origin.Row(0), count, i => rowOf(first + i));
            parts[first / BlockRows] = part;
        });
        for (int block = 1; block < parts.Length; block++)
            parts[0].Merge(parts[block]);
        (double[] means, double[] lost) = parts[0].Means();
        return new Centring(means, lost, Extreme(rows, means, parts[0].Deviations()));
    }

    /// <summary>Subtracts given numbers; for models that are made, not fitted, so that spreads do not matter.</summary>
    public static Centring At(double[] means) => new(means, new double[means.Length], new double[means.Length]);

    /// <summary>Leaves columns where they are, for a fit without intercept.</summary>
    public static Centring AtZero(FeatureRows rows)
    {
        double[] zeros = new double[rows.Columns], squares = new double[rows.Columns];
        for (int i = 0; i < rows.Count; i++)
            TensorPrimitives.MultiplyAdd(rows[i], rows[i], squares, squares);
        for (int j = 0; j < squares.Length; j++)
            squares[j] = Math.Sqrt(squares[j] / rows.Count);
        return new Centring(zeros, zeros, Extreme(rows, zeros, squares));
    }

    /// <summary>Deviations again, in units of the largest difference, where squares may have left the range of doubles.</summary>
    private static double[] Extreme(FeatureRows rows, double[] means, double[] deviations)
    {
        int[] columns = [.. Enumerable.Range(0, deviations.Length).Where(j => deviations[j] is not (> Small and < Large))];
        double[] largest = new double[columns.Length], sums = new double[columns.Length];
        ForEach((difference, k) => largest[k] = Math.Max(largest[k], Math.Abs(difference)));
        if (largest.Any(length => length > 0))
            ForEach((difference, k) => sums[k] += largest[k] > 0 ? Math.Pow(difference / largest[k], 2) : 0);
        for (int k = 0; k < columns.Length; k++)
            deviations[columns[k]] = largest[k] * Math.Sqrt(sums[k] / rows.Count);
        return deviations;

        void ForEach(Action<double, int> use)
        {
            if (columns.Length == 0)
                return;
            rows.ForEachBlock(BlockRows, 1, (first, count, rowOf) =>
            {
                for (int i = first; i < first + count; i++)
                {
                    for (int k = 0; k < columns.Length; k++)
                        use(rowOf(i)[columns[k]] - means[columns[k]], k);
                }
            });
        }
    }
}
