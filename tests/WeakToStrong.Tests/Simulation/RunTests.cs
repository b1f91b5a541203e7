using WeakToStrong.Simulation;
using WeakToStrong.Trials;

namespace WeakToStrong.Tests.Simulation;

/// <summary>How simulations run: threads, grids, cancellation, progress, memory.</summary>
public class RunTests
{
    private static readonly Grid Ridges = Grid.Logarithmic(0.01, 10, 11);

    public static TheoryData<ISimulator, double> Engines => new()
    {
        { new ExactSimulator(), 0 }, { new ExactSimulator(), 0.6 }, { new DenseSimulator(), 0 }, { new DenseSimulator(), 0.6 },
    };

    [Theory]
    [MemberData(nameof(Engines))]
    public void The_number_of_threads_does_not_change_a_bit(ISimulator simulator, double zeta)
    {
        var experiment = new LinearExperiment(12, 20, 9, 1, alignment: zeta);
        double[] one = Numbers(simulator.Run(experiment, Ridges, Ridges, 1000, 5, new RunOptions { Threads = 1 }));
        foreach (int threads in (ReadOnlySpan<int>)[2, 3, 7])
            Assert.Equal(one, Numbers(simulator.Run(experiment, Ridges, Ridges, 1000, 5, new RunOptions { Threads = threads })));
        Assert.NotEqual(one, Numbers(simulator.Run(experiment, Ridges, Ridges, 1000, 6)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.6)]
    public void A_cell_does_not_depend_on_the_rest_of_the_grid(double zeta)
    {
        var experiment = new LinearExperiment(300, 400, 200, 1, alignment: zeta);
        SimulationResult all = new ExactSimulator().Run(experiment, Ridges, Ridges, 20, 5);
        SimulationResult one = new ExactSimulator().Run(experiment, Grid.Of(Ridges[9]), Grid.Of(Ridges[3]), 20, 5);
        Assert.Equal(all.Teacher(9), one.Teacher(0));
        Assert.Equal(all.Student(9, 3), one.Student(0, 0));
        Assert.Equal(all.Gap(9, 3), one.Gap(0, 0));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Cancellation_keeps_the_finished_trials(ISimulator simulator, double zeta)
    {
        using var source = new CancellationTokenSource();
        var options = new RunOptions { Cancellation = source.Token, Progress = new Immediate(_ => source.Cancel()) };
        var experiment = new LinearExperiment(50, 80, 60, 1, alignment: zeta);
        SimulationResult result = simulator.Run(experiment, Ridges, Ridges, 1_000_000_000, 1, options);
        Assert.True(result.Interrupted);
        Assert.InRange(result.Trials, 2, 999_999_999);
        Assert.True(double.IsFinite(result.Gap(0, 0).StandardError));
        Assert.Equal(result.Trials, result.Student(2, 3).Count);
    }

    /// <summary>With n = d and hardly a ridge a trial needs all its rows.</summary>
    [Fact]
    public void A_long_trial_reports_and_stops_half_way()
    {
        using var source = new CancellationTokenSource();
        var told = new List<RunProgress>();
        var options = new RunOptions
        {
            Threads = 1,
            Cancellation = source.Token,
            Progress = new Immediate(p =>
            {
                told.Add(p);
                source.Cancel();
            }),
        };
        SimulationResult result = new ExactSimulator().Run(new LinearExperiment(1L << 40, 1L << 40, 1L << 39, 1), Grid.Of(1e-300),
            Grid.Of(1), 3, 1, options);
        Assert.True(result.Interrupted);
        Assert.Equal(0, result.Trials);
        Assert.True(double.IsNaN(result.Teacher(0).Mean));
        Assert.Equal("rows", Assert.Single(told).Stage);
        Assert.InRange(told[0].Done, 1, told[0].Total);
    }

    [Fact]
    public void The_last_report_says_that_all_is_done()
    {
        RunProgress last = default;
        new ExactSimulator().Run(new LinearExperiment(5, 8, 8, 1), Ridges, Ridges, 77, 1,
            new RunOptions { Progress = new Immediate(p => last = p) });
        Assert.Equal(new RunProgress("trials", 77, 77), last);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.6)]
    public void An_exact_trial_allocates_nothing(double zeta)
    {
        var engine = new ExactTrial(new LinearExperiment(2000, 3000, 1000, 1, alignment: zeta), Ridges, Ridges, 1);
        var moments = new WeakToStrong.Statistics.PairedMoments(Ridges.Count, Ridges.Count);
        var watch = TrialWatch.Nobody;
        var values = new double[moments.Width];
        long Allocated(int trials)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int trial = 0; trial < trials; trial++)
            {
                engine.TryRun(trial, values, watch);
                moments.Add(values);
            }
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Allocated(1);
        Assert.Equal(0, Allocated(20));
    }

