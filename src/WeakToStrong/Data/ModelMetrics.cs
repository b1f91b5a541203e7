using System.Numerics.Tensors;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Ridge;

namespace WeakToStrong.Data;

/// <summary>More about a classifier on test rows than its error and accuracy.</summary>
/// <param name="BalancedAccuracy">Mean over the classes that occur of the share of their rows that are classified right.</param>
/// <param name="Auc">Area under the ROC curve, one class against the rest, mean over the classes that occur and do not fill all rows; a tie
/// counts one half. NaN when there is no such class.</param>
/// <param name="LogLoss">Mean of -log p(true class). Scores of ridge regression are clipped to 0 and 1 and divided by their sum first;
/// probabilities are clipped at 2^-52.</param>
/// <param name="CalibrationError">Expected calibration error (Guo et al. 2017): rows in 15 bins by the largest probability p, the mean over
/// rows of |share of right ones - mean p| of their bin.</param>
public readonly record struct ModelMetrics(double BalancedAccuracy, double Auc, double LogLoss, double CalibrationError)
{
    private const int Bins = 15;
    private const double Smallest = 2.220446049250313e-16;

    /// <summary>Nothing was measured.</summary>
    public static ModelMetrics None { get; } = new(double.NaN, double.NaN, double.NaN, double.NaN);

    /// <summary>Measures scores.</summary>
    /// <param name="scores">One row a row, one column a class.</param>
    /// <param name="truth">True classes of these rows.</param>
    public static ModelMetrics Of(Matrix<double> scores, TrueLabels truth)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(truth);
        Require.SameLength(scores.Rows, truth.Count, nameof(truth));
        if (scores.Rows == 0 || !truth.IsClassification)
            return None;
        int classes = scores.Columns;
        var counts = new int[classes];
        var right = new int[classes];
        for (int i = 0; i < scores.Rows; i++)
        {
            int label = truth.ClassOf(i);
            counts[label]++;
            right[label] += TensorPrimitives.IndexOfMax<double>(scores.Row(i)) == label ? 1 : 0;
        }
        int[] occurring = [.. Enumerable.Range(0, classes).Where(k => counts[k] > 0)];
        (double loss, double calibration) = OfProbabilities(scores, truth);
        // Of two classes the second is judged, as the first is its mirror image when scores add up to one.
        int[] against = classes == 2 ? [.. occurring.Where(k => k == 1 && counts[0] > 0)]
            : [.. occurring.Where(k => counts[k] < scores.Rows)];
        return new ModelMetrics(
            occurring.Average(k => (double)right[k] / counts[k]),
            against.Length == 0 ? double.NaN : against.Average(k => AreaUnderCurve(scores, truth, k, counts[k])), loss, calibration);
    }

    /// <summary>The share of pairs of a row of the class and one of another whose scores are in the right order.</summary>
    private static double AreaUnderCurve(Matrix<double> scores, TrueLabels truth, int label, int positives)
    {
        var column = new double[scores.Rows];
        var isPositive = new bool[scores.Rows];
        for (int i = 0; i < column.Length; i++)
            (column[i], isPositive[i]) = (scores[i, label], truth.ClassOf(i) == label);
        Array.Sort(column, isPositive);
        double ranks = 0; // of the positives, those of equal scores shared
        for (int first = 0; first < column.Length;)
        {
            int end = first, here = 0;
            for (; end < column.Length && column[end] == column[first]; end++)
                here += isPositive[end] ? 1 : 0;
            ranks += here * ((first + end + 1) / 2.0);
            first = end;
        }
        double pairs = (double)positives * (column.Length - positives);
        return (ranks - (positives * (positives + 1.0) / 2)) / pairs;
    }

    private static (double LogLoss, double Calibration) OfProbabilities(Matrix<double> scores, TrueLabels truth)
    {
        double loss = 0;
        double[] sure = new double[Bins], right = new double[Bins];
        var row = new double[scores.Columns];
        for (int i = 0; i < scores.Rows; i++)
        {
            int label = truth.ClassOf(i), choice = TensorPrimitives.IndexOfMax<double>(scores.Row(i));
            TensorPrimitives.Clamp(scores.Row(i), 0, 1, row);
            double sum = TensorPrimitives.Sum<double>(row);
            if (sum > 0)
                TensorPrimitives.Divide(row, sum, row);
            else
                row.AsSpan().Fill(1.0 / row.Length);
            loss -= Math.Log(Math.Max(row[label], Smallest));
            int bin = Math.Clamp((int)Math.Ceiling(row[choice] * Bins) - 1, 0, Bins - 1);
            sure[bin] += row[choice];
            right[bin] += choice == label ? 1 : 0;
        }
        double apart = 0;
        for (int bin = 0; bin < Bins; bin++)
            apart += Math.Abs(sure[bin] - right[bin]);
        return (loss / scores.Rows, apart / scores.Rows);
    }
}
