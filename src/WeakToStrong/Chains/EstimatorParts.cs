namespace WeakToStrong.Chains;

/// <summary>What every way of training ends with: sources mixed by trust, filtered in the directions of a basis, and the spread of the
/// rows' own noise.</summary>
internal sealed class EstimatorParts(Population population, PenaltyBasis basis, StageSource[] sources, double[] trust)
{
    /// <summary>The estimator that filters the mixture of the labels.</summary>
    /// <param name="kept">h_j, padded.</param>
    /// <param name="lost">1 - h_j, formed without the difference; padded.</param>
    /// <param name="fresh">Variance that the training rows add, before the filter.</param>
    /// <param name="errors">Its errors.</param>
    public Estimator Trained(double[] kept, double[] lost, double fresh, StageErrors errors)
    {
        double[] mean = new double[kept.Length], shortfall = new double[kept.Length];
        Spread? inherited = StageSource.Mix(sources, trust, mean, shortfall);
        for (int j = 0; j < kept.Length; j++)
        {
            shortfall[j] += lost[j] * mean[j];
            mean[j] *= kept[j];
        }
        return Finish(mean, shortfall, Spread.Filtered(inherited, kept, fresh), kept, errors, 0);
    }

    /// <summary>The mixture of the labels itself.</summary>
    public Estimator Mixed(double unexplained)
    {
        int length = basis.Spectrum.Padded.Length;
        double[] mean = new double[length], shortfall = new double[length], all = new double[length];
        Array.Fill(all, 1);
        Spread? spread = StageSource.Mix(sources, trust, mean, shortfall);
        // Shares need not add up to one: what is lacking of the truth is lacking of the target.
        double missing = 1 - trust.Sum();
        for (int j = 0; j < length; j++)
            shortfall[j] += missing * population.Truth.Mean[j];
        var errors = new StageErrors(double.NaN, double.NaN, double.NaN, double.NaN, shortfall.Sum(x => x * x),
            spread?.Diagonal.Sum() ?? 0);
        return Finish(mean, shortfall, spread, all, errors, unexplained);
    }

    private Estimator Finish(double[] mean, double[] shortfall, Spread? spread, double[] kept, StageErrors errors, double unexplained)
    {
        var lineage = new StageLineage(basis, kept, [.. sources.Select(s => s.Labels)], trust);
        return Estimator.Trained(
            population, StageSource.Turn(mean, basis, back: true), StageSource.Turn(shortfall, basis, back: true), spread?.OutOf(basis),
            errors, lineage, unexplained);
    }
}
