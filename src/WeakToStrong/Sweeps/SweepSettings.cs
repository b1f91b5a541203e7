using System.Collections;
using WeakToStrong.Studies;
using WeakToStrong.Tables;
using WeakToStrong.Toml;

namespace WeakToStrong.Sweeps;

/// <summary>One run of the study: the values of the axes that it takes one by one, and its arguments, in which the others are
/// grids.</summary>
/// <param name="Labels">An axis and its value each.</param>
/// <param name="Arguments">With the sweep's trials.</param>
internal sealed record SweepSetting(IReadOnlyList<(SweepAxis Axis, string Value)> Labels, Arguments Arguments)
{
    /// <summary>A table with the columns of the labels before its own, where it has none of that name.</summary>
    public ResultTable Labelled(ResultTable table) => Labels.Count == 0 || table.Columns.Count == 0 ? table
        : new ResultTable([.. Labels.Where(l => table.Find(l.Axis.Name) is null)
            .Select(l => l.Axis.Column(l.Value, table.RowCount)), .. table.Columns]);
}

/// <summary>The settings of a sweep: the product of all axes that the study does not take as grids, the first slowest.</summary>
internal sealed class SweepSettings(SweepSpecification specification) : IEnumerable<SweepSetting>
{
    private readonly SweepAxis[] _single = [.. specification.Axes.Where(a => !a.IsGrid)];
    private readonly TomlTable? _chain = ChainOf(specification);

    /// <summary>How many there are.</summary>
    public long Count => _single.Aggregate(1L, static (product, axis) => checked(product * axis.Values.Count));

    /// <inheritdoc/>
    public IEnumerator<SweepSetting> GetEnumerator()
    {
        var index = new int[_single.Length];
        while (true)
        {
            yield return At(index);
            int axis = index.Length - 1;
            while (axis >= 0 && ++index[axis] == _single[axis].Values.Count)
                index[axis--] = 0;
            if (axis < 0)
                yield break;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Settings that between them have every value of every axis, the others at their first.</summary>
    public IEnumerable<SweepSetting> EachValue()
    {
        yield return At(new int[_single.Length]);
        for (int axis = 0; axis < _single.Length; axis++)
        {
            for (int value = 1; value < _single[axis].Values.Count; value++)
            {
                var index = new int[_single.Length];
                index[axis] = value;
                yield return At(index);
            }
        }
    }

    /// <summary>The specification of a chain, by value; null for other studies.</summary>
    public static TomlTable? ChainOf(SweepSpecification specification) =>
        specification.Fixed.FirstOrDefault(f => f.Key == "specification") is { Value: { } text }
        ? SpecificationSection.Parse(text, "specification").ToTable() : null;

    private SweepSetting At(int[] index)
    {
        IStudy study = specification.Study;
        (SweepAxis Axis, string Value)[] labels = [.. _single.Select((axis, i) => (axis, axis.Values[index[i]]))];
        var texts = new Dictionary<string, string>(specification.Fixed);
        foreach (SweepAxis grid in specification.Axes.Where(a => a.IsGrid))
            texts.Add(grid.Name, grid.Values[0]);
        TomlTable? chain = _chain;
        foreach ((SweepAxis axis, string value) in labels)
        {
            if (axis.Parameter is not null)
                texts.Add(axis.Name, value);
            else
                chain = chain!.With(axis.Name, value);
        }
        if (chain is not null)
            texts["specification"] = chain.Canonical;
        if (specification.Trials is { } trials && study is ITrialStudy own)
            texts.Add(own.TrialsParameter.Name, $"{trials}");
        return new SweepSetting(labels, Arguments.Read(study, texts));
    }
}
