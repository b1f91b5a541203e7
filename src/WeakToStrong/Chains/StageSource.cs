namespace WeakToStrong.Chains;

/// <summary>One source of labels as a stage sees it: in the stage's own directions, with its covariances to the
/// sources before it.</summary>
internal sealed class StageSource
{
    private StageSource(Estimator labels, Population population, PenaltyBasis basis, Spread?[] seen)
    {
        Labels = labels;
        (double[] mean, double[] shortfall) = (labels.Mean, labels.Shortfall);
        Unexplained = labels.Unexplained;
        if (population.From(labels.Population) is { } map)
        {
            mean = new double[population.Truth.Mean.Length];
            map.Mean(labels.Mean, mean);
            shortfall = [.. population.Truth.Mean.Zip(mean, (b, m) => b - m)];
            Unexplained = UnexplainedNoise.Of(labels, mean, seen[^1]);
        }
        Mean = Turn(mean, basis, back: false);
        Shortfall = Turn(shortfall, basis, back: false);
        Covariances = [.. seen.Select(c => c?.Into(basis))];
        Variance = Covariances[^1]?.Diagonal ?? new double[Mean.Length];
    }

    public Estimator Labels { get; }

    public double[] Mean { get; }

    public double[] Shortfall { get; }

    /// <summary>Covariance with source 0, 1, ... up to this one; null where zero.</summary>
    public Spread?[] Covariances { get; }

    /// <summary>The diagonal of the covariance with itself.</summary>
    public double[] Variance { get; }

    /// <summary>Variance of its labels that is not linear in the stage's features.</summary>
    public double Unexplained { get; }

    /// <summary>The sources of a stage on a population, which may be another view than theirs.</summary>
    public static StageSource[] Prepare(Estimator[] labels, Population population, PenaltyBasis basis)
    {
        var sources = new StageSource[labels.Length];
        var known = new Dictionary<(Estimator, Estimator), Spread?>();
        for (int i = 0; i < labels.Length; i++)
        {
            var covariances = new Spread?[i + 1];
            CrossMap? own = population.From(labels[i].Population);
            for (int k = 0; k <= i; k++)
                covariances[k] = Estimator.Covariance(labels[i], labels[k], known)?.Across(own, population.From(labels[k].Population),
                    population.Truth.Mean.Length);
            sources[i] = new StageSource(labels[i], population, basis, covariances);
        }
        return sources;
    }

    /// <summary>Mean and shortfall of the sources mixed by their trust; returns the mixture's covariance, null when zero.</summary>
    public static Spread? Mix(StageSource[] sources, ReadOnlySpan<double> trust, Span<double> mean, Span<double> shortfall)
    {
        Spread? spread = null;
        for (int i = 0; i < sources.Length; i++)
        {
            for (int j = 0; j < mean.Length; j++)
            {
                mean[j] += trust[i] * sources[i].Mean[j];
                shortfall[j] += trust[i] * sources[i].Shortfall[j];
            }
            for (int k = 0; k <= i; k++)
            {
                Spread? covariance = sources[i].Covariances[k];
                spread = Spread.Add(spread, covariance, trust[i] * trust[k]);
                if (k < i)
                    spread = Spread.Add(spread, covariance?.Transposed(), trust[i] * trust[k]);
            }
        }
        return spread;
    }

    /// <summary>A padded vector into the directions of a basis, or back.</summary>
    public static double[] Turn(double[] vector, PenaltyBasis basis, bool back)
    {
        if (basis.Turn is not { } turn)
            return vector;
        var result = new double[vector.Length];
        for (int i = 0; i < turn.Rows; i++)
        {
            for (int j = 0; j < turn.Columns; j++)
            {
                if (back)
                    result[i] += turn[i, j] * vector[j];
                else
                    result[j] += turn[i, j] * vector[i];
            }
        }
        return result;
    }
}
