using WeakToStrong.Ridge;

namespace WeakToStrong.Data.Decision;

/// <summary>How the candidates of one choice (ridges, and weights of a mixture) did on every labelled row, each judged by a model that did
/// not learn from it.</summary>
internal sealed class Candidates
{
    private readonly Judgement[,] _judged;
    private readonly bool _classification;

    public Candidates(int rows, int count, bool classification)
    {
        _judged = new Judgement[rows, count];
        _classification = classification;
        Count = count;
    }

    /// <summary>Number of candidates.</summary>
    public int Count { get; }

    /// <summary>One row's result under one candidate.</summary>
    public ref Judgement this[int row, int candidate] => ref _judged[row, candidate];

    /// <summary>What is compared: 1 or 0 for a right or wrong class; minus the squared error of a number.</summary>
    public double Score(int row, int candidate) =>
        _classification ? (_judged[row, candidate].IsRight ? 1 : 0) : -_judged[row, candidate].SquaredDistance;

    /// <summary>Adds a candidate's results on the rows that count: its score, and its squared distance.</summary>
    public (double Score, double Squared) Sum(int candidate, ReadOnlySpan<bool> counts)
    {
        (double Score, double Squared) sum = (0, 0);
        for (int row = 0; row < counts.Length; row++)
        {
            if (counts[row])
                sum = (sum.Score + Score(row, candidate), sum.Squared + _judged[row, candidate].SquaredDistance);
        }
        return sum;
    }

    /// <summary>
    /// The best candidate: for numbers, that with the smallest squared error. Classes that are right or wrong are too coarse to choose
    /// among dozens of models by few rows, so of all candidates within one standard error of the largest accuracy it is that with the
    /// smallest squared distance.
    /// </summary>
    /// <param name="sums">Of every candidate.</param>
    /// <param name="rows">How many rows they are sums over.</param>
    public int Best(ReadOnlySpan<(double Score, double Squared)> sums, double rows)
    {
        double largest = double.NegativeInfinity;
        foreach ((double score, _) in sums)
            largest = Math.Max(largest, score);
        // Scores of several repetitions are sums of whole numbers and of rounded ones: equal up to rounding is equal.
        double apart = 1e-9 * (1 + Math.Abs(largest));
        if (_classification)
            apart += Math.Sqrt(Math.Max(0, largest * (1 - (largest / rows))));
        int best = -1;
        for (int c = 0; c < sums.Length; c++)
        {
            if (sums[c].Score >= largest - apart && (best < 0 || sums[c].Squared < sums[best].Squared))
                best = c;
        }
        return Math.Max(0, best); // numbers that are no numbers are all alike
    }
}
