using WeakToStrong.Networks;

namespace WeakToStrong.Tests.Networks;

public class NetworkPredictionTests
{
    [Fact]
    public void Constants_match_an_independent_high_precision_script()
    {
        OracleTable table = OracleTable.Read("network_prediction");
        for (int row = 0; row < table.Count; row++)
        {
            var prediction = new NetworkPrediction(Experiment(table, row));
            foreach (NetworkQuantity quantity in NetworkQuantities.All)
            {
                double expected = table.Number(row, quantity.TableName()), found = prediction.Corrected(quantity);
                Assert.True(Math.Abs(found - expected) <= 1e-12 * Math.Max(1, expected), $"{quantity}: {found}; {table.Describe(row)}");
            }
        }
    }

    [Fact]
    public void The_printed_reading_forgets_the_initial_weights()
    {
        OracleTable table = OracleTable.Read("network_prediction");
        NetworkExperiment experiment = Experiment(table, 0) with { Spike = 0 };
        var prediction = new NetworkPrediction(experiment);
        Assert.Equal(0, prediction.Printed(NetworkQuantity.TeacherNormHard));
        Assert.Equal(1, prediction.Corrected(NetworkQuantity.TeacherNormHard));
        Assert.Equal(0, prediction.Printed(NetworkQuantity.StudentNormHard));
        Assert.Equal(1, prediction.Corrected(NetworkQuantity.StudentNormHard));
        Assert.Equal(0.5, prediction.Printed(NetworkQuantity.TeacherNormEasy), 1e-14);
    }

    [Fact]
    public void More_steps_have_no_prediction()
    {
        OracleTable table = OracleTable.Read("network_prediction");
        var prediction = new NetworkPrediction(Experiment(table, 0) with { StudentSteps = 2 });
        Assert.All(NetworkQuantities.All, q => Assert.True(double.IsNaN(prediction.Corrected(q)) && double.IsNaN(prediction.Printed(q))));
    }

    internal static NetworkExperiment Experiment(OracleTable table, int row)
    {
        var target = new MultiIndexTarget(
            NonlinearityTests.Read(table.Text(row, "easy_link")), NonlinearityTests.Read(table.Text(row, "hard_link")),
            table.Number(row, "noise_variance"));
        return new NetworkExperiment(target, new Activation(NonlinearityTests.Read(table.Text(row, "activation"))),
            (int)table.Number(row, "d"))
        {
            TeacherWidth = (int)table.Number(row, "width_teacher"),
            StudentWidth = (int)table.Number(row, "width_student"),
            TeacherSamples = (int)table.Number(row, "n_teacher"),
            StudentSamples = (int)table.Number(row, "n_student"),
            TeacherRate = table.Number(row, "eta_teacher"),
            StudentRate = table.Number(row, "eta_student"),
            Spike = table.Number(row, "spike"),
            Loss = table.Text(row, "loss") == "squared" ? TrainingLoss.Squared : TrainingLoss.Correlation,
            WeightDecay = table.Number(row, "weight_decay"),
            ReadoutNorm = table.Number(row, "readout_norm"),
        };
    }
}
