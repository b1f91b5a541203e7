namespace WeakToStrong.Rules;

/// <summary>
/// A rule that trains a linear model on rows X and labels y and acts on each eigenvector of X'X/n by itself: the estimate is <c>f(X'X/n)
/// X'y/n</c>, and with labels X b it is h(X'X/n) b, where <c>h(s) = s f(s)</c> is the share of a coefficient that is kept in a direction of
/// eigenvalue s. Ridge, gradient flow and descent from zero, principal components and least squares are of this kind (docs/rules.md).
/// Immutable and thread-safe.
/// </summary>
public abstract class TrainingRule
{
    private protected TrainingRule()
    {
    }

    /// <summary>The rule in the words of <see cref="RuleList.Parse"/>, with all digits, such as <c>flow:2.5</c>.</summary>
    public abstract string Name { get; }

    /// <summary>
    /// h(s), the share of a coefficient that is kept in a direction of eigenvalue <paramref name="s"/> of X'X/n, not negative; h(0) = 0.
    /// </summary>
    public abstract double Kept(double s);

    /// <summary>1 - h(s), without cancellation.</summary>
    public abstract double Lost(double s);

    /// <summary>h(s)/s, what X'y/n is multiplied with; any finite number at s = 0, where X'y vanishes.</summary>
    public abstract double Gain(double s);

    /// <summary>Where h jumps, in increasing order.</summary>
    internal virtual IReadOnlyList<double> Jumps => [];

    /// <summary>The smallest scale of s on which h varies just above a point of the spectrum; positive.</summary>
    internal virtual double Finest => 1;

    /// <summary>The same just below the upper edge.</summary>
    internal virtual double FinestAbove => 1;

    /// <summary>Averages over the Marchenko-Pastur law.</summary>
    internal virtual RuleAverages Over(double gamma) => RuleAverages.Integrate(this, gamma);

    /// <summary>Reads one rule: ridge:LAMBDA, flow:TIME, descent:STEPS:RATE, components:THRESHOLD, ridgeless or shrink.</summary>
    /// <exception cref="InputException">The text is not one rule; the message says what was read and what is allowed.</exception>
    public static TrainingRule Parse(string text) =>
        RuleList.Parse(text) is [var rule] ? rule
        : throw new InputException($"'{InputException.Shorten(text)}' is several rules; one is wanted here");

    /// <summary>The name.</summary>
    public sealed override string ToString() => Name;
}
