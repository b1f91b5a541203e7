using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Data;

/// <summary>
/// Labels that somebody weaker gave, in place of weak features: a score for each class, or a number, for rows that have one. Immutable.
/// </summary>
public sealed class WeakLabels
{
    private readonly Matrix<double> _scores;

    /// <summary>Weak labels.</summary>
    /// <param name="source">How messages call them.</param>
    /// <param name="scores">One row an example, one column a class, or one column of numbers; a row of NaN where there is none.</param>
    /// <exception cref="ArgumentException">A row has some numbers and not others, or an infinite one.</exception>
    public WeakLabels(string source, Matrix<double> scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        for (int row = 0; row < scores.Rows; row++)
        {
            int known = 0;
            foreach (double score in scores.Row(row))
                known += double.IsFinite(score) ? 1 : double.IsNaN(score) ? 0 : scores.Columns + 1;
            if (known != 0 && known != scores.Columns)
                throw new ArgumentException($"row {row + 1} must have finite numbers only, or NaN only", nameof(scores));
        }
        Source = source;
        _scores = scores;
    }

    /// <summary>How messages call them.</summary>
    public string Source { get; }

    /// <summary>Number of examples.</summary>
    public int Count => _scores.Rows;

    /// <summary>Number of scores of an example.</summary>
    public int Outputs => _scores.Columns;

    /// <summary>Whether an example has a weak label.</summary>
    /// <param name="row">From 0.</param>
    public bool IsKnown(int row) => !double.IsNaN(_scores[row, 0]);

    /// <summary>Whether all scores are probabilities: from 0 to 1, and of sum 1.</summary>
    public bool AreProbabilities => Enumerable.Range(0, Count).Where(IsKnown).All(row =>
    {
        double sum = 0;
        foreach (double score in _scores.Row(row))
        {
            if (score is < 0 or > 1)
                return false;
            sum += score;
        }
        return Math.Abs(sum - 1) < 1e-6;
    });

    /// <summary>The scores of some examples.</summary>
    /// <param name="rows">From 0.</param>
    /// <param name="what">Who needs them, for the message.</param>
    /// <exception cref="InputException">One of them has none.</exception>
    public Matrix<double> Select(ReadOnlySpan<int> rows, string what)
    {
        var selected = new Matrix<double>(rows.Length, Outputs);
        for (int i = 0; i < rows.Length; i++)
        {
            if (!IsKnown(rows[i]))
                throw new InputException($"{Source}, row {rows[i] + 1} has no weak label; {what} must have one each");
            _scores.Row(rows[i]).CopyTo(selected.Row(i));
        }
        return selected;
    }
}
