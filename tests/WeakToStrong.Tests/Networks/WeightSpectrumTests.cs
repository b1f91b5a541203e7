using WeakToStrong.Functions;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Networks;

namespace WeakToStrong.Tests.Networks;

public class WeightSpectrumTests
{
    [Theory]
    [InlineData(30, 20)]
    [InlineData(20, 30)]
    public void Singular_values_match_an_independent_library(int p, int d)
    {
        var weights = new Matrix<float>(p, d);
        TwoLayerNetwork.FillRandomWeights(weights, 3, [1], 1);
        var svd = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(p, d, (i, j) => weights[i, j]).Svd();
        var spectrum = new WeightSpectrum(weights);
        Assert.Equal(Math.Min(p, d), spectrum.SingularValues.Count);
        for (int i = 0; i < spectrum.SingularValues.Count; i++)
            Assert.Equal(svd.S[i], spectrum.SingularValues[i], 1e-4);
        float[] top = [.. svd.VT.Row(0).Select(x => (float)x)];
        Assert.Equal(1, spectrum.Overlap(top, 1), 1e-4);
        Assert.Equal(1, spectrum.Overlap(top, d), 1e-4);
        float[] second = [.. svd.VT.Row(1).Select(x => (float)x)];
        Assert.Equal(0, spectrum.Overlap(second, 1), 1e-4);
        Assert.Equal(1, spectrum.Overlap(second, 2), 1e-4);
    }

    /// <summary>The 99.9% point of the Tracy-Widom law of order 1 is 3.2724 (tables by Bejan 2005), on Johnstone's scale of p x d
    /// entries of variance 1/d: ((sqrt p + sqrt d)^2 + 3.2724 (sqrt p + sqrt d)(1/sqrt p + 1/sqrt d)^(1/3))/d.</summary>
    [Theory]
    [InlineData(30, 20, 2)]
    [InlineData(20, 30, 1)]
    public void One_random_matrix_in_a_thousand_has_an_outlier(int p, int d, double scale)
    {
        var spectrum = new WeightSpectrum(new Matrix<float>(p, d), scale);
        double sum = Math.Sqrt(p) + Math.Sqrt(d), unit = sum * Math.Cbrt((1 / Math.Sqrt(p)) + (1 / Math.Sqrt(d)));
        double square = Math.Pow(spectrum.OutlierThreshold / scale, 2);
        Assert.Equal(3.2724, ((square * d) - (sum * sum)) / unit, 5e-3);
    }

    [Fact]
    public void A_random_matrix_fills_the_bulk_and_a_spike_stands_where_predicted()
    {
        const int P = 300, D = 400;
        const double Tau = 1.7;
        NetworkExperiment experiment = new(
            new MultiIndexTarget(Nonlinearity.Identity, Nonlinearity.HermitePolynomial(2)), new Activation(Nonlinearity.Relu), D)
        {
            TeacherWidth = P,
            StudentWidth = P,
            Spike = Tau,
        };
        var comparison = SpectrumComparison.Run(experiment, 2, RunOptions.Default);
        Assert.Equal(0, comparison.TeacherBefore.Outliers);
        Assert.Equal(1 + Math.Sqrt(0.75), comparison.TeacherBefore.BulkHigh, 1e-12);
        Assert.InRange(comparison.TeacherBefore.SingularValues[0], 0.97 * comparison.TeacherBefore.BulkHigh,
            comparison.TeacherBefore.OutlierThreshold);
        Assert.InRange(comparison.TeacherBefore.SingularValues[^1], comparison.TeacherBefore.BulkLow - 0.02,
            comparison.TeacherBefore.BulkLow + 0.05);

        Assert.Equal(1, comparison.StudentBefore.Outliers);
        Assert.Equal(Math.Sqrt((1 + (Tau * Tau)) * (0.75 + (Tau * Tau))) / Tau, comparison.PretrainedOutliers[0], 1e-12);
        // It fluctuates like u'W_0 v, with standard deviation d^(-1/2) = 0.05; four of those.
        Assert.Equal(comparison.PretrainedOutliers[0], comparison.StudentBefore.SingularValues[0], 0.2);
        Assert.Equal(4 * P, comparison.ToTable().RowCount);
    }

    [Theory]
    [InlineData(40, 80, 1)]
    [InlineData(80, 40, 1)]
    [InlineData(30, 30, 1)]
    [InlineData(40, 80, 0.3)]
    public void The_bulk_s_density_has_mass_one_and_the_mean_square_of_its_entries(int p, int d, double scale)
    {
        var spectrum = new WeightSpectrum(new Matrix<float>(p, d), scale);
        double mass = 0, square = 0, step = (spectrum.BulkHigh - spectrum.BulkLow) / 200_000;
        for (int i = 0; i < 200_000; i++)
        {
            double s = spectrum.BulkLow + ((i + 0.5) * step);
            mass += step * spectrum.BulkDensity(s);
            square += step * s * s * spectrum.BulkDensity(s);
        }
        Assert.Equal(1, mass, 1e-4);
        // ||W||_F^2 = p scale^2 is spread over min(p, d) values.
        Assert.Equal(scale * scale * p / Math.Min(p, d), square, 1e-4);
    }

    [Fact]
    public void Weak_spikes_have_no_outlier()
    {
        Assert.True(double.IsNaN(WeightSpectrum.OutlierPosition(0.99, 1)));
        Assert.Equal(2, WeightSpectrum.OutlierPosition(1.0000001, 1), 1e-6);
        Assert.True(double.IsNaN(WeightSpectrum.OutlierPosition(0, 1)));
    }
}
