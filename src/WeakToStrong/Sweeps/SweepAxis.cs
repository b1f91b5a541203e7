using WeakToStrong.Studies;
using WeakToStrong.Tables;

namespace WeakToStrong.Sweeps;

/// <summary>
/// What a sweep varies: a grid that the study takes as it is, or values of something that the study takes one by one. Immutable.
/// </summary>
public sealed record SweepAxis
{
    internal SweepAxis(string name, Parameter? parameter, bool isGrid, IReadOnlyList<string> values)
    {
        Name = name;
        Parameter = parameter;
        IsGrid = isGrid;
        Values = values;
    }

    /// <summary>The column that names its values: a parameter's name, or the dotted path of a number in a chain's specification.</summary>
    public string Name { get; }

    /// <summary>The study's parameter; null for a path into a chain's specification.</summary>
    public Parameter? Parameter { get; }

    /// <summary>Whether the study takes the whole grid; then there is one value, the grid as text.</summary>
    public bool IsGrid { get; }

    /// <summary>The values as canonical texts, in order.</summary>
    public IReadOnlyList<string> Values { get; }

    /// <summary>Its column: whole numbers, numbers or words.</summary>
    internal ResultColumn Column(string value, int rows)
    {
        bool whole = Values.All(v => long.TryParse(v, out _));
        double number = 0;
        return whole ? ResultColumn.Of(Name, [.. Enumerable.Repeat(long.Parse(value), rows)])
            : Values.All(v => NumberText.TryParse(v, out _)) && NumberText.TryParse(value, out number)
                ? ResultColumn.Of(Name, [.. Enumerable.Repeat(number, rows)])
            : ResultColumn.Of(Name, [.. Enumerable.Repeat(value, rows)]);
    }
}
