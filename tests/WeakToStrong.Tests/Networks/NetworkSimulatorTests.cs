using WeakToStrong.Functions;
using WeakToStrong.Networks;
using WeakToStrong.Statistics;
using WeakToStrong.Tables;

namespace WeakToStrong.Tests.Networks;

public class NetworkSimulatorTests
{
    // 24 trials at d = p = 400, n = 4d. A mean may miss its prediction by the finite-size share of 8% or by 4.5 standard errors:
    // with 23 degrees of freedom one of 15 quantities does so by chance in 2.4e-3 of all seeds; the seed is fixed.
    private const int Trials = 24;
    private const double Share = 0.08, Errors = 4.5;

    [Theory]
    [InlineData("relu", "he2", TrainingLoss.Correlation, 0)]
    [InlineData("erf", "he3", TrainingLoss.Correlation, 0)]
    [InlineData("tanh", "he2", TrainingLoss.Squared, 0.1)]
    public void Measurements_agree_with_the_corrected_reading_and_refute_the_printed_one(string activation, string hard, TrainingLoss loss,
        double decay)
    {
        NetworkExperiment experiment = Experiment(activation, hard) with { Loss = loss, WeightDecay = decay };
        NetworkResult result = NetworkSimulator.Run(experiment, Trials, 1, RunOptions.Default);
        foreach (NetworkQuantity quantity in NetworkQuantities.All)
        {
            double predicted = result.Prediction.Corrected(quantity);
            Assert.True(Agrees(result.Measured(quantity), predicted),
                $"{quantity}: predicted {predicted}, measured {result.Measured(quantity)}");
        }
        Assert.False(Agrees(result.Measured(NetworkQuantity.TeacherNormHard), result.Prediction.Printed(NetworkQuantity.TeacherNormHard)));
        Assert.False(Agrees(result.Measured(NetworkQuantity.TeacherNormEasy), result.Prediction.Printed(NetworkQuantity.TeacherNormEasy)));
        Assert.False(Agrees(result.Measured(NetworkQuantity.StudentNormHard), result.Prediction.Printed(NetworkQuantity.StudentNormHard)));
    }

    [Fact]
    public void The_comparison_sees_wrong_constants()
    {
        NetworkExperiment experiment = Experiment("relu", "he2");
        NetworkResult result = NetworkSimulator.Run(experiment, Trials, 1, RunOptions.Default);
        var p = result.Prediction;
        // One factor c_1 = 1/2 too few, or gamma_t left out.
        Assert.False(Agrees(result.Measured(NetworkQuantity.TeacherUpdateEasy), 2 * p.Corrected(NetworkQuantity.TeacherUpdateEasy)));
        Assert.False(Agrees(result.Measured(NetworkQuantity.StudentUpdateEasy), 2 * p.Corrected(NetworkQuantity.StudentUpdateEasy)));
        Assert.False(Agrees(result.Measured(NetworkQuantity.LabelDirectionEasy), 2 * p.Corrected(NetworkQuantity.LabelDirectionEasy)));
        Assert.False(Agrees(result.Measured(NetworkQuantity.TeacherCosine), 1));
        Assert.False(Agrees(result.Measured(NetworkQuantity.TeacherUpdateHard), 0));
        Assert.False(Agrees(result.Measured(NetworkQuantity.TeacherUpdateHard), 1.5 * p.Corrected(NetworkQuantity.TeacherUpdateHard)));
    }

    [Fact]
    public void Results_do_not_depend_on_the_number_of_threads()
    {
        NetworkExperiment experiment = Experiment("tanh", "he2") with
        {
            Dimension = 150,
            TeacherSamples = 1500,
            StudentWidth = 130,
            StudentSteps = 3,
            TeacherSteps = 2
        };
        double[] one = Means(1), three = Means(3);
        Assert.Equal(one, three);
        Assert.Equal(one, Means(1));

        double[] Means(int threads)
        {
            NetworkResult result = NetworkSimulator.Run(experiment, 2, 8, new RunOptions { Threads = threads });
            return [.. NetworkQuantities.All.Select(q => result.Measured(q).Mean)];
        }
    }

