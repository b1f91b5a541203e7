using WeakToStrong.LinearAlgebra;
using WeakToStrong.Randomness;

namespace WeakToStrong.Chains.Simulation;

/// <summary>
/// Jointly Gaussian rows of all views and the target: white features of every view, then y, drawn as a factor of their joint covariance
/// times independent normal numbers.
/// </summary>
internal sealed class JointRows
{
    private const double Tolerance = 1e-5;

    private readonly Matrix<double> _factor;

    public JointRows(Views views, IReadOnlyList<TrialView> parts)
    {
        Offsets = new int[parts.Count];
        for (int i = 1; i < parts.Count; i++)
            Offsets[i] = Offsets[i - 1] + parts[i - 1].Kept.Length;
        TargetIndex = Offsets[^1] + parts[^1].Kept.Length;
        var joint = new Matrix<double>(Width, Width);
        for (int i = 0; i < parts.Count; i++)
        {
            TrialView view = parts[i];
            for (int k = 0; k < view.Kept.Length; k++)
            {
                joint[Offsets[i] + k, Offsets[i] + k] = 1;
                joint[TargetIndex, Offsets[i] + k] = view.Scale[k] * view.Target[k];
            }
            for (int j = 0; j < i; j++)
                FillCross(joint, views, view, Offsets[i], parts[j], Offsets[j]);
        }
        joint[TargetIndex, TargetIndex] = Math.Max(
            views.TargetVariance, parts.Max(p => p.Population.SignalVariance + p.Population.ResidualVariance));
        _factor = Root(joint);
    }

    /// <summary>Column of each view's first feature.</summary>
    public int[] Offsets { get; }

    /// <summary>Column of y.</summary>
    public int TargetIndex { get; }

    /// <summary>Number of columns.</summary>
    public int Width => TargetIndex + 1;

    /// <summary>Draws rows into a matrix with <see cref="Width"/> columns, using another of the same shape as scratch.</summary>
    public void Draw(RandomStream random, Matrix<double> rows, Matrix<double> scratch)
    {
        random.FillNormal(scratch.Data);
        Dense.Multiply(scratch, _factor, rows);
    }

    private static void FillCross(Matrix<double> joint, Views views, TrialView first, int row, TrialView second, int column)
    {
        if (!views.Connects(first.Population.View!, second.Population.View!))
            throw new InputException($"the views '{second.Population.View}' and '{first.Population.View}' have no [[cross]], so their rows "
                + "cannot be drawn together");
        Matrix<double> map = views.Between(first.Population, second.Population).Map;
        for (int k = 0; k < first.Kept.Length; k++)
        {
            for (int l = 0; l < second.Kept.Length; l++)
                joint[row + k, column + l] = map[first.Kept[k], second.Kept[l]];
        }
    }

    /// <summary>The symmetric root of a covariance.</summary>
    private static Matrix<double> Root(Matrix<double> covariance)
    {
        double scale = Math.Sqrt(covariance[covariance.Rows - 1, covariance.Rows - 1]);
        // The target to unit variance, so that one tolerance judges all directions.
        for (int j = 0; j < covariance.Rows; j++)
            covariance[covariance.Rows - 1, j] /= scale;
        covariance[covariance.Rows - 1, covariance.Rows - 1] /= scale;
        double[] values = Dense.SymmetricEigen(covariance);
        if (values[0] < -Tolerance)
        {
            throw new InputException("the views cannot have these covariances together: the joint covariance of their white features has "
                + FormattableString.Invariant($"an eigenvalue {values[0]:g6}"));
        }
        Matrix<double> scaled = covariance.Copy(), root = new(covariance.Rows, covariance.Rows);
        for (int i = 0; i < scaled.Rows; i++)
        {
            for (int j = 0; j < scaled.Columns; j++)
                scaled[i, j] *= Math.Sqrt(Math.Max(0, values[j]));
        }
        Dense.Multiply(scaled, covariance, root, transposeB: true);
        for (int i = 0; i < root.Rows; i++)
            root[i, root.Columns - 1] *= scale;
        return root;
    }
}
