using WeakToStrong.Asymptotics;
using WeakToStrong.Chains;
using WeakToStrong.Data;
using WeakToStrong.Data.Features;
using WeakToStrong.Ridge;
using WeakToStrong.Simulation;

namespace WeakToStrong.Tests;

/// <summary>What exists is allowed: values refuse at once what they could not be used for, and do not change behind
/// their users' backs.</summary>
public class ValidValuesTests
{
    public static TheoryData<string, Action> Refused => new()
    {
        { "pool of no pixels", () => _ = new PoolMap(default) },
        { "pool", () => _ = new PoolMap(new ImageShape(2, 2)) with { Block = new ImageShape(2, 0) } },
        { "image", () => _ = new ImageMap(new ImageShape(-1, 3)) },
        { "Fourier features", () => _ = new FourierMap(-3) },
        { "Fourier width", () => _ = new FourierMap(3, 0) },
        { "Fourier width later", () => _ = new FourierMap(3) with { Width = double.NaN } },
        { "patches", () => _ = new PatchesMap(-4, 3) },
        { "components", () => _ = new PrincipalComponentsMap(0) },
        { "polynomial", () => _ = new PolynomialMap(5) },
        { "negative row", () => _ = new RowSplit([0, -1], [2, 3], [4]) },
        { "row twice", () => _ = new RowSplit([0, 1], [2, 3], [3]) },
        { "NaN label", () => TrueLabels.OfValues([1, double.NaN]) },
        { "infinite label", () => TrueLabels.OfValues([double.NegativeInfinity]) },
        { "surface", () => _ = new LimitSurface(1, 1, 1, Grid.Linear(0, 1, 46_341), Grid.Linear(0, 1, 46_341)) },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_has_no_meaning_is_refused(string what, Action make) =>
        Assert.True(Record.Exception(make) is ArgumentException, what);

    [Fact]
    public void Too_many_cells_are_refused_in_a_sentence()
    {
        Grid many = Grid.Linear(0.1, 1, 46_341);
        var experiment = new LinearExperiment(20, 30, 40, 1);
        Assert.Contains("46341 teachers and 46341 students",
            Assert.Throws<InputException>(() => new ExactSimulator().Run(experiment, many, many, new(0, 1), 1)).Message,
            StringComparison.Ordinal);
        Assert.Contains("d = 200000 needs 960 GB of memory; it takes at most d = 20000",
            Assert.Throws<InputException>(() => new DenseSimulator().Run(
                new LinearExperiment(200_000, 30, 40, 1), Grid.Of(1), Grid.Of(1), new(0, 1), 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Callers_may_use_their_arrays_again()
    {
        int[] teacher = [0, 1], classes = [0, 1, 1];
        double[] values = [1, 2, 3];
        var split = new RowSplit(teacher, [2, 3], [4]);
        (TrueLabels words, TrueLabels numbers) = (TrueLabels.OfClasses(classes, ["a", "b"]), TrueLabels.OfValues(values));
        (teacher[0], classes[0], values[0]) = (9, 1, 9);
        Assert.Equal(0, split.Teacher[0]);
        Assert.Equal((1.0, 1.0), (words.Targets()[0, 0], numbers.Targets()[0, 0]));
    }

    [Fact]
    public void A_stage_may_have_more_groups_than_a_stack_holds()
    {
        Estimator truth = new Population(Spectrum.Of(2, 1), [1, 1]).Truth;
        RowGroup one = new(truth, 1, 0.1);
        StageErrors many = new TrainingStage([.. Enumerable.Repeat(one, 1_200_000)]).At(0.1),
            single = new TrainingStage(new RowGroup(truth, 1_200_000, 0.1)).At(0.1);
        Assert.Equal(single.ExcessError, many.ExcessError, 1e-9 * single.ExcessError);
    }

    [Theory]
    [InlineData("1:1.0000000000000002:100", "too close for so many")]
    [InlineData("0:5e-324:9:lin", "too close for so many")]
    [InlineData("1e400", "'1e400' in '1e400' is beyond the largest number")]
    [InlineData("1,1e400", "'1e400' in '1,1e400' is beyond the largest number")]
    [InlineData("1:1e400:5", "'1e400' in '1:1e400:5' is beyond the largest number")]
    [InlineData("inf", "'inf' in 'inf' is not a number")]
    [InlineData("NaN", "must be finite and not negative, found NaN")]
    [InlineData("1:Infinity:5", "must be finite and not negative, found Infinity")]
    public void A_grid_that_is_none_is_told_in_a_sentence(string text, string part)
    {
        Assert.False(Grid.TryParse(text, out _, out string? problem));
        Assert.Contains(part, problem, StringComparison.Ordinal);
    }
}
