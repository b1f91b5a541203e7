using WeakToStrong.Simulation;
using WeakToStrong.Tables;
using WeakToStrong.Trials;

namespace WeakToStrong.Tests.Simulation;

/// <summary>A student that only copies its teacher has a gap of 0 without chance; nothing may be made of its rounding.</summary>
public class CopyingStudentTests
{
    [Theory]
    [InlineData(60, 150, 60, 100)]
    [InlineData(60, 150, 120, 64)]
    [InlineData(40, 20, 40, 200)]
    public void Rounding_of_a_copied_teacher_is_no_deviation(long d, long teacherRows, long studentRows, long trials)
    {
        var experiment = new LinearExperiment(d, teacherRows, studentRows, noiseVariance: 0.5);
        var spiked = new LinearExperiment(d, teacherRows, studentRows, noiseVariance: 0.5, alignment: 0.3, spike: 4);
        // On d rows the smallest eigenvalue may be so small that also a tiny ridge is felt.
        Grid ridges = studentRows == d ? Grid.Of([0]) : Grid.Of([0, 1e-17, 1e-15]);
        foreach (LinearExperiment e in (LinearExperiment[])[experiment, spiked])
        {
            foreach (ISimulator simulator in (ISimulator[])[new ExactSimulator(), new DenseSimulator()])
            {
                for (ulong seed = 0; seed < 4; seed++)
                {
                    ResultTable table = SimulationTable.Of(
                        simulator.Run(e, Grid.Of([0.05, 0.2]), ridges, new TrialRange(0, trials), seed));
                    Assert.All(table.Numbers("gap"), gap => Assert.InRange(Math.Abs(gap), 0, 1e-14));
                    Assert.All(table.Numbers("z"), z => Assert.InRange(Math.Abs(z), 0, 4));
                    Assert.All(table.Numbers("gap_limit"), limit => Assert.False(double.IsNegative(limit) && limit == 0));
                }
            }
        }
    }

    [Fact]
    public void Chance_is_not_touched()
    {
        var experiment = new LinearExperiment(100, 250, 60, noiseVariance: 0.5);
        SimulationResult result = new ExactSimulator().Run(experiment, Grid.Of([0.1]), Grid.Of([0.1]), new TrialRange(0, 50), 1);
        double variance = result.TeacherVariance(0) + result.StudentVariance(0, 0) - (2 * result.Covariance(0, 0));
        Assert.Equal(Math.Sqrt(variance / 50), result.Gap(0, 0).StandardError, 12);
    }

    [Fact]
    public void One_trial_has_no_standard_error()
    {
        var experiment = new LinearExperiment(50, 100, 80, noiseVariance: 0.5);
        SimulationResult result = new ExactSimulator().Run(experiment, Grid.Of([0.1]), Grid.Of([0]), new TrialRange(0, 1), 1);
        Assert.True(double.IsNaN(result.Gap(0, 0).StandardError));
    }
}
