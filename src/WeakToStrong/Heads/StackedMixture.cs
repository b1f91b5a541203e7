using WeakToStrong.LinearAlgebra;
using WeakToStrong.Ridge;

namespace WeakToStrong.Heads;

/// <summary>A mixture as what it is: one weighted fit to all rows, by any head.</summary>
internal sealed class StackedMixture(IHead head, FeatureRows many, FeatureRows few) : IMixtureDesign
{
    public IMixtureFit Fit(Matrix<double> weakTargets, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(weakTargets);
        Require.SameLength(many.Count, weakTargets.Rows, nameof(weakTargets));
        return new Labelled(this, weakTargets);
    }

    private sealed class Labelled(StackedMixture mixture, Matrix<double> weakTargets) : IMixtureFit
    {
        public RidgeModels At(int[] kept, Matrix<double> trueTargets, double weight, Grid lambdas, int threads = 1)
        {
            int rows = weakTargets.Rows;
            var targets = new Matrix<double>(rows + kept.Length, weakTargets.Columns);
            weakTargets.Data.CopyTo(targets.Data);
            for (int i = 0; i < kept.Length; i++)
                trueTargets.Row(kept[i]).CopyTo(targets.Row(rows + i));
            double[] weights = new double[targets.Rows];
            Array.Fill(weights, 1, 0, rows);
            Array.Fill(weights, weight, rows, kept.Length);
            FeatureRows all = mixture.Many.With(mixture.Few.Select(kept));
            return mixture.Head.Prepare(all, weights, threads).Fit(targets, threads).At(lambdas, threads);
        }
    }

    private IHead Head => head;

    private FeatureRows Many => many;

    private FeatureRows Few => few;
}
