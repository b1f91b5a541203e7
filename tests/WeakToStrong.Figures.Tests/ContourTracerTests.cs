using WeakToStrong.Figures.Drawing;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Figures.Tests;

public class ContourTracerTests
{
    private static readonly double[] Places = [.. Enumerable.Range(0, 81).Select(i => (i - 40) / 20.0)];

    private static Matrix<double> Values(Func<double, double, double> f)
    {
        var z = new Matrix<double>(Places.Length, Places.Length);
        for (int i = 0; i < z.Rows; i++)
        {
            for (int j = 0; j < z.Columns; j++)
                z[i, j] = f(Places[i], Places[j]);
        }
        return z;
    }

    [Fact]
    public void A_plane_has_one_straight_line_at_the_right_place()
    {
        Vertex[] line = Assert.Single(ContourTracer.Lines(Places, Places, Values((x, y) => x + (2 * y)), 0.3));

        Assert.All(line, v => Assert.Equal(0.3, v.X + (2 * v.Y), 12));
        Assert.Equal(2, Math.Max(Math.Abs(line[0].X), Math.Abs(line[0].Y)), 12);
        Assert.Equal(2, Math.Max(Math.Abs(line[^1].X), Math.Abs(line[^1].Y)), 12);
    }

    [Fact]
    public void A_bowl_has_one_closed_circle()
    {
        Vertex[] line = Assert.Single(ContourTracer.Lines(Places, Places, Values((x, y) => (x * x) + (y * y)), 1));

        Assert.Equal(line[0], line[^1]);
        // Interpolating x^2 linearly over a side of length h = 0.05 errs by at most h^2/4 in value, h^2/8 in radius; the chords of
        // length up to sqrt(2) h between the vertices cut off at most another 2 pi h^2/6 of the area.
        const double h = 0.05;
        Assert.All(line, v => Assert.Equal(1, Math.Sqrt((v.X * v.X) + (v.Y * v.Y)), h * h / 8 * 1.001));
        Assert.Equal(Math.PI, Math.Abs(SignedArea(line)), 2 * Math.PI * h * h * ((1 / 8.0) + (1 / 6.0)));
    }

    [Fact]
    public void A_saddle_has_two_lines_that_do_not_cross()
    {
        IReadOnlyList<Vertex[]> lines = ContourTracer.Lines(Places, Places, Values((x, y) => x * y), 0.001);

        Assert.Equal(2, lines.Count);
        Assert.All(lines, l => Assert.True(l.All(v => v.X > 0) || l.All(v => v.X < 0)));
    }

    [Theory]
    [InlineData(-5.0, 16.0)]
    [InlineData(0.0, 8.0)]
    [InlineData(1.0, 4.0)]
    [InlineData(5.0, 0.0)]
    public void The_area_above_a_level_is_closed_along_the_border(double level, double expected)
    {
        IReadOnlyList<Vertex[]> rings = ContourTracer.Area(Places, Places, Values((x, _) => x), level);

        Assert.All(rings, r => Assert.Equal(r[0], r[^1]));
        Assert.Equal(expected, rings.Sum(r => Math.Abs(SignedArea(r))), 9);
    }

    [Fact]
    public void Cells_without_a_value_have_no_line()
    {
        Matrix<double> z = Values((x, y) => y > 0 ? double.NaN : x);

        Vertex[] line = Assert.Single(ContourTracer.Lines(Places, Places, z, 0.01));
        Assert.All(line, v => Assert.True(v.Y <= 0));
    }

    private static double SignedArea(Vertex[] ring)
    {
        double sum = 0;
        for (int i = 0; i + 1 < ring.Length; i++)
            sum += (ring[i].X * ring[i + 1].Y) - (ring[i + 1].X * ring[i].Y);
        return sum / 2;
    }
}
