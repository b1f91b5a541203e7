using WeakToStrong.Figures.Model;
using WeakToStrong.Tables;

namespace WeakToStrong.Figures.Pictures;

/// <summary>What of a table is drawn.</summary>
/// <param name="X">The column along the horizontal axis.</param>
/// <param name="Y">The columns that are curves.</param>
public sealed record TablePlan(string X, params IReadOnlyList<string> Y)
{
    /// <summary>A column each of whose values makes curves of its own; null for none.</summary>
    public string? By { get; init; }

    /// <summary>Half-lengths of error bars: one column for all curves, or one a curve; empty for none.</summary>
    public IReadOnlyList<string> Errors { get; init; } = [];

    /// <summary>Whether the horizontal axis is logarithmic.</summary>
    public bool LogX { get; init; }

    /// <summary>Whether the vertical axis is logarithmic.</summary>
    public bool LogY { get; init; }
}

/// <summary>The picture of any table: columns against a column.</summary>
public static class TablePicture
{
    private const int MostCurves = 40;

    /// <summary>Draws columns of a table as data for the figure writer.</summary>
    /// <exception cref="InputException">A column is missing or holds words, or there are too many curves.</exception>
    public static Figure Of(ResultTable table, TablePlan plan)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.Errors.Count > 1 && plan.Errors.Count != plan.Y.Count)
            throw new InputException(
                $"{plan.Errors.Count} columns of errors are given for {plan.Y.Count} curves; there must be one, or one for each");
        string[] key = plan.By is { } by ? [.. Column(table, by).Texts()] : [.. Enumerable.Repeat(string.Empty, table.RowCount)];
        string[] groups = [.. key.Distinct()];
        if (groups.Length * plan.Y.Count > MostCurves)
            throw new InputException($"{groups.Length * plan.Y.Count} curves are asked for; at most {MostCurves} can be told apart");
        double[] x = Numbers(table, plan.X);
        IReadOnlyList<Rgb> colors = groups.Length > 1 ? Palette.Ordered(groups.Length) : [];
        var layers = new List<Layer>();
        for (int g = 0; g < groups.Length; g++)
        {
            int[] rows = [.. Enumerable.Range(0, table.RowCount).Where(i => key[i] == groups[g]).OrderBy(i => x[i])];
            for (int y = 0; y < plan.Y.Count; y++)
            {
                Rgb color = groups.Length > 1 ? colors[g] : Palette.Series[y % Palette.Series.Count];
                string name = string.Join(", ", new[] { plan.Y.Count > 1 || groups.Length == 1 ? Shown(plan.Y[y]) : string.Empty,
                    groups[g] }.Where(t => t.Length > 0));
                layers.AddRange(Curve(table, plan, y, x, rows, color, name));
            }
        }
        return new Figure(new Panel(AxisOf(plan.X, plan.LogX), AxisOf(plan.Y.Count == 1 ? plan.Y[0] : "value", plan.LogY), [.. layers]))
        {
            PanelWidth = 3.4,
            PanelHeight = 2.4,
            Legend = LegendPlacement.Below,
            Description = $"{string.Join(", ", plan.Y)} against {plan.X}.",
        };
    }

    private static IEnumerable<Layer> Curve(ResultTable table, TablePlan plan, int index, double[] x, int[] rows, Rgb color, string name)
    {
        double[] values = Numbers(table, plan.Y[index]), at = [.. rows.Select(i => x[i])], y = [.. rows.Select(i => values[i])];
        yield return new Curve(at, y) { Stroke = new(color, 1.1, (Dash)(index % 4)), Name = name };
        if (plan.Errors.Count == 0)
            yield break;
        double[] errors = Numbers(table, plan.Errors[plan.Errors.Count == 1 ? 0 : index]);
        yield return new Points(at, y) { Errors = [.. rows.Select(i => errors[i])], Color = color };
    }

    private static Axis AxisOf(string column, bool logarithmic) => logarithmic ? Axis.Log(Shown(column)) : Axis.Linear(Shown(column));

    private static string Shown(string column) => column.Replace('_', ' ').Replace("$", string.Empty, StringComparison.Ordinal);

    private static double[] Numbers(ResultTable table, string name) => Column(table, name) switch
    {
        NumberColumn { Values: var values } => values,
        IntegerColumn { Values: var values } => [.. values.Select(v => (double)v)],
        _ => throw new InputException($"the column '{InputException.Shorten(name)}' holds words; it must hold numbers"),
    };

    private static ResultColumn Column(ResultTable table, string name) => table.Find(name)
        ?? throw new InputException(
            $"the table has no column '{InputException.Shorten(name)}'; it has {string.Join(", ", table.Columns.Select(c => c.Name))}");
}
