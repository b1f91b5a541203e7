using WeakToStrong.LinearAlgebra;
using WeakToStrong.Simulation;

namespace WeakToStrong.Chains.Simulation;

/// <summary>
/// What all dense trials of a chain share: the features that vary (in the eigen-directions of the covariance) and for each stage the
/// penalty restricted to them. Setting the other coefficients to their best values turns Omega into the inverse of the block of Omega^-1.
/// </summary>
internal sealed class ChainTrialProblem
{
    public ChainTrialProblem(ChainResult solved)
    {
        Chain = solved.Chain;
        Population population = Chain.Population;
        int[] kept = [.. Enumerable.Range(0, population.Dimension).Where(j => population.Spectrum.Values[j] > 0)];
        Scale = [.. kept.Select(j => Math.Sqrt(population.Spectrum.Values[j]))];
        Target = [.. kept.Select(j => population.Target[j])];
        var known = new Dictionary<Penalty, TrialPenalty>();
        Ridges = [.. solved.Errors.Select(e => e.Ridge)];
        Penalties = [.. Chain.Stages.Select(stage =>
        {
            Penalty penalty = stage.Penalty ?? Penalty.Identity;
            return known.TryGetValue(penalty, out TrialPenalty? found) ? found : known[penalty] = TrialPenalty.Of(penalty, population, kept);
        })];
    }

    public Chain Chain { get; }

    /// <summary>
    /// The chain for the exact engine, in the units x/s with s the features' common standard deviation; null when features or penalties are not
    /// isotropic or a stage has rows of more than one kind.
    /// </summary>
    public IReadOnlyList<ExactStage>? ExactStages()
    {
        bool isotropic = Scale.AsSpan().IndexOfAnyExcept(Scale[0]) < 0
            && Penalties.All(p => p.Diagonal is { } weights && weights.AsSpan().IndexOfAnyExcept(weights[0]) < 0)
            && Chain.Stages.All(s => s.Groups.Count == 1);
        return !isotropic ? null : [.. Chain.Stages.Select((stage, i) =>
        {
            GroupPlan group = stage.Groups[0];
            double ridge = Ridges[i] * Penalties[i].Diagonal![0] / (group.Weight * Scale[0] * Scale[0]);
            return new ExactStage(Chain.IndexOf(group.Labels), group.Rows, ridge, group.LabelNoise);
        })];
    }

    /// <summary>Standard deviations of the features.</summary>
    public double[] Scale { get; }

    public double[] Target { get; }

    public double[] Ridges { get; }

    public TrialPenalty[] Penalties { get; }
}

/// <summary>Omega and Omega^-1 on the features that vary: a diagonal or full matrices.</summary>
internal sealed record TrialPenalty(double[]? Diagonal, Matrix<double>? Full, Matrix<double>? Inverse)
{
    public static TrialPenalty Of(Penalty penalty, Population population, int[] kept)
    {
        if (penalty.IsDiagonal)
            return new TrialPenalty([.. kept.Select(penalty.Weight)], null, null);
        Matrix<double> whole = penalty.Inverse(population), inverse = new(kept.Length, kept.Length), full = new(kept.Length, kept.Length);
        for (int i = 0; i < kept.Length; i++)
        {
            full[i, i] = 1;
            for (int j = 0; j < kept.Length; j++)
                inverse[i, j] = whole[kept[i], kept[j]];
        }
        return Dense.TrySolvePositiveDefinite(inverse.Copy(), full)
            ? new TrialPenalty(null, full, inverse)
            : throw new ArgumentException("the penalty is too nearly singular to be simulated");
    }
}
