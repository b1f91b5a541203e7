using System.Numerics.Tensors;

namespace WeakToStrong.Ridge;

/// <summary>How a linear model's weighted sums of features become its scores.</summary>
public enum Link
{
    /// <summary>The sums themselves.</summary>
    Identity,

    /// <summary>One sum t for two classes: 1 - 1/(1 + e^-t) and 1/(1 + e^-t).</summary>
    Logistic,

    /// <summary>Probabilities e^t_k / sum e^t_j of several classes.</summary>
    Softmax,
}

/// <summary>What links do.</summary>
internal static class LinkFunctions
{
    // A vectorised exponential treats a vector with an extreme entry differently to the last bit, and which entries share one depends on
    // where the array lies.
    private const double Extreme = 700;

    /// <summary>From sums to scores in place; for <see cref="Link.Logistic"/> the sum is the last of the two.</summary>
    public static void Apply(this Link link, Span<double> scores)
    {
        switch (link)
        {
            case Link.Logistic:
                Logistic(scores[1..]);
                scores[0] = 1 - scores[1];
                break;
            case Link.Softmax:
                Softmax(scores, scores.Length, scores.Length);
                break;
            case Link.Identity:
                break;
        }
    }

    /// <summary>1/(1 + e^-t) of every entry, in place.</summary>
    public static void Logistic(Span<double> sums)
    {
        TensorPrimitives.Clamp(sums, -Extreme, Extreme, sums);
        TensorPrimitives.Sigmoid(sums, sums);
    }

    /// <summary>The softmax of the first <paramref name="outputs"/> entries of every row of <paramref name="stride"/>, in place; the
    /// others become 0.</summary>
    public static void Softmax(Span<double> sums, int outputs, int stride)
    {
        for (int i = 0; i < sums.Length; i += stride)
        {
            Span<double> row = sums.Slice(i, outputs);
            double top = row[0];
            for (int k = 1; k < row.Length; k++)
                top = Math.Max(top, row[k]);
            for (int k = 0; k < row.Length; k++)
                row[k] = Math.Max(row[k] - top, -Extreme);
            sums.Slice(i + outputs, stride - outputs).Clear();
        }
        TensorPrimitives.Exp(sums, sums);
        for (int i = 0; i < sums.Length; i += stride)
        {
            Span<double> row = sums.Slice(i, outputs);
            double sum = 0;
            for (int k = 0; k < row.Length; k++)
                sum += row[k];
            double scale = 1 / sum;
            for (int k = 0; k < row.Length; k++)
                row[k] *= scale;
            sums.Slice(i + outputs, stride - outputs).Clear();
        }
    }
}
