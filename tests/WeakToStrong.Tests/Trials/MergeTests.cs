using WeakToStrong.Chains;
using WeakToStrong.Chains.Simulation;
using WeakToStrong.Functions;
using WeakToStrong.Networks;
using WeakToStrong.Networks.Readouts;
using WeakToStrong.Simulation;
using WeakToStrong.Trials;

namespace WeakToStrong.Tests.Trials;

/// <summary>Every experiment: a thousand trials, cut at multiples of a block and merged, give the bits of one run for any
/// number of threads.</summary>
public class MergeTests
{
    private const long Trials = 1000;
    private static readonly long[][] Cuts = [[64], [960], [128, 192, 640], [64, 512, 576]];
    private static readonly Grid Ridges = Grid.Logarithmic(0.01, 10, 5);
    private static readonly LinearExperiment Linear = new(12, 20, 9, 1, alignment: 0.5);
    private static readonly NetworkExperiment Network = new(new MultiIndexTarget(Nonlinearity.Identity, Nonlinearity.Parse("he2")),
        new Activation(Nonlinearity.Relu), 8);

    [Fact]
    public void Exact_simulations() => Check(
        (trials, options) => new ExactSimulator().Run(Linear, Ridges, Ridges, trials, 5, options),
        (one, next) => one.Merge(next), r => r.Moments, s => SimulationResult.FromState(Linear, Ridges, Ridges, s));

    [Fact]
    public void Dense_simulations() => Check(
        (trials, options) => new DenseSimulator().Run(Linear, Ridges, Ridges, trials, 5, options),
        (one, next) => one.Merge(next), r => r.Moments, s => SimulationResult.FromState(Linear, Ridges, Ridges, s));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Chains(bool dense)
    {
        Spectrum spectrum = dense ? Spectrum.PowerLaw(12, 1) : Spectrum.Isotropic(12);
        ChainResult solved = new Chain(new Population(spectrum, TargetVector.PowerLaw(12, 0.3, 1)), 0.5,
            [new StagePlan("teacher", "truth", 20, RidgeRule.Of(0.4), 0.5),
                new StagePlan("student", "teacher", 9, RidgeRule.Of(0.1))]).Solve();
        Check((trials, options) => ChainSimulation.Run(solved, trials, 5, options), (one, next) => one.Merge(next), r => r.Moments, s =>
            ChainSimulation.FromState(solved, s));
    }

    [Fact]
    public void Network_updates() => Check(
        (trials, options) => NetworkSimulator.Run(Network, trials, 5, options),
        (one, next) => one.Merge(next), r => r.Moments, s => NetworkResult.FromState(Network, s));

    [Fact]
    public void Network_readouts()
    {
        var comparison = new ReadoutComparison(Network, 20) { TestSamples = 32 };
        Check((trials, options) => comparison.Run(trials, 5, options), (one, next) => one.Merge(next), r => r.Moments, s =>
            ReadoutResult.FromState(comparison, s), 150);
    }

    [Fact]
    public void Network_forgetting() => Check(
        (trials, options) => Forgetting.Run(Network, 20, trials, 5, options), (one, next) => one.Merge(next), r => r.Moments, s =>
            Forgetting.FromState(Network, s), 70);

    private static void Check<T>(Func<TrialRange, RunOptions, T> run, Func<T, T, T> merge, Func<T, TrialMoments> moments,
        Func<TrialState, T> read, long trials = Trials)
    {
        double[] whole = Numbers(moments(run(trials, new RunOptions { Threads = 1 })));
        Assert.Equal(whole, Numbers(moments(run(trials, new RunOptions { Threads = 2 }))));
        foreach (long[] cuts in Cuts.Select(c => c.Where(cut => cut < trials).ToArray()).Where(c => c.Length > 0)
            .DistinctBy(c => string.Join(',', c)))
        {
            long[] starts = [0, .. cuts], ends = [.. cuts, trials];
            T[] parts = [.. starts.Zip(ends, (start, end) =>
                read(moments(run(new TrialRange(start, end - start), new RunOptions { Threads = 3 })).ToState()))];
            Assert.Equal(whole, Numbers(moments(parts.Aggregate(merge))));
            Assert.Equal(whole, Numbers(moments(parts[..^1].Reverse().Aggregate(parts[^1], (later, earlier) => merge(earlier, later)))));
        }
    }

    private static double[] Numbers(TrialMoments moments) =>
        [moments.Count, .. moments.ToState().Nodes.SelectMany(n => (double[])[n.FirstBlock, n.Level, n.Trials, .. n.Values])];
}
