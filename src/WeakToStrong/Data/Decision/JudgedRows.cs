using System.Numerics.Tensors;

namespace WeakToStrong.Data.Decision;

/// <summary>The labelled rows that one split judged.</summary>
/// <param name="Names">Their numbers within the data set.</param>
/// <param name="Scores">For every choice the score of each row, a mean over repetitions; null where it could not be judged.</param>
/// <param name="More">Judgements to add in either cell of the table of right and wrong where two choices differ.</param>
internal sealed record JudgedRows(int[] Names, double[]?[] Scores, double More)
{
    /// <summary>
    /// Variance of the mean over splits of what one choice gains on another, from the scatter of rows. A row that several splits judge
    /// counts with its sum: its differences may be alike, or as independent as the models. NaN where a choice could not be judged.
    /// </summary>
    public static double OfMean(JudgedRows[] splits, int choice, int other)
    {
        var parts = new Dictionary<int, double>();
        long judgements = 0;
        foreach (JudgedRows split in splits)
        {
            if (split.Scores[choice] is not { } better || split.Scores[other] is not { } worse)
                return double.NaN;
            double mean = better.Average() - worse.Average();
            for (int i = 0; i < better.Length; i++)
                parts[split.Names[i]] = parts.GetValueOrDefault(split.Names[i]) + better[i] - worse[i] - mean;
            judgements += better.Length;
        }
        double squares = TensorPrimitives.SumOfSquares<double>([.. parts.Values]), each = (double)judgements / parts.Count;
        double more = splits[0].More, rows = parts.Count + (2 * more);
        return ((squares / (each * each)) + more) / (rows - 1) / rows;
    }
}
