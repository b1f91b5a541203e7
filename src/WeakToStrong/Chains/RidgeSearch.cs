using WeakToStrong.Functions;

namespace WeakToStrong.Chains;

/// <summary>
/// Searches the ridge of a stage for the least of some error. The search runs over kappa, of which the ridge is an explicit function, so that no step solves
/// for anything. Errors vary only on the scale of the filters s/(s + kappa), so an even scan in log kappa brackets the lowest valley (left out
/// where a single valley is proved), and Brent's method refines it. Ridge 0 is always tried.
/// </summary>
internal static class RidgeSearch
{
    /// <summary>No search asks for more errors than this.</summary>
    public const int MostEvaluations = 60;

    private const int ScanPoints = 25;

    /// <summary>The best ridge and the error there.</summary>
    public static (double Ridge, double Error) Minimise(TrainingStage stage, int threads, bool unimodal, Func<StageErrors, double> error)
    {
        StageErrors zero = stage.At(0, threads);
        double atZero = error(zero), least = double.PositiveInfinity, ridge = 0;
        int evaluations = 1;
        double Try(double y)
        {
            evaluations++;
            StageErrors candidate = stage.AtKappa(Math.Exp(y), threads);
            double value = error(candidate);
            if (value < least)
                (least, ridge) = (value, candidate.Ridge);
            return value;
        }

        double low = Math.Log(zero.Kappa > 0 ? zero.Kappa : 1e-10 * stage.Spectrum.Smallest), high = Math.Log(1e10 * stage.Spectrum.Largest);
        if (!unimodal)
            (low, high) = Scan(Try, low, high, ScanPoints);
        BrentMinimum.Search(Try, low, high, tolerance: 1e-9, MostEvaluations - evaluations);
        // Rounding must not turn "the smaller the better" into a tiny ridge.
        return atZero <= least * (1 + 1e-14) ? (0, atZero) : (ridge, least);
    }

    /// <summary>The neighbourhood of the lowest of evenly spaced points.</summary>
    public static (double Low, double High) Scan(Func<double, double> error, double low, double high, int points)
    {
        double step = (high - low) / (points - 1), least = double.PositiveInfinity;
        int at = 0;
        for (int i = 0; i < points; i++)
        {
            double value = error(low + (i * step));
            if (value < least)
                (least, at) = (value, i);
        }
        return (low + (Math.Max(at - 1, 0) * step), low + (Math.Min(at + 1, points - 1) * step));
    }
}
