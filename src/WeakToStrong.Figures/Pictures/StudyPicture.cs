using WeakToStrong.Figures.Model;
using WeakToStrong.Studies;
using WeakToStrong.Tables;

namespace WeakToStrong.Figures.Pictures;

/// <summary>
/// The picture of a study's result, chosen by what varies: over two ridges the map of the gap with its edge; along one input curves with error bars
/// over limits, one a value of a second input, one panel a value of a third.
/// </summary>
public static class StudyPicture
{
    private const int MostPanels = 12, MostCurves = 12;

    /// <summary>Draws a result as data for the figure writer.</summary>
    /// <param name="arguments">What was run.</param>
    /// <param name="table">What was found.</param>
    /// <exception cref="InputException">The result is not a picture: nothing varies, or too much does.</exception>
    public static Figure Of(Arguments arguments, ResultTable table)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(table);
        StudyChart chart = arguments.Study.Chart ?? throw new InputException($"{arguments.Study.Name} has no picture; its result is a table");
        VaryingInput[] varying = VaryingInput.Of(arguments, table);
        if (chart.Map is not null && varying.Count(v => v.Parameter.SharesTrials) == 2)
        {
            VaryingInput[] others = [.. varying.Where(v => !v.Parameter.SharesTrials)];
            Demand(others.Length <= 1, $"{varying.Length} inputs vary", "a map shows both ridges, and a third input in its panels");
            Demand(others.All(o => o.Values.Count <= MostPanels), $"{others.FirstOrDefault()?.Parameter.Name} has {others.FirstOrDefault()?.Values.Count} values", $"a map has at most {MostPanels} panels");
            return new MapPicture(arguments, table, chart.Map).Draw(others.FirstOrDefault());
        }
        int room = 3 - (chart.Key is null ? 0 : 1) - (chart.Panel is null ? 0 : 1);
        Demand(varying.Length <= Math.Max(1, room), $"{varying.Length} inputs vary", $"a picture of {arguments.Study.Name} shows at most {Math.Max(1, room)}");
        Demand(varying.Length > 0 || chart.X is not null, "nothing varies", "give a grid in place of one of the numbers");
        (VaryingInput? along, VaryingInput? curves, VaryingInput? panels) = Roles(varying, chart);
        Demand((curves?.Values.Count ?? 1) <= MostCurves, $"{curves?.Parameter.Name} has {curves?.Values.Count} values beside {along?.Parameter.Name}", $"at most {MostCurves} curves can be told apart");
        Demand((panels?.Values.Count ?? 1) <= MostPanels, $"{panels?.Parameter.Name} has {panels?.Values.Count} values", $"a picture has at most {MostPanels} panels");
        return new CurvePicture(arguments, table, chart).Draw(along, curves, panels);
    }

    // The longest grid runs along the axis; of the others the shorter makes panels.
    private static (VaryingInput? Along, VaryingInput? Curves, VaryingInput? Panels) Roles(VaryingInput[] varying, StudyChart chart)
    {
        VaryingInput[] longest = [.. varying.OrderByDescending(v => v.Values.Count)];
        VaryingInput? second = longest.ElementAtOrDefault(1), third = longest.ElementAtOrDefault(2);
        return chart.Key is null || longest.Length < 2 ? (longest.FirstOrDefault(), second, third) : (longest[0], null, second);
    }

    private static void Demand(bool allowed, string found, string rule)
    {
        if (!allowed)
            throw new InputException($"this result cannot be drawn: {found}; {rule}");
    }
}
