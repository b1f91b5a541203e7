using WeakToStrong.Choices;
using WeakToStrong.Randomness;
using WeakToStrong.Statistics;

namespace WeakToStrong.Tests.Choices;

public class LargestOfGaussiansTests
{
    [Fact]
    public void Equal_numbers_win_equally_often()
    {
        for (int k = 3; k <= 12; k++)
        {
            double[] covariance = new double[k * k];
            for (int i = 0; i < k; i++)
                covariance[(i * k) + i] = 2;
            Assert.Equal(1.0 / k, All(0, new double[k], covariance), 3e-3);
        }
    }

    /// <summary>Three numbers: the orthant of two correlated differences is 1/4 + asin(r)/(2 pi).</summary>
    [Fact]
    public void Three_numbers_of_equal_mean()
    {
        double[] covariance = [2, 0.3, 0.5, 0.3, 1, -0.4, 0.5, -0.4, 3];
        double v1 = 2 + 1 - 0.6, v2 = 2 + 3 - 1, between = 2 - 0.5 - 0.3 - 0.4;
        Assert.Equal(0.25 + (Math.Asin(between / Math.Sqrt(v1 * v2)) / (2 * Math.PI)), All(0, new double[3], covariance), 1.5e-3);
    }

    /// <summary>A million draws: standard error below 5e-4, so 3e-3 is four of them plus the lattice's error; the
    /// wrong index fails.</summary>
    [Fact]
    public void Draws_agree()
    {
        var random = new RandomStream(3);
        const int K = 6, Draws = 1_000_000;
        double[] root = new double[K * K], mean = new double[K], covariance = new double[K * K], z = new double[K];
        random.FillNormal(root);
        random.FillNormal(mean);
        for (int i = 0; i < K; i++)
        {
            for (int j = 0; j < K; j++)
                covariance[(i * K) + j] = Enumerable.Range(0, K).Sum(m => root[(i * K) + m] * root[(j * K) + m]);
        }
        var wins = new int[K];
        for (int draw = 0; draw < Draws; draw++)
        {
            random.FillNormal(z);
            int best = 0;
            double most = double.NegativeInfinity;
            for (int i = 0; i < K; i++)
            {
                double x = mean[i];
                for (int m = 0; m < K; m++)
                    x += root[(i * K) + m] * z[m];
                if (x > most)
                    (best, most) = (i, x);
            }
            wins[best]++;
        }
        for (int i = 0; i < K; i++)
            Assert.Equal((double)wins[i] / Draws, All(i, mean, covariance), 3e-3);
    }

    [Fact]
    public void No_variance_decides_by_the_mean()
    {
        Assert.Equal(1, All(1, [0, 1, -1], new double[9]));
        Assert.Equal(0, All(0, [0, 1, -1], new double[9]));
    }

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.975, 1.959963984540054)]
    [InlineData(0.025, -1.959963984540054)]
    [InlineData(1e-10, -6.361340902404056)]
    public void Quantiles_of_the_normal_distribution(double probability, double expected) =>
        Assert.Equal(expected, StandardNormal.Quantile(probability), 1e-11);

    private static double All(int one, double[] mean, double[] covariance) =>
        LargestOfGaussians.Probability(one, mean, covariance, 0, LargestOfGaussians.Points);
}
