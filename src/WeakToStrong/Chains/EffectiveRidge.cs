namespace WeakToStrong.Chains;

/// <summary>
/// The deterministic equivalent of a ridge: (X'X/n + lambda)^-1 acts on average as (Sigma + kappa)^-1 up to a factor, where kappa solves
/// <c>1 - lambda/kappa = (1/n) sum_j s_j/(s_j + kappa)</c>. kappa is what the ridge amounts to once the randomness of the n rows, a ridge
/// of its own, is added (Dobriban and Wager 2018; Hastie et al. 2022; Bach 2024; Defilippis, Loureiro and Misiakiewicz 2024).
/// </summary>
public readonly record struct EffectiveRidge
{
    private EffectiveRidge(double kappa, double df1, double df2)
    {
        Kappa = kappa;
        Df1 = df1;
        Df2 = df2;
    }

    /// <summary>kappa, in units of an eigenvalue; 0 only for ridge 0 and at least as many rows as the rank.</summary>
    public double Kappa { get; }

    /// <summary>Degrees of freedom sum_j s_j/(s_j + kappa), from 0 to the rank.</summary>
    public double Df1 { get; }

    /// <summary>Degrees of freedom of the variance, sum_j (s_j/(s_j + kappa))^2, at most <see cref="Df1"/>.</summary>
    public double Df2 { get; }

    /// <summary>Solves for kappa, accurate to a few units in the last place.</summary>
    /// <param name="spectrum">Eigenvalues s_j of the covariance.</param>
    /// <param name="rows">Number of training rows n, at least 1.</param>
    /// <param name="ridge">lambda, normalised as (1/n) sum (y_i - x_i'b)^2 + lambda |b|^2; finite, not negative.</param>
    /// <param name="threads">Threads to use for very long spectra; does not change the result.</param>
    public static EffectiveRidge Solve(Spectrum spectrum, long rows, double ridge, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(spectrum);
        var groups = new GroupBalance([Require.AtLeast(rows, 1L)], [1]);
        double kappa = SolveKappa(spectrum, groups, Require.NonNegative(ridge), threads);
        double df2 = 0;
        foreach (double s in spectrum.Values)
        {
            double h = s == 0 ? 0 : s / (s + kappa);
            df2 += h * h;
        }
        return new EffectiveRidge(kappa, DegreesOfFreedom(spectrum, kappa, threads), df2);
    }

    /// <summary>df1 at a given kappa.</summary>
    internal static double DegreesOfFreedom(Spectrum spectrum, double kappa, int threads)
    {
        if (kappa == 0)
            return spectrum.Rank;
        FilterSums sums = SpectralSums.Filter(spectrum.Padded, kappa, threads);
        return sums.AtLeast - sums.Signed;
    }

    /// <summary>
    /// The root of psi(log kappa) = N - df1(kappa) - Unspent(lambda/kappa), which increases. N - df1 is formed as (N - number of s_j >=
    /// kappa) + Signed: its error is a few roundings of psi' itself, so the root is always well conditioned, however wide the spectrum.
    /// |psi''| is at most about psi', so a step below 2^-30 leaves an error below the last bit.
    /// </summary>
    internal static double SolveKappa(Spectrum spectrum, GroupBalance groups, double ridge, int threads)
    {
        double n = groups.Rows, low, high = (ridge / groups.SmallestWeight) + (spectrum.Trace / n);
        if (ridge > 0)
            low = ridge / groups.MeanWeight;
        else if (n < spectrum.Rank)
            low = Math.Max(spectrum.Smallest * ((spectrum.Rank - n) / n), double.Epsilon);
        else
            return 0;

        // Newton's method on kappa psi, convex in kappa for one group, descends to the root from the upper bound; on psi itself it leaps
        // over wide gaps. The leap is tried first; what leaves the bracket or does not shrink is replaced by a geometric bisection.
        double kappa = high, previous = double.PositiveInfinity;
        for (int iteration = 0; iteration < 400; iteration++)
        {
            FilterSums sums = SpectralSums.Filter(spectrum.Padded, kappa, threads);
            double z = groups.AtRatio(ridge / kappa);
            double psi = n - sums.AtLeast + sums.Signed - groups.Unspent(z);
            double newton = psi / (sums.Slope + groups.UnspentSlope(z));
            if (Math.Abs(newton) < 1e-9)
                return kappa - (kappa * newton);
            if (psi > 0)
                high = kappa;
            else
                low = kappa;

            double next = kappa * Math.Exp(-newton);
            if (!(next > low && next < high && Math.Abs(newton) < 0.5 * previous))
                next = newton > 0 ? kappa / (1 + newton) : kappa * (1 - newton);
            if (!(next > low && next < high && Math.Abs(Math.Log(next / kappa)) < 0.5 * previous))
                next = Math.Sqrt(low) * Math.Sqrt(high);
            if (!(next > low && next < high))
                return high;
            previous = Math.Abs(Math.Log(next / kappa));
            kappa = next;
        }
        throw new InvalidOperationException(FormattableString.Invariant($"kappa did not converge for {n} rows and ridge {ridge}"));
    }
}
