using WeakToStrong.Statistics;

namespace WeakToStrong.Tests.Statistics;

public class ChiSquareLawTests
{
    /// <summary>Regularised incomplete gamma functions by mpmath with 30 digits.</summary>
    [Theory]
    [InlineData(0, 3, 1)]
    [InlineData(0.5, 1, 0.47950012218695346)]
    [InlineData(3.841, 1, 0.050013683763956705)]
    [InlineData(40, 1, 2.539628589470865e-10)]
    [InlineData(3, 2, 0.22313016014842983)]
    [InlineData(28.5, 3, 2.8521548909529319e-6)]
    [InlineData(7.8, 3, 0.050331097859853351)]
    [InlineData(100, 4, 9.8366242246159807e-21)]
    [InlineData(5, 7, 0.65996322969428271)]
    [InlineData(120, 50, 1.0958807112599779e-7)]
    [InlineData(10, 50, 0.99999999984004136)]
    public void Survival_agrees_with_the_incomplete_gamma_function(double x, int degrees, double survival) =>
        Assert.InRange(ChiSquareLaw.Survival(x, degrees) / survival, 1 - 1e-11, 1 + 1e-11);

    [Theory]
    [InlineData(0.05, 1)]
    [InlineData(1e-6, 3)]
    [InlineData(0.9, 20)]
    public void The_threshold_is_exceeded_at_its_rate(double rate, int degrees) =>
        Assert.InRange(ChiSquareLaw.Survival(ChiSquareLaw.Threshold(rate, degrees), degrees) / rate, 1 - 1e-9, 1 + 1e-9);
}
