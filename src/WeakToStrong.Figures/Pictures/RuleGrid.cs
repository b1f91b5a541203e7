using WeakToStrong.Tables;

namespace WeakToStrong.Figures.Pictures;

/// <summary>Training rules that differ in one number alone, such as <c>flow:0.1</c> and <c>flow:1</c>: a numeric axis.</summary>
/// <param name="Before">What stands before the number.</param>
/// <param name="After">What stands after it.</param>
/// <param name="What">What the number is.</param>
internal sealed record RuleGrid(string Before, string After, string What)
{
    private static readonly Dictionary<string, string[]> Numbers = new(StringComparer.Ordinal)
    {
        ["ridge"] = ["ridge"],
        ["flow"] = ["time of flow"],
        ["descent"] = ["steps", "rate"],
        ["components"] = ["threshold"],
    };

    /// <summary>The rules of such a list; null when they differ in more, or are no rules.</summary>
    public static RuleGrid? Of(IReadOnlyList<string> rules)
    {
        string[][] parts = [.. rules.Select(rule => rule.Split(':'))];
        if (rules.Count < 2 || !Numbers.TryGetValue(parts[0][0], out string[]? names) || parts.Any(p => p.Length != names.Length + 1))
            return null;
        int[] varying = [.. Enumerable.Range(0, parts[0].Length).Where(i => parts.Any(p => p[i] != parts[0][i]))];
        return varying is [var at and > 0]
            ? new RuleGrid(string.Concat(parts[0][..at].Select(p => $"{p}:")), string.Concat(parts[0][(at + 1)..].Select(p => $":{p}")),
                names[at - 1])
            : null;
    }

    /// <summary>The number of one rule; NaN when it is none of these.</summary>
    public double Number(string rule) =>
        rule.Length > Before.Length + After.Length && rule.StartsWith(Before, StringComparison.Ordinal)
        && rule.EndsWith(After, StringComparison.Ordinal)
        && NumberText.TryParse(rule.AsSpan()[Before.Length..^After.Length], out double value)
            ? value : double.NaN;
}
