using WeakToStrong.Figures.Model;
using WeakToStrong.Studies;
using WeakToStrong.Tables;

namespace WeakToStrong.Figures.Pictures;

/// <summary>Curves along one input: points with error bars over the limit where there is one, lines elsewhere.</summary>
internal sealed class CurvePicture(Arguments arguments, ResultTable table, StudyChart chart)
{
    private const int FinePoints = 161;

    /// <summary>Draws the curves.</summary>
    /// <param name="along">What runs along the horizontal axis; null for the study's own column.</param>
    /// <param name="curves">What makes a curve of each value; null for the study's own column, if it has one.</param>
    /// <param name="panels">What makes a panel of each value; null likewise.</param>
    public Figure Draw(VaryingInput? along, VaryingInput? curves, VaryingInput? panels)
    {
        string xName = along?.Parameter.Name ?? chart.X!;
        RowKey panelKey = RowKey.Of(table, panels, chart.Panel == xName ? null : chart.Panel),
            curveKey = RowKey.Of(table, curves, chart.Key == xName ? null : chart.Key);
        StudySeries[] series = Present();
        var fine = FineLimits(along);
        var drawn = new List<Panel>();
        foreach (string panel in panelKey.Values)
        {
            foreach (StudySeries[] group in chart.Apart ? series.Select(s => new[] { s }) : [series])
            {
                var layers = new List<Layer>();
                for (int c = 0; c < curveKey.Values.Count; c++)
                    layers.AddRange(Curves(group, along, xName, panelKey, panel, curveKey, curveKey.Values[c], c, fine));
                drawn.Add(new Panel(XAxis(along, xName), YAxis(group),
                    [.. layers])
                {
                    Title = string.Join(", ",
                    new[] { panelKey.Entry(panel), chart.Apart ? group[0].Name : string.Empty }.Where(t => t.Length > 0))
                });
            }
        }
        return new Figure(drawn)
        {
            Columns = Math.Min(drawn.Count, 3),
            PanelWidth = drawn.Count == 1 ? 3.4 : 2.15,
            PanelHeight = drawn.Count == 1 ? 2.4 : 1.85,
            Legend = LegendPlacement.Below,
            Description = $"{chart.Value} against {xName.Replace('_', ' ')}: {string.Join(", ", series.Select(s => s.Name))}.",
        };
    }

    // Series whose column the result has and that hold a number; only the first unit when the chart offers several.
    private StudySeries[] Present()
    {
        StudySeries[] held = [.. chart.Series.Where(s =>
            table.Find(s.Column) is NumberColumn { Values: var v } && v.Any(double.IsFinite)
                && (s.Unless is null || table.Find(s.Unless) is null))];
        if (held.Any(s => s.Column.EndsWith("_accuracy", StringComparison.Ordinal)))
            held = [.. held.Where(s => s.Column.EndsWith("_accuracy", StringComparison.Ordinal))];
        return held.Length > 0 ? held : throw new InputException("this result cannot be drawn: it has no finite value");
    }

    // The limits along a grid much finer than the simulated one.
    private ResultTable? FineLimits(VaryingInput? along)
    {
        if (along is null || arguments.Study is not ILimitedStudy study || along.Numbers.Any(v => !double.IsFinite(v)))
            return null;
        double low = along.Numbers.Min(), high = along.Numbers.Max();
        bool logarithmic = along.ToAxis().Scale == AxisScale.Logarithmic;
        string grid = $"{NumberText.Format(low)}:{NumberText.Format(high)}:{FinePoints}{(logarithmic ? string.Empty : ":lin")}";
        return study.Limits(arguments.With(along.Parameter, along.GridText(grid)));
    }

    private IEnumerable<Layer> Curves(
        StudySeries[] group, VaryingInput? along, string xName, RowKey panelKey, string panel, RowKey curveKey, string curve, int number,
        ResultTable? fine)
    {
        bool many = curveKey.Values.Count > 1;
        int[] rows = [.. Enumerable.Range(0, table.RowCount).Where(i => panelKey.Has(i, panel) && curveKey.Has(i, curve))];
        double[] x = Positions(table, xName, rows, along);
        for (int s = 0; s < group.Length; s++)
        {
            StudySeries series = group[s];
            Rgb color = many ? Palette.Ordered(curveKey.Values.Count)[number] : Palette.Series[s % Palette.Series.Count];
            Dash dash = many ? (Dash)((group.Length - 1 - s) % 4) : Dash.Solid;
            string name = string.Join(", ", new[] { group.Length > 1 || !many ? series.Name : string.Empty, curveKey.Entry(curve) }.Where(
                t => t.Length > 0));
            double[] values = Take(table, series.Column, rows);
            bool simulated = series.Error is not null && table.Find(series.Error) is not null;
            if (series.Limit is { } limit && table.Find(limit) is not null)
            {
                ResultTable smooth = fine?.Find(limit) is not null ? fine : table;
                int[] at = ReferenceEquals(smooth, table) ? rows
                    : [.. Enumerable.Range(0, smooth.RowCount)
                        .Where(i => panelKey.Matches(smooth, i, panel) && curveKey.Matches(smooth, i, curve))];
                yield return new Curve(Positions(smooth, xName, at, along), Take(smooth, limit, at))
                {
                    Stroke = new(color, 1.1, dash),
                    Name = $"{name} (limit)"
                };
            }
            if (!simulated)
                yield return new Curve(x, values) { Stroke = new(color, 1.1, dash), Name = name };
            else
                yield return new Points(x, values)
                {
                    Errors = Take(table, series.Error!, rows),
                    Color = color,
                    Marker = (Marker)(s % 5),
                    Name = name
                };
        }
    }

    private Axis XAxis(VaryingInput? along, string name) =>
        along?.ToAxis() ?? (table.Find(name) is TextColumn words
            ? new Axis(Symbols.Label(name)) { Categories = [.. words.Values.Distinct().Select(w => w.Replace('_', ' '))] }
            : VaryingInput.AxisOf(Symbols.Label(name), Positions(table, name, [.. Enumerable.Range(0, table.RowCount)])));

    private Axis YAxis(StudySeries[] group) => VaryingInput.AxisOf(
        chart.Apart ? group[0].Name : group[0].Column.EndsWith("_accuracy", StringComparison.Ordinal) ? "accuracy" : chart.Value,
        [.. group.SelectMany(s => table.Numbers(s.Column)).Where(double.IsFinite)]);

    private static double[] Positions(ResultTable source, string name, int[] rows, VaryingInput? along = null) => source.Find(name) switch
    {
        NumberColumn numbers => [.. rows.Select(i => numbers.Values[i])],
        IntegerColumn integers => [.. rows.Select(i => (double)integers.Values[i])],
        TextColumn rules when along?.IsNumeric == true => [.. rows.Select(i => along.NumberOf(rules.Values[i]))],
        TextColumn words => Places([.. words.Values.Distinct()], words, rows),
        _ => throw new InputException($"this result cannot be drawn: it has no column {name}"),
    };

    private static double[] Places(string[] categories, TextColumn words, int[] rows) =>
        [.. rows.Select(i => (double)Array.IndexOf(categories, words.Values[i]))];

    private static double[] Take(ResultTable source, string column, int[] rows)
    {
        double[] values = source.Numbers(column);
        return [.. rows.Select(i => values[i])];
    }
}
