using WeakToStrong.Tables;

namespace WeakToStrong.Chains;

/// <summary>A solved chain: the limiting errors of every stage.</summary>
public sealed class ChainResult
{
    private readonly StageSolution[] _solutions;

    internal ChainResult(Chain chain, StageSolution[] solutions)
    {
        Chain = chain;
        _solutions = solutions;
        Errors = [.. solutions.Select(s => s.Errors)];
    }

    /// <summary>The chain.</summary>
    public Chain Chain { get; }

    /// <summary>The errors of every stage, in order, each with the ridge that was given or found.</summary>
    public IReadOnlyList<StageErrors> Errors { get; }

    /// <summary>xi of a stage that learns again from the same rows; NaN for others.</summary>
    public double Mixing(int stage) => _solutions[stage].Mixing;

    /// <summary>Excess error that plain ridge gives a stage whose penalty is the best one; NaN for others.</summary>
    public double RidgeError(int stage) => _solutions[stage].RidgeError;

    /// <summary>Test error of a stage: excess error plus what its features cannot tell of the labels.</summary>
    public double TestError(int stage) => Chain.NoiseOf(stage) + Errors[stage].ExcessError;

    /// <summary>Test error of a stage minus the first one's; negative where it is better.</summary>
    public double Gap(int stage) => Chain.NoiseOf(stage) - Chain.NoiseOf(0) + (Errors[stage].ExcessError - Errors[0].ExcessError);

    /// <summary>How much smaller the test error is than that of the one stage that labels it; NaN without one.</summary>
    public double Gain(int stage)
    {
        StagePlan plan = Chain.Stages[stage];
        int source = plan.Groups.All(g => g.Labels == plan.Groups[0].Labels) ? Chain.IndexOf(plan.Groups[0].Labels) : -1;
        return source < 0 ? double.NaN : TestError(source) - TestError(stage);
    }

    /// <summary>The weights of a best penalty; null for other stages.</summary>
    internal double[]? PenaltyWeights(int stage) => _solutions[stage].PenaltyWeights;

    /// <summary>
    /// Performance gap recovered: how much of the way from the first stage's error to the ceiling's a stage covers; 1 at the ceiling,
    /// negative when it is worse than the first. NaN without a ceiling.
    /// </summary>
    public double GapRecovered(int stage)
    {
        if (Chain.Ceiling is not { } name)
            return double.NaN;
        return (0 - Gap(stage)) / (0 - Gap(Chain.IndexOf(name)));
    }

    /// <summary>
    /// One row a stage: stage, n, ridge, kappa, df1, df2, bias, variance, excess_error, test_error, gap (to the first stage;
    /// negative is better), pgr.
    /// </summary>
    public ResultTable ToTable() => new([.. Columns()]);

    internal IReadOnlyList<ResultColumn> Columns()
    {
        StageErrors[] e = [.. Errors];
        double[] Column(Func<int, double> value) => [.. Enumerable.Range(0, e.Length).Select(value)];
        return
        [
            ResultColumn.Of("stage", [.. Chain.Stages.Select(s => s.Name)]),
            .. ViewColumn(),
            RowsColumn(),
            ResultColumn.Of("ridge", Column(i => e[i].Ridge)),
            ResultColumn.Of("kappa", Column(i => e[i].Kappa)),
            ResultColumn.Of("df1", Column(i => e[i].Df1)),
            ResultColumn.Of("df2", Column(i => e[i].Df2)),
            ResultColumn.Of("bias", Column(i => e[i].Bias)),
            ResultColumn.Of("variance", Column(i => e[i].Variance)),
            ResultColumn.Of("excess_error", Column(i => e[i].ExcessError)),
            ResultColumn.Of("test_error", Column(TestError)),
            ResultColumn.Of("gap", Column(Gap)),
            ResultColumn.Of("pgr", Column(GapRecovered)),
            .. OptionalColumns(Column),
        ];
    }

    private IEnumerable<ResultColumn> OptionalColumns(Func<Func<int, double>, double[]> column)
    {
        if (Chain.Views is not null || Chain.Sources.Count > 0 || Chain.Stages.Any(s => s.Groups[0].Rows == GroupPlan.Infinite))
        {
            yield return ResultColumn.Of("misfit", column(i => Errors[i].Misfit));
            yield return ResultColumn.Of("gain", column(Gain));
        }
        if (Chain.Stages.Any(s => s.SameRows is not null))
            yield return ResultColumn.Of("mixing", column(Mixing));
        if (Chain.Stages.Any(s => s.HasBestPenalty))
            yield return ResultColumn.Of("ridge_error", column(RidgeError));
    }

    private ResultColumn[] ViewColumn() =>
        Chain.Views is { } views ? [ResultColumn.Of("view", [.. Chain.Stages.Select(s => s.View ?? views.Names[0])])] : [];

    private ResultColumn RowsColumn()
    {
        long[] rows = [.. Chain.Stages.Select(Chain.RowsOf)];
        return rows.Contains(GroupPlan.Infinite)
            ? ResultColumn.Of("n", [.. rows.Select(n => n == GroupPlan.Infinite ? double.PositiveInfinity : n)])
            : ResultColumn.Of("n", rows);
    }
}
