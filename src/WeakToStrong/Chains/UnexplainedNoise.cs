using System.Numerics.Tensors;

namespace WeakToStrong.Chains;

/// <summary>
/// The variance of a row's label that is not linear in the features of the view that learns: E e^2 with e = label - z'(K theta). For one
/// source of another view it is E theta'(1 - K'K) theta, for the truth of a view its residual; a mixture's parts share the row, so their
/// rests are correlated: a teacher may know part of what the view's best predictor misses.
/// </summary>
internal static class UnexplainedNoise
{
    /// <summary>Of one source.</summary>
    /// <param name="labels">The source, in its own view.</param>
    /// <param name="seenMean">Its mean as the learning view sees it.</param>
    /// <param name="seen">Its spread as the learning view sees it.</param>
    public static double Of(Estimator labels, ReadOnlySpan<double> seenMean, Spread? seen)
    {
        double mean = labels.MeanSquare - TensorPrimitives.SumOfSquares(seenMean);
        double spread = (labels.Spread?.Diagonal.Sum() ?? 0) - (seen?.Diagonal.Sum() ?? 0);
        return Math.Max(0, mean) + Math.Max(0, spread);
    }

    /// <summary>Of a mixture.</summary>
    public static double Of(Estimator[] labels, double[] shares, Population population, StageSource[] sources)
    {
        double sum = 0;
        var known = new Dictionary<(Estimator, Estimator), Spread?>();
        for (int i = 0; i < labels.Length; i++)
        {
            sum += shares[i] * shares[i] * sources[i].Unexplained;
            for (int k = 0; k < i; k++)
                sum += 2 * shares[i] * shares[k] * Shared(labels[i], labels[k], population, sources[i], sources[k], known);
        }
        return Math.Max(0, sum);
    }

    /// <summary>E e_a e_b on one row.</summary>
    private static double Shared(Estimator a, Estimator b, Population population, StageSource seenA, StageSource seenB,
        Dictionary<(Estimator, Estimator), Spread?> known)
    {
        bool outsideA = a.IsTruth || !ReferenceEquals(a.Population, population),
            outsideB = b.IsTruth || !ReferenceEquals(b.Population, population);
        if (!outsideA || !outsideB)
            return 0;
        double seen = TensorPrimitives.Dot<double>(seenA.Mean, seenB.Mean);
        // E y w'theta is theta'theta* in the other view's own coordinates.
        if (a.IsTruth)
            return TensorPrimitives.Dot<double>(b.Population.Truth.Mean, b.Mean) - seen;
        if (b.IsTruth)
            return TensorPrimitives.Dot<double>(a.Population.Truth.Mean, a.Mean) - seen;
        CrossMap? between = a.Population.From(b.Population);
        int length = a.Mean.Length;
        var turned = new double[length];
        if (between is null)
            b.Mean.CopyTo(turned, 0);
        else
            between.Mean(b.Mean, turned);
        Spread? covariance = Estimator.Covariance(a, b, known);
        double own = covariance?.Across(null, between, length).Diagonal.Sum() ?? 0;
        double across = covariance?.Across(population.From(a.Population), population.From(b.Population),
            population.Truth.Mean.Length).Diagonal.Sum() ?? 0;
        return TensorPrimitives.Dot<double>(a.Mean, turned) - seen + own - across;
    }
}
