namespace WeakToStrong.Chains;

/// <summary>
/// A linear predictor x'b, known by the mean and the spread of its coefficients over all training sets that led to it: either the truth itself
/// or what a <see cref="TrainingStage"/> gives at one ridge. This is all that a later stage needs to know of it. Immutable.
/// </summary>
public sealed class Estimator
{
    private Estimator(Population population, double[] mean, double[] shortfall, Spread? spread, StageErrors errors, StageLineage? lineage)
    {
        Population = population;
        Mean = mean;
        Shortfall = shortfall;
        Spread = spread;
        Errors = errors;
        Lineage = lineage;
    }

    /// <summary>What it was trained to predict.</summary>
    public Population Population { get; }

    /// <summary>Its errors and how they came about; all zero for the truth.</summary>
    public StageErrors Errors { get; }

    /// <summary>True for <see cref="Population.Truth"/>.</summary>
    public bool IsTruth => Lineage is null;

    /// <summary>Mean coefficients E b_j in the eigen-directions of the covariance; 0 in directions without variance.</summary>
    public double[] MeanCoefficients()
    {
        ReadOnlySpan<double> s = Population.Spectrum.Values;
        var coefficients = new double[s.Length];
        for (int j = 0; j < coefficients.Length; j++)
            coefficients[j] = s[j] > 0 ? Mean[j] / Math.Sqrt(s[j]) : 0;
        return coefficients;
    }

    /// <summary>Mean in signal coordinates sqrt(s_j) b_j, padded with zeros.</summary>
    internal double[] Mean { get; }

    /// <summary>Truth minus mean, in signal coordinates; carried along so that small errors keep their digits.</summary>
    internal double[] Shortfall { get; }

    /// <summary>Covariance in signal coordinates; null for the truth.</summary>
    internal Spread? Spread { get; }

    /// <summary>How it was trained; null for the truth.</summary>
    internal StageLineage? Lineage { get; }

    internal int Depth => Lineage?.Depth ?? 0;

    internal double MeanSquare
    {
        get
        {
            double sum = 0;
            foreach (double m in Mean)
                sum += m * m;
            return sum;
        }
    }

    internal static Estimator OfTruth(Population population, double[] signal) => new(population, signal, new double[signal.Length], null, default, null);

    internal static Estimator Trained(Population population, double[] mean, double[] shortfall, Spread spread, StageErrors errors, StageLineage lineage) =>
        new(population, mean, shortfall, spread, errors, lineage);

    /// <summary>Covariance of two estimators, E (a - E a)(b - E b)', in signal coordinates; null when it is zero.</summary>
    /// <param name="a">One estimator.</param>
    /// <param name="b">The other.</param>
    /// <param name="known">What was found before, so that no pair is computed twice.</param>
    internal static Spread? Covariance(Estimator a, Estimator b, Dictionary<(Estimator, Estimator), Spread?> known)
    {
        if (ReferenceEquals(a, b))
            return a.Spread;
        if (a.IsTruth || b.IsTruth)
            return null;
        if (a.Depth < b.Depth)
            return Covariance(b, a, known)?.Transposed();
        if (known.TryGetValue((a, b), out Spread? found))
            return found;
        // b cannot descend from a, so the noise of a's own training set is independent of b: only a's sources matter.
        StageLineage lineage = a.Lineage!;
        Spread? mixed = null;
        for (int i = 0; i < lineage.Sources.Length; i++)
            mixed = Spread.Add(mixed, Covariance(lineage.Sources[i], b, known), lineage.Trust[i]);
        return known[(a, b)] = mixed?.FilteredLeft(lineage.Basis, lineage.Kappa);
    }
}

/// <summary>Where an estimator comes from: its filter and the sources that it mixes.</summary>
internal sealed record StageLineage(PenaltyBasis Basis, double Kappa, Estimator[] Sources, double[] Trust)
{
    public int Depth { get; } = 1 + Sources.Max(s => s.Depth);
}
