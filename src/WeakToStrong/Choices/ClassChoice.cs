using WeakToStrong.LinearAlgebra;
using WeakToStrong.Statistics;

namespace WeakToStrong.Choices;

/// <summary>
/// How scores become classes, and how often the right one over the draw of the training rows, on which a row's scores depend as Gaussian
/// numbers. One output: two classes, told apart by the middle of their mean targets. Otherwise one output a class: the largest score wins.
/// </summary>
internal sealed class ClassChoice
{
    private readonly double[] _shares, _means;
    private readonly int[] _classes;
    private readonly double _middle;
    private readonly int _upper;

    /// <summary>A choice.</summary>
    /// <param name="shares">Each class's share of all rows.</param>
    /// <param name="targets">Each class's mean targets, about the overall means.</param>
    /// <param name="means">The overall means of the targets.</param>
    /// <param name="classes">The classes of the rows of the sample.</param>
    public ClassChoice(double[] shares, double[][] targets, double[] means, int[] classes)
    {
        (_shares, Targets, _means, _classes) = (shares, targets, means, classes);
        if (means.Length == 1)
        {
            _middle = 0.5 * (targets[0][0] + targets[1][0]);
            _upper = targets[1][0] > targets[0][0] ? 1 : 0;
        }
    }

    /// <summary>Each class's mean targets, about the overall means.</summary>
    public double[][] Targets { get; }

    /// <summary>Share of rows that are classified rightly.</summary>
    /// <param name="scores">Mean scores of the sample's rows, about the overall means of the targets; one column an output.</param>
    /// <param name="spread">How many times <paramref name="fresh"/> each row's scores vary by.</param>
    /// <param name="fresh">Covariance of outputs, K x K.</param>
    /// <param name="common">Covariance that all rows have besides.</param>
    /// <param name="noises">Noise that knows the classes, each with the rows' products with its directions.</param>
    public double Accuracy(Matrix<float> scores, float[] spread, Matrix<double> fresh, Matrix<double> common,
        IReadOnlyList<(ClassNoise Noise, Matrix<float> Along)> noises)
    {
        int outputs = scores.Columns;
        double[] right = new double[_shares.Length], mean = new double[outputs], covariance = new double[outputs * outputs];
        var counts = new long[_shares.Length];
        for (int i = 0; i < _classes.Length; i++)
        {
            for (int k = 0; k < outputs; k++)
                mean[k] = scores[i, k];
            for (int k = 0; k < covariance.Length; k++)
                covariance[k] = (spread[i] * fresh.Data[k]) + common.Data[k];
            foreach ((ClassNoise noise, Matrix<float> along) in noises)
                noise.AddTo(along.Row(i), _shares, covariance);
            right[_classes[i]] += Right(i, mean, covariance);
            counts[_classes[i]]++;
        }
        double accuracy = 0;
        for (int c = 0; c < _shares.Length; c++)
            accuracy += _shares[c] * right[c] / counts[c];
        return accuracy;
    }

    private double Right(int row, double[] mean, double[] covariance)
    {
        int one = _classes[row];
        if (mean.Length == 1)
            return Positive(one == _upper ? mean[0] - _middle : _middle - mean[0], covariance[0]);
        for (int k = 0; k < mean.Length; k++)
            mean[k] += _means[k];
        if (mean.Length == 2)
            return Positive(one == 0 ? mean[0] - mean[1] : mean[1] - mean[0],
                covariance[0] + covariance[3] - covariance[1] - covariance[2]);
        return LargestOfGaussians.Probability(one, mean, covariance, row);
    }

    /// <summary>P(mean + N(0, variance) > 0).</summary>
    private static double Positive(double mean, double variance) =>
        variance > 0 ? StandardNormal.Distribution(mean / Math.Sqrt(variance)) : 0.5 * (1 + Math.Sign(mean));
}
