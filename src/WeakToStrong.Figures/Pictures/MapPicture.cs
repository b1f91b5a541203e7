using WeakToStrong.Asymptotics;
using WeakToStrong.Figures.Model;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Studies;
using WeakToStrong.Tables;

namespace WeakToStrong.Figures.Pictures;

/// <summary>A map of the gap over the plane of both ridges, with the curve L_s = L_t and the teacher's optimal ridge.</summary>
internal sealed class MapPicture(Arguments arguments, ResultTable table, string column)
{
    private const int Steps = 6;
    private readonly double[] _teacher = table.Numbers("lambda_teacher"), _student = table.Numbers("lambda_student"),
        _value = table.Numbers(column);

    /// <summary>What the colours mean.</summary>
    public string BarLabel { get; init; } = "$ℒ_s − ℒ_t$";

    /// <summary>A limit of every row, to be drawn as dashed lines at the same levels.</summary>
    public (string Name, double[] Values)? Limit { get; init; }

    /// <summary>The curve where both tie, in place of that of the result's own settings.</summary>
    public Curve? Edge { get; init; }

    /// <summary>One panel, or one a value of a third input.</summary>
    public Figure Draw(VaryingInput? third)
    {
        double[] levels = LevelsOf(_value);
        Panel[] panels = third is null
            ? [Map([.. Enumerable.Range(0, table.RowCount)], levels, string.Empty)]
            : [.. third.Values.Select(v => Map([.. Enumerable.Range(0, table.RowCount).Where(i => third.Texts[i] == v)], levels,
                third.Entry(v)))];
        return new Figure(panels)
        {
            Columns = Math.Min(panels.Length, 3),
            Legend = LegendPlacement.Below,
            Description = "Map of the student's test error minus the teacher's over both ridges; blue where the student wins.",
        };
    }

    /// <summary>A map of some of the rows.</summary>
    /// <param name="rows">Which; one for each pair of ridges.</param>
    /// <param name="levels">Levels of the contours, 0 among them.</param>
    /// <param name="title">Above it.</param>
    public Panel Map(int[] rows, double[] levels, string title)
    {
        double[] x = [.. rows.Select(i => _teacher[i]).Distinct().Order()], y = [.. rows.Select(i => _student[i]).Distinct().Order()];
        Field Plane(double[] values)
        {
            var plane = new Matrix<double>(x.Length, y.Length);
            foreach (int row in rows)
                plane[Array.BinarySearch(x, _teacher[row]), Array.BinarySearch(y, _student[row])] = values[row];
            return new Field(x, y, plane);
        }

        double gammaTeacher = Gamma("gamma_teacher", "n_teacher", rows[0]), gammaStudent = Gamma("gamma_student", "n_student", rows[0]);
        double noise = At("noise_variance", rows[0]), power = At("signal_power", rows[0]),
            optimal = RidgeTeacher.OptimalRidge(gammaTeacher, noise, power);
        Axis horizontal = VaryingInput.AxisOf("teacher ridge $λ_t$", x), vertical = VaryingInput.AxisOf("student ridge $λ_s$", y);
        List<Layer> layers = [new FilledContours(Plane(_value), levels) { BarLabel = BarLabel }];
        if (Limit is { } limit)
        {
            layers.Add(new ContourLines(Plane(limit.Values), [.. levels.Where(l => l != 0)])
            {
                Name = limit.Name,
                Stroke = new(Palette.Red, 0.8, Dash.Dashed),
            });
        }
        // The edge is that of a student on fresh rows.
        if (Edge is not null)
            layers.Add(Edge);
        else if (x[0] > 0 && (table.Find("same_rows") is null || double.IsNaN(At("same_rows", rows[0]))))
        {
            var region = new WinningRegion(gammaTeacher, gammaStudent, noise, power, At("alignment", rows[0]), At("spike", rows[0]));
            (double[] edgeX, double[] edgeY) = region.Edge(x[0], x[^1]);
            if (edgeX.Length > 0)
                layers.Add(new Curve(edgeX, edgeY) { Name = "$ℒ_s = ℒ_t$ (limit)", Stroke = new(Palette.Black, 1.4) });
        }
        if (optimal > x[0] && optimal < x[^1])
            layers.Add(new ReferenceLine(Orientation.Vertical, optimal)
            {
                Name = "$λ_t = λ_t^*$",
                Stroke = new(Palette.Black, 1.0, Dash.Dashed)
            });
        return new Panel(horizontal with { Low = x[0], High = x[^1] }, vertical with { Low = y[0], High = y[^1] },
            [.. layers])
        { Title = title };
    }

    // Both sides of zero in even, round steps, as far as the values reach.
    private static double[] LevelsOf(double[] values)
    {
        double[] finite = [.. values.Where(double.IsFinite).DefaultIfEmpty(0)];
        double below = Math.Max(-finite.Min(), 0), above = Math.Max(finite.Max(), 0),
            reach = Math.Max(Math.Max(below, above), double.Epsilon);
        // A side that hardly exists still has one step, so that white is at zero.
        return [.. Side(Math.Max(below, reach * 1e-3)).Select(level => -level).Reverse(), 0, .. Side(Math.Max(above, reach * 1e-3))];
    }

    private static IEnumerable<double> Side(double reach)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(reach / Steps)));
        double step = power * new[] { 1, 2, 2.5, 5, 10 }.First(factor => reach <= Steps * factor * power * (1 + 1e-9));
        int count = (int)Math.Ceiling((reach / step) - 1e-9);
        return Enumerable.Range(1, Math.Max(1, count)).Select(k =>
            Math.Round(k * step, 12 - (int)Math.Floor(Math.Log10(step)) is var digits and < 16 and > 0 ? digits : 15));
    }

    private double Gamma(string ratio, string samples, int row) =>
        table.Find(ratio) is not null ? At(ratio, row) : At("d", row) / At(samples, row);

    private double At(string name, int row) => table.Find(name) switch
    {
        NumberColumn numbers => numbers.Values[row],
        IntegerColumn integers => integers.Values[row],
        _ => throw new InputException($"{arguments.Study.Name} has no column {name} to draw a map with"),
    };
}
