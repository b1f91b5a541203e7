using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Figures.Drawing;

/// <summary>
/// Contours of a field by marching squares: linear interpolation on the edges of each grid cell, the value at a cell's middle
/// decides saddles, and pieces are joined into whole lines. Positions are those of the grid lines that are given, so a
/// logarithmic axis is traced in its own geometry.
/// </summary>
internal static class ContourTracer
{
    /// <summary>Lines where the field equals <paramref name="level"/>; a closed line repeats its first vertex. Cells with a NaN
    /// corner are skipped.</summary>
    /// <param name="x">Positions of the field's rows on the page.</param>
    /// <param name="y">Positions of its columns.</param>
    /// <param name="z">The values.</param>
    /// <param name="level">The level.</param>
    public static IReadOnlyList<Vertex[]> Lines(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Matrix<double> z, double level)
    {
        var crossings = new Dictionary<int, Vertex>();
        var links = new Dictionary<int, (int A, int B)>();
        for (int i = 0; i + 1 < z.Rows; i++)
        {
            for (int j = 0; j + 1 < z.Columns; j++)
                Cell(x, y, z, level, i, j, crossings, links);
        }
        return Join(crossings, links);
    }

    /// <summary>Closed rings that bound the area where the field is at least <paramref name="level"/>, to be filled by the even-odd rule.
    /// NaN counts as below.</summary>
    public static IReadOnlyList<Vertex[]> Area(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Matrix<double> z, double level)
    {
        // A rim of lower values at the same places as the border closes every line along the border itself.
        var padded = new Matrix<double>(z.Rows + 2, z.Columns + 2);
        padded.Data.Fill(level - 1);
        for (int i = 0; i < z.Rows; i++)
        {
            for (int j = 0; j < z.Columns; j++)
                padded[i + 1, j + 1] = double.IsNaN(z[i, j]) ? level - 1 : z[i, j];
        }
        return Lines(Padded(x), Padded(y), padded, level);
    }

    private static double[] Padded(ReadOnlySpan<double> places) => [places[0], .. places, places[^1]];

    private static void Cell(
        ReadOnlySpan<double> x, ReadOnlySpan<double> y, Matrix<double> z, double level, int i, int j, Dictionary<int, Vertex> crossings,
        Dictionary<int, (int A, int B)> links)
    {
        double z00 = z[i, j], z10 = z[i + 1, j], z11 = z[i + 1, j + 1], z01 = z[i, j + 1];
        double middle = (z00 + z10 + z11 + z01) / 4;
        if (double.IsNaN(middle))
            return;
        bool b00 = z00 >= level, b10 = z10 >= level, b11 = z11 >= level, b01 = z01 >= level;
        // The four sides, counter-clockwise from below: each is crossed when its ends differ.
        Span<int> crossed = stackalloc int[4];
        int count = 0;
        if (b00 != b10)
            crossed[count++] = Cross(i, j, 0, Between(x[i], x[i + 1], z00, z10, level), y[j], z, crossings);
        if (b10 != b11)
            crossed[count++] = Cross(i + 1, j, 1, x[i + 1], Between(y[j], y[j + 1], z10, z11, level), z, crossings);
        if (b11 != b01)
            crossed[count++] = Cross(i, j + 1, 0, Between(x[i], x[i + 1], z01, z11, level), y[j + 1], z, crossings);
        if (b01 != b00)
            crossed[count++] = Cross(i, j, 1, x[i], Between(y[j], y[j + 1], z00, z01, level), z, crossings);
        if (count == 2)
        {
            Link(crossed[0], crossed[1], links);
        }
        else if (count == 4)
        {
            // A saddle: the corner (0,0) is cut off when the middle is on the other side.
            bool cut = (middle >= level) != b00;
            Link(crossed[0], crossed[cut ? 3 : 1], links);
            Link(crossed[2], crossed[cut ? 1 : 3], links);
        }
    }

    private static double Between(double from, double to, double zFrom, double zTo, double level) =>
        from + ((to - from) * (level - zFrom) / (zTo - zFrom));

    private static int Cross(int i, int j, int direction, double x, double y, Matrix<double> z, Dictionary<int, Vertex> crossings)
    {
        int edge = (2 * ((i * z.Columns) + j)) + direction;
        crossings[edge] = new Vertex(x, y);
        return edge;
    }

    private static void Link(int a, int b, Dictionary<int, (int A, int B)> links)
    {
        AddLink(a, b, links);
        AddLink(b, a, links);
    }

    private static void AddLink(int from, int to, Dictionary<int, (int A, int B)> links) =>
        links[from] = links.TryGetValue(from, out (int A, int B) known) ? (known.A, to) : (to, -1);

    private static List<Vertex[]> Join(Dictionary<int, Vertex> crossings, Dictionary<int, (int A, int B)> links)
    {
        var lines = new List<Vertex[]>();
        var done = new HashSet<int>();
        // Open lines start where only one cell meets an edge; what is left over is closed. Ordered, so that bytes repeat.
        foreach (int start in links.Keys.OrderBy(e => links[e].B < 0 ? 0 : 1).ThenBy(e => e))
        {
            if (!done.Add(start))
                continue;
            var line = new List<Vertex> { crossings[start] };
            int at = links[start].A;
            while (at >= 0 && done.Add(at))
            {
                line.Add(crossings[at]);
                (int a, int b) = links[at];
                at = a >= 0 && !done.Contains(a) ? a : b >= 0 && !done.Contains(b) ? b : -1;
            }
            if (links[start].B >= 0)
                line.Add(line[0]);
            lines.Add([.. line]);
        }
        return lines;
    }
}
