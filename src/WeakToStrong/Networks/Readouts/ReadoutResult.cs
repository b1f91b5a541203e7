using WeakToStrong.LinearAlgebra;
using WeakToStrong.Statistics;
using WeakToStrong.Tables;
using WeakToStrong.Trials;

namespace WeakToStrong.Networks.Readouts;

/// <summary>Test errors of every network with every readout, over independent trials.</summary>
public sealed class ReadoutResult
{
    internal const int Networks = 4, Readouts = 3;

    /// <summary>
    /// Numbers of a trial: the errors, then for every pair of networks the second's minus the first's, then the predicted errors, and the
    /// errors less the predicted ones.
    /// </summary>
    internal const int Width = Readouts * ((3 * Networks) + Pairs);

    private const int Pairs = Networks * (Networks - 1) / 2;

    private readonly VectorMoments _values;

    internal ReadoutResult(ReadoutComparison comparison, TrialMoments moments)
    {
        Comparison = comparison;
        Moments = moments;
        _values = (VectorMoments)moments.Total;
    }

    /// <summary>What was run.</summary>
    public ReadoutComparison Comparison { get; }

    /// <summary>The finished trials' moments.</summary>
    public TrialMoments Moments { get; }

    /// <summary>How many trials were finished.</summary>
    public long Trials => Moments.Count;

    /// <summary>Whether the run was stopped before all trials were done.</summary>
    public bool Interrupted => Moments.Interrupted;

    /// <summary>Mean squared error against the noise-free target.</summary>
    public Estimate TestError(ProbedNetwork network, ReadoutSource readout) => _values[ErrorAt((int)network, (int)readout)];

    /// <summary>
    /// The same predicted from the weights of each trial; its standard error is over trials. NaN for networks too wide to predict.
    /// </summary>
    public Estimate Predicted(ProbedNetwork network, ReadoutSource readout) => _values[PredictedAt((int)network, (int)readout)];

    /// <summary>Measured less predicted, paired.</summary>
    public Estimate Deviation(ProbedNetwork network, ReadoutSource readout) => _values[DeviationAt((int)network, (int)readout)];

    /// <summary>
    /// How much lower the first network's test error is than the second's, both with the same readout source: positive when the first wins.
    /// The standard error is that of the paired difference, trial by trial.
    /// </summary>
    public Estimate Gain(ProbedNetwork network, ProbedNetwork over, ReadoutSource readout)
    {
        if (network == over)
            return new Estimate(0, Trials > 1 ? 0 : double.NaN, Trials);
        Estimate gain = _values[DifferenceAt((int)network, (int)over, (int)readout)];
        return network < over ? gain : gain with { Mean = -gain.Mean };
    }

    /// <summary>This result and that of the range of trials that follows it: the bits of one run over both.</summary>
    /// <param name="next">Of the same comparison and seed.</param>
    /// <exception cref="ArgumentException">It is of another comparison, or its trials do not follow.</exception>
    public ReadoutResult Merge(ReadoutResult next)
    {
        ArgumentNullException.ThrowIfNull(next);
        ReadoutComparison other = next.Comparison;
        return (other.Experiment, other.TrueLabels, other.TestSamples) == (Comparison.Experiment, Comparison.TrueLabels,
            Comparison.TestSamples)
            ? new ReadoutResult(Comparison, Moments.Merge(next.Moments))
            : throw new ArgumentException("the results are of different comparisons", nameof(next));
    }

    /// <summary>A result from moments that were written down.</summary>
    /// <param name="comparison">What was run.</param>
    /// <param name="state">What <see cref="TrialMoments.ToState"/> of the result gave.</param>
    /// <exception cref="ArgumentException">The state is of something else, or not whole.</exception>
    public static ReadoutResult FromState(ReadoutComparison comparison, TrialState state) =>
        new(comparison, TrialMoments.FromState(state, new VectorMoments(Width)));

    /// <summary>
    /// One row a network and readout: network, readout, trials, test_error, se, predicted, z (of measured less predicted, paired), then the
    /// paired gains over the teacher and over the pre-trained
    /// student with the same readout, each with its standard error.
    /// </summary>
    public ResultTable ToTable()
    {
        (ProbedNetwork Network, ReadoutSource Readout)[] rows =
            [.. Enum.GetValues<ReadoutSource>().SelectMany(_ => Enum.GetValues<ProbedNetwork>(), (r, n) => (n, r))];
        Estimate[] errors = [.. rows.Select(r => TestError(r.Network, r.Readout))];
        Estimate[] predicted = [.. rows.Select(r => Predicted(r.Network, r.Readout))];
        Estimate[] deviations = [.. rows.Select(r => Deviation(r.Network, r.Readout))];
        Estimate[] overTeacher = [.. rows.Select(r => Gain(r.Network, ProbedNetwork.Teacher, r.Readout))];
        Estimate[] overPretrained = [.. rows.Select(r => Gain(r.Network, ProbedNetwork.PretrainedStudent, r.Readout))];
        return new ResultTable(
            ResultColumn.Of("network", [.. rows.Select(r => TableNames.Of(r.Network))]),
            ResultColumn.Of("readout", [.. rows.Select(r => TableNames.Of(r.Readout))]),
            ResultColumn.Of("trials", [.. rows.Select(_ => Trials)]),
            ResultColumn.Of("test_error", [.. errors.Select(e => e.Mean)]),
            ResultColumn.Of("se", [.. errors.Select(e => e.StandardError)]),
            ResultColumn.Of("predicted", [.. predicted.Select(e => e.Mean)]),
            ResultColumn.Of("z", [.. deviations.Select(e => e.Z(0))]),
            ResultColumn.Of("gain_over_teacher", [.. overTeacher.Select(e => e.Mean)]),
            ResultColumn.Of("gain_over_teacher_se", [.. overTeacher.Select(e => e.StandardError)]),
            ResultColumn.Of("gain_over_pretrained", [.. overPretrained.Select(e => e.Mean)]),
            ResultColumn.Of("gain_over_pretrained_se", [.. overPretrained.Select(e => e.StandardError)]));
    }

    /// <summary>A trial's numbers from its errors, measured and predicted, one row a network and one column a readout.</summary>
    internal static void Lay(Matrix<double> errors, Matrix<double> predicted, Span<double> values)
    {
        for (int readout = 0; readout < Readouts; readout++)
        {
            for (int network = 0; network < Networks; network++)
            {
                values[ErrorAt(network, readout)] = errors[network, readout];
                values[PredictedAt(network, readout)] = predicted[network, readout];
                values[DeviationAt(network, readout)] = errors[network, readout] - predicted[network, readout];
                for (int over = network + 1; over < Networks; over++)
                    values[DifferenceAt(network, over, readout)] = errors[over, readout] - errors[network, readout];
            }
        }
    }

    private static int ErrorAt(int network, int readout) => (network * Readouts) + readout;

    private static int PredictedAt(int network, int readout) => ErrorAt(Networks + Pairs + network, readout);

    private static int DeviationAt(int network, int readout) => ErrorAt((2 * Networks) + Pairs + network, readout);

    private static int DifferenceAt(int one, int other, int readout)
    {
        (int low, int high) = one < other ? (one, other) : (other, one);
        return ErrorAt(Networks + (high * (high - 1) / 2) + low, readout);
    }
}
