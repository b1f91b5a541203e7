using WeakToStrong.Tables;

namespace WeakToStrong.Rules;

/// <summary>
/// Gradient flow on (1/2n) |y - X b|^2 from b = 0, stopped at a time t: h = 1 - exp(-t s) (Ali, Kolter and Tibshirani 2019).
/// </summary>
/// <param name="time">t; finite, not negative.</param>
public sealed class GradientFlow(double time) : TrainingRule
{
    /// <summary>t.</summary>
    public double Time { get; } = Require.NonNegative(time);

    /// <inheritdoc/>
    public override string Name => $"flow:{NumberText.Format(Time)}";

    internal override double Finest => 1 / Math.Max(1, Time);

    /// <inheritdoc/>
    public override double Kept(double s) => -Accurate.ExpM1(-Time * s);

    /// <inheritdoc/>
    public override double Lost(double s) => Math.Exp(-Time * s);

    /// <inheritdoc/>
    public override double Gain(double s) => s * Time < 1e-300 ? Time : Kept(s) / s;
}
