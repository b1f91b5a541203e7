using WeakToStrong.Rules;

namespace WeakToStrong.Chains;

/// <summary>
/// A stage with infinitely many rows: any training rule that acts on each eigen-direction by itself then multiplies the labels'
/// part in direction j by h(s_j), and nothing else happens. Gradient flow to a time, components above a threshold, ridge.
/// Immutable and thread-safe.
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
    /// <param name="rule">The rule; not <see cref="Shrinkage"/>, which has no rows.</param>
    public Estimator Train(TrainingRule rule)
    {
        (double[] kept, double[] lost, StageErrors errors) = Filter(rule);
        return new EstimatorParts(Population, _basis, [_source], [1]).Trained(kept, lost, 0, errors);
    }

    /// <summary>The errors of a rule: <see cref="StageErrors.Ridge"/> and <see cref="StageErrors.Kappa"/> are NaN.</summary>
    /// <param name="rule">The rule.</param>
    public StageErrors At(TrainingRule rule) => Filter(rule).Errors;

    private (double[] Kept, double[] Lost, StageErrors Errors) Filter(TrainingRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        double[] s = _basis.Spectrum.Padded, h = new double[s.Length], g = new double[s.Length];
        double df1 = 0, df2 = 0, bias = 0, variance = 0, misfit = _source.Unexplained;
        for (int j = 0; j < h.Length; j++)
        {
            h[j] = s[j] == 0 ? 0 : rule.Kept(s[j]);
            g[j] = s[j] == 0 ? 1 : rule.Lost(s[j]);
            double left = _source.Shortfall[j] + (g[j] * _source.Mean[j]);
            df1 += h[j];
            df2 += h[j] * h[j];
            bias += left * left;
            variance += h[j] * h[j] * _source.Variance[j];
            misfit += g[j] * g[j] * ((_source.Mean[j] * _source.Mean[j]) + _source.Variance[j]);
        }
        return (h, g, new StageErrors(double.NaN, double.NaN, df1, df2, bias, variance) { Misfit = misfit });
    }
}
