namespace WeakToStrong.Chains;

/// <summary>One source of labels as a stage sees it: in the stage's own directions, with its covariances to the sources before it.</summary>
internal sealed class StageSource
{
    private StageSource(Estimator labels, PenaltyBasis basis, Spread?[] covariances)
    {
        Labels = labels;
        Mean = Turn(labels.Mean, basis, back: false);
        Shortfall = Turn(labels.Shortfall, basis, back: false);
        Covariances = covariances;
        Variance = covariances[^1]?.Diagonal ?? new double[Mean.Length];
    }

    public Estimator Labels { get; }

    public double[] Mean { get; }

    public double[] Shortfall { get; }

    /// <summary>Covariance with source 0, 1, ... up to this one; null where zero.</summary>
    public Spread?[] Covariances { get; }

    /// <summary>The diagonal of the covariance with itself.</summary>
    public double[] Variance { get; }

    public static StageSource[] Prepare(Estimator[] labels, PenaltyBasis basis)
    {
        var sources = new StageSource[labels.Length];
        var known = new Dictionary<(Estimator, Estimator), Spread?>();
        for (int i = 0; i < labels.Length; i++)
        {
            var covariances = new Spread?[i + 1];
            for (int k = 0; k <= i; k++)
                covariances[k] = Estimator.Covariance(labels[i], labels[k], known)?.Into(basis);
            sources[i] = new StageSource(labels[i], basis, covariances);
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
