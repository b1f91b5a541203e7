using System.Numerics.Tensors;

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
        FixedBlocks.Cut(rows.Count, BlockRows, threads, (first, count) =>
        {
            var part = new ColumnMoments(rows.Columns);
            part.Add(rows[0], count, i => rows[first + i]);
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
        for (int j = 0; j < deviations.Length; j++)
        {
            if (deviations[j] is > Small and < Large)
                continue;
            double largest = 0, sum = 0;
            for (int i = 0; i < rows.Count; i++)
                largest = Math.Max(largest, Math.Abs(rows[i][j] - means[j]));
            for (int i = 0; i < rows.Count && largest > 0; i++)
                sum += Math.Pow((rows[i][j] - means[j]) / largest, 2);
            deviations[j] = largest * Math.Sqrt(sum / rows.Count);
        }
        return deviations;
    }
}
