namespace WeakToStrong.Statistics;

/// <summary>How well simulated means agree with a limiting formula over many cells.</summary>
public sealed record Agreement
{
    private Agreement()
    {
    }

    /// <summary>What was compared, such as "left panel".</summary>
    public required string Where { get; init; }

    /// <summary>How many cells were compared; cells without a finite standard error and limit are left out.</summary>
    public required int Cells { get; init; }

    /// <summary>Share of cells whose mean lies within two standard errors of the limit, from 0 to 1.</summary>
    public required double ShareWithinTwo { get; init; }

    /// <summary>Largest |z|, in standard errors.</summary>
    public required double LargestZ { get; init; }

    /// <summary>Median |z|, in standard errors.</summary>
    public required double MedianZ { get; init; }

    /// <summary>Median of mean minus limit: the finite-size shift, in the units of the error.</summary>
    public required double MedianShift { get; init; }

    /// <summary>Largest absolute difference of mean and limit.</summary>
    public required double LargestShift { get; init; }

    /// <summary>Compares estimates with limits, cell by cell.</summary>
    /// <param name="where">What is compared.</param>
    /// <param name="estimates">Simulated means with their standard errors.</param>
    /// <param name="limits">The limit of each.</param>
    public static Agreement Of(string where, IEnumerable<Estimate> estimates, IEnumerable<double> limits)
    {
        (double Z, double Shift)[] cells =
        [
            .. estimates.Zip(limits)
                .Where(c => double.IsFinite(c.Second) && c.First.StandardError > 0)
                .Select(c => (c.First.Z(c.Second), c.First.Mean - c.Second)),
        ];
        return new Agreement
        {
            Where = where,
            Cells = cells.Length,
            ShareWithinTwo = cells.Length == 0 ? double.NaN : cells.Count(c => Math.Abs(c.Z) <= 2) / (double)cells.Length,
            LargestZ = cells.Length == 0 ? double.NaN : cells.Max(c => Math.Abs(c.Z)),
            MedianZ = Median([.. cells.Select(c => Math.Abs(c.Z))]),
            MedianShift = Median([.. cells.Select(c => c.Shift)]),
            LargestShift = cells.Length == 0 ? double.NaN : cells.Max(c => Math.Abs(c.Shift)),
        };
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        int half = values.Length / 2;
        return values.Length == 0 ? double.NaN : values.Length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
    }
}
