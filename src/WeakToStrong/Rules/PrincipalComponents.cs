using WeakToStrong.Tables;

namespace WeakToStrong.Rules;

/// <summary>Least squares on the principal components whose eigenvalue of X'X/n exceeds a threshold: h = 1 for s &gt; c, else 0.</summary>
/// <param name="threshold">c; finite, not negative.</param>
public sealed class PrincipalComponents(double threshold) : TrainingRule
{
    /// <summary>c.</summary>
    public double Threshold { get; } = Require.NonNegative(threshold);

    /// <inheritdoc/>
    public override string Name => $"components:{NumberText.Format(Threshold)}";

    internal override IReadOnlyList<double> Jumps => [Threshold];

    /// <inheritdoc/>
    public override double Kept(double s) => s > Threshold ? 1 : 0;

    /// <inheritdoc/>
    public override double Lost(double s) => s > Threshold ? 0 : 1;

    /// <inheritdoc/>
    public override double Gain(double s) => s > Threshold ? 1 / s : 0;

    internal override RuleAverages Over(double gamma) =>
        Threshold <= new SpectralEdges(gamma).Low ? Ridgeless.Instance.Over(gamma) : RuleAverages.Integrate(this, gamma);
}
