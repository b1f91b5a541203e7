using WeakToStrong.Functions;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Networks;
using WeakToStrong.Randomness;

namespace WeakToStrong.Tests.Networks;

/// <summary>The blocked single-precision step against the definition in double precision, sample by sample.</summary>
public class GradientStepTests
{
    private const int Dimension = 7, Width = 5;

    // 1 100 samples: two blocks, the second with empty rows at its end.
    private const int Samples = 1100;

    [Theory]
    [InlineData("relu", TrainingLoss.Correlation, 0, false)]
    [InlineData("tanh", TrainingLoss.Correlation, 0.3, false)]
    [InlineData("gelu", TrainingLoss.Squared, 0, false)]
    [InlineData("erf", TrainingLoss.Squared, 0.3, true)]
    [InlineData("softplus", TrainingLoss.Correlation, 0, true)]
    public void A_step_is_the_definition(string activation, TrainingLoss loss, double decay, bool teacherLabels)
    {
        NetworkExperiment experiment = Experiment(activation) with { Loss = loss, WeightDecay = decay };
        var buffers = new NetworkBuffers(experiment);
        var trial = new NetworkTrial(experiment, buffers, 5, 0, RunOptions.Default);
        trial.InitialiseTeacher();
        trial.InitialiseStudent();
        MultiIndexSamples samples = trial.StudentSamples(0);
        TwoLayerNetwork? teacher = teacherLabels ? trial.Teacher : null;
        (double[][] x, double[] y) = Everything(samples, teacher);
        double[,] before = ToDouble(trial.Student.Weights), expected = (double[,])before.Clone();
        const double Rate = 1.5;
        NaiveStep(expected, trial.Student, x, y, Rate, loss, decay);

        var step = new GradientStep(experiment, buffers, RunOptions.Default);
        (Matrix<float> projected, float[] labelDirection) = step.Project(trial.Student, teacher, samples, Rate);
        step.Apply(trial.Student, teacher, samples, Rate);

        for (int j = 0; j < Width; j++)
        {
            double[] along = new double[2];
            for (int k = 0; k < Dimension; k++)
            {
                Assert.Equal(expected[j, k], trial.Student.Weights[j, k], 2e-6);
                double gradient = expected[j, k] - ((1 - (Rate * decay)) * before[j, k]);
                along[0] += gradient * trial.Directions.Easy[k];
                along[1] += gradient * trial.Directions.Hard[k];
            }
            Assert.Equal(along[0], projected[j, 0], 2e-6);
            Assert.Equal(along[1], projected[j, 1], 2e-6);
        }
        for (int k = 0; k < Dimension; k++)
            Assert.Equal(Enumerable.Range(0, Samples).Sum(i => y[i] * x[i][k]) / Samples, labelDirection[k], 2e-6);
    }

    [Theory]
    [InlineData(TrainingLoss.Correlation)]
    [InlineData(TrainingLoss.Squared)]
    public void The_naive_step_is_minus_the_slope_of_the_loss(TrainingLoss loss)
    {
        NetworkExperiment experiment = Experiment("tanh") with { Loss = loss };
        var trial = new NetworkTrial(experiment, new NetworkBuffers(experiment), 6, 0, RunOptions.Default);
        trial.InitialiseStudent();
        (double[][] x, double[] y) = Everything(trial.StudentSamples(0), teacher: null);
        double[,] weights = ToDouble(trial.Student.Weights), moved = (double[,])weights.Clone();
        NaiveStep(moved, trial.Student, x, y, 1, loss, 0);
        const double H = 1e-5;
        for (int j = 0; j < Width; j++)
        {
            for (int k = 0; k < Dimension; k++)
            {
                double kept = weights[j, k];
                weights[j, k] = kept + H;
                double above = Loss(weights, trial.Student, x, y, loss);
                weights[j, k] = kept - H;
                double below = Loss(weights, trial.Student, x, y, loss);
                weights[j, k] = kept;
                Assert.Equal((above - below) / (2 * H), kept - moved[j, k], 1e-8);
            }
        }
    }

