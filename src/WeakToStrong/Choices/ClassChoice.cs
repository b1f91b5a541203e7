using WeakToStrong.Statistics;

namespace WeakToStrong.Choices;

/// <summary>
/// How scores become classes, and how often the right one when the scores of a class are jointly Gaussian. One output: two classes, told apart by the middle
/// of their mean targets. Otherwise one output a class: the largest score wins.
/// </summary>
internal sealed class ClassChoice
{
    private readonly double[] _shares, _means;
    private readonly double _middle;
    private readonly int[] _signs;

    /// <summary>A choice.</summary>
    /// <param name="shares">Each class's share of the rows.</param>
    /// <param name="targets">Each class's mean targets, about the overall means.</param>
    /// <param name="means">The overall means of the targets.</param>
    public ClassChoice(double[] shares, double[][] targets, double[] means)
    {
        _shares = shares;
        _means = means;
        if (means.Length == 1)
        {
            _middle = 0.5 * (targets[0][0] + targets[1][0]);
            int sign = Math.Sign(targets[1][0] - targets[0][0]);
            _signs = [-sign, sign];
        }
        else
        {
            _signs = [];
        }
    }

    /// <summary>Number of classes.</summary>
    public int Count => _shares.Length;

    /// <summary>Share of rows that are classified rightly.</summary>
    /// <param name="scores">Mean and covariance (K x K, row-major) of the scores of a class, about the overall means of the targets.</param>
    public double Accuracy(Func<int, (double[] Mean, double[] Covariance)> scores)
    {
        double accuracy = 0;
        for (int c = 0; c < Count; c++)
        {
            (double[] mean, double[] covariance) = scores(c);
            accuracy += _shares[c] * Right(c, mean, covariance);
        }
        return accuracy;
    }

    private double Right(int c, double[] mean, double[] covariance)
    {
        if (mean.Length == 1)
            return Positive(_signs[c] * (mean[0] - _middle), covariance[0]);
        for (int k = 0; k < mean.Length; k++)
            mean[k] += _means[k];
        if (mean.Length == 2)
            return Positive(c == 0 ? mean[0] - mean[1] : mean[1] - mean[0], covariance[0] + covariance[3] - covariance[1] - covariance[2]);
        return LargestOfGaussians.Probability(c, mean, covariance);
    }

    /// <summary>P(mean + N(0, variance) > 0).</summary>
    private static double Positive(double mean, double variance) =>
        variance > 0 ? StandardNormal.Distribution(mean / Math.Sqrt(variance)) : 0.5 * (1 + Math.Sign(mean));
}
