using WeakToStrong.Asymptotics;

namespace WeakToStrong.Tests.Asymptotics;

public sealed class AngleTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(0.5, 2.0 / 3)]
    [InlineData(0, 0.5)]
    [InlineData(-0.5, 1.0 / 3)]
    [InlineData(-1, 0)]
    // What rounding took beyond the range.
    [InlineData(1.0000000000000002, 1)]
    [InlineData(-1.0000000000000002, 0)]
    public void Signs_agree_but_for_the_angle_as_a_share_of_half_a_turn(double cosine, double expected) =>
        Assert.Equal(expected, Angle.SignAccuracy(cosine), 1e-15);

    [Theory]
    [InlineData(3, 4, 9, 0.5)]
    [InlineData(-3, 9, 4, -0.5)]
    // Lengths whose product is not a number that a double holds.
    [InlineData(1e300, 1e300, 4e300, 0.5)]
    [InlineData(1, double.PositiveInfinity, 1, 0)]
    [InlineData(0, 0, 1, double.NaN)]
    public void A_cosine_is_the_product_over_both_lengths(double product, double first, double second, double expected) =>
        Assert.Equal(expected, Angle.Cosine(product, first, second), 1e-15);

    [Fact]
    public void A_cosine_never_leaves_its_range()
    {
        Assert.Equal(1, Angle.Cosine(1.0000001, 1, 1));
        Assert.Equal(-1, Angle.Cosine(-1.0000001, 1, 1));
    }
}
