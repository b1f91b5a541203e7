using WeakToStrong.Figures.Drawing;
using WeakToStrong.Figures.Model;

namespace WeakToStrong.Figures.Tests;

public class TickTests
{
    [Theory]
    [InlineData(0, 1, "0.0 0.2 0.4 0.6 0.8 1.0")]
    [InlineData(-1.1, 1.1, "−1.0 −0.5 0.0 0.5 1.0")]
    [InlineData(0.93, 1.07, "0.950 0.975 1.000 1.025 1.050")]
    [InlineData(0, 1234, "0 250 500 750 1000")]
    public void Linear_ticks_are_round_numbers(double low, double high, string expected) =>
        Assert.Equal(expected, string.Join(' ', TickRules.Linear(low, high).Select(t => t.Label)));

    [Theory]
    [InlineData(1e17, 1e17 + 64)]
    [InlineData(-1e17 - 64, -1e17)]
    [InlineData(1e300, 1.0000000000000002e300)]
    [InlineData(-1.7e308, 1.7e308)]
    [InlineData(0, 1.7e308)]
    [InlineData(1e-310, 2e-310)]
    [InlineData(1, 1.0000000000000002)]
    [InlineData(9007199254740990, 9007199254740999)]
    public void Linear_ticks_end_where_doubles_are_sparse_or_the_range_is_widest(double low, double high)
    {
        AxisMap map = AxisMap.Fit(Axis.Linear("x"), [low, high], margin: 0.05);
        IReadOnlyList<Tick> ticks = map.Ticks();
        Assert.InRange(ticks.Count, 1, 11);
        Assert.Equal(ticks.Count, ticks.Select(t => t.Place).Distinct().Count());
        Assert.All(ticks, tick => Assert.InRange(tick.Label.Length, 1, 40));
        Assert.True(map.Place(low) < map.Place(high));
    }

    [Theory]
    [InlineData(1e17)]
    [InlineData(-1e300)]
    [InlineData(3)]
    public void A_single_value_has_an_axis_around_it(double value)
    {
        AxisMap map = AxisMap.Fit(Axis.Linear("x"), [value], margin: 0.05);
        Assert.Equal(0.5, map.Place(value), 0.1);
        Assert.NotEmpty(map.Ticks());
    }

    [Fact]
    public void Large_and_small_numbers_are_written_with_a_power_of_ten() =>
        Assert.Equal("$2·10^{9}$ $4·10^{9}$ $6·10^{9}$ $8·10^{9}$ $1·10^{10}$",
            string.Join(' ', TickRules.Linear(1e9, 1e10).Select(t => t.Label)));

    [Theory]
    [InlineData(0.01, 10, "$10^{−2}$ $10^{−1}$ 1 10")]
    [InlineData(0.1, 5, "0.1 0.2 0.5 1 2 5")]
    [InlineData(1e-9, 1e9, "$10^{−9}$ $10^{−6}$ $10^{−3}$ 1 $10^{3}$ $10^{6}$ $10^{9}$")]
    public void Logarithmic_ticks_are_decades(double low, double high, string expected)
    {
        IEnumerable<string> inside = TickRules.Logarithmic(low, high)
            .Where(t => t.Label.Length > 0 && t.Value >= low * 0.999 && t.Value <= high * 1.001).Select(t => t.Label);
        Assert.Equal(expected, string.Join(' ', inside));
    }

    [Fact]
    public void A_logarithmic_axis_cannot_show_zero()
    {
        AxisMap map = AxisMap.Fit(Axis.Log("x"), [0, 0.01, 1], margin: 0);

        Assert.Equal((0.01, 1), (map.Low, map.High));
        Assert.Equal(0.5, map.Place(0.1), 12);
        Assert.True(double.IsNaN(map.Place(0)));
    }
}
