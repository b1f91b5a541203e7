using System.Text;
using CsCheck;
using WeakToStrong.Tables;

namespace WeakToStrong.Tests.Tables;

public class NumberTextTests
{
    [Fact]
    public void Every_number_reads_back_to_the_same_bits() =>
        Gen.Double.Check(x =>
        {
            string text = NumberText.Format(x);
            Assert.True(NumberText.TryParse(text, out double back));
            Assert.True(NumberText.TryParse(Encoding.UTF8.GetBytes(text), out double again));
            Assert.True(double.IsNaN(x) ? double.IsNaN(back) && double.IsNaN(again)
                : BitConverter.DoubleToInt64Bits(x) == BitConverter.DoubleToInt64Bits(back) && back.Equals(again));
        }, examples: 20_000);

    [Theory]
    [InlineData("inf", double.PositiveInfinity)]
    [InlineData("+Infinity", double.PositiveInfinity)]
    [InlineData("-INF", double.NegativeInfinity)]
    [InlineData("NaN", double.NaN)]
    [InlineData(" 1e-3 ", 0.001)]
    [InlineData(".5", 0.5)]
    [InlineData("5.", 5)]
    public void Usual_spellings_are_read(string text, double expected)
    {
        Assert.True(NumberText.TryParse(text, out double value));
        Assert.Equal(expected, value);
        Assert.True(NumberText.TryParse(Encoding.UTF8.GetBytes(text), out value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("1,5")]
    [InlineData("0x10")]
    [InlineData("1e")]
    [InlineData("--1")]
    [InlineData("\u221E")]
    [InlineData("1 2")]
    [InlineData("infinite")]
    [InlineData("1e400")]
    [InlineData("-2E+999")]
    public void Anything_else_is_not_a_number(string text)
    {
        Assert.False(NumberText.TryParse(text, out _));
        Assert.False(NumberText.TryParse(Encoding.UTF8.GetBytes(text), out _));
    }

    [Theory]
    [InlineData(0.1, "0.1")]
    [InlineData(double.PositiveInfinity, "inf")]
    [InlineData(double.NegativeInfinity, "-inf")]
    [InlineData(double.NaN, "nan")]
    public void The_shortest_text_is_written(double value, string expected) => Assert.Equal(expected, NumberText.Format(value));
}
