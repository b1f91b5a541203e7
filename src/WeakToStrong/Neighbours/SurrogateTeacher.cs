using WeakToStrong.Chains;

namespace WeakToStrong.Neighbours;

/// <summary>
/// Ildiz, Gozeten, Taga, Mondelli and Oymak (2025): the labels from which a ridgeless student learns best are not the true ones but a
/// surrogate's, larger in strong directions and smaller in weak ones. With kappa, g_j = kappa/(s_j + kappa) and W = df2/n of the student's
/// n noiseless rows the best factor of coefficient j is (1 - g)/((1 - g)^2 + g^2 W/(1 - W)), above 1 exactly where g &lt; 1 - W; among
/// masks of 0 and 1 the best keeps j exactly where g^2 &lt; 1 - W.
/// </summary>
public sealed class SurrogateTeacher
{
    private readonly Population _population;
    private readonly long _rows;
    private readonly double[] _g;
    private readonly double _share;

    /// <summary>The student's problem.</summary>
    /// <param name="population">What is to be learned.</param>
    /// <param name="rows">n, below the rank.</param>
    public SurrogateTeacher(Population population, long rows)
    {
        ArgumentNullException.ThrowIfNull(population);
        if (rows >= population.Spectrum.Rank)
            throw new ArgumentOutOfRangeException(nameof(rows), rows,
                $"must be below the rank {population.Spectrum.Rank} of the covariance");
        (_population, _rows) = (population, rows);
        EffectiveRidge student = EffectiveRidge.Solve(population.Spectrum, rows, 0);
        Kappa = student.Kappa;
        _share = student.Df2 / rows;
        _g = [.. population.Spectrum.Values.ToArray().Select(s => s == 0 ? 1 : Kappa / (s + Kappa))];
    }

    /// <summary>The student's effective ridge.</summary>
    public double Kappa { get; }

    /// <summary>The best factors.</summary>
    public IReadOnlyList<double> Factors => [.. _g.Select(g => (1 - g) / (((1 - g) * (1 - g)) + (g * g * _share / (1 - _share))))];

    /// <summary>The best mask: 1 keeps a direction, 0 leaves it out.</summary>
    public IReadOnlyList<double> Mask => [.. _g.Select(g => g * g < 1 - _share ? 1.0 : 0)];

    /// <summary>The surrogate with the given factors, as a source of labels.</summary>
    public Estimator Surrogate(IReadOnlyList<double> factors)
    {
        ArgumentNullException.ThrowIfNull(factors);
        double[] target = _population.Truth.MeanCoefficients();
        Require.SameLength(target.Length, factors.Count, nameof(factors));
        return Estimator.Fixed(_population, [.. target.Select((b, j) => factors[j] * b)]);
    }

    /// <summary>The student's excess error with the given factors.</summary>
    public double Error(IReadOnlyList<double> factors) => new TrainingStage(new RowGroup(Surrogate(factors), _rows)).At(0).ExcessError;

    /// <summary>Their example: p = 500, n = 200, s_j = j^-2, s_j b_j^2 = j^-1.5.</summary>
    public static SurrogateTeacher Example { get; } = new(
        new Population(Spectrum.PowerLaw(500, 2), [.. Enumerable.Range(1, 500).Select(j => Math.Pow(j, 0.25))]), 200);
}
