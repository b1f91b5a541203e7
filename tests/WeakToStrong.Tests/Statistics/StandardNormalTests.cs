using WeakToStrong.Statistics;

namespace WeakToStrong.Tests.Statistics;

/// <summary>Numbers by mpmath with 40 digits: ncdf, its inverse, and the inverse of the incomplete beta function for Student's t.</summary>
public class StandardNormalTests
{
    [Theory]
    [InlineData(-8.5, 9.4795348222033184e-18)]
    [InlineData(-3, 0.0013498980316300945)]
    [InlineData(-1, 0.15865525393145705)]
    [InlineData(-0.1, 0.46017216272297102)]
    [InlineData(0, 0.5)]
    [InlineData(0.3, 0.61791142218895264)]
    [InlineData(1, 0.84134474606854295)]
    [InlineData(2.5, 0.99379033467422386)]
    [InlineData(6, 0.99999999901341235)]
    public void The_distribution_is_right_in_both_tails(double x, double expected) =>
        Assert.InRange(StandardNormal.Distribution(x) / expected, 1 - 1e-12, 1 + 1e-12);

    [Theory]
    [InlineData(1e-300, -37.047096299361199)]
    [InlineData(1e-20, -9.2623400897984076)]
    [InlineData(1e-5, -4.2648907939228246)]
    [InlineData(0.025, -1.9599639845400542)]
    [InlineData(0.3, -0.52440051270804078)]
    [InlineData(0.6, 0.2533471031357998)]
    [InlineData(0.975, 1.9599639845400542)]
    [InlineData(0.99999, 4.2648907939228246)]
    public void Quantiles_are_right_in_both_tails(double probability, double expected) =>
        Assert.InRange(StandardNormal.Quantile(probability) / expected, 1 - 1e-11, 1 + 1e-11);

    [Fact]
    public void The_median_is_0_and_what_is_near_it_is_not()
    {
        Assert.Equal(0, StandardNormal.Quantile(0.5));
        Assert.Equal(-2.5066282746310268e-7, StandardNormal.Quantile(0.4999999), 1e-15);
        Assert.Equal(2.5066282746310268e-7, StandardNormal.Quantile(0.5000001), 1e-15);
    }

    /// <summary>The expansion's own value to rounding, and Student's exact quantile within what the documentation says.</summary>
    [Theory]
    [InlineData(0.05, 3, 3.1589931178516699, 3.1824463052837096, 8e-3)]
    [InlineData(0.05, 10, 2.2279719434068144, 2.2281388519862747, 1e-4)]
    [InlineData(0.05, 30, 2.042270462888958, 2.0422724563012383, 1e-6)]
    [InlineData(0.001, 30, 3.6458569841973728, 3.6459586350420218, 3e-5)]
    [InlineData(0.01, 200, 2.6006344286307731, 2.600634436191558, 4e-9)]
    public void Thresholds_are_near_those_of_student(double rate, long degrees, double expansion, double exact, double miss)
    {
        double found = StandardNormal.TwoSidedThreshold(rate, degrees);
        Assert.Equal(expansion, found, 1e-12 * expansion);
        Assert.Equal(exact, found, miss * exact);
    }

    [Theory]
    [InlineData(0.05, 1, 12.706204736174705)]
    [InlineData(0.001, 2, 31.599054576443621)]
    public void Thresholds_of_one_and_two_degrees_of_freedom_are_exact(double rate, long degrees, double exact) =>
        Assert.Equal(exact, StandardNormal.TwoSidedThreshold(rate, degrees), 1e-12 * exact);
}
