namespace WeakToStrong.Data.Formats;

/// <summary>What the cells of a column are.</summary>
internal enum ColumnKind
{
    /// <summary>Numbers.</summary>
    Number,

    /// <summary>Words.</summary>
    Text,

    /// <summary>Whatever they are read as: cells of delimited text.</summary>
    Either,

    /// <summary>Neither numbers nor words, such as dates.</summary>
    Other,
}

/// <summary>A column of a file.</summary>
/// <param name="Name">Its name; empty when it has none.</param>
/// <param name="Kind">What its cells are.</param>
/// <param name="Width">How many numbers a cell holds: more than one for a list, or for an array without names of columns.</param>
/// <param name="Holds">Words for what it holds, for messages.</param>
/// <param name="IsIndex">Whether the file says that it counts or names the rows and is no data.</param>
internal sealed record FileColumn(string Name, ColumnKind Kind, int Width = 1, string Holds = "numbers", bool IsIndex = false);
