using WeakToStrong.Functions;

namespace WeakToStrong.Chains;

/// <summary>The weight that the rows of one group of a mixed training set deserve: the one of least excess error when the ridge is tuned
/// along with it.</summary>
/// <param name="Weight">The weight, relative to those of the other groups.</param>
/// <param name="Errors">The errors at that weight and its best ridge.</param>
public sealed record BestWeight(double Weight, StageErrors Errors)
{
    // Beyond a factor of a million either way a group is alone or absent.
    private const double Extreme = 13.8;
    private const int ScanPoints = 15;

    /// <summary>Finds the weight.</summary>
    /// <param name="groups">The training set.</param>
    /// <param name="group">Index of the group whose weight is sought; its given weight is ignored.</param>
    /// <param name="penalty">Omega; null is the identity.</param>
    /// <param name="threads">Threads to use; does not change the result.</param>
    public static BestWeight Of(IReadOnlyList<RowGroup> groups, int group, Penalty? penalty = null, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentOutOfRangeException.ThrowIfNegative(group);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(group, groups.Count);
        RowGroup[] trial = [.. groups];
        RowGroup sought = trial[group];
        var best = new BestWeight(1, default);
        double least = double.PositiveInfinity;
        double Error(double logWeight)
        {
            trial[group] = new RowGroup(sought.Labels, sought.Rows, sought.LabelNoise, Math.Exp(logWeight));
            StageErrors errors = new TrainingStage(trial, penalty).Best(threads).Errors;
            if (errors.ExcessError < least)
                (best, least) = (new BestWeight(trial[group].Weight, errors), errors.ExcessError);
            return errors.ExcessError;
        }
        var search = new ValleySearch(Error);
        for (int i = 0; i < ScanPoints; i++)
            search.Sample(-Extreme + (i * 2 * Extreme / (ScanPoints - 1)));
        search.Refine(tolerance: 1e-6, most: 40);
        return best;
    }
}
