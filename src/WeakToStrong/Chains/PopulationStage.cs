namespace WeakToStrong.Chains;

/// <summary>
/// A stage with infinitely many rows: any training rule that acts on each eigen-direction by itself then multiplies the labels' part in direction j by
/// h(s_j), and nothing else happens. Gradient flow to a time, components above a threshold, ridge. Immutable and thread-safe.
/// </summary>
public sealed class PopulationStage
{
    private readonly PenaltyBasis _basis;
    private readonly StageSource _source;

    /// <summary>A stage.</summary>
    /// <param name="labels">Who labels the rows.</param>
    /// <param name="penalty">Omega, against which eigenvalues are measured; null is the identity.</param>
    /// <param name="view">The features that learn; null for those of the labels.</param>
    /// <exception cref="ArgumentException">Labels of an unrelated population, or a penalty of another dimension.</exception>
    public PopulationStage(Estimator labels, Penalty? penalty = null, Population? view = null)
    {
        ArgumentNullException.ThrowIfNull(labels);
        Population = view ?? labels.Population;
        _basis = Population.Basis(penalty ?? Penalty.Identity);
        _source = StageSource.Prepare([labels.IsTruth ? Population.TruthOf(labels) : labels], Population, _basis)[0];
    }

    /// <summary>What is learned.</summary>
    public Population Population { get; }

    /// <summary>The estimator that a rule gives.</summary>
    /// <param name="kept">h(s), the share of the labels' part that is kept in a direction of eigenvalue s > 0; finite.</param>
    /// <param name="lost">1 - h(s), without cancellation; null forms the difference.</param>
    public Estimator Train(Func<double, double> kept, Func<double, double>? lost = null)
    {
        ArgumentNullException.ThrowIfNull(kept);
        (double[] h, double[] g, StageErrors errors) = Filter(kept, lost);
        return new EstimatorParts(Population, _basis, [_source], [1]).Trained(h, g, 0, errors);
    }

    /// <summary>The errors of a rule: <see cref="StageErrors.Ridge"/> and <see cref="StageErrors.Kappa"/> are NaN.</summary>
    /// <param name="kept">h(s), as in <see cref="Train"/>.</param>
    /// <param name="lost">1 - h(s), without cancellation; null forms the difference.</param>
    public StageErrors At(Func<double, double> kept, Func<double, double>? lost = null)
    {
        ArgumentNullException.ThrowIfNull(kept);
        return Filter(kept, lost).Errors;
    }

    private (double[] Kept, double[] Lost, StageErrors Errors) Filter(Func<double, double> kept, Func<double, double>? lost)
    {
        double[] s = _basis.Spectrum.Padded, h = new double[s.Length], g = new double[s.Length];
        double df1 = 0, df2 = 0, bias = 0, variance = 0;
        for (int j = 0; j < h.Length; j++)
        {
            h[j] = s[j] == 0 ? 0 : kept(s[j]);
            g[j] = s[j] == 0 ? 1 : lost is null ? 1 - h[j] : lost(s[j]);
            double left = _source.Shortfall[j] + (g[j] * _source.Mean[j]);
            df1 += h[j];
            df2 += h[j] * h[j];
            bias += left * left;
            variance += h[j] * h[j] * _source.Variance[j];
        }
        return (h, g, new StageErrors(double.NaN, double.NaN, df1, df2, bias, variance));
    }
}
