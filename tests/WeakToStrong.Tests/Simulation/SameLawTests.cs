using WeakToStrong.Simulation;
using WeakToStrong.Trials;

namespace WeakToStrong.Tests.Simulation;

/// <summary>
/// The exact and the dense engine have one law: two-sample Kolmogorov-Smirnov tests on single trials' errors. 13 experiments of 5
/// quantities at 1e-6 each: false-alarm rate 6.5e-5 for the class. Seeds are fixed.
/// </summary>
public class SameLawTests
{
    private const int Trials = 8000;

    private static readonly Grid Ridges = Grid.Of(1e-6, 0.3);

    [Theory]
    [InlineData(6, 12, 9, 0)]
    [InlineData(6, 12, 4, 0)]
    [InlineData(6, 4, 6, 0)]
    [InlineData(6, 12, 9, 0.7)]
    [InlineData(6, 4, 4, 0.7)]
    [InlineData(2, 9, 1, 0.6)]
    [InlineData(3, 9, 4, 1)]
    [InlineData(4, 1, 2, 0)]
    [InlineData(5, 2, 1, 0)]
    [InlineData(5, 4, 6, 0)]
    [InlineData(5, 6, 4, 0.5)]
    [InlineData(1, 3, 2, 0)]
    [InlineData(5, 10, 20, 0, 5.0)]
    public void Exact_and_dense_trials_have_one_law(int d, int nTeacher, int nStudent, double zeta, double? spike = null)
    {
        var experiment = new LinearExperiment(d, nTeacher, nStudent, 0.5, 2, zeta, spike);
        double[][] exact = Sample(new ExactTrial(experiment, Ridges, Ridges, 1)),
            dense = Sample(new DenseTrial(experiment, Ridges, Ridges, 2));
        for (int i = 0; i < exact.Length; i++)
            Assert.InRange(KolmogorovSmirnov.TwoSample(exact[i], dense[i]), 0, KolmogorovSmirnov.Threshold);
    }

    [Fact]
    public void Another_law_is_noticed()
    {
        // Three more student samples, and a spike of a sixth of the height.
        var plain = new LinearExperiment(6, 12, 9, 0.5);
        double[] dense = Sample(new DenseTrial(plain, Ridges, Ridges, 2))[3];
        Assert.True(KolmogorovSmirnov.TwoSample(Sample(new ExactTrial(new LinearExperiment(6, 12, 12, 0.5), Ridges, Ridges, 1))[3],
            dense) > KolmogorovSmirnov.Threshold);
        double[] spiked = Sample(new DenseTrial(new LinearExperiment(6, 12, 9, 0.5, alignment: 0.7), Ridges, Ridges, 2))[3];
        Assert.True(KolmogorovSmirnov.TwoSample(Sample(
            new ExactTrial(new LinearExperiment(6, 12, 9, 0.5, alignment: 0.7, spike: 1), Ridges, Ridges, 1))[3],
            spiked) > KolmogorovSmirnov.Threshold);
    }

    /// <summary>Teacher and student at small ridges; teacher, student and gap at larger ones.</summary>
    private static double[][] Sample(ITrialEngine engine)
    {
        double[][] samples = [new double[Trials], new double[Trials], new double[Trials], new double[Trials], new double[Trials]];
        var values = new double[2 + (2 * Lanes.Width)];
        var watch = TrialWatch.Nobody;
        for (int trial = 0; trial < Trials; trial++)
        {
            engine.TryRun(trial, values, watch);
            ReadOnlySpan<double> teacher = values.AsSpan(0, 2), student = values.AsSpan(2);
            (samples[0][trial], samples[1][trial]) = (teacher[0], student[0]);
            (samples[2][trial], samples[3][trial]) = (teacher[1], student[Lanes.Width + 1]);
            samples[4][trial] = student[Lanes.Width + 1] - teacher[1];
        }
        return samples;
    }
}
