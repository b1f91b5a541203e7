using WeakToStrong.Tables;

namespace WeakToStrong.Studies;

/// <summary>How a study's result is best drawn: which columns are curves, and what tells rows of one setting apart.</summary>
/// <param name="Value">What the vertical axis shows, such as "test error".</param>
/// <param name="Series">The curves.</param>
public sealed record StudyChart(string Value, params IReadOnlyList<StudySeries> Series)
{
    /// <summary>The column along the horizontal axis when no input varies, such as the step; null when there is then
    /// nothing to draw.</summary>
    public string? X { get; init; }

    /// <summary>A column whose words make curves of their own, such as the network; null when there is none.</summary>
    public string? Key { get; init; }

    /// <summary>A column whose words make panels of their own, such as the quantity; null when there is none.</summary>
    public string? Panel { get; init; }

    /// <summary>The column that a map over two ridges shows; null when the study has no map.</summary>
    public string? Map { get; init; }

    /// <summary>Whether every series has a panel of its own, since their units differ.</summary>
    public bool Apart { get; init; }
}

/// <summary>One curve: a column, perhaps with standard errors and with a limit beside it.</summary>
/// <param name="Name">Its name in the legend.</param>
/// <param name="Column">The values.</param>
/// <param name="Error">Standard errors of the values; null when they have none.</param>
/// <param name="Limit">What the values should approach; null when there is none.</param>
public sealed record StudySeries(string Name, string Column, string? Error = null, string? Limit = null)
{
    /// <summary>Left out when the result has this column; null: never.</summary>
    public string? Unless { get; init; }
}

/// <summary>A study whose limits can be had without its trials, so that a picture draws them as smooth curves.</summary>
public interface ILimitedStudy
{
    /// <summary>The inputs and the columns that <see cref="StudySeries.Limit"/> names, for all cells of the arguments.</summary>
    ResultTable Limits(Arguments arguments);
}
