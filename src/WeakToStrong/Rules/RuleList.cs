using System.Globalization;
using WeakToStrong.Tables;

namespace WeakToStrong.Rules;

/// <summary>
/// Training rules as text: <c>ridge:LAMBDA</c>, <c>flow:TIME</c>, <c>descent:STEPS:RATE</c>, <c>components:THRESHOLD</c>, <c>ridgeless</c>,
/// <c>shrink</c>. Each number may
/// be a <see cref="Grid"/>, which makes a list of rules; the first number varies slowest.
/// </summary>
public static class RuleList
{
    /// <summary>What may be written, for messages and help.</summary>
    public const string Allowed = "ridge, flow:TIME, descent:STEPS:RATE, components:THRESHOLD, ridgeless or shrink";

    private const double MostSteps = 1e15;

    /// <summary>Reads rules.</summary>
    /// <param name="text">The rules.</param>
    /// <param name="ridges">What plain <c>ridge</c> stands for; without it, ridge needs its number: <c>ridge:LAMBDA</c>.</param>
    /// <exception cref="InputException">The text is no rule; the message says what was read and what is allowed.</exception>
    public static IReadOnlyList<TrainingRule> Parse(string text, Grid? ridges = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Trim().Split(':', 2);
        string numbers = parts.Length > 1 ? parts[1] : "";
        switch (parts[0].Trim().ToLowerInvariant())
        {
            case "ridge" when parts.Length == 1 && ridges is not null:
                return Ridges(ridges);
            case "ridge":
                return Each(One(text, numbers, "ridge:LAMBDA"), l => new RidgeRegression(l));
            case "flow":
                return Each(One(text, numbers, "flow:TIME"), t => new GradientFlow(t));
            case "components":
                return Each(One(text, numbers, "components:THRESHOLD"), c => new PrincipalComponents(c));
            case "descent":
                return Descents(text, numbers);
            case "ridgeless" when parts.Length == 1:
                return [Ridgeless.Instance];
            case "shrink" when parts.Length == 1:
                return [Shrinkage.Instance];
            default:
                throw new InputException($"'{InputException.Shorten(text)}' is not a training rule; it must be {Allowed}");
        }
    }

    /// <summary>Ridge regressions on a grid.</summary>
    public static IReadOnlyList<TrainingRule> Ridges(Grid lambdas)
    {
        ArgumentNullException.ThrowIfNull(lambdas);
        return Each(lambdas, l => new RidgeRegression(l));
    }

    /// <summary>One text for what <see cref="Parse"/> reads: lower case, numbers in their shortest form.</summary>
    public static string Canonical(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return string.Join(':', text.Trim().ToLowerInvariant().Split(':').Select(static part =>
            string.Join(',', part.Split(',', StringSplitOptions.TrimEntries).Select(Shortest))));

        static string Shortest(string word) => NumberText.TryParse(word, out double number) ? NumberText.Format(number) : word;
    }

    private static TrainingRule[] Each(Grid values, Func<double, TrainingRule> rule) => [.. values.Select(rule)];

    private static Grid One(string text, string numbers, string form) =>
        Grid.TryParse(numbers, out Grid? grid, out string? problem) ? grid!
        : throw new InputException($"'{InputException.Shorten(text)}' is not a training rule: it must be written {form}, and {problem}");

    /// <summary>Both numbers may hold colons, so every colon is tried as the one between them.</summary>
    private static TrainingRule[] Descents(string text, string numbers)
    {
        var readings = new List<(Grid Steps, Grid Rates)>();
        for (int colon = numbers.IndexOf(':', StringComparison.Ordinal); colon >= 0; colon = numbers.IndexOf(':', colon + 1))
        {
            if (Grid.TryParse(numbers[..colon], out Grid? steps, out _) && Grid.TryParse(numbers[(colon + 1)..], out Grid? rates, out _))
                readings.Add((steps!, rates!));
        }
        if (readings.Count != 1)
        {
            string why = readings.Count == 0 ? "with a number or a grid for each"
                : "and this can be read in more than one way: write lists a,b,c in place of ranges";
            throw new InputException(
                $"'{InputException.Shorten(text)}' is not a training rule: it must be written descent:STEPS:RATE, {why}");
        }
        (Grid steps1, Grid rates1) = readings[0];
        if (rates1[0] <= 0)
            throw Bad(text, "RATE", rates1[0], "a positive number");
        if (steps1[^1] > MostSteps || (steps1.Count == 1 && steps1[0] != Math.Floor(steps1[0])))
            throw Bad(text, "STEPS", steps1[^1], $"a whole number of at most {MostSteps.ToString(CultureInfo.InvariantCulture)}");
        return [.. steps1.Select(k => (long)Math.Round(k)).Distinct().SelectMany(_ => rates1, (k, rate) => new GradientDescent(k, rate))];
    }

    private static InputException Bad(string text, string which, double read, string allowed) =>
        new($"{which} of the training rule '{InputException.Shorten(text)}' is {NumberText.Format(read)}; it must be {allowed}");
}
