using WeakToStrong.Tables;

namespace WeakToStrong.Rules;

/// <summary>
/// Steps of gradient descent on (1/2n) |y - X b|^2 from b = 0: h = 1 - (1 - e s)^k. Diverges with k where e s exceeds 2; the numbers are
/// then as large as the truth.
/// </summary>
/// <param name="steps">k, not negative.</param>
/// <param name="rate">e, the step size; positive, finite.</param>
public sealed class GradientDescent(long steps, double rate) : TrainingRule
{
    /// <summary>k.</summary>
    public long Steps { get; } = Require.AtLeast(steps, 0);

    /// <summary>e.</summary>
    public double Rate { get; } = Require.Positive(rate);

    /// <inheritdoc/>
    public override string Name => $"descent:{Steps}:{NumberText.Format(Rate)}";

    internal override double Finest => 1 / Math.Max(1, Steps * Rate);

    internal override double FinestAbove => Finest;

    /// <inheritdoc/>
    public override double Kept(double s) => Rate * s < 1 ? -Accurate.ExpM1(Steps * Accurate.Log1P(-Rate * s)) : 1 - Lost(s);

    /// <inheritdoc/>
    public override double Lost(double s)
    {
        double es = Rate * s;
        if (Steps == 0)
            return 1;
        return es < 1 ? Math.Exp(Steps * Accurate.Log1P(-es)) : (Steps % 2 == 0 ? 1 : -1) * Math.Exp(Steps * Math.Log(es - 1));
    }

    /// <inheritdoc/>
    public override double Gain(double s) => s * Steps * Rate < 1e-300 ? Steps * Rate : Kept(s) / s;
}
