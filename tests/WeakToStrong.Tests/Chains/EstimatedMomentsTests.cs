using WeakToStrong.Chains;
using WeakToStrong.Choices;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Randomness;

namespace WeakToStrong.Tests.Chains;

public class EstimatedMomentsTests
{
    /// <summary>
    /// Labels that are noise of variance 1: what 40 features fitted to 120 rows leave is 1 - 41/120 of it, which is undone by N/(N - p) but
    /// for the mean. Over 100 draws the mean has a standard error of 0.016.
    /// </summary>
    [Fact]
    public void What_a_fit_explains_of_noise_is_put_back()
    {
        const int Rows = 120, Features = 40, Draws = 100;
        var random = new RandomStream(8);
        double ofViews = 0, ofPairs = 0;
        for (int draw = 0; draw < Draws; draw++)
        {
            Matrix<double> x = new(Rows, Features), y = new(Rows, 1);
            random.FillNormal(x.Data);
            random.FillNormal(y.Data);
            ofViews += Views.Estimate([("v", x)], y.Data.ToArray())["v"].ResidualVariance / Draws;
            var pairs = new PairAccumulator(Features, Features, 1);
            pairs.Add(x, x, y, threads: 1);
            ofPairs += pairs.ToMoments(1).WeakResidual / Draws;
        }
        const double Expected = (Rows - 1.0 - Features) / (Rows - Features);
        Assert.InRange(ofViews, Expected - 0.065, Expected + 0.065);
        Assert.InRange(ofPairs, Expected - 0.065, Expected + 0.065);
    }

    /// <summary>A covariance of rank 3 whose entries were rounded to six digits has small eigenvalues of either sign that nobody
    /// meant.</summary>
    [Fact]
    public void Directions_that_rounding_made_are_not_whitened()
    {
        var factor = new Matrix<double>(8, 3);
        new RandomStream(4).FillNormal(factor.Data);
        var covariance = new Matrix<double>(8, 8);
        Dense.Multiply(factor, factor, covariance, transposeB: true);
        foreach (ref double entry in covariance.Data)
            entry = Math.Round(entry, 6);
        ViewBasis basis = ViewBasis.Of(covariance, "c", 1);
        Assert.Equal(3, basis.Spectrum.Rank);
        Assert.Equal(5, basis.Spectrum.Values.Count(0));
    }
}
