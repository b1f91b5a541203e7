using WeakToStrong.Statistics;

namespace WeakToStrong.Tests.Statistics;

public class AgreementTests
{
    [Fact]
    public void Cells_are_counted_by_their_distance_in_standard_errors()
    {
        // z = 0.5, -1.9, 2.1, 2.9 and -4 from limits of 10 with standard errors of 0.1.
        double[] z = [0.5, -1.9, 2.1, 2.9, -4];
        Estimate[] cells = [.. z.Select(x => Of(10 + (0.1 * x), 0.1)), Of(1, 0), Of(1, 0.1)];
        Agreement found = Agreement.Of("here", cells, [.. z.Select(_ => 10.0), 1, double.PositiveInfinity]);
        Assert.Equal(5, found.Cells);
        Assert.Equal(2 / 5.0, found.ShareWithinTwo, 1e-12);
        Assert.Equal(4, found.LargestZ, 1e-9);
        Assert.Equal(2.1, found.MedianZ, 1e-9);
        Assert.Equal(0.05, found.MedianShift, 1e-9);
        Assert.Equal(0.4, found.LargestShift, 1e-9);
        Assert.Equal("here", found.Where);
    }

    [Fact]
    public void An_even_number_of_cells_has_the_mean_of_two_as_its_median() =>
        Assert.Equal(2, Agreement.Of("", [Of(1, 1), Of(-3, 1)], [0, 0]).MedianZ, 1e-12);

    [Fact]
    public void Two_standard_errors_are_within_two() => Assert.Equal(1, Agreement.Of("", [Of(2, 1), Of(-2, 1)], [0, 0]).ShareWithinTwo);

    [Fact]
    public void Nothing_compared_says_nothing()
    {
        Agreement found = Agreement.Of("", [Of(1, 0)], [1]);
        Assert.Equal(0, found.Cells);
        Assert.Equal([double.NaN, double.NaN, double.NaN, double.NaN, double.NaN],
            [found.ShareWithinTwo, found.LargestZ, found.MedianZ, found.MedianShift, found.LargestShift]);
    }

    // Two numbers one standard error on either side of their mean.
    private static Estimate Of(double mean, double error) => Estimate.Of([mean - error, mean + error]);
}
