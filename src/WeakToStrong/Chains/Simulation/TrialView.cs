using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Chains.Simulation;

/// <summary>One view in dense trials: the eigen-directions that vary.</summary>
internal sealed class TrialView
{
    public TrialView(Population population)
    {
        Population = population;
        Kept = [.. Enumerable.Range(0, population.Dimension).Where(j => population.Spectrum.Values[j] > 0)];
        Scale = [.. Kept.Select(j => Math.Sqrt(population.Spectrum.Values[j]))];
        Target = [.. Kept.Select(j => population.Target[j])];
    }

    public Population Population { get; }

    /// <summary>Which eigen-directions vary.</summary>
    public int[] Kept { get; }

    /// <summary>Their standard deviations.</summary>
    public double[] Scale { get; }

    /// <summary>The target's coefficients there.</summary>
    public double[] Target { get; }

    /// <summary>Coefficients of the kept directions, as a padded vector in signal coordinates.</summary>
    public double[] ToSignal(double[] coefficients)
    {
        var signal = new double[Population.Spectrum.Padded.Length];
        for (int i = 0; i < Kept.Length; i++)
            signal[Kept[i]] = Scale[i] * coefficients[i];
        return signal;
    }

    /// <summary>The way back.</summary>
    public double[] FromSignal(double[] signal) => [.. Kept.Select((j, i) => signal[j] / Scale[i])];
}

/// <summary>Omega and Omega^-1 on the features that vary: a diagonal or full matrices.</summary>
internal sealed record TrialPenalty(double[]? Diagonal, Matrix<double>? Full, Matrix<double>? Inverse)
{
    public static TrialPenalty Of(Penalty penalty, TrialView view)
    {
        int[] kept = view.Kept;
        if (penalty.IsDiagonal)
            return new TrialPenalty([.. kept.Select(penalty.Weight)], null, null);
        Matrix<double> whole = penalty.Inverse(view.Population), inverse = new(kept.Length, kept.Length),
            full = new(kept.Length, kept.Length);
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
