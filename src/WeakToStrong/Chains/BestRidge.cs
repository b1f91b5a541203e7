namespace WeakToStrong.Chains;

/// <summary>The ridge of least excess error of a stage.</summary>
/// <param name="Errors">The errors there, with the ridge.</param>
/// <param name="Evaluations">How many evaluations of the stage the search took; at most <see cref="MostEvaluations"/>.</param>
public sealed record BestRidge(StageErrors Errors, int Evaluations)
{
    /// <summary>No search takes more evaluations than this.</summary>
    public const int MostEvaluations = 60;

    private const int ScanPoints = 25;

    /// <summary>
    /// Searches over kappa, of which the ridge is an explicit function, so that an evaluation solves nothing. The error can only vary on the
    /// scale of the filters s/(s + kappa): an even scan in log kappa brackets the lowest valley (left out where one valley is proved), and Brent's method refines it.
    /// Ridge 0 is always tried.
    /// </summary>
    internal static BestRidge Of(TrainingStage stage, int threads)
    {
        int evaluations = 1;
        StageErrors best = stage.At(0, threads);
        StageErrors zero = best;
        double Error(double y)
        {
            evaluations++;
            StageErrors errors = stage.AtKappa(Math.Exp(y), threads);
            if (errors.ExcessError < best.ExcessError)
                best = errors;
            return errors.ExcessError;
        }

        Spectrum spectrum = stage.Spectrum;
        double low = Math.Log(zero.Kappa > 0 ? zero.Kappa : 1e-10 * spectrum.Smallest), high = Math.Log(1e10 * spectrum.Largest);
        if (!stage.IsUnimodal)
            (low, high) = Scan(Error, low, high);
        BrentMinimum.Search(Error, low, high, tolerance: 1e-9, MostEvaluations - evaluations);
        // Rounding must not turn "the smaller the better" into a tiny ridge.
        return new BestRidge(zero.ExcessError <= best.ExcessError * (1 + 1e-14) ? zero : best, evaluations);
    }

    private static (double Low, double High) Scan(Func<double, double> error, double low, double high)
    {
        double step = (high - low) / (ScanPoints - 1), least = double.PositiveInfinity;
        int at = 0;
        for (int i = 0; i < ScanPoints; i++)
        {
            double value = error(low + (i * step));
            if (value < least)
                (least, at) = (value, i);
        }
        return (low + (Math.Max(at - 1, 0) * step), low + (Math.Min(at + 1, ScanPoints - 1) * step));
    }
}
