using WeakToStrong.Data.Decision;
using WeakToStrong.Statistics;

namespace WeakToStrong.Data.Experiment;

/// <summary>
/// Random splits of one data set share rows, and their scatter does not show what they share: the noise of the test rows, of which each
/// split has a part, and the rows that they train on in common. Both are added to the error of a mean over splits.
/// </summary>
/// <param name="Splits">How many splits.</param>
/// <param name="Tested">Test rows of a split.</param>
/// <param name="All">Labelled rows of the data set, from which they are drawn.</param>
/// <param name="Trained">Rows of a split that a model learns from.</param>
internal readonly record struct SplitOverlap(int Splits, int Tested, int All, int Trained)
{
    /// <summary>Variances of means over splits.</summary>
    /// <param name="ofSplits">Those between splits.</param>
    /// <param name="ofRows">Those between test rows of a split.</param>
    public PairVariance OfMeans(PairVariance ofSplits, PairVariance ofRows)
    {
        double shared = Math.Min(ChoiceScores.LargestOverlap, (double)Trained / All), tested = Math.Min(1, (double)Tested / All);
        PairVariance ofTraining = ofSplits.Beyond(ofRows * ((1 - tested) / Tested)) * (1 / (1 - shared));
        return (ofSplits * (1.0 / Splits)) + (ofRows * (1.0 / All)) + (ofTraining * shared);
    }

    /// <summary>Degrees of freedom of a variance of <see cref="OfMeans"/>, by Satterthwaite (1946): the scatter of few splits is known
    /// badly, the noise of many test rows well.</summary>
    /// <param name="ofMeans">The variance.</param>
    /// <param name="ofRows">That between test rows of a split.</param>
    public long Freedom(double ofMeans, double ofRows)
    {
        double share = (ofMeans - (ofRows / All)) / ofMeans, most = All - 1.0;
        return (long)(share > 0 ? Math.Min(most, (Splits - 1) / (share * share)) : most);
    }

    /// <summary>A mean over splits with its standard error.</summary>
    /// <param name="values">One a split.</param>
    /// <param name="errors">Each one's standard error over its test rows.</param>
    public Estimate Mean(ReadOnlySpan<double> values, ReadOnlySpan<double> errors)
    {
        double ofRows = 0;
        foreach (double error in errors)
            ofRows += error * error * Tested / errors.Length;
        var plain = Estimate.Of(values);
        double ofSplits = plain.StandardError * plain.StandardError * values.Length;
        PairVariance of = OfMeans(new PairVariance(ofSplits, 0, ofSplits), new PairVariance(ofRows, 0, ofRows));
        return plain with { StandardError = Math.Sqrt(of.Top) };
    }
}
