namespace WeakToStrong.Chains;

/// <summary>
/// A teacher that sees the data only through M random Gaussian features of them and learns from infinitely many true labels: least squares
/// on W x with W an M x d matrix of independent normal entries. What is random is W. With kappa from sum_j s_j/(s_j + kappa) = M its mean
/// keeps s_j/(s_j + kappa) of the target, and its excess error is sum_j kappa/(s_j + kappa) theta_j^2 (Medvedev et al. 2025; Bach 2024).
/// </summary>
public static class RandomFeatures
{
    /// <summary>The teacher.</summary>
    /// <param name="population">What is learned.</param>
    /// <param name="features">M, at least 1 and below the rank of the covariance.</param>
    /// <param name="threads">Threads to use; does not change the result.</param>
    /// <exception cref="ArgumentOutOfRangeException">M is not in that range.</exception>
    public static Estimator Teacher(Population population, long features, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(population);
        Require.AtLeast(features, 1L);
        if (features >= population.Spectrum.Rank)
            throw new ArgumentOutOfRangeException(nameof(features), features,
                $"must be below the rank {population.Spectrum.Rank} of the covariance");
        PenaltyBasis basis = population.Basis(Penalty.Identity);
        // The interpolator of M rows has the same equation for kappa.
        double kappa = EffectiveRidge.SolveKappa(population.Spectrum, new GroupBalance([features], [1]), 0, threads);
        double[] s = population.Spectrum.Padded, theta = population.Truth.Mean, kept = new double[s.Length], lost = new double[s.Length],
            diagonal = new double[s.Length];
        double df1 = 0, df2 = 0, slope = 0, missed = 0, bias = 0;
        for (int j = 0; j < s.Length; j++)
        {
            kept[j] = s[j] == 0 ? 0 : s[j] / (s[j] + kappa);
            lost[j] = s[j] == 0 ? 1 : kappa / (s[j] + kappa);
            df1 += kept[j];
            df2 += kept[j] * kept[j];
            slope += kept[j] * lost[j];
            missed += s[j] * lost[j] * lost[j] * theta[j] * theta[j];
            bias += lost[j] * lost[j] * theta[j] * theta[j];
        }
        // F/M = missed/(M - df2), and M - df2 = sum h g.
        for (int j = 0; j < s.Length; j++)
            diagonal[j] = s[j] == 0 ? 0 : missed / slope * (kept[j] * (1 - lost[j]) / s[j]);
        var errors = new StageErrors(0, kappa, df1, df2, bias, diagonal.Sum());
        double[] mean = [.. kept.Zip(theta, (h, t) => h * t)], shortfall = [.. lost.Zip(theta, (g, t) => g * t)];
        return Estimator.Trained(population, mean, shortfall, new Spread(diagonal), errors,
            new StageLineage(basis, kept, [population.Truth], [1]));
    }
}
