namespace WeakToStrong.Chains;

/// <summary>The ridge of least excess error of a stage.</summary>
/// <param name="Errors">The errors there, with the ridge.</param>
/// <param name="Evaluations">How many evaluations of the stage the search took: some 50 for a spectrum of three decades, and one more for
/// each further factor of e.</param>
public sealed record BestRidge(StageErrors Errors, int Evaluations)
{
    internal static BestRidge Of(TrainingStage stage, int threads)
    {
        StageErrors best = default;
        double least = double.PositiveInfinity;
        int evaluations = 0;
        (double ridge, _) = RidgeSearch.Minimise(stage, threads, errors =>
        {
            evaluations++;
            if (errors.ExcessError < least)
                (best, least) = (errors, errors.ExcessError);
            return errors.ExcessError;
        });
        return new BestRidge(ridge == best.Ridge ? best : stage.At(ridge, threads), evaluations);
    }
}