    [Fact]
    public void Samples_do_not_depend_on_the_block_that_holds_them_and_repeat()
    {
        NetworkExperiment experiment = Experiment("relu");
        var directions = new Directions(Dimension, new RandomStream(1));
        var many = new MultiIndexSamples(experiment.Target, directions, Samples, 9, 4);
        var few = new MultiIndexSamples(experiment.Target, directions, 40, 9, 4);
        (double[][] all, double[] labels) = Everything(many, teacher: null);
        (double[][] first, double[] firstLabels) = Everything(few, teacher: null);
        Assert.Equal(all[..40], first);
        Assert.Equal(labels[..40], firstLabels);
        Assert.Equal(all, Everything(many, teacher: null).X);
        Assert.Equal(Samples, all.Select(row => row[0]).Distinct().Count());
    }

    [Fact]
    public void Directions_are_orthonormal()
    {
        var directions = new Directions(300, new RandomStream(2));
        double easy = 0, hard = 0, both = 0;
        for (int i = 0; i < 300; i++)
        {
            easy += (double)directions.Easy[i] * directions.Easy[i];
            hard += (double)directions.Hard[i] * directions.Hard[i];
            both += (double)directions.Easy[i] * directions.Hard[i];
        }
        Assert.Equal(1, easy, 1e-6);
        Assert.Equal(1, hard, 1e-6);
        Assert.Equal(0, both, 1e-6);
    }

    private static NetworkExperiment Experiment(string activation) =>
        new(new MultiIndexTarget(Nonlinearity.Tanh, Nonlinearity.HermitePolynomial(2), 0.5), new Activation(Nonlinearity.Parse(activation)),
            Dimension)
        {
            TeacherWidth = Width,
            StudentWidth = Width,
            TeacherSamples = Samples,
            StudentSamples = Samples,
        };

    /// <summary>All samples with their labels, in double precision.</summary>
    private static (double[][] X, double[] Y) Everything(MultiIndexSamples samples, TwoLayerNetwork? teacher)
    {
        var block = new SampleBlock(MultiIndexSamples.BlockRows(samples.Count), Dimension);
        var x = new List<double[]>();
        var y = new List<double>();
        for (int index = 0; index < samples.BlockCount; index++)
        {
            samples.Fill(index, block, 1);
            for (int i = 0; i < block.Count; i++)
            {
                x.Add([.. block.X.Row(i).ToArray().Select(v => (double)v)]);
                y.Add(teacher is null ? block.Labels[i] : Output(ToDouble(teacher.Weights), teacher, x[^1]));
            }
        }
        return ([.. x], [.. y]);
    }

    private static void NaiveStep(double[,] weights, TwoLayerNetwork network, double[][] x, double[] y, double rate, TrainingLoss loss,
        double decay)
    {
        var gradient = new double[Width, Dimension];
        for (int i = 0; i < x.Length; i++)
        {
            double residual = loss == TrainingLoss.Squared ? y[i] - Output(weights, network, x[i]) : y[i];
            for (int j = 0; j < Width; j++)
            {
                double signal = residual * network.Readout[j] * network.Activation.Function.Derivative(
                    Preactivation(weights, j, x[i])) / x.Length;
                for (int k = 0; k < Dimension; k++)
                    gradient[j, k] += signal * x[i][k];
            }
        }
        for (int j = 0; j < Width; j++)
        {
            for (int k = 0; k < Dimension; k++)
                weights[j, k] = ((1 - (rate * decay)) * weights[j, k]) + (rate * gradient[j, k]);
        }
    }

    private static double Loss(double[,] weights, TwoLayerNetwork network, double[][] x, double[] y, TrainingLoss loss) =>
        Enumerable.Range(0, x.Length).Average(i =>
        {
            double f = Output(weights, network, x[i]);
            return loss == TrainingLoss.Squared ? 0.5 * (y[i] - f) * (y[i] - f) : -y[i] * f;
        });

    private static double Output(double[,] weights, TwoLayerNetwork network, double[] x) =>
        Enumerable.Range(0, Width).Sum(j => network.Readout[j] * network.Activation.Function.Value(Preactivation(weights, j, x)));

    private static double Preactivation(double[,] weights, int unit, double[] x) =>
        Enumerable.Range(0, Dimension).Sum(k => weights[unit, k] * x[k]);

    private static double[,] ToDouble(Matrix<float> weights)
    {
        var copy = new double[weights.Rows, weights.Columns];
        for (int j = 0; j < weights.Rows; j++)
        {
            for (int k = 0; k < weights.Columns; k++)
                copy[j, k] = weights[j, k];
        }
        return copy;
    }
}
