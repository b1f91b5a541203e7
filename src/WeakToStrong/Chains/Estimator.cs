namespace WeakToStrong.Chains;

/// <summary>
/// A linear predictor x'b, known by the mean and the spread of its coefficients over all training sets that led to it: the truth
/// itself, a fixed vector, a mixture of others, or what a training stage gives at one ridge. This is all that a later stage needs
/// to know of it. Immutable.
/// </summary>
public sealed class Estimator
{
    private readonly bool _isTruth;

    private Estimator(Population population, double[] mean, double[] shortfall, bool isTruth = false)
    {
        Population = population;
        Mean = mean;
        Shortfall = shortfall;
        _isTruth = isTruth;
    }

    /// <summary>What it was trained to predict, and from which features.</summary>
    public Population Population { get; }

    /// <summary>Its errors and how they came about; all zero for the truth.</summary>
    public StageErrors Errors { get; private init; }

    /// <summary>True for <see cref="Population.Truth"/>.</summary>
    public bool IsTruth => _isTruth;

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

    /// <summary>Covariance in signal coordinates; null when there is none.</summary>
    internal Spread? Spread { get; private init; }

    /// <summary>Variance of its labels that is not linear in the features of <see cref="Population"/>.</summary>
    internal double Unexplained { get; private init; }

    /// <summary>How it was trained; null for what was not.</summary>
    internal StageLineage? Lineage { get; private init; }

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

    /// <summary>A predictor that is given: its labels are x'b with the same b in every draw, such as those of
    /// a surrogate teacher.</summary>
    /// <param name="population">What is learned, and from which features.</param>
    /// <param name="coefficients">b, in the coordinates in which the population was given; finite.</param>
    /// <exception cref="ArgumentException">The length differs from the population's, or a coefficient is not finite.</exception>
    public static Estimator Fixed(Population population, ReadOnlySpan<double> coefficients)
    {
        ArgumentNullException.ThrowIfNull(population);
        double[] signal = population.ToSignal(coefficients);
        double[] shortfall = [.. population.Truth.Mean.Zip(signal, (b, m) => b - m)];
        double bias = shortfall.Sum(x => x * x);
        return new Estimator(population, signal, shortfall)
        {
            Errors = new StageErrors(double.NaN, double.NaN, double.NaN, double.NaN, bias,
            0)
        };
    }

    /// <summary>
    /// Labels that are a mixture of others' on the same row: sum_k share_k x'b_k. Noise of true labels is not in it; a
    /// group of rows states its own.
    /// </summary>
    /// <param name="population">The features that will learn from it.</param>
    /// <param name="parts">At least one source with its share; shares are finite and may be negative.</param>
    /// <exception cref="ArgumentException">No part, a share that is not finite, or a source of another population that the features have
    /// no map from.</exception>
    public static Estimator Mixture(Population population, IReadOnlyList<(Estimator Source, double Share)> parts)
    {
        ArgumentNullException.ThrowIfNull(population);
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Count == 0)
            throw new ArgumentException("a mixture of labels needs at least one source", nameof(parts));
        Estimator[] labels = [.. parts.Select(p => p.Source.IsTruth ? population.Truth : p.Source).Distinct()];
        var shares = new double[labels.Length];
        foreach ((Estimator source, double share) in parts)
            shares[Array.IndexOf(labels, source.IsTruth ? population.Truth : source)] += Require.Finite(share);
        PenaltyBasis basis = population.Basis(Penalty.Identity);
        StageSource[] sources = StageSource.Prepare(labels, population, basis);
        return new EstimatorParts(population, basis, sources, shares).Mixed(UnexplainedNoise.Of(labels, shares, population, sources));
    }

    internal static Estimator OfTruth(Population population, double[] signal, double residual) =>
        new(population, signal, new double[signal.Length], isTruth: true) { Unexplained = residual };

    internal static Estimator Trained(Population population, double[] mean, double[] shortfall, Spread? spread, StageErrors errors,
        StageLineage lineage, double unexplained = 0) =>
        new(population, mean, shortfall) { Spread = spread, Errors = errors, Lineage = lineage, Unexplained = unexplained };

    /// <summary>Covariance of two estimators, E (a - E a)(b - E b)', each in signal coordinates of its own view; null
    /// when it is zero.</summary>
    /// <param name="a">One estimator.</param>
    /// <param name="b">The other.</param>
    /// <param name="known">What was found before, so that no pair is computed twice.</param>
    internal static Spread? Covariance(Estimator a, Estimator b, Dictionary<(Estimator, Estimator), Spread?> known)
    {
        if (ReferenceEquals(a, b))
            return a.Spread;
        if (a.Lineage is null || b.Lineage is null)
            return null;
        if (a.Depth < b.Depth)
            return Covariance(b, a, known)?.Transposed();
        if (known.TryGetValue((a, b), out Spread? found))
            return found;
        // b cannot descend from a, so the noise of a's own training set is independent of b: only a's sources matter.
        StageLineage lineage = a.Lineage;
        Spread? mixed = null;
        for (int i = 0; i < lineage.Sources.Length; i++)
        {
            CrossMap? map = a.Population.From(lineage.Sources[i].Population);
            mixed = Spread.Add(mixed, Covariance(lineage.Sources[i], b, known)?.Across(map, null, a.Mean.Length), lineage.Trust[i]);
        }
        return known[(a, b)] = mixed?.FilteredLeft(lineage.Basis, lineage.Filter);
    }
}

/// <summary>Where an estimator comes from: its filter in the directions of a basis, and the sources that it mixes.</summary>
internal sealed record StageLineage(PenaltyBasis Basis, double[] Filter, Estimator[] Sources, double[] Trust)
{
    public int Depth { get; } = 1 + Sources.Max(s => s.Depth);
}
