namespace WeakToStrong.Chains;

/// <summary>The sums of <see cref="StageSums"/> when the labels come from several sources.</summary>
internal static class MixedSums
{
    /// <summary>
    /// The estimate's mean is h times the sources' means mixed by trust; what it leaves unexplained of source i is
    /// sum_l w_l c_l with w_l = h trust_l - [l = i]. <paramref name="residuals"/> receives the mean square for each source.
    /// </summary>
    public static StageSums Of(double[] spectrum, double kappa, StageSource[] sources, double[] trust, Span<double> residuals)
    {
        var sums = default(StageSums);
        residuals.Clear();
        Span<double> w = sources.Length <= 64 ? stackalloc double[sources.Length] : new double[sources.Length];
        for (int j = 0; j < spectrum.Length; j++)
        {
            double s = spectrum[j];
            if (s == 0)
                continue;
            double h = s / (s + kappa), g = kappa / (s + kappa), mean = 0, shortfall = 0;
            for (int i = 0; i < sources.Length; i++)
            {
                mean += trust[i] * sources[i].Mean[j];
                shortfall += trust[i] * sources[i].Shortfall[j];
                w[i] = h * trust[i];
            }
            double left = shortfall + (g * mean);
            sums.Df1 += h;
            sums.Df2 += h * h;
            sums.Slope += g * h;
            sums.Bias += left * left;
            sums.Inherited += Quadratic(w, sources, j);
            for (int i = 0; i < sources.Length; i++)
            {
                double keep = w[i];
                double gap = (g * sources[i].Mean[j]) + (h * (shortfall - sources[i].Shortfall[j]));
                w[i] = -(g + (h * OthersTrust(trust, i)));
                residuals[i] += (gap * gap) + Quadratic(w, sources, j);
                w[i] = keep;
            }
        }
        return sums;
    }

    private static double OthersTrust(double[] trust, int i)
    {
        double sum = 0;
        for (int l = 0; l < trust.Length; l++)
            sum += l == i ? 0 : trust[l];
        return sum;
    }

    private static double Quadratic(ReadOnlySpan<double> w, StageSource[] sources, int j)
    {
        double sum = 0;
        for (int i = 0; i < w.Length; i++)
        {
            Spread?[] covariances = sources[i].Covariances;
            sum += w[i] * w[i] * sources[i].Variance[j];
            for (int k = 0; k < i; k++)
            {
                if (covariances[k] is { } covariance)
                    sum += 2 * w[i] * w[k] * covariance.Diagonal[j];
            }
        }
        return sum;
    }
}
