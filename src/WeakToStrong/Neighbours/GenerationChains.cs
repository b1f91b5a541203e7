using WeakToStrong.Chains;

namespace WeakToStrong.Neighbours;

/// <summary>Chains of many generations that neighbouring papers study.</summary>
public static class GenerationChains
{
    /// <summary>
    /// Dohmatob, Feng and Kempe (2024): least squares on labels of the generation before, noisy anew each time, loses as much in every
    /// generation. d features, 2 d rows a generation and 3 d for the last one, noise 1/4: excess 1/4 (1/2 + generations).
    /// </summary>
    /// <param name="dimension">d.</param>
    /// <param name="generations">How many before the last, at least 1.</param>
    public static Chain Collapse(int dimension, int generations)
    {
        const double Noise = 0.25;
        var stages = new List<StagePlan>();
        for (int g = 1; g <= Require.AtLeast(generations, 1); g++)
            stages.Add(new StagePlan($"{g}", g == 1 ? Chain.Truth : $"{g - 1}", 2L * dimension, RidgeRule.Of(0), Noise));
        stages.Add(new StagePlan("last", $"{generations}", 3L * dimension, RidgeRule.Of(0), Noise));
        return new Chain(new Population(Spectrum.Isotropic(dimension), TargetVector.PowerLaw(dimension, 0, 1)), Noise, stages);
    }

    /// <summary>
    /// Wu, Yang and Sun (2026): interpolating the labels of the generation before on fresh rows first forgets noise and then the signal, so
    /// that errors fall and rise again, if the signal lies in a few strong directions: here ten of variance 20 among 400, 200 rows a
    /// generation, noise 1 in the true labels.
    /// </summary>
    /// <param name="generations">How many, at least 1.</param>
    public static Chain SelfTraining(int generations)
    {
        const int D = 400, Spikes = 10;
        double[] target = new double[D];
        Array.Fill(target, Math.Sqrt(1.0 / Spikes), 0, Spikes);
        return Interpolators(new Population(Spectrum.Spiked(D, [.. Enumerable.Repeat(20.0, Spikes)]), target), 200, generations, 1);
    }

    /// <summary>The same with isotropic features, where errors are monotone: excess 1 - g^-t + g^-(t-1) s2/(g - 1) with g = d/n.</summary>
    /// <param name="dimension">d.</param>
    /// <param name="rows">n, below d.</param>
    /// <param name="generations">How many, at least 1.</param>
    /// <param name="noise">s2.</param>
    public static Chain IsotropicSelfTraining(int dimension, long rows, int generations, double noise) =>
        Interpolators(new Population(Spectrum.Isotropic(dimension), TargetVector.PowerLaw(dimension, 0, 1)), rows, generations, noise);

    /// <summary>
    /// Garg, Bhattacharya and Sur (2025), and He, Xu and Cheng (2025): least squares on labels w y + (1 - w) yhat of the same fresh rows,
    /// with yhat as noisy as y. The fixed point is (2 w^2 - 2 w + 1)/(2 w - w^2) times the error of least squares on true labels, least at
    /// w = 1/(golden ratio).
    /// </summary>
    /// <param name="dimension">d.</param>
    /// <param name="rows">n a generation, above d.</param>
    /// <param name="generations">How many after the first, at least 1.</param>
    /// <param name="weight">w, from 0 to 1.</param>
    public static Chain RealAndSynthetic(int dimension, long rows, int generations, double weight)
    {
        var stages = new List<StagePlan> { new("0", Chain.Truth, rows, RidgeRule.Of(0), 1) };
        var sources = new List<SourcePlan>();
        for (int g = 1; g <= generations; g++)
        {
            sources.Add(new SourcePlan.Mixture($"labels {g}", [(Chain.Truth, weight), ($"{g - 1}", 1 - weight)]));
            stages.Add(new StagePlan($"{g}", $"labels {g}", rows, RidgeRule.Of(0), (weight * weight) + ((1 - weight) * (1 - weight))));
        }
        return new Chain(new Population(Spectrum.Isotropic(dimension), TargetVector.PowerLaw(dimension, 0, 1)), 1, stages,
            sources: sources);
    }

    private static Chain Interpolators(Population population, long rows, int generations, double noise)
    {
        var stages = new List<StagePlan> { new("1", Chain.Truth, rows, RidgeRule.Of(0), noise) };
        for (int g = 2; g <= generations; g++)
            stages.Add(new StagePlan($"{g}", $"{g - 1}", rows, RidgeRule.Of(0)));
        return new Chain(population, noise, stages);
    }
}
