using WeakToStrong.Figures.Model;
using WeakToStrong.Studies;
using WeakToStrong.Tables;

namespace WeakToStrong.Figures.Pictures;

/// <summary>An input that varies over the rows of a result.</summary>
/// <param name="Parameter">Which.</param>
/// <param name="Values">Its values, in order.</param>
/// <param name="Texts">The cells of its column as text, one a row.</param>
internal sealed record VaryingInput(Parameter Parameter, IReadOnlyList<string> Values, string[] Texts)
{
    private const double ManyTimes = 20;

    private readonly RuleGrid? _rules = RuleGrid.Of(Values);

    /// <summary>Its values as numbers; NaN where they are words.</summary>
    public double[] Numbers => [.. Texts.Select(NumberOf)];

    /// <summary>Whether its values have places on a scale.</summary>
    public bool IsNumeric => !Values.Any(value => double.IsNaN(NumberOf(value)));

    /// <summary>A value as a number: itself, or the one number in which training rules differ; NaN for other words.</summary>
    public double NumberOf(string text) => _rules?.Number(text) ?? (NumberText.TryParse(text, out double value) ? value : double.NaN);

    /// <summary>A grid of numbers as the parameter takes it.</summary>
    public string GridText(string numbers) => $"{_rules?.Before}{numbers}{_rules?.After}";

    /// <summary>The values of a parameter in a result.</summary>
    public static VaryingInput Of(Parameter parameter, ResultTable table)
    {
        string[] texts = [.. (table.Find(parameter.Name) ?? throw new InputException(
            $"the result does not say {parameter.Name} in each row, so that it cannot be drawn")).Texts()];
        return new VaryingInput(parameter, [.. texts.Distinct()], texts);
    }

    /// <summary>An axis for it: logarithmic when its values are positive and span more than a factor of twenty;
    /// words as categories.</summary>
    public Axis ToAxis() => IsNumeric ? AxisOf(Label, Numbers)
        : new Axis(Label) { Categories = [.. Values.Select(v => v.Replace('_', ' '))] };

    private string Label => _rules is null ? Symbols.Label(Parameter.Name)
        : $"{(Parameter.Name.StartsWith("teacher", StringComparison.Ordinal) ? "teacher" : "student")}'s {_rules.What}";

    /// <summary>An axis that suits some numbers.</summary>
    public static Axis AxisOf(string label, IReadOnlyList<double> numbers)
    {
        double low = numbers.Where(double.IsFinite).DefaultIfEmpty(0).Min(), high = numbers.Where(double.IsFinite).DefaultIfEmpty(0).Max();
        return low > 0 && high > ManyTimes * low ? Axis.Log(label) : Axis.Linear(label);
    }

    /// <summary>A value as a legend shows it.</summary>
    public string Entry(string value) =>
        $"{(Symbols.Of(Parameter.Name) is { } symbol ? $"${symbol}$" : Parameter.Name.Replace('_', ' '))} = "
        + $"{(NumberText.TryParse(value, out double number) ? number.ToString("G4") : value)}";
}
