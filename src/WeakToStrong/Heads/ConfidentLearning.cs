using System.Numerics.Tensors;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Ridge;

namespace WeakToStrong.Heads;

/// <summary>
/// Burns et al. (2023)'s confidence loss: a student learns from (1 - A) times the weak labels plus A times its own choices, so that it may
/// keep what it is sure of. Its choices are thresholded so that each class has about the share of the weak labels: the class whose score is
/// furthest above the quantile that this share asks for. Fitted again until no choice changes, at most <see cref="MostRounds"/> times, for
/// each ridge by itself.
/// </summary>
public static class ConfidentLearning
{
    /// <summary>The most rounds after the first fit.</summary>
    public const int MostRounds = 20;

    /// <summary>Fits students.</summary>
    /// <param name="design">The student's rows.</param>
    /// <param name="weak">Their weak labels, one column a class.</param>
    /// <param name="lambdas">Ridges.</param>
    /// <param name="confidence">A, from 0 to 1; 0 is plain learning from weak labels.</param>
    /// <param name="threads">The largest number of threads to use.</param>
    public static RidgeModels Fit(IHeadDesign design, Matrix<double> weak, Grid lambdas, double confidence, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(design);
        ArgumentNullException.ThrowIfNull(weak);
        ArgumentNullException.ThrowIfNull(lambdas);
        Require.InUnitInterval(confidence);
        if (confidence == 0)
            return design.Fit(weak, threads).At(lambdas, threads);
        RidgeModels first = design.Fit(weak, threads).At(lambdas, threads);
        double[] shares = Shares(weak);
        return RidgeModels.Join([.. Enumerable.Range(0, lambdas.Count)
            .Select(l => Settle(design, weak, shares, first.At(l), confidence, threads).Model)]);
    }

    /// <summary>The student of one ridge, and the targets at which it settled.</summary>
    internal static (RidgeModels Model, Matrix<double> Targets) Settle(
        IHeadDesign design, Matrix<double> weak, Grid lambda, double confidence, int threads) =>
        Settle(design, weak, Shares(weak), design.Fit(weak, threads).At(lambda, threads), confidence, threads);

    private static (RidgeModels Model, Matrix<double> Targets) Settle(
        IHeadDesign design, Matrix<double> weak, double[] shares, RidgeModels model, double confidence, int threads)
    {
        Matrix<double> targets = weak;
        int[] choices = Choose(model.Predict(design.Rows, 0, threads), shares);
        for (int round = 0; round < MostRounds; round++)
        {
            targets = Blend(weak, choices, confidence);
            model = design.Fit(targets, threads).At(model.Lambdas, threads);
            int[] next = Choose(model.Predict(design.Rows, 0, threads), shares);
            if (next.AsSpan().SequenceEqual(choices))
                break;
            choices = next;
        }
        return (model, targets);
    }

    /// <summary>The class of each row whose score is furthest above the quantile that leaves the class its share.</summary>
    internal static int[] Choose(Matrix<double> scores, double[] shares)
    {
        var thresholds = new double[scores.Columns];
        var column = new double[scores.Rows];
        for (int k = 0; k < scores.Columns; k++)
        {
            for (int i = 0; i < column.Length; i++)
                column[i] = scores[i, k];
            Array.Sort(column);
            double above = shares[k] * column.Length; // how many rows lie above the threshold
            int at = column.Length - (int)Math.Round(above);
            thresholds[k] = at <= 0 ? column[0] - 1 : at >= column.Length ? column[^1] + 1 : (column[at - 1] + column[at]) / 2;
        }
        var choices = new int[scores.Rows];
        var apart = new double[scores.Columns];
        for (int i = 0; i < choices.Length; i++)
        {
            TensorPrimitives.Subtract(scores.Row(i), thresholds, apart);
            choices[i] = TensorPrimitives.IndexOfMax<double>(apart);
        }
        return choices;
    }

    private static double[] Shares(Matrix<double> weak)
    {
        var shares = new double[weak.Columns];
        for (int i = 0; i < weak.Rows; i++)
            shares[TensorPrimitives.IndexOfMax<double>(weak.Row(i))] += 1.0 / weak.Rows;
        return shares;
    }

    private static Matrix<double> Blend(Matrix<double> weak, int[] choices, double confidence)
    {
        Matrix<double> targets = weak.Copy();
        TensorPrimitives.Multiply(targets.Data, 1 - confidence, targets.Data);
        for (int i = 0; i < choices.Length; i++)
            targets[i, choices[i]] += confidence;
        return targets;
    }
}
