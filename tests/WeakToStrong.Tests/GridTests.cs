namespace WeakToStrong.Tests;

public class GridTests
{
    [Theory]
    [InlineData("0.3", new[] { 0.3 })]
    [InlineData("0.1,0.3,1", new[] { 0.1, 0.3, 1 })]
    [InlineData("0:1:3:lin", new[] { 0, 0.5, 1 })]
    public void Text_becomes_values(string text, double[] expected) => Assert.Equal(expected, Grid.Parse(text));

    [Fact]
    public void A_range_is_log_spaced_and_keeps_its_ends()
    {
        Grid grid = Grid.Parse("0.01:10:64");
        Assert.Equal(64, grid.Count);
        Assert.Equal(0.01, grid[0]);
        Assert.Equal(10, grid[63]);
        for (int i = 1; i < 64; i++)
            Assert.Equal(Math.Pow(1000, 1 / 63.0), grid[i] / grid[i - 1], 1e-12);
    }

    [Theory]
    [InlineData("0.01:10:4", "0.01,0.1,1,10")]
    [InlineData("0:0.7:8:lin", "0,0.1,0.2,0.3,0.4,0.5,0.6,0.7")]
    [InlineData("1e-12:1e12:7", "1E-12,1E-08,0.0001,1,10000,100000000,1000000000000")]
    [InlineData("1:2:3", "1,1.414213562373095,2")]
    public void Short_decimals_print_as_they_would_be_typed(string text, string values) =>
        Assert.Equal(values, Grid.Parse(text).ToString());

    [Fact]
    public void Printed_text_reads_back_to_the_same_bits() =>
        Assert.Equal(Grid.Parse("0.01:10:64"), Grid.Parse(Grid.Parse("0.01:10:64").ToString()));

    [Theory]
    [InlineData("", "empty")]
    [InlineData("x", "'x'")]
    [InlineData("1,,2", "''")]
    [InlineData("1,0.5", "strictly increase")]
    [InlineData("-1", "not negative")]
    [InlineData("nan", "finite")]
    [InlineData("inf", "not a number")]
    [InlineData("10:0.1:5", "upwards")]
    [InlineData("0:1:5", "above 0")]
    [InlineData("0.1:1:1", "2 to 1000000")]
    [InlineData("0.1:1:5:log", "is not a grid")]
    public void Nonsense_is_refused_with_the_reason(string text, string part)
    {
        Assert.False(Grid.TryParse(text, out _, out string? problem));
        Assert.Contains(part, problem, StringComparison.Ordinal);
    }
}
