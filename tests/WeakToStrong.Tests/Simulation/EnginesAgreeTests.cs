using WeakToStrong.Simulation;

namespace WeakToStrong.Tests.Simulation;

public class EnginesAgreeTests
{
    private static readonly Grid Ridges = Grid.Of(1e-6, 0.1, 2);

    [Theory]
    [InlineData(6, 12, 9, 0, 6)]
    [InlineData(6, 12, 4, 0, 6)]
    [InlineData(6, 3, 9, 0, 6)]
    [InlineData(6, 12, 9, 0.7, 6)]
    [InlineData(6, 12, 4, 0.7, 6)]
    [InlineData(6, 12, 4, 0.7, double.PositiveInfinity)]
    [InlineData(6, 12, 5, 0.7, 2)]
    [InlineData(6, 3, 9, 1, 6)]
    [InlineData(2, 9, 9, 0.6, 6)]
    [InlineData(2, 9, 1, 0.6, 6)]
    [InlineData(1, 9, 9, 0, 6)]
    public void Means_agree(int d, int nTeacher, int nStudent, double zeta, double spike)
    {
        var experiment = new LinearExperiment(d, nTeacher, nStudent, 0.5, 2, zeta, spike);
        SimulationResult exact = new ExactSimulator().Run(experiment, Ridges, Ridges, 20000, 1);
        SimulationResult dense = new DenseSimulator().Run(experiment, Ridges, Ridges, 20000, 2);
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++)
            {
                var a = exact.Student(i, j);
                var b = dense.Student(i, j);
                Assert.InRange((a.Mean - b.Mean) / double.Hypot(a.StandardError, b.StandardError), -4.5, 4.5);
            }
        }
    }
}
