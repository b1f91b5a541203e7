using WeakToStrong.Chains;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Choices;

/// <summary>
/// Second moments of weak features u, strong features v and targets y of the same rows, prepared: one eigendecomposition a view and the map
/// between their white features. All that the theory of two views needs, whatever sample sizes and ridges are asked for later. Immutable
/// and safe to share between threads.
/// </summary>
public sealed class PairMoments
{
    private PairMoments(PairSide weak, PairSide strong, CrossMap strongFromWeak)
    {
        Weak = weak;
        Strong = strong;
        StrongFromWeak = strongFromWeak;
    }

    /// <summary>Number of outputs K.</summary>
    public int Outputs => Weak.Truth.Rows;

    /// <summary>The error, summed over outputs, of the best linear predictor from the weak features.</summary>
    public double WeakResidual => Weak.Residual.Trace();

    /// <summary>The error, summed over outputs, of the best linear predictor from the strong features.</summary>
    public double StrongResidual => Strong.Residual.Trace();

    /// <summary>Whether accuracies can be predicted.</summary>
    public bool HasClasses => Choice is not null;

    /// <summary>Rows that the moments were estimated from; 0 when they were given.</summary>
    public long Rows { get; private init; }

    internal PairSide Weak { get; }

    internal PairSide Strong { get; }

    internal CrossMap StrongFromWeak { get; }

    /// <summary>How scores become a class; null without classes.</summary>
    internal ClassChoice? Choice { get; private init; }

    /// <summary>Moments that are given, without classes.</summary>
    /// <param name="weak">E uu', p_w x p_w.</param>
    /// <param name="strong">E vv', p_s x p_s.</param>
    /// <param name="cross">E uv', p_w x p_s.</param>
    /// <param name="weakTarget">E uy', p_w x K.</param>
    /// <param name="strongTarget">E vy', p_s x K.</param>
    /// <param name="target">E yy', K x K.</param>
    /// <param name="threads">Threads to use; does not change the result.</param>
    /// <exception cref="ArgumentException">Shapes differ, or no random vectors have these moments; the message says
    /// which and why.</exception>
    public static PairMoments Of(
        Matrix<double> weak, Matrix<double> strong, Matrix<double> cross, Matrix<double> weakTarget, Matrix<double> strongTarget,
        Matrix<double> target, int threads = 1) =>
        Of(new RawMoments(weak, strong, cross, weakTarget, strongTarget, target), 0, null, threads);

    internal static PairMoments Of(RawMoments raw, long rows, RawClasses? classes, int threads)
    {
        Require.SameLength(raw.Weak.Rows, raw.Cross.Rows, "cross");
        Require.SameLength(raw.Strong.Rows, raw.Cross.Columns, "cross");
        ViewBasis weak = ViewBasis.Of(raw.Weak, "the covariance of the weak features", threads);
        ViewBasis strong = ViewBasis.Of(raw.Strong, "the covariance of the strong features", threads);
        var map = new CrossMap(strong.Whiten(weak, raw.Cross.Transposed(), threads));
        var moments = new PairMoments(
            PairSide.Of(weak, raw.WeakTarget, raw.Target, rows, classes?.Weak, threads),
            PairSide.Of(strong, raw.StrongTarget, raw.Target, rows, classes?.Strong, threads),
            map)
        {
            Rows = rows,
            Choice = classes?.Choice,
        };
        if (rows == 0)
            moments.RequirePossible(raw.Target, threads);
        return moments;
    }

    private void RequirePossible(Matrix<double> target, int threads)
    {
        var seen = new double[Strong.Basis.Spectrum.Padded.Length];
        var left = new double[Weak.Basis.Dimension];
        for (int k = 0; k < Outputs; k++)
        {
            StrongFromWeak.Reverse.Mean(Strong.Truth.Row(k), seen);
            for (int j = 0; j < left.Length; j++)
                left[j] = Weak.Truth[k, j] - seen[j];
            if (!StrongFromWeak.IsPossible(left, Strong.Residual[k, k], target[k, k], threads))
                throw new ArgumentException(
                    "the moments are impossible: weak features, strong features and target cannot have these covariances together");
        }
    }
}

/// <summary>Second moments as they are given or counted.</summary>
internal sealed record RawMoments(
    Matrix<double> Weak, Matrix<double> Strong, Matrix<double> Cross, Matrix<double> WeakTarget, Matrix<double> StrongTarget,
    Matrix<double> Target);

/// <summary>What accuracies need: how classes are chosen, and a sample of rows of both views, centred.</summary>
internal sealed record RawClasses(ClassChoice Choice, RawSample Weak, RawSample Strong);

/// <summary>Rows of one view, centred, and the mean of each class over all rows, one row a class.</summary>
internal sealed record RawSample(Matrix<double> Rows, Matrix<double> ClassMeans);

/// <summary>One view of a pair, in its signal coordinates.</summary>
internal sealed class PairSide
{
    private PairSide(ViewBasis basis, Matrix<double> truth, Matrix<double> residual, RowSample? sample)
    {
        Basis = basis;
        Truth = truth;
        Residual = residual;
        Sample = sample;
    }

    public ViewBasis Basis { get; }

    /// <summary>The best linear predictor, one row an output.</summary>
    public Matrix<double> Truth { get; }

    /// <summary>Covariance of what it leaves unexplained, K x K.</summary>
    public Matrix<double> Residual { get; }

    /// <summary>Rows on which accuracies are predicted; null without classes.</summary>
    public RowSample? Sample { get; }

    public static PairSide Of(ViewBasis basis, Matrix<double> targetMoments, Matrix<double> target, long rows, RawSample? sample,
        int threads)
    {
        Require.SameLength(basis.Dimension, targetMoments.Rows, "target");
        int outputs = target.Rows;
        Matrix<double> white = basis.Whiten(targetMoments, threads), truth = new(outputs, basis.Spectrum.Padded.Length),
            residual = target.Copy();
        for (int j = 0; j < basis.Dimension; j++)
        {
            for (int k = 0; k < outputs; k++)
                truth[k, j] = white[j, k];
        }
        // A fit to N rows explains part of its own noise: what is left is too small by (N - p)/N.
        double unbias = rows == 0 ? 1 : rows / (double)(rows - basis.Spectrum.Rank);
        for (int k = 0; k < outputs; k++)
        {
            for (int l = 0; l < outputs; l++)
                residual[k, l] = unbias * (residual[k, l] - System.Numerics.Tensors.TensorPrimitives.Dot<double>(truth.Row(k),
                    truth.Row(l)));
            if (residual[k, k] < -1e-9 * target[k, k])
                throw new ArgumentException(FormattableString.Invariant(
                    $"the features explain more than the variance of the target, {target[k, k]:g6}"));
            residual[k, k] = Math.Max(0, residual[k, k]);
        }
        // Its coefficients hold that noise too, each with variance residual/N.
        for (int k = 0; rows > 0 && k < outputs; k++)
        {
            foreach (ref double b in truth.Row(k))
                b = Math.CopySign(Math.Sqrt(Math.Max(0, (b * b) - (residual[k, k] / rows))), b);
        }
        return new PairSide(basis, truth, residual, sample is null ? null : new RowSample(basis, sample, threads));
    }
}
