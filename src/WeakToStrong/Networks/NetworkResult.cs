using WeakToStrong.Statistics;
using WeakToStrong.Tables;

namespace WeakToStrong.Networks;

/// <summary>What the trials of a <see cref="NetworkExperiment"/> measured, beside what theory predicts.</summary>
public sealed class NetworkResult
{
    private readonly Estimate[] _measured;

    internal NetworkResult(NetworkExperiment experiment, int trials, bool interrupted, Estimate[] measured)
    {
        Experiment = experiment;
        Trials = trials;
        Interrupted = interrupted;
        Prediction = new NetworkPrediction(experiment);
        _measured = measured;
    }

    /// <summary>The setting.</summary>
    public NetworkExperiment Experiment { get; }

    /// <summary>How many trials were finished.</summary>
    public int Trials { get; }

    /// <summary>Whether the run was stopped before all trials were done.</summary>
    public bool Interrupted { get; }

    /// <summary>The predictions.</summary>
    public NetworkPrediction Prediction { get; }

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
