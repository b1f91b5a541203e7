using WeakToStrong.Tables;

namespace WeakToStrong.Chains;

/// <summary>A solved chain: the limiting errors of every stage.</summary>
public sealed class ChainResult
{
    internal ChainResult(Chain chain, StageErrors[] errors)
    {
        Chain = chain;
        Errors = errors;
    }

    /// <summary>The chain.</summary>
    public Chain Chain { get; }

    /// <summary>The errors of every stage, in order, each with the ridge that was given or found.</summary>
    public IReadOnlyList<StageErrors> Errors { get; }

    /// <summary>Test error of a stage: excess error plus noise variance.</summary>
    public double TestError(int stage) => Chain.NoiseVariance + Errors[stage].ExcessError;

    /// <summary>
    /// Performance gap recovered: how much of the way from the first stage's error to the ceiling's a stage covers; 1 at the ceiling, negative when
    /// it is worse than the first. NaN without a ceiling.
    /// </summary>
    public double GapRecovered(int stage)
    {
        if (Chain.Ceiling is not { } name)
            return double.NaN;
        double floor = Errors[0].ExcessError, ceiling = Errors[Chain.IndexOf(name)].ExcessError;
        return (floor - Errors[stage].ExcessError) / (floor - ceiling);
    }

    /// <summary>
    /// One row a stage: stage, n, ridge, kappa, df1, df2, bias, variance, excess_error, test_error, gap (to the first stage; negative is better), pgr.
    /// </summary>
    public ResultTable ToTable() => new([.. Columns()]);

    internal IReadOnlyList<ResultColumn> Columns()
    {
        StageErrors[] e = [.. Errors];
        double[] Column(Func<int, double> value) => [.. Enumerable.Range(0, e.Length).Select(value)];
        return
        [
            ResultColumn.Of("stage", [.. Chain.Stages.Select(s => s.Name)]),
            ResultColumn.Of("n", [.. Chain.Stages.Select(s => s.Groups.Sum(g => g.Rows))]),
            ResultColumn.Of("ridge", Column(i => e[i].Ridge)),
            ResultColumn.Of("kappa", Column(i => e[i].Kappa)),
            ResultColumn.Of("df1", Column(i => e[i].Df1)),
            ResultColumn.Of("df2", Column(i => e[i].Df2)),
            ResultColumn.Of("bias", Column(i => e[i].Bias)),
            ResultColumn.Of("variance", Column(i => e[i].Variance)),
            ResultColumn.Of("excess_error", Column(i => e[i].ExcessError)),
            ResultColumn.Of("test_error", Column(TestError)),
            ResultColumn.Of("gap", Column(i => i == 0 ? 0 : e[i].ExcessError - e[0].ExcessError)),
            ResultColumn.Of("pgr", Column(GapRecovered)),
        ];
    }
}
