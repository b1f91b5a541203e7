namespace WeakToStrong.Chains;

/// <summary>What one training stage gives at one ridge, in the limit of many features and rows.</summary>
/// <param name="Ridge">lambda: the loss is (1/N) sum w_i (y_i - x_i'b)^2 + lambda b'Omega b over all N rows of the stage.</param>
/// <param name="Kappa">The effective ridge; see <see cref="EffectiveRidge"/>.</param>
/// <param name="Df1">Degrees of freedom, sum_j s_j/(s_j + kappa).</param>
/// <param name="Df2">Degrees of freedom of the variance, sum_j (s_j/(s_j + kappa))^2.</param>
/// <param name="Bias">Squared bias, (E b - b*)' Sigma (E b - b*).</param>
/// <param name="Variance">tr(Sigma Cov b), over the draws of this and of all earlier training sets; infinite at ridge 0 with as many rows
/// as the rank.</param>
public readonly record struct StageErrors(double Ridge, double Kappa, double Df1, double Df2, double Bias, double Variance)
{
    /// <summary>Excess error E |Sigma^(1/2) (b - b*)|^2: the squared prediction error on noiseless labels of new rows.</summary>
    public double ExcessError => Bias + Variance;

    /// <summary>
    /// Misfit E (f - label)^2 on new rows, noise of the labels apart: what the stage leaves of its one source's labels. NaN for several
    /// sources, and where it is not known.
    /// </summary>
    public double Misfit { get; init; } = double.NaN;
}
