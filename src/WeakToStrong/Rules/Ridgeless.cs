namespace WeakToStrong.Rules;

/// <summary>Least squares, of least norm where the rows leave a choice: h = 1 for s &gt; 0. Averages in closed form.</summary>
public sealed class Ridgeless : TrainingRule
{
    private Ridgeless()
    {
    }

    /// <summary>The rule.</summary>
    public static Ridgeless Instance { get; } = new();

    /// <inheritdoc/>
    public override string Name => "ridgeless";

    /// <inheritdoc/>
    public override double Kept(double s) => s > 0 ? 1 : 0;

    /// <inheritdoc/>
    public override double Lost(double s) => s > 0 ? 0 : 1;

    /// <inheritdoc/>
    public override double Gain(double s) => s > 0 ? 1 / s : 0;

    internal override RuleAverages Over(double gamma)
    {
        double kept = Math.Min(1, 1 / gamma), lost = new SpectralEdges(gamma).Atom;
        // E 1/s is 1/(1 - gamma) below gamma = 1, and over the positive eigenvalues 1/(gamma (gamma - 1)) above.
        double spread = gamma < 1 ? gamma / (1 - gamma) : 1 / (gamma - 1);
        return new RuleAverages(kept, lost, kept, lost, 0, spread);
    }
}
