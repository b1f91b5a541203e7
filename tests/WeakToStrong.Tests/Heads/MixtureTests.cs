using System.Numerics.Tensors;
using WeakToStrong.Heads;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Randomness;
using WeakToStrong.Ridge;

namespace WeakToStrong.Tests.Heads;

/// <summary>The update of one factorisation against a weighted fit to all rows.</summary>
public class MixtureTests
{
    [Theory]
    [InlineData(80, 10, 6)] // few rows with true labels: an update of low rank
    [InlineData(80, 30, 6)] // many: one factor for each ridge
    [InlineData(20, 8, 40)] // more features than rows
    public void One_factorisation_gives_every_fit_to_both_kinds_of_labels(int many, int few, int features)
    {
        var random = new RandomStream(21, (ulong)features);
        Matrix<double> x = new(many + few, features), weak = new(many, 2), truth = new(few, 2);
        random.FillNormal(x.Data);
        random.FillNormal(weak.Data);
        random.FillNormal(truth.Data);
        foreach (ref double value in x.Data)
            value += 2;
        FeatureRows all = FeatureRows.All(x), some = all.Select([.. Enumerable.Range(many, few)]),
            rest = all.Select([.. Enumerable.Range(0, many)]);
        int[] kept = [.. Enumerable.Range(0, few).Where(i => i % 4 != 1)];
        var lambdas = Grid.Of(0.01, 1);
        RidgeMixture quick = RidgeMixture.TryMake(RidgeFactorisation.Of(rest), some, lambdas[0], 1)!;
        var plain = new StackedMixture(RidgeHead.Instance, rest, some);
        foreach (double weight in new[] { 0.3, 1, 40 })
        {
            RidgeModels a = quick.Fit(weak).At(kept, truth, weight, lambdas), b = plain.Fit(weak).At(kept, truth, weight, lambdas);
            for (int l = 0; l < lambdas.Count; l++)
                Assert.True(TensorPrimitives.Distance<double>(a.Predict(all, l).Data, b.Predict(all, l).Data) < 1e-9);
        }
        Assert.True(TensorPrimitives.Distance<double>(
            quick.Fit(weak).At(kept, truth, 1, lambdas).Predict(all).Data,
            plain.Fit(weak).At(kept, truth, 1.01, lambdas).Predict(all).Data) > 1e-6);
    }

    [Fact]
    public void Ridges_that_a_second_moment_cannot_carry_are_left_to_the_whole_fit()
    {
        var x = new Matrix<double>(30, 4);
        new RandomStream(22).FillNormal(x.Data);
        FeatureRows rows = FeatureRows.All(x);
        Assert.Null(RidgeMixture.TryMake(RidgeFactorisation.Of(rows), rows, 0, 1));
        Assert.Null(RidgeMixture.TryMake(RidgeFactorisation.Of(rows), rows, 1e-10, 1));
        Assert.NotNull(RidgeMixture.TryMake(RidgeFactorisation.Of(rows), rows, 1e-3, 1));
    }
}
