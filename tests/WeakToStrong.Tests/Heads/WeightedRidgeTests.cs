using WeakToStrong.Heads;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Randomness;
using WeakToStrong.Ridge;

namespace WeakToStrong.Tests.Heads;

public class WeightedRidgeTests
{
    [Theory]
    [InlineData(30, 5)]
    [InlineData(12, 40)]
    public void Whole_weights_are_repeated_rows(int count, int features)
    {
        var random = new RandomStream(8);
        Matrix<double> x = new(count, features), y = new(count, 2);
        random.FillNormal(x.Data);
        random.FillNormal(y.Data);
        foreach (ref double value in x.Data)
            value += 3;
        double[] weights = [.. Enumerable.Range(0, count).Select(i => 1.0 + (i % 4))];
        int[] repeated = [.. Enumerable.Range(0, count).SelectMany(i => Enumerable.Repeat(i, (int)weights[i]))];
        var targets = new Matrix<double>(repeated.Length, 2);
        for (int i = 0; i < repeated.Length; i++)
            y.Row(repeated[i]).CopyTo(targets.Row(i));
        double lambda = 0.3, same = lambda * count / repeated.Length;
        RidgeModels weighted = RidgeHead.Instance.Prepare(FeatureRows.All(x), weights).Fit(y).At(Grid.Of(lambda));
        RidgeModels plain = RidgeHead.Instance.Prepare(new FeatureRows(x, repeated)).Fit(targets).At(Grid.Of(same));
        Matrix<double> a = weighted.Predict(FeatureRows.All(x)), b = plain.Predict(FeatureRows.All(x));
        Assert.True(System.Numerics.Tensors.TensorPrimitives.Distance<double>(a.Data, b.Data) < 1e-10);
        Assert.Equal(plain.Coefficient(0, 1, 1), weighted.Coefficient(0, 1, 1), 1e-11);
        Assert.Equal(plain.Intercept(0, 1), weighted.Intercept(0, 1), 1e-10);
    }
}
