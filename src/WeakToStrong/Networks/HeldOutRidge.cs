using WeakToStrong.LinearAlgebra;
using WeakToStrong.Ridge;

namespace WeakToStrong.Networks;

/// <summary>
/// A readout fitted by ridge regression on fixed features, argmin (1/m) sum_i (y_i - phi_i'b)^2 + lambda ||b||^2 without an intercept, with
/// lambda chosen on held-out data: the last fifth of the samples takes no part in the fit and chooses among 17 values from 1e-4 to 1e4.
/// </summary>
internal static class HeldOutRidge
{
    private const double Share = 0.2;

    /// <summary>The ridges to choose from.</summary>
    public static Grid Ridges { get; } = Grid.Logarithmic(1e-4, 1e4, 17);

    /// <summary>How many of the samples are fitted to; the rest chooses the ridge.</summary>
    public static int FitRows(int samples) => samples - Math.Max(1, (int)(samples * Share));

    /// <summary>The fitted readout, one weight a feature, and the ridge that was chosen.</summary>
    /// <param name="features">phi, one sample a row, at least 3 rows.</param>
    /// <param name="labels">y.</param>
    /// <param name="threads">Most threads to use.</param>
    public static (float[] Readout, double Ridge) Fit(Matrix<double> features, ReadOnlySpan<double> labels, int threads)
    {
        int m = FitRows(features.Rows), heldOut = features.Rows - m;
        var train = new FeatureRows(features, [.. Enumerable.Range(0, m)]);
        var check = new FeatureRows(features, [.. Enumerable.Range(m, heldOut)]);
        var targets = new Matrix<double>(m, 1, labels[..m].ToArray());
        RidgeModels models = RidgeFactorisation.Of(train, threads, intercept: false).Fit(targets, threads).At(Ridges, threads);

        double bestError = double.PositiveInfinity;
        int best = Ridges.Count - 1;
        for (int l = 0; l < Ridges.Count; l++)
        {
            double error = SquaredError(models.Predict(check, l, threads), labels[m..]);
            if (error < bestError)
                (bestError, best) = (error, l);
        }
        var readout = new float[features.Columns];
        for (int j = 0; j < readout.Length; j++)
            readout[j] = (float)models.Coefficient(best, j, 0);
        return (readout, Ridges[best]);
    }

    private static double SquaredError(Matrix<double> predicted, ReadOnlySpan<double> labels)
    {
        double sum = 0;
        for (int i = 0; i < labels.Length; i++)
            sum += (labels[i] - predicted[i, 0]) * (labels[i] - predicted[i, 0]);
        return sum;
    }
}
