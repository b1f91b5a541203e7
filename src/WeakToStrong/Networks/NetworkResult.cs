using WeakToStrong.Statistics;
using WeakToStrong.Tables;
using WeakToStrong.Trials;

namespace WeakToStrong.Networks;

/// <summary>What the trials of a <see cref="NetworkExperiment"/> measured, beside what theory predicts.</summary>
public sealed class NetworkResult
{
    private readonly VectorMoments _measured;

    internal NetworkResult(NetworkExperiment experiment, TrialMoments moments)
    {
        Experiment = experiment;
        Moments = moments;
        Prediction = new NetworkPrediction(experiment);
        _measured = (VectorMoments)moments.Total;
    }

    /// <summary>The setting.</summary>
    public NetworkExperiment Experiment { get; }

    /// <summary>The finished trials' moments, one value a quantity.</summary>
    public TrialMoments Moments { get; }

    /// <summary>How many trials were finished.</summary>
    public long Trials => Moments.Count;

    /// <summary>Whether the run was stopped before all trials were done.</summary>
    public bool Interrupted => Moments.Interrupted;

    /// <summary>The predictions.</summary>
    public NetworkPrediction Prediction { get; }

    /// <summary>This result and that of the range of trials that follows it: the bits of one run over both.</summary>
    /// <param name="next">Of the same setting and seed.</param>
    /// <exception cref="ArgumentException">It is of another setting, or its trials do not follow.</exception>
    public NetworkResult Merge(NetworkResult next)
    {
        ArgumentNullException.ThrowIfNull(next);
        return next.Experiment == Experiment ? new NetworkResult(Experiment, Moments.Merge(next.Moments))
            : throw new ArgumentException("the results are of different experiments", nameof(next));
    }

    /// <summary>A result from moments that were written down.</summary>
    /// <param name="experiment">The setting.</param>
    /// <param name="state">What <see cref="TrialMoments.ToState"/> of the result gave.</param>
    /// <exception cref="ArgumentException">The state is of something else, or not whole.</exception>
    public static NetworkResult FromState(NetworkExperiment experiment, TrialState state) =>
        new(experiment, TrialMoments.FromState(state, new VectorMoments(NetworkQuantities.All.Count)));

    /// <summary>Mean and standard error of a quantity over the trials.</summary>
    public Estimate Measured(NetworkQuantity quantity) => _measured[(int)quantity];

    /// <summary>
    /// One row a quantity: quantity, predicted (the corrected reading), measured, se, z = (measured - predicted)/se, and printed, the limit
    /// as the paper prints it (NaN where it prints none).
    /// </summary>
    public ResultTable ToTable()
    {
        IReadOnlyList<NetworkQuantity> all = NetworkQuantities.All;
        return new ResultTable(
            ResultColumn.Of("quantity", [.. all.Select(q => q.TableName())]),
            ResultColumn.Of("predicted", [.. all.Select(Prediction.Corrected)]),
            ResultColumn.Of("measured", [.. all.Select(q => Measured(q).Mean)]),
            ResultColumn.Of("se", [.. all.Select(q => Measured(q).StandardError)]),
            ResultColumn.Of("z", [.. all.Select(q => Measured(q).Z(Prediction.Corrected(q)))]),
            ResultColumn.Of("printed", [.. all.Select(Prediction.Printed)]));
    }
}
