using WeakToStrong.Asymptotics;
using WeakToStrong.Tables;

namespace WeakToStrong.Rules;

/// <summary>Ridge regression, argmin (1/n) |y - X b|^2 + lambda |b|^2: h = s/(s + lambda). Averages in closed form.</summary>
/// <param name="lambda">lambda; not negative, may be +infinity.</param>
public sealed class RidgeRegression(double lambda) : TrainingRule
{
    /// <summary>lambda.</summary>
    public double Lambda { get; } = Require.NonNegativeOrInfinite(lambda);

    /// <inheritdoc/>
    public override string Name => $"ridge:{NumberText.Format(Lambda)}";

    internal override double Finest => Lambda > 0 ? Math.Min(Lambda, 1) : 1;

    /// <inheritdoc/>
    public override double Kept(double s) => s == 0 || double.IsPositiveInfinity(Lambda) ? 0 : s / (s + Lambda);

    /// <inheritdoc/>
    public override double Lost(double s) => s == 0 || double.IsPositiveInfinity(Lambda) ? 1 : Lambda / (s + Lambda);

    /// <inheritdoc/>
    public override double Gain(double s) => s + Lambda > 0 ? 1 / (s + Lambda) : 0;

    internal override RuleAverages Over(double gamma)
    {
        MarchenkoPastur m = MarchenkoPastur.Trusted(gamma, Lambda);
        // E s/(s + l)^2 = p/S.
        double mixed = double.IsPositiveInfinity(Lambda) || m.S == 0 ? 0 : Lambda / m.S * m.P;
        double kept = (m.P * m.P) + RidgeFormulas.Spread(m);
        double spread = double.IsPositiveInfinity(Lambda) ? 0 : m.Gamma * (m.P / m.S);
        return new RuleAverages(m.P, m.Q, kept, m.V, mixed, spread);
    }
}
