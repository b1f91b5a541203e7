using WeakToStrong.Chains;

namespace WeakToStrong.Tests.Chains;

public class ChainTests
{
    private static readonly Population Slopes = new(Spectrum.PowerLaw(40, 1), TargetVector.PowerLaw(40, 1.5, 1));

    [Fact]
    public void A_chain_gives_what_its_stages_give_one_by_one()
    {
        var chain = new Chain(Slopes, 0.5,
        [
            new StagePlan("teacher", Chain.Truth, 60, RidgeRule.Of(0.1), 0.5),
            new StagePlan("student", "teacher", 90, RidgeRule.Best),
            new StagePlan("mixed", [new("teacher", 80), new(Chain.Truth, 20, 0.5, 3), new("student", 10)], RidgeRule.Of(0.05)),
            new StagePlan("ceiling", Chain.Truth, 500, RidgeRule.Best, 0.5),
        ], "ceiling");
        ChainResult result = chain.Solve();

        Estimator teacher = new TrainingStage(new RowGroup(Slopes.Truth, 60, 0.5)).Train(0.1);
        var students = new TrainingStage(new RowGroup(teacher, 90));
        Estimator student = students.Train(students.Best().Errors.Ridge);
        StageErrors mixed = new TrainingStage([new(teacher, 80), new(Slopes.Truth, 20, 0.5, 3), new(student, 10)]).At(0.05);
        Assert.Equal(teacher.Errors, result.Errors[0]);
        Assert.Equal(student.Errors, result.Errors[1]);
        Assert.Equal(mixed, result.Errors[2]);
        Assert.Equal(0.5 + mixed.ExcessError, result.TestError(2));
        Assert.Equal(mixed.ExcessError - teacher.Errors.ExcessError, result.Gap(2), 1e-14);
        Assert.Equal(teacher.Errors.ExcessError - student.Errors.ExcessError, result.Gain(1), 1e-14);
        // No stage labels the first, and several the third.
        Assert.True(double.IsNaN(result.Gain(0)) && double.IsNaN(result.Gain(2)));
        Assert.Equal(0, result.GapRecovered(0));
        Assert.Equal(1, result.GapRecovered(3));
        Assert.Equal(4, result.ToTable().RowCount);
    }

    [Fact]
    public void Joint_tuning_beats_tuning_stage_by_stage_and_a_grid_of_both_ridges()
    {
        Chain Two(RidgeRule teacher, RidgeRule student) => new(Slopes, 1,
        [
            new StagePlan("teacher", Chain.Truth, 40, teacher, 1),
            new StagePlan("student", "teacher", 400, student),
        ]);
        double joint = Two(RidgeRule.OptimalFor("student"), RidgeRule.Best).Solve().Errors[1].ExcessError;
        double greedy = Two(RidgeRule.Best, RidgeRule.Best).Solve().Errors[1].ExcessError;
        Assert.True(joint < greedy);
        double grid = double.PositiveInfinity;
        for (int i = 0; i <= 120; i++)
        {
            Estimator teacher = new TrainingStage(new RowGroup(Slopes.Truth, 40, 1)).Train(Math.Pow(10, -4 + (i / 20.0)));
            grid = Math.Min(grid, new TrainingStage(new RowGroup(teacher, 400)).Best().Errors.ExcessError);
        }
        Assert.InRange(joint, grid * (1 - 1e-3), grid * (1 + 1e-12));
    }

    /// <summary>Section 4 of the paper's theory: on isotropic features the joint optimum is the optimal teacher, copied.</summary>
    [Fact]
    public void Isotropic_joint_optimum_is_the_optimal_teacher_copied()
    {
        var chain = new Chain(new Population(Spectrum.Isotropic(60), TargetVector.PowerLaw(60, 0, 1)), 1,
        [
            new StagePlan("teacher", Chain.Truth, 80, RidgeRule.OptimalFor("student"), 1),
            new StagePlan("student", "teacher", 120, RidgeRule.Best),
        ]);
        ChainResult result = chain.Solve();
        Assert.Equal(60.0 / 80, result.Errors[0].Ridge, 1e-6);
        Assert.Equal(0, result.Errors[1].Ridge);
    }

    [Fact]
    public void Two_ridges_tuned_for_one_stage_reach_a_joint_minimum()
    {
        var chain = new Chain(Slopes, 1,
        [
            new StagePlan("one", Chain.Truth, 60, RidgeRule.OptimalFor("three"), 1),
            new StagePlan("two", "one", 80, RidgeRule.OptimalFor("three"), 0.1),
            new StagePlan("three", "two", 100, RidgeRule.Of(0.01), 0.1),
        ]);
        ChainResult best = chain.Solve();
        foreach ((double first, double second) in new[] { (1.01, 1.0), (0.99, 1.0), (1.0, 1.01), (1.0, 0.99), (1.01, 1.01), (0.99, 1.01) })
        {
            Estimator one = new TrainingStage(new RowGroup(Slopes.Truth, 60, 1)).Train(best.Errors[0].Ridge * first);
            Estimator two = new TrainingStage(new RowGroup(one, 80, 0.1)).Train(best.Errors[1].Ridge * second);
            Assert.True(new TrainingStage(new RowGroup(two, 100, 0.1)).At(0.01).ExcessError > best.Errors[2].ExcessError);
        }
    }

    [Fact]
    public void Nobody_learns_from_an_infinite_error()
    {
        var chain = new Chain(Slopes, 1,
        [
            new StagePlan("teacher", Chain.Truth, 40, RidgeRule.Of(0), 1),
            new StagePlan("student", "teacher", 400, RidgeRule.Of(0.1)),
        ]);
        Assert.Contains("'teacher' has ridge 0 and 40 rows", Assert.Throws<InputException>(() => chain.Solve()).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_single_stage_may_have_an_infinite_error() =>
        Assert.Equal(double.PositiveInfinity, new Chain(Slopes, 1, [new StagePlan("teacher", Chain.Truth, 40, RidgeRule.Of(0), 1)]).Solve()
            .TestError(0));

    /// <summary>Covariances between generations matter: a stage that hears the same teacher twice must not count its
    /// noise as independent.</summary>
    [Fact]
    public void Hearing_a_copy_of_the_teacher_is_hearing_the_teacher()
    {
        Estimator teacher = new TrainingStage(new RowGroup(Slopes.Truth, 60, 1)).Train(0.1);
        Estimator copy = new TrainingStage(new RowGroup(teacher, 50)).Train(0);
        StageErrors twice = new TrainingStage([new(teacher, 30), new(copy, 30)]).At(0.2);
        StageErrors once = new TrainingStage(new RowGroup(teacher, 60)).At(0.2);
        ChainOracle.Close(once.ExcessError, twice.ExcessError, 1e-13, "error");
    }
}
