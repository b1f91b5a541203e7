using WeakToStrong.Chains;

namespace WeakToStrong.Tests.Chains;

public class BestWeightTests
{
    /// <summary>
    /// Two groups with true labels differ only in their noise: with many rows a row deserves a weight inversely proportional to its noise
    /// variance, 10 000 times more or less, within the share of the excess error in what a row misses.
    /// </summary>
    [Theory]
    [InlineData(1, 1e4)]
    [InlineData(1e4, 1)]
    public void A_row_weighs_as_its_noise_says(double noise, double ofTheOther)
    {
        Estimator truth = Truth();
        RowGroup[] groups = [new(truth, 20_000, ofTheOther), new(truth, 20_000, noise)];
        Assert.Equal(Math.Log(ofTheOther / noise), Math.Log(BestWeight.Of(groups, 1).Weight), 0.1);
    }

    [Fact]
    public void No_weight_of_a_fine_scan_is_better()
    {
        Estimator truth = Truth();
        Estimator teacher = new TrainingStage(new RowGroup(truth, 30, 1)).Train(0.2);
        RowGroup[] groups = [new(truth, 10, 1), new(teacher, 400)];
        BestWeight best = BestWeight.Of(groups, 1);
        double least = Grid.Logarithmic(1e-5, 1e5, 200).Min(weight =>
            new TrainingStage([groups[0], new RowGroup(teacher, 400, 0, weight)]).Best().Errors.ExcessError);
        Assert.InRange(best.Errors.ExcessError, 0, least * (1 + 1e-6));
        Assert.InRange(best.Errors.ExcessError / least, 0.99, 1);
        Assert.Equal(new TrainingStage([groups[0], new RowGroup(teacher, 400, 0, best.Weight)]).Best().Errors.ExcessError,
            best.Errors.ExcessError, 1e-9 * least);
    }

    private static Estimator Truth() => new Population(Spectrum.PowerLaw(20, 0.5), TargetVector.PowerLaw(20, 0.5, 1)).Truth;
}
