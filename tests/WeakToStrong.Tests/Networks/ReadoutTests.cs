using WeakToStrong.Functions;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Networks;
using WeakToStrong.Networks.Readouts;
using WeakToStrong.Randomness;
using WeakToStrong.Statistics;

namespace WeakToStrong.Tests.Networks;

public class ReadoutTests
{
    [Theory]
    [InlineData(50, 7)]
    [InlineData(12, 30)]
    public void A_held_out_ridge_solves_its_normal_equations_and_chooses_the_best(int rows, int columns)
    {
        var random = new RandomStream(4);
        var features = new Matrix<double>(rows, columns);
        random.FillNormal(features.Data);
        double[] truth = new double[columns], labels = new double[rows];
        random.FillNormal(truth);
        for (int i = 0; i < rows; i++)
            labels[i] = Dot(features.Row(i), truth) + (2 * random.NextNormal());
        (float[] readout, double chosen) = HeldOutRidge.Fit(features, labels, 1);

        int heldOut = rows / 5, m = rows - heldOut;
        double best = double.PositiveInfinity, bestRidge = 0;
        for (int half = -8; half <= 8; half++)
        {
            double ridge = Math.Pow(10, 0.5 * half), error = 0;
            double[] solution = Solve(features, labels, m, ridge);
            for (int i = m; i < rows; i++)
                error += Math.Pow(labels[i] - Dot(features.Row(i), solution), 2);
            if (error < best)
                (best, bestRidge) = (error, ridge);
        }
        Assert.Equal(bestRidge, chosen, 1e-9 * bestRidge);
        double[] expected = Solve(features, labels, m, bestRidge);
        for (int j = 0; j < columns; j++)
            Assert.Equal(expected[j], readout[j], 1e-5);
    }

    [Fact]
    public void A_network_refit_on_its_own_labels_keeps_its_output()
    {
        // The teacher's labels are linear in its features, so refitting on them changes next to nothing.
        ReadoutResult result = new ReadoutComparison(Experiment(80), 100) { TestSamples = 500 }.Run(2, 3, RunOptions.Default);
        Assert.Equal(
            result.TestError(ProbedNetwork.Teacher, ReadoutSource.Initial).Mean,
            result.TestError(ProbedNetwork.Teacher, ReadoutSource.TeacherLabels).Mean, 2e-3);
    }

    [Fact]
    public void The_student_wins_with_few_true_labels_and_not_on_teacher_labels()
    {
        // Paired over 8 trials at d = 250. Each gain is asked to exceed 4 standard errors: without a gain, chance
        // passes it in 2.6e-3 of seeds.
        NetworkExperiment experiment = Experiment(250) with { TeacherRate = 2, StudentRate = 3, Spike = 8 };
        ReadoutResult result = new ReadoutComparison(experiment, 600).Run(8, 0, RunOptions.Default);
        Assert.True(Errors(result.Gain(ProbedNetwork.TrainedStudent, ProbedNetwork.Teacher, ReadoutSource.TrueLabels)) > 4);
        Assert.True(Errors(result.Gain(ProbedNetwork.TrainedStudent, ProbedNetwork.PretrainedStudent, ReadoutSource.TrueLabels)) > 4);
        Assert.True(Errors(result.Gain(ProbedNetwork.TrainedStudent, ProbedNetwork.Teacher, ReadoutSource.TeacherLabels)) < 4);
        Assert.True(Errors(result.Gain(ProbedNetwork.UntrainedStudent, ProbedNetwork.Teacher, ReadoutSource.TrueLabels)) < 4);
    }

    [Theory]
    [InlineData("relu", "he2", 6)]
    [InlineData("tanh", "he3", 6)]
    [InlineData("tanh", "he2", 6)]
    public void Errors_are_predicted_from_the_weights(string activation, string hard, double spike)
    {
        // Paired over 6 trials at d = 200. Within 6% of the error of predicting zero, or 6 standard errors (Student, 5
        // degrees: 2e-3 a comparison).
        var experiment = new NetworkExperiment(
            new MultiIndexTarget(Nonlinearity.Identity, Nonlinearity.Parse(hard), 0.2), new Activation(Nonlinearity.Parse(activation)), 200)
        {
            TeacherRate = 2,
            StudentRate = 2,
            Spike = spike,
        };
        ReadoutResult result = new ReadoutComparison(experiment, 500).Run(6, 1, RunOptions.Default);
        foreach (ProbedNetwork network in Enum.GetValues<ProbedNetwork>())
        {
            foreach (ReadoutSource readout in Enum.GetValues<ReadoutSource>())
            {
                Estimate deviation = result.Deviation(network, readout);
                Assert.True(Math.Abs(deviation.Mean) < Math.Max(0.06 * experiment.Target.Power, 6 * deviation.StandardError),
                    $"{network}, {readout}: {result.TestError(network, readout)}, predicted {result.Predicted(network, readout).Mean}");
            }
        }
    }

