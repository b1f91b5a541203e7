using WeakToStrong.Simulation;
using WeakToStrong.Statistics;

namespace WeakToStrong.Tests.Simulation;

/// <summary>Means that are known exactly. |z| &lt; 4.5 in 20 comparisons with fixed seeds: false-alarm rate 1.4e-4 for the class.</summary>
public class KnownMeansTests
{
    private static readonly Grid Zero = Grid.Of(0);

    /// <summary>At lambda = 0: s2 d/(n-d-1) above d, a2 (1-n/d) + s2 n/(d-n-1) below, and a student that copies or projects.</summary>
    [Theory]
    [InlineData(10, 30, 40)]
    [InlineData(10, 15, 10)]
    [InlineData(30, 20, 12)]
    [InlineData(30, 5, 29)]
    [InlineData(40, 60, 39)]
    [InlineData(5, 2000, 2)]
    public void Without_a_ridge_the_means_are_the_classical_ones(int d, int nTeacher, int nStudent)
    {
        const double S2 = 0.7, A2 = 1.5;
        SimulationResult result = new ExactSimulator().Run(new LinearExperiment(d, nTeacher, nStudent, S2, A2), Zero, Zero, 40_000, 11);
        double teacher = nTeacher > d ? S2 * d / (nTeacher - d - 1)
            : (A2 * (1 - ((double)nTeacher / d))) + (S2 * nTeacher / (d - nTeacher - 1));
        double share = Math.Min(1, (double)nStudent / d), student = (A2 * (1 - share)) + (share * teacher);
        Assert.InRange(result.Teacher(0).Z(S2 + teacher), -4.5, 4.5);
        Assert.InRange(result.Student(0, 0).Z(S2 + student), -4.5, 4.5);
        if (nStudent >= d)
            Assert.InRange(Math.Abs(result.Gap(0, 0).Mean), 0, 1e-12 * teacher);
    }

    [Fact]
    public void A_wrong_mean_is_noticed()
    {
        // s2 d/(n-d) instead of s2 d/(n-d-1); n_s + 1 instead of n_s.
        SimulationResult result = new ExactSimulator().Run(new LinearExperiment(10, 30, 6, 0.7, 1.5), Zero, Zero, 40_000, 11);
        double teacher = 0.7 * 10 / 19;
        Assert.True(Math.Abs(result.Teacher(0).Z(0.7 + (0.7 * 10 / 20))) > 4.5);
        Assert.True(Math.Abs(result.Student(0, 0).Z(0.7 + (1.5 * 0.3) + (0.7 * teacher))) > 4.5);
    }

    [Fact]
    public void Without_noise_and_ridge_the_teacher_is_right()
    {
        SimulationResult result = new ExactSimulator().Run(new LinearExperiment(10, 10, 20, 0), Zero, Zero, 100, 1);
        Assert.Equal(0, result.Teacher(0).Mean);
        Assert.Equal(0, result.Student(0, 0).Mean);
    }

    /// <summary>With fewer rows than features the least squares of smallest norm is the limit of tiny ridges, trial by trial,
    /// in both engines.</summary>
    [Theory]
    [InlineData(1e-300)]
    [InlineData(1e-16)]
    [InlineData(1e-13)]
    public void A_tiny_ridge_is_as_good_as_none(double ridge)
    {
        foreach (ISimulator simulator in (ISimulator[])[new ExactSimulator(), new DenseSimulator()])
        {
            SimulationResult Run(Grid ridges) => simulator.Run(new LinearExperiment(60, 30, 90, 1), ridges, ridges, 20, 1);
            SimulationResult none = Run(Zero), tiny = Run(Grid.Of(ridge));
            Assert.Equal(none.Teacher(0).Mean, tiny.Teacher(0).Mean, 1e-9);
            Assert.Equal(none.Student(0, 0).Mean, tiny.Student(0, 0).Mean, 1e-9);
            Assert.InRange(tiny.Teacher(0).Mean, 2, 3.5);
        }
    }

    /// <summary>
    /// A spike orthogonal to beta* leaves the teacher's error along it in place, which at small d is seen: both engines, 20 000 trials,
    /// beside the plain student. |z| &lt; 4.5 in one comparison of independent means.
    /// </summary>
    [Fact]
    public void A_spike_orthogonal_to_the_truth_is_simulated_when_it_is_asked_for()
    {
        Estimate Gap(ISimulator simulator, double? spike) =>
            simulator.Run(new LinearExperiment(5, 10, 20, 1, spike: spike), Grid.Of(0.05), Grid.Of(1), 20_000, 3).Gap(0, 0);
        Estimate exact = Gap(new ExactSimulator(), 5), dense = Gap(new DenseSimulator(), 5), plain = Gap(new ExactSimulator(), null);
        Assert.InRange((exact.Mean - dense.Mean) / double.Hypot(exact.StandardError, dense.StandardError), -4.5, 4.5);
        Assert.True(exact.Mean > plain.Mean + (10 * plain.StandardError));
    }

    /// <summary>The limits of Theorems 4 and 8 are reached at the rate 1/d: at d = 20 000 what is left is far below the
    /// error of 40 trials.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(0.8)]
    public void Large_experiments_reach_the_limit(double zeta)
    {
        var experiment = new LinearExperiment(20_000, 80_000, 16_000, 1, alignment: zeta, spike: 3, signalLaw: SignalLaw.Fixed);
        Grid ridges = Grid.Logarithmic(0.01, 10, 5);
        SimulationResult result = new ExactSimulator().Run(experiment, ridges, ridges, 40, 3);
        double[] limits = SimulationTable.GapLimits(result);
        for (int cell = 0; cell < limits.Length; cell++)
            Assert.InRange(result.Gap(cell / 5, cell % 5).Z(limits[cell]), -4.5, 4.5);
    }

    [Fact]
    public void A_huge_ridge_predicts_zero()
    {
        Grid huge = Grid.Of(1e300);
        foreach (double zeta in (ReadOnlySpan<double>)[0, 0.5])
        {
            SimulationResult result = new ExactSimulator().Run(new LinearExperiment(20, 30, 10, 1, 4, zeta, 2, SignalLaw.Fixed), huge, huge,
                10, 1);
            Assert.Equal(5, result.Teacher(0).Mean, 12);
            Assert.Equal(5, result.Student(0, 0).Mean, 12);
        }
    }
}
