using System.Collections;

namespace WeakToStrong.Data.Formats;

/// <summary>One name a feature; the entries of a list are numbered from 1. Made when asked for: lists may be long.</summary>
internal sealed class FeatureNames : IReadOnlyList<string>
{
    private readonly IReadOnlyList<FileColumn> _columns;
    private readonly int[] _first;

    public FeatureNames(IReadOnlyList<FileColumn> columns)
    {
        _columns = columns;
        _first = new int[columns.Count + 1];
        for (int c = 0; c < columns.Count; c++)
            _first[c + 1] = _first[c] + columns[c].Width;
    }

    public int Count => _first[^1];

    public string this[int index]
    {
        get
        {
            int column = ColumnOf(index);
            return _columns[column].Width == 1 ? _columns[column].Name : $"{_columns[column].Name}[{index - _first[column] + 1}]";
        }
    }

    /// <summary>Index of the column that a feature is in.</summary>
    public int ColumnOf(int index)
    {
        int found = Array.BinarySearch(_first, index);
        return found >= 0 ? found : ~found - 1;
    }

    public IEnumerator<string> GetEnumerator() => Enumerable.Range(0, Count).Select(index => this[index]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
