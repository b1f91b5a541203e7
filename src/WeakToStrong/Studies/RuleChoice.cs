using WeakToStrong.Rules;

namespace WeakToStrong.Studies;

/// <summary>A training rule of a study: plain <c>ridge</c>, whose number is another input, or a rule that has its own numbers.</summary>
/// <param name="Rule">The rule; null for plain ridge.</param>
public readonly record struct RuleChoice(TrainingRule? Rule)
{
    /// <summary>Plain ridge.</summary>
    public static RuleChoice Ridge => default;

    /// <summary>The rule's name.</summary>
    public string Name => Rule?.Name ?? "ridge";

    /// <summary>The rule, plain ridge being given its number.</summary>
    public TrainingRule With(double ridge) => Rule ?? new RidgeRegression(ridge);

    /// <summary>Reads rules: <c>ridge</c>, or what <see cref="RuleList.Parse"/> reads.</summary>
    internal static string? Read(string text, out AxisValues<RuleChoice>? axis)
    {
        axis = null;
        try
        {
            RuleChoice[] rules = text.Trim() == "ridge" ? [Ridge] : [.. RuleList.Parse(text).Select(rule => new RuleChoice(rule))];
            axis = new AxisValues<RuleChoice>(rules, RuleList.Canonical(text), static rule => rule.Name);
            return null;
        }
        catch (InputException e)
        {
            return e.Message;
        }
    }
}
