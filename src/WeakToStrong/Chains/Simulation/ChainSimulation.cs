using System.Numerics.Tensors;
using WeakToStrong.Simulation;
using WeakToStrong.Statistics;
using WeakToStrong.Tables;
using WeakToStrong.Trials;

namespace WeakToStrong.Chains.Simulation;

/// <summary>
/// The experiment at finite size beside the limits, at the ridges of a solved chain: real rows, real labels, real solves, or, when
/// everything is isotropic and each stage learns from one source, the exact O(d) sampler of the same law. Each trial draws every stage's
/// training set anew; the test error of a draw is exact (it is a quadratic form of the coefficients).
/// </summary>
public sealed class ChainSimulation
{
    // Larger matrices would not fit into memory, and their limits are exact anyway.
    private const long LargestOrder = 20_000;

    private const long LongTrial = 1_000_000; // rows

    private readonly ChainResult _solved;

    private ChainSimulation(ChainResult solved, TrialMoments trials)
    {
        _solved = solved;
        Chain chain = solved.Chain;
        Moments = trials;
        var moments = (PairedMoments)trials.Total;
        int stages = chain.Stages.Count;
        TestErrors = [.. Enumerable.Range(0, stages).Select(i => new Estimate(
            chain.NoiseOf(i) + moments.SecondMean(0, i), Math.Sqrt(moments.SecondVariance(0, i) / Trials), Trials))];
        Gaps = [.. Enumerable.Range(0, stages).Select(i => new Estimate(
            chain.NoiseOf(i) - chain.NoiseOf(0) + (moments.SecondMean(0, i) - moments.FirstMean(0)),
            Math.Sqrt(moments.DifferenceVariance(0, i) / Trials), Trials))];
    }

    /// <summary>The finished trials' moments, excess errors.</summary>
    public TrialMoments Moments { get; }

    /// <summary>Trials finished.</summary>
    public long Trials => Moments.Count;

    /// <summary>Whether it was cancelled before all trials were done.</summary>
    public bool Interrupted => Moments.Interrupted;

    /// <summary>Mean test error of every stage (noise variance included) with its standard error.</summary>
    public IReadOnlyList<Estimate> TestErrors { get; }

    /// <summary>Mean of a stage's error minus the first stage's in the same trial; negative where the stage is better.</summary>
    public IReadOnlyList<Estimate> Gaps { get; }

    /// <summary>Simulates a solved chain.</summary>
    /// <param name="solved">The chain with its ridges.</param>
    /// <param name="trials">Which trials: a number, or a range to be merged with others.</param>
    /// <param name="seed">Names the random numbers; the same seed gives the same bits for any number of threads.</param>
    /// <param name="options">Threads, progress and cancellation; a cancelled run returns its first trials, as many as are
    /// finished without a gap.</param>
    /// <exception cref="InputException">A stage is too large for dense matrices, or its mean error is infinite.</exception>
    public static ChainSimulation Run(ChainResult solved, TrialRange trials, ulong seed, RunOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(solved);
        Chain chain = solved.Chain;
        var problem = new ChainTrialProblem(solved);
        IReadOnlyList<ExactStage>? exact = problem.ExactStages();
        for (int i = 0; i < chain.Stages.Count; i++)
        {
            if (chain.Stages[i].Groups[0].Rows != GroupPlan.Infinite && chain.Stages[i].SameRows is null)
                DemandFeasible(chain, i, problem.Views[problem.ViewOf(chain.Stages[i].View)].Kept.Length, solved.Errors[i].Ridge,
                    dense: exact is null);
        }
        double[] scale = problem.Views[0].Scale;
        double signalNorm = scale[0] * TensorPrimitives.Norm<double>(problem.Views[0].Target);
        long steps = exact is null ? chain.Stages.Sum(stage => StepsOf(chain, stage)) : ExactChain.Steps(scale.Length, exact);
        TrialMoments moments = TrialLoop.Run(
            trials, Shape(chain), _ => exact is null ? new ChainTrial(problem, seed) : new ExactChain(scale.Length, signalNorm, exact,
                seed),
            new TrialWork("rows", steps, LongTrial), options ?? RunOptions.Default);
        return new ChainSimulation(solved, moments);
    }

    /// <summary>This result and that of the range of trials that follows it: the bits of one run over both.</summary>
    /// <param name="next">Of the same chain and seed.</param>
    /// <exception cref="ArgumentException">It is of another chain, or its trials do not follow.</exception>
    public ChainSimulation Merge(ChainSimulation next)
    {
        ArgumentNullException.ThrowIfNull(next);
        return new ChainSimulation(_solved, Moments.Merge(next.Moments));
    }

    /// <summary>A result from moments that were written down.</summary>
    /// <param name="solved">The chain with its ridges.</param>
    /// <param name="state">What <see cref="TrialMoments.ToState"/> of the result gave.</param>
    /// <exception cref="ArgumentException">The state is of another number of stages, or not whole.</exception>
    public static ChainSimulation FromState(ChainResult solved, TrialState state)
    {
        ArgumentNullException.ThrowIfNull(solved);
        return new ChainSimulation(solved, TrialMoments.FromState(state, Shape(solved.Chain)));
    }

    /// <summary>
    /// The solved chain's table and beside it mean, se (of the test error), z (of mean against test_error), gap_mean, gap_se (of the gap,
    /// paired within trials) and trials; these are left out when no trial was finished.
    /// </summary>
    public ResultTable ToTable()
    {
        if (Trials == 0)
            return _solved.ToTable();
        return new ResultTable(
        [
            .. _solved.Columns(),
            ResultColumn.Of("mean", [.. TestErrors.Select(e => e.Mean)]),
            ResultColumn.Of("se", [.. TestErrors.Select(e => e.StandardError)]),
            ResultColumn.Of("z", [.. TestErrors.Select((e, i) => e.Z(_solved.TestError(i)))]),
            ResultColumn.Of("gap_mean", [.. Gaps.Select(g => g.Mean)]),
            ResultColumn.Of("gap_se", [.. Gaps.Select(g => g.StandardError)]),
            ResultColumn.Of("trials", [.. TestErrors.Select(_ => Trials)]),
        ]);
    }

    /// <summary>Rows that a stage draws in a trial.</summary>
    internal static long StepsOf(Chain chain, StagePlan stage) => stage.Groups[0].Rows == GroupPlan.Infinite ? 1 : chain.RowsOf(stage);

    private static PairedMoments Shape(Chain chain) => new(1, chain.Stages.Count);

    private static void DemandFeasible(Chain chain, int index, int rank, double ridge, bool dense)
    {
        StagePlan stage = chain.Stages[index];
        long rows = stage.Groups.Sum(g => g.Rows);
        if (dense && Math.Min(rows, rank) > LargestOrder)
            throw new InputException($"stage '{stage.Name}' has {rows} rows and a covariance of rank {rank}; a dense simulation needs one "
                + $"of them to be at most {LargestOrder}");
        string labels = stage.Groups[0].Labels;
        int from = chain.IndexOf(labels);
        bool copies = stage.Groups.All(g => g.LabelNoise == 0 && g.Labels == labels)
            && (labels == Chain.Truth ? chain.NoiseOf(index) == chain.NoiseVariance : from < 0 || chain.Stages[from].View == stage.View);
        if (ridge == 0 && Math.Abs(rows - rank) <= 1 && !(copies && rows >= rank))
            throw new InputException($"stage '{stage.Name}' has ridge 0 and {rows} rows, within one of the rank {rank}: its mean error is "
                + "infinite and cannot be simulated; use a positive ridge or another n");
    }
}