    [Fact]
    public void Memory_does_not_grow_with_the_dimension()
    {
        static long Allocated(long d)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            new ExactSimulator().Run(new LinearExperiment(d, 2 * d, d / 2, 1), Ridges, Ridges, 1, 1, new RunOptions { Threads = 1 });
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Allocated(100);
        Assert.InRange(Allocated(1_000_000) - Allocated(100), -1000, 1000);
    }

    [Theory]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    public void Infinite_means_are_refused(int nTeacher)
    {
        var experiment = new LinearExperiment(10, nTeacher, 20, 1);
        foreach (ISimulator simulator in (ISimulator[])[new ExactSimulator(), new DenseSimulator()])
        {
            InputException e = Assert.Throws<InputException>(() => simulator.Run(experiment, Grid.Of(0, 1), Ridges, 10, 1));
            Assert.Contains("infinite", e.Message);
            simulator.Run(experiment, Grid.Of(1e-3), Grid.Of(0), 10, 1);
        }
    }

    [Theory]
    [InlineData(0L, 1L, 1L, 1.0, 1.0, 0.0)]
    [InlineData(1L, 0L, 1L, 1.0, 1.0, 0.0)]
    [InlineData(1L, 1L, -1L, 1.0, 1.0, 0.0)]
    [InlineData(1L, 1L, 1L, -1.0, 1.0, 0.0)]
    [InlineData(1L, 1L, 1L, double.NaN, 1.0, 0.0)]
    [InlineData(1L, 1L, 1L, 1.0, 0.0, 0.0)]
    [InlineData(2L, 1L, 1L, 1.0, 1.0, 1.5)]
    [InlineData(1L, 1L, 1L, 1.0, 1.0, 0.5)]
    public void An_impossible_experiment_cannot_be_made(long d, long nTeacher, long nStudent, double noise, double power, double zeta) =>
        Assert.ThrowsAny<ArgumentException>(() => new LinearExperiment(d, nTeacher, nStudent, noise, power, zeta));

    [Fact]
    public void An_experiment_stays_valid_when_it_is_changed()
    {
        LinearExperiment experiment = new LinearExperiment(500, 2000, 400, 1, alignment: 0.5) with { Dimension = 60 };
        Assert.Equal((60, 60.0, true), (experiment.Dimension, experiment.Spike, experiment.HasSpike));
        Assert.Equal(7, (experiment with { Spike = 7, Dimension = 80 }).Spike);
        Assert.False((experiment with { Alignment = 0 }).HasSpike);
        Assert.True((experiment with { Alignment = 0, Spike = 3 }).HasSpike);
        Assert.Throws<ArgumentOutOfRangeException>(() => experiment with { Dimension = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => experiment with { TeacherSamples = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => experiment with { NoiseVariance = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => experiment with { Alignment = 1.5 });
        LinearExperiment one = experiment with { Alignment = 0, Dimension = 1 };
        Assert.Throws<ArgumentOutOfRangeException>(() => one with { Alignment = 0.5 });
    }

    private static double[] Numbers(SimulationResult result) =>
        [.. from i in Enumerable.Range(0, Ridges.Count)
            from j in Enumerable.Range(0, Ridges.Count)
            from number in (double[])[result.Teacher(i).Mean, result.TeacherVariance(i), result.Student(i, j).Mean,
                result.StudentVariance(i, j), result.Gap(i, j).StandardError]
            select number];

    /// <summary>Progress on the thread that makes it.</summary>
    private sealed class Immediate(Action<RunProgress> act) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => act(value);
    }
}
