using WeakToStrong.LinearAlgebra;
using WeakToStrong.Statistics;
using WeakToStrong.Tables;

namespace WeakToStrong.Networks;

/// <summary>Test errors of every network with every readout, over independent trials.</summary>
public sealed class ReadoutResult
{
    private readonly Matrix<double>[] _errors;

    internal ReadoutResult(ReadoutComparison comparison, Matrix<double>[] errors, bool interrupted) =>
        (Comparison, _errors, Interrupted) = (comparison, errors, interrupted);

    /// <summary>What was run.</summary>
    public ReadoutComparison Comparison { get; }

    /// <summary>How many trials were finished.</summary>
    public int Trials => _errors.Length;

    /// <summary>Whether the run was stopped before all trials were done.</summary>
    public bool Interrupted { get; }

    /// <summary>Mean squared error against the noise-free target.</summary>
    public Estimate TestError(ProbedNetwork network, ReadoutSource readout) =>
        Estimate.Of([.. _errors.Select(e => e[(int)network, (int)readout])]);

    /// <summary>
    /// How much lower the first network's test error is than the second's, both with the same readout source: positive when the first wins. The standard
    /// error is that of the paired difference, trial by trial.
    /// </summary>
    public Estimate Gain(ProbedNetwork network, ProbedNetwork over, ReadoutSource readout) =>
        Estimate.Of([.. _errors.Select(e => e[(int)over, (int)readout] - e[(int)network, (int)readout])]);

    /// <summary>
    /// One row a network and readout: network, readout, trials, test_error, se, then the paired gains over the teacher and over the pre-trained
    /// student with the same readout, each with its standard error.
    /// </summary>
    public ResultTable ToTable()
    {
        (ProbedNetwork Network, ReadoutSource Readout)[] rows =
            [.. Enum.GetValues<ReadoutSource>().SelectMany(_ => Enum.GetValues<ProbedNetwork>(), (r, n) => (n, r))];
        Estimate[] errors = [.. rows.Select(r => TestError(r.Network, r.Readout))];
        Estimate[] overTeacher = [.. rows.Select(r => Gain(r.Network, ProbedNetwork.Teacher, r.Readout))];
        Estimate[] overPretrained = [.. rows.Select(r => Gain(r.Network, ProbedNetwork.PretrainedStudent, r.Readout))];
        return new ResultTable(
            ResultColumn.Of("network", [.. rows.Select(r => TableNames.Of(r.Network))]),
            ResultColumn.Of("readout", [.. rows.Select(r => TableNames.Of(r.Readout))]),
            ResultColumn.Of("trials", [.. rows.Select(_ => (long)Trials)]),
            ResultColumn.Of("test_error", [.. errors.Select(e => e.Mean)]),
            ResultColumn.Of("se", [.. errors.Select(e => e.StandardError)]),
            ResultColumn.Of("gain_over_teacher", [.. overTeacher.Select(e => e.Mean)]),
            ResultColumn.Of("gain_over_teacher_se", [.. overTeacher.Select(e => e.StandardError)]),
            ResultColumn.Of("gain_over_pretrained", [.. overPretrained.Select(e => e.Mean)]),
            ResultColumn.Of("gain_over_pretrained_se", [.. overPretrained.Select(e => e.StandardError)]));
    }
}
