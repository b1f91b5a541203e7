using WeakToStrong.Figures.Model;
using WeakToStrong.Studies;
using WeakToStrong.Tables;

namespace WeakToStrong.Figures.Pictures;

/// <summary>
/// The picture of a study's result, chosen by what varies: over two ridges the map of the gap with its edge; along one input curves with
/// error bars over limits, one a value of a second input, one panel a value of a third.
/// </summary>
public static class StudyPicture
{
    private const int MostPanels = 12, MostCurves = 12;

    /// <summary>Refuses, before a long run, arguments whose result <see cref="Of"/> could not draw.</summary>
    /// <exception cref="InputException">The result is not a picture: nothing varies, or too much does.</exception>
    public static void Check(Arguments arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        StudyChart chart = arguments.Study.ChartOf(arguments)
            ?? throw new InputException($"{arguments.Study.Name} has no picture; its result is a table");
        Parameter[] varying = Varying(arguments);
        int room = IsMap(chart, varying) ? 3 : Math.Max(1, 3 - (chart.Key is null ? 0 : 1) - (chart.Panel is null ? 0 : 1));
        if (varying.Length == 0 && chart.X is null)
            throw new InputException("nothing varies, so that there is nothing to draw; give a grid in place of one of the numbers");
        if (varying.Length > room)
            throw new InputException($"{varying.Length} inputs vary ({string.Join(", ", varying.Select(p => p.Name))}); a picture of "
                + $"{arguments.Study.Name} shows at most {room}");
        (Parameter? along, Parameter? curves, Parameter? panels) = Roles(arguments, chart, varying);
        if (curves is not null && arguments.CountOf(curves) > MostCurves)
            throw InputException.About(
                $"{curves} has {arguments.CountOf(curves)} values beside {along!}; at most {MostCurves} curves can be told apart");
        if (panels is not null && arguments.CountOf(panels) > MostPanels)
            throw InputException.About($"{panels} has {arguments.CountOf(panels)} values; a picture has at most {MostPanels} panels");
    }

    /// <summary>A result as a figure, ready for the writer.</summary>
    /// <param name="arguments">What was run.</param>
    /// <param name="table">What was found.</param>
    /// <exception cref="InputException">The result is not a picture: nothing varies, or too much does.</exception>
    public static Figure Of(Arguments arguments, ResultTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        Check(arguments);
        StudyChart chart = arguments.Study.ChartOf(arguments)!;
        Parameter[] varying = Varying(arguments);
        (Parameter? along, Parameter? curves, Parameter? panels) = Roles(arguments, chart, varying);
        return IsMap(chart, varying) ? new MapPicture(arguments, table, chart.Map!).Draw(Input(panels))
            : new CurvePicture(arguments, table, chart).Draw(Input(along), Input(curves), Input(panels));

        VaryingInput? Input(Parameter? parameter) => parameter is null ? null : VaryingInput.Of(parameter, table);
    }

    private static Parameter[] Varying(Arguments arguments) => [.. arguments.Study.Parameters.Where(p => arguments.CountOf(p) > 1)];

    private static bool IsMap(StudyChart chart, Parameter[] varying) => chart.Map is not null && varying.Count(IsRidge) == 2;

    private static bool IsRidge(Parameter parameter) => parameter.SharesTrials && parameter.Kind == ParameterKind.Number;

    // The longest grid runs along the axis; of the others the shorter makes panels. A map has both ridges along its axes.
    private static (Parameter? Along, Parameter? Curves, Parameter? Panels) Roles(Arguments arguments, StudyChart chart,
        Parameter[] varying)
    {
        if (IsMap(chart, varying))
            return (null, null, Array.Find(varying, p => !IsRidge(p)));
        Parameter[] longest = [.. varying.OrderByDescending(arguments.CountOf)];
        Parameter? second = longest.ElementAtOrDefault(1), third = longest.ElementAtOrDefault(2);
        return chart.Key is null || longest.Length < 2 ? (longest.FirstOrDefault(), second, third) : (longest[0], null, second);
    }
}