    [Fact]
    public void Fresh_samples_change_further_steps_only()
    {
        NetworkExperiment same = Experiment("relu", "he2") with { Dimension = 60, TeacherWidth = 60, StudentWidth = 60 };
        NetworkExperiment fresh = same with { FreshSamples = true };
        Assert.Equal(Update(same), Update(fresh));
        Assert.NotEqual(Update(same with { StudentSteps = 2 }), Update(fresh with { StudentSteps = 2 }));

        static double Update(NetworkExperiment e) => NetworkSimulator.Run(e, 1, 2, RunOptions.Default).Measured(
            NetworkQuantity.StudentUpdateEasy).Mean;
    }

    [Fact]
    public void Interrupted_it_returns_the_finished_trials()
    {
        using var stop = new CancellationTokenSource();
        NetworkExperiment experiment = Experiment("relu", "he2") with
        {
            Dimension = 60,
            TeacherWidth = 60,
            StudentWidth = 60,
            TeacherSamples = 100,
            StudentSamples = 100
        };
        NetworkResult result = NetworkSimulator.Run(
            experiment, 1_000_000, 2, new RunOptions { Cancellation = stop.Token, Progress = new Recorder(_ => stop.Cancel()) });
        Assert.True(result.Interrupted);
        Assert.InRange(result.Trials, 1, 999_999);
        NetworkResult whole = NetworkSimulator.Run(experiment, result.Trials, 2, RunOptions.Default);
        Assert.Equal(whole.Measured(NetworkQuantity.TeacherCosine), result.Measured(NetworkQuantity.TeacherCosine));
    }

    [Fact]
    public void The_table_holds_the_contract_columns()
    {
        NetworkExperiment experiment = Experiment("relu", "he2") with { Dimension = 60, TeacherWidth = 60, StudentWidth = 60 };
        ResultTable table = NetworkSimulator.Run(experiment, 2, 2, RunOptions.Default).ToTable();
        Assert.Equal(["quantity", "predicted", "measured", "se", "z", "printed"], table.Columns.Select(c => c.Name));
        string[] names = ((TextColumn)table.Columns[0]).Values;
        foreach (string name in new[] { "teacher_update_easy", "teacher_update_hard", "student_update_easy", "student_update_hard_spike",
            "label_direction_easy",
            "teacher_cosine", "teacher_readout_easy", "student_readout_easy", "teacher_norm_hard", "student_norm_hard" })
            Assert.Contains(name, names);
    }

    [Fact]
    public void What_is_not_set_follows_the_dimension()
    {
        NetworkExperiment experiment = Experiment("relu", "he2") with { TeacherWidth = 70 };
        NetworkExperiment larger = experiment with { Dimension = 500 };
        Assert.Equal((70, 500, 2000, 2000), (larger.TeacherWidth, larger.StudentWidth, larger.TeacherSamples, larger.StudentSamples));
        Assert.Equal(larger, experiment with { Dimension = 500 });
        Assert.NotEqual(larger, experiment);
        Assert.Throws<ArgumentNullException>(() => experiment with { Activation = null! });
    }

    [Fact]
    public void Nonsense_is_refused()
    {
        NetworkExperiment experiment = Experiment("relu", "he2");
        Assert.Throws<ArgumentOutOfRangeException>(() => NetworkSimulator.Run(experiment, 0, 1, RunOptions.Default));
        Assert.Throws<ArgumentOutOfRangeException>(() => experiment with { TeacherWidth = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => experiment with { StudentSamples = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => experiment with { Spike = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => experiment with { Dimension = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => experiment with { ReadoutNorm = 0 });
    }

    private static bool Agrees(Estimate measured, double expected) =>
        Math.Abs(measured.Mean - expected) <= Math.Max(Share * Math.Abs(expected), Errors * measured.StandardError);

    private static NetworkExperiment Experiment(string activation, string hard) =>
        new(new MultiIndexTarget(Nonlinearity.Identity, Nonlinearity.Parse(hard)), new Activation(Nonlinearity.Parse(activation)), 400);

    private sealed class Recorder(Action<RunProgress> report) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => report(value);
    }
}
