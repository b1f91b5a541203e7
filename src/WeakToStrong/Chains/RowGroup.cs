namespace WeakToStrong.Chains;

/// <summary>Fresh training rows that share a source of labels: y = x'b_source + noise.</summary>
public sealed record RowGroup
{
    /// <summary>A group of rows.</summary>
    /// <param name="labels">Who labels the rows: <see cref="Population.Truth"/> or an estimator of the same population.</param>
    /// <param name="rows">How many rows, at least 1.</param>
    /// <param name="labelNoise">Variance of the noise added to the labels; finite, not negative.</param>
    /// <param name="weight">Weight of each row's squared residual in the loss, positive; only ratios between groups and to
    /// the ridge matter.</param>
    public RowGroup(Estimator labels, long rows, double labelNoise = 0, double weight = 1)
    {
        ArgumentNullException.ThrowIfNull(labels);
        Labels = labels;
        Rows = Require.AtLeast(rows, 1L);
        LabelNoise = Require.NonNegative(labelNoise);
        Weight = Require.Positive(weight);
    }

    /// <summary>Who labels the rows.</summary>
    public Estimator Labels { get; }

    /// <summary>How many rows n.</summary>
    public long Rows { get; }

    /// <summary>Variance of the noise added to the labels.</summary>
    public double LabelNoise { get; }

    /// <summary>Weight of each row in the loss.</summary>
    public double Weight { get; }
}
