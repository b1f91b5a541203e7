using WeakToStrong.Statistics;

namespace WeakToStrong.Simulation;

/// <summary>
/// What a finite size adds to a limit: c of mean = limit + c/d, fitted to simulations of several sizes at fixed ratios d/n by least squares
/// weighted with their standard errors. The limit is not fitted.
/// </summary>
/// <param name="Limit">The limit at the largest size's ratios (whole numbers of rows let ratios differ a little from size to size; each
/// point is compared with its own).</param>
/// <param name="TimesDimension">c, the shift times d.</param>
/// <param name="StandardError">Standard error of c.</param>
/// <param name="ChiSquare">Sum of squared residuals over their variances: near <paramref name="DegreesOfFreedom"/> where the shift is c/d
/// and no more.</param>
/// <param name="DegreesOfFreedom">Sizes less one.</param>
public readonly record struct FiniteSizeShift(double Limit, double TimesDimension, double StandardError, double ChiSquare,
    int DegreesOfFreedom)
{
    /// <summary><see cref="ChiSquare"/> over <see cref="DegreesOfFreedom"/>.</summary>
    public double ChiSquarePerDegree => ChiSquare / DegreesOfFreedom;

    /// <summary>Fits c.</summary>
    /// <param name="points">Independent simulations, at least two.</param>
    /// <param name="exponent">p of limit + c/d^p: 1, or another to be refuted.</param>
    /// <exception cref="InputException">There are fewer than two sizes.</exception>
    public static FiniteSizeShift Fit(IReadOnlyList<FiniteSizePoint> points, double exponent = 1)
    {
        ArgumentNullException.ThrowIfNull(points);
        int sizes = points.Select(p => p.Dimension).Distinct().Count();
        if (sizes < 2)
            throw new InputException($"the finite-size shift is fitted to at least two values of d, found {sizes}");
        double product = 0, square = 0, chiSquare = 0;
        foreach (FiniteSizePoint point in points)
        {
            double x = point.Scaled(exponent);
            product += x * point.Z;
            square += x * x;
        }
        double c = product / square;
        foreach (FiniteSizePoint point in points)
        {
            double residual = point.Z - (c * point.Scaled(exponent));
            chiSquare += residual * residual;
        }
        return new FiniteSizeShift(points.MaxBy(p => p.Dimension).Limit, c, 1 / Math.Sqrt(square), chiSquare, points.Count - 1);
    }
}

/// <summary>A simulated mean at one size, beside its limit.</summary>
/// <param name="Dimension">d.</param>
/// <param name="Mean">The simulated mean.</param>
/// <param name="Limit">Its limit at this size's ratios and spike.</param>
public readonly record struct FiniteSizePoint(long Dimension, Estimate Mean, double Limit)
{
    /// <summary>The shift times d, with its standard error.</summary>
    public Estimate ShiftTimesDimension => new((Mean.Mean - Limit) * Dimension, Mean.StandardError * Dimension, Mean.Count);

    /// <summary>The shift in standard errors.</summary>
    internal double Z => Mean.Z(Limit);

    /// <summary>d^-exponent in standard errors.</summary>
    internal double Scaled(double exponent) => Math.Pow(Dimension, -exponent) / Mean.StandardError;
}