    [Fact]
    public void A_prediction_follows_the_weights_of_its_trial()
    {
        // Over 12 trials whose spike vectors differ, measured and predicted errors of the pre-trained student vary together
        // (correlation above 0.7).
        NetworkExperiment experiment = Experiment(60) with { Spike = 6 };
        var trials = new List<(double Measured, double Predicted)>();
        for (ulong seed = 0; seed < 12; seed++)
        {
            ReadoutResult one = new ReadoutComparison(experiment, 800).Run(1, seed, RunOptions.Default);
            trials.Add((one.TestError(ProbedNetwork.PretrainedStudent, ReadoutSource.TrueLabels).Mean,
                one.Predicted(ProbedNetwork.PretrainedStudent, ReadoutSource.TrueLabels).Mean));
        }
        double correlation = MathNet.Numerics.Statistics.Correlation.Pearson(trials.Select(t => t.Measured),
            trials.Select(t => t.Predicted));
        Assert.True(correlation > 0.7, $"correlation {correlation}");
    }

    [Fact]
    public void A_blind_activation_gives_no_win_through_the_spike()
    {
        // tanh is odd: c_2 = 0, so its features never show the He_2 link, however strong the spike (on this sample size).
        NetworkExperiment experiment = Experiment(250) with { Spike = 8, Activation = new Activation(Nonlinearity.Tanh) };
        ReadoutResult result = new ReadoutComparison(experiment, 400).Run(4, 0, RunOptions.Default);
        Assert.True(result.TestError(ProbedNetwork.PretrainedStudent, ReadoutSource.TrueLabels).Mean > 2);
    }

    [Fact]
    public void Repeated_steps_on_the_correlation_loss_destroy_what_the_squared_loss_keeps()
    {
        NetworkExperiment experiment = Experiment(150) with { TeacherRate = 2, StudentRate = 2, Spike = 6, StudentSteps = 25 };
        Forgetting correlation = Forgetting.Run(experiment, 500, 3, 1, RunOptions.Default);
        Forgetting squared = Forgetting.Run(experiment with { Loss = TrainingLoss.Squared }, 500, 3, 1, RunOptions.Default);
        ForgettingStep start = squared.Steps[0], forgot = correlation.Steps[25], kept = squared.Steps[25];
        Assert.Equal(start, correlation.Steps[0]);
        Assert.True(forgot.HardShare.Mean < 0.4 * start.HardShare.Mean);
        Assert.True(kept.HardShare.Mean > 0.95 * start.HardShare.Mean);
        Assert.True(forgot.HardOverlap.Mean < 0.3 && kept.HardOverlap.Mean > 0.9);
        Assert.True(kept.ProbeError.Mean < start.ProbeError.Mean && kept.ProbeError.Mean < forgot.ProbeError.Mean);
    }

    /// <summary>Without a spike the top two of 20 singular vectors hold a tenth of any direction's square by chance; the mean of 200
    /// trials has a standard error below 0.01.</summary>
    [Fact]
    public void Two_singular_vectors_hold_a_tenth_of_twenty_directions_by_chance()
    {
        NetworkExperiment experiment = Experiment(20) with { Spike = 0, StudentSteps = 1 };
        Estimate overlap = Forgetting.Run(experiment, 30, 200, 1, RunOptions.Default).Steps[0].HardOverlap;
        Assert.InRange(overlap.StandardError, 0, 0.01);
        Assert.InRange(overlap.Mean, 0.07, 0.13);
    }

    [Fact]
    public void Divergence_is_told_in_one_sentence()
    {
        NetworkExperiment experiment = Experiment(20) with { StudentRate = 1e30, StudentSteps = 5 };
        InputException refusal = Assert.Throws<InputException>(() => Forgetting.Run(experiment, 20, 1, 1, RunOptions.Default));
        Assert.Contains("diverged", refusal.Message, StringComparison.Ordinal);
    }

    private static double Errors(Estimate gain) => gain.Mean / gain.StandardError;

    private static NetworkExperiment Experiment(int d) =>
        new(new MultiIndexTarget(Nonlinearity.Identity, Nonlinearity.HermitePolynomial(2)), new Activation(Nonlinearity.Relu), d);

    private static double[] Solve(Matrix<double> features, double[] labels, int m, double ridge)
    {
        var system = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(m, features.Columns, (i, j) => features[i, j]);
        var normal = (system.TransposeThisAndMultiply(system) / m)
            + (ridge * MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseIdentity(features.Columns));
        return [.. normal.Solve(system.TransposeThisAndMultiply(
            MathNet.Numerics.LinearAlgebra.Vector<double>.Build.Dense(labels[..m])) / m)];
    }

    private static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y) => System.Numerics.Tensors.TensorPrimitives.Dot(x, y);
}
