using WeakToStrong.Simulation;
using WeakToStrong.Trials;

namespace WeakToStrong.Tests.Simulation;

/// <summary>
/// The exact and the dense engine have one law: two-sample Kolmogorov-Smirnov tests on single trials' errors, 20 experiments of 5
/// quantities at 1e-6 each, and the rank correlations of teacher and student, two an experiment at 1e-6 each: false-alarm rate 1.4e-4 for
/// the class. Seeds are fixed.
/// </summary>
public class SameLawTests
{
    private const int Trials = 8000;

    // |z| of a normal number is beyond with a probability of 1e-6.
    private const double FarCorrelations = 4.9;

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
    [InlineData(6, 6, 6, 0)]
    [InlineData(6, 5, 7, 0.3)]
    [InlineData(6, 7, 5, 0, 2.0)]
    [InlineData(2, 1, 1, 0)]
    [InlineData(2, 2, 3, 0.9)]
    [InlineData(1, 1, 1, 0)]
    [InlineData(20, 10, 60, 0.8, 40.0)]
    public void Exact_and_dense_trials_have_one_law(int d, int nTeacher, int nStudent, double zeta, double? spike = null)
    {
        var experiment = new LinearExperiment(d, nTeacher, nStudent, 0.5, 2, zeta, spike);
        double[][] exact = Sample(new ExactTrial(experiment, Ridges, Ridges, 1)),
            dense = Sample(new DenseTrial(experiment, Ridges, Ridges, 2));
        for (int i = 0; i < exact.Length; i++)
            Assert.InRange(KolmogorovSmirnov.TwoSample(exact[i], dense[i]), 0, KolmogorovSmirnov.Threshold);
        foreach (int i in new[] { 0, 2 }) // a student with nearly no ridge may copy its teacher; that pair's correlation is 1
            Assert.InRange(Distance(RankCorrelation(exact[i], exact[3]), RankCorrelation(dense[i], dense[3])), 0, FarCorrelations);
    }

    [Fact]
    public void A_teacher_of_another_trial_is_noticed()
    {
        double[][] trials = Sample(new DenseTrial(new LinearExperiment(6, 12, 9, 0.5), Ridges, Ridges, 2));
        double[] others = [.. trials[0][1..], trials[0][0]];
        Assert.True(Distance(RankCorrelation(trials[0], trials[1]), RankCorrelation(others, trials[1])) > FarCorrelations);
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

    /// <summary>Spearman's correlation.</summary>
    private static double RankCorrelation(double[] x, double[] y)
    {
        (double[] first, double[] second) = (Ranks(x), Ranks(y));
        double mean = (Trials - 1) / 2.0, product = 0, square = 0;
        for (int i = 0; i < Trials; i++)
        {
            product += (first[i] - mean) * (second[i] - mean);
            square += (first[i] - mean) * (first[i] - mean);
        }
        return product / square;
    }

    private static double[] Ranks(double[] x)
    {
        int[] order = [.. Enumerable.Range(0, x.Length)];
        Array.Sort([.. x], order);
        var ranks = new double[x.Length];
        for (int i = 0; i < order.Length; i++)
            ranks[order[i]] = i;
        return ranks;
    }

    /// <summary>Two rank correlations' distance in standard errors: Fisher's transform has variance (1 + r^2/2)/(N - 3) (Bonett
    /// and Wright 2000).</summary>
    private static double Distance(double r1, double r2) =>
        Math.Abs(Math.Atanh(r1) - Math.Atanh(r2)) / Math.Sqrt((2 + (0.5 * ((r1 * r1) + (r2 * r2)))) / (Trials - 3));
}
