namespace WeakToStrong.Simulation;

/// <summary>
/// How much of a band decides a ridge regression: the leading rows beyond which nothing reaches the first coordinates, to rounding. Their
/// number depends on the aspect ratio and the ridge and hardly on the size of the design (docs/simulation.md, section 4, has the proof).
/// </summary>
/// <remarks>
/// What is cut off changes a quadratic form of f(B'B) in the first coordinates by at most twice the best polynomial approximation of f, of
/// the degree that can travel to the cut and back. For f(x) = mu/(x + mu) on a spectrum in [lo, hi] that is below 2 r^degree with r =
/// (k-1)/(k+1), k^2 = (hi + mu)/(lo + mu); derivatives in mu cost a factor of the degree, and one of n/(lo + mu) where they are not
/// multiplied by mu.
/// </remarks>
internal static class LeadingBlock
{
    /// <summary>Depths are whole multiples of this, so that ridges side by side in a vector can start at rows of their own.</summary>
    public const int Step = 8;

    /// <summary>log 2^-53: the probability that a singular value lies beyond an edge that is assumed here.</summary>
    private const double LogRisk = -53 * Log2;

    /// <summary>
    /// A singular value of a Gaussian n x d matrix lies outside |sqrt n -+ sqrt d| by t with a probability of at most exp(-t^2/2) (Davidson
    /// and Szarek 2001).
    /// </summary>
    private static readonly double Margin = Math.Sqrt(-2 * LogRisk);

    /// <summary>log 2^53: truncation is kept this far below the scale of the errors, a unit in the last place.</summary>
    private const double Accuracy = 53 * Log2;

    private const double Log2 = 0.693147180559945309417;

    /// <summary>The rows of the band that are needed, from the first on; all of them where the block would be as long.</summary>
    /// <param name="rows">n of the design that the band stands for, not negative.</param>
    /// <param name="columns">Its d, at least 1.</param>
    /// <param name="bandwidth">b, the number of fixed directions.</param>
    /// <param name="mu">The ridge on the scale of B'B, not negative.</param>
    public static long Rows(long rows, long columns, int bandwidth, double mu)
    {
        long all = Math.Min(rows, columns);
        if (all == 0)
            return 0;
        double tall = Math.Sqrt(Math.Max(rows, columns)), flat = Math.Sqrt(all);
        double high = Square(tall + flat + Margin) + mu, low = Math.Max(Square(Math.Max(0, tall - flat - Margin)),
            LeastEigenvalue(Math.Max(rows, columns), all)) + mu;
        if (low == 0)
            return all;
        double excess = (high - low) / low; // k^2 - 1
        double rate = double.LogP1(2 * (Math.Sqrt(1 + excess) + 1) / excess); // -log r
        double accuracy = Accuracy + Math.Max(0, Math.Log(tall / low * tall)), degree = accuracy / rate;
        for (int i = 0; i < 3; i++)
            degree = 2 + ((accuracy + Math.Log(degree + 4)) / rate);
        double needed = Step * Math.Ceiling(bandwidth * (Math.Floor(degree / 2) + 1) / Step);
        return needed < all ? (long)needed : all;
    }

    /// <summary>The multiple of <see cref="Step"/> below a row number.</summary>
    public static long StepBefore(long row) => (row - 1) / Step * Step;

    /// <summary>
    /// What the least eigenvalue of X'X falls short of with a probability of at most 2^-53 for an n x d Gaussian X, n >= d, from Edelman's
    /// (1988) bound of its density, L x^((n-d-1)/2) with L = 2^((n-d-1)/2) Gamma((n+1)/2)/(Gamma(d/2) Gamma(n-d+1)): better than
    /// concentration for n up to some thousands.
    /// </summary>
    private static double LeastEigenvalue(double n, double d)
    {
        double power = (n - d + 1) / 2;
        double logL = ((power - 1) * Log2) + LogGamma((n + 1) / 2) - LogGamma(d / 2) - LogGamma(n - d + 1);
        return Math.Exp((LogRisk + Math.Log(power) - logL) / power);
    }

    /// <summary>Stirling's series, to 0.02 from 1/2 on, which is plenty here.</summary>
    private static double LogGamma(double x) => ((x - 0.5) * Math.Log(x)) - x + (0.5 * Math.Log(2 * Math.PI)) + (1 / (12 * x));

    private static double Square(double x) => x * x;
}
