using WeakToStrong.Tables;

namespace WeakToStrong.Figures.Recipes;

/// <summary>Collects a figure's data row by row: words first, numbers after; NaN where a series has no such number.</summary>
/// <param name="words">Names of the columns of words.</param>
/// <param name="numbers">Names of the columns of numbers.</param>
internal sealed class SeriesTable(string[] words, string[] numbers)
{
    private readonly List<(string[] Words, double[] Numbers)> _rows = [];

    /// <summary>Adds a row.</summary>
    public void Add(string[] rowWords, params double[] rowNumbers)
    {
        Require.SameLength(words.Length, rowWords.Length, nameof(rowWords));
        Require.SameLength(numbers.Length, rowNumbers.Length, nameof(rowNumbers));
        _rows.Add((rowWords, rowNumbers));
    }

    /// <summary>The table.</summary>
    public ResultTable ToTable() => new(
    [
        .. words.Select((name, c) => ResultColumn.Of(name, [.. _rows.Select(r => r.Words[c])])),
        .. numbers.Select((name, c) => ResultColumn.Of(name, [.. _rows.Select(r => r.Numbers[c])])),
    ]);
}
