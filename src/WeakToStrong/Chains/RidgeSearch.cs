using WeakToStrong.Functions;

namespace WeakToStrong.Chains;

/// <summary>
/// Searches the ridge of a stage for the least of some error. The search runs over y = log kappa, of which the ridge is an explicit
/// function, so that no step solves for anything. Errors are built from the filters s_j/(s_j + kappa), which change within a few units of y
/// around log s_j and are exponentials of y elsewhere: one sample a unit near the eigenvalues and one in two units in the gaps and beyond
/// the ends shows every valley. Ridge 0 is always tried. Derived in docs/beyond.md.
/// </summary>
internal static class RidgeSearch
{
    private const double Tolerance = 1e-9;
    private const int MostInValley = 40;

    // Beyond this distance of log kappa from every log s_j a filter is an exponential to 2%.
    private const int Near = 4;
    private const int MostSplits = 40;

    /// <summary>The best ridge and the error there.</summary>
    public static (double Ridge, double Error) Minimise(TrainingStage stage, int threads, Func<StageErrors, double> error)
    {
        StageErrors zero = stage.At(0, threads);
        double atZero = error(zero), least = double.PositiveInfinity, ridge = 0, z = 0;
        double Try(double y)
        {
            StageErrors candidate = stage.AtKappa(Math.Exp(y), threads, out z);
            double value = error(candidate);
            if (value < least)
                (least, ridge) = (value, candidate.Ridge);
            return double.IsNaN(value) ? double.PositiveInfinity : value;
        }

        // Near kappa = 0 the error is E(0) (1 - O(n kappa/s_min)): below the first sample nothing is to be gained.
        double start = Math.Log(zero.Kappa > 0 ? zero.Kappa : 1e-9 / stage.Rows * stage.Spectrum.Smallest);
        var search = new ValleySearch(Try);
        search.Sample(start);
        double y = start, lastZ = stage.WithinWeights(z);
        foreach (int next in stage.Spectrum.SampleExponents(Near).Where(next => next > start))
        {
            search.Sample(next);
            double nextZ = stage.WithinWeights(z);
            Between(y, lastZ, next, nextZ, MostSplits);
            (y, lastZ) = (next, nextZ);
        }
        // Beyond the spectrum the error is a parabola in 1/kappa, whose vertex may lie anywhere: a weak signal wants a huge ridge.
        do
            y += 2;
        while (search.Sample(y) && y < 690);
        search.Refine(Tolerance, MostInValley);
        // Rounding must not turn "the smaller the better" into a tiny ridge.
        return atZero <= least * (1 + 1e-14) ? (0, atZero) : (ridge, least);

        // Groups of very different weight hand over to each other on the scale of log z, which may pass within a sliver of y.
        void Between(double low, double lowZ, double high, double highZ, int splits)
        {
            double middle = 0.5 * (low + high);
            if (splits == 0 || highZ <= 8 * lowZ || middle <= low || middle >= high)
                return;
            search.Sample(middle);
            double middleZ = stage.WithinWeights(z);
            Between(low, lowZ, middle, middleZ, splits - 1);
            Between(middle, middleZ, high, highZ, splits - 1);
        }
    }
}
