using System.Text.RegularExpressions;
using WeakToStrong.Studies;
using WeakToStrong.Tables;

namespace WeakToStrong.Native;

/// <summary>The arrays of one run in place of its files; they stay where the caller has them.</summary>
internal sealed unsafe partial class ArrayFiles : IDisposable
{
    private readonly Dictionary<string, MemoryFile> _files = [];

    public ArrayFiles(IStudy study, ReadOnlySpan<ArrayLayout> arrays)
    {
        try
        {
            var tables = new Dictionary<string, List<ResultColumn>>();
            foreach (ArrayLayout array in arrays)
                Add(study, array, tables);
            foreach ((string name, List<ResultColumn> columns) in tables)
                _files.Add(name, MemoryFile.Of(name, Table(name, columns)));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Parameters and the paths that they take.</summary>
    public IEnumerable<KeyValuePair<string, string>> Paths => _files.Select(f => KeyValuePair.Create(f.Key, f.Value.Path));

    public void Dispose()
    {
        foreach (MemoryFile file in _files.Values)
            file.Dispose();
    }

    private void Add(IStudy study, ArrayLayout array, Dictionary<string, List<ResultColumn>> tables)
    {
        string name = Utf8.Read(array.Parameter, "an array's parameter"), type = Utf8.Read(array.Type, $"{name}: the array's type");
        if (study.Parameters.FirstOrDefault(p => p.Name == name) is { Kind: not ParameterKind.File })
            throw new InputException($"{name} is given as an array in place of a file, and takes none");
        if (_files.ContainsKey(name) || (array.Column is null && tables.ContainsKey(name)))
            throw new InputException($"{name} is given twice; it may be given once");
        double bytes = (double)array.Rows * Math.Max(array.Columns, 1) * SizeOf(name, type);
        if (array.Rows < 0 || array.Columns < 0 || bytes > nint.MaxValue || (array.Data is null && bytes > 0))
            throw new InputException($"{name} is an array of {array.Rows} rows and {array.Columns} "
                + $"columns{(array.Data is null ? " without data" : null)}; neither may be negative");
        if (array.Column is not null)
        {
            if (!tables.TryGetValue(name, out List<ResultColumn>? columns))
                tables.Add(name, columns = []);
            columns.Add(Column(name, type, array));
            return;
        }
        byte* data = (byte*)array.Data;
        ReadOnlySpan<long> shape = array.Columns == 0 ? [array.Rows] : [array.Rows, array.Columns];
        _files.Add(name, MemoryFile.OfArray(name, type, shape, array.ColumnMajor != 0, (long)bytes, (offset, destination) =>
            new ReadOnlySpan<byte>(data + offset, destination.Length).CopyTo(destination)));
    }

    private static ResultColumn Column(string name, string type, ArrayLayout array)
    {
        string column = Utf8.Read(array.Column, $"{name}: a column's name");
        int rows = array.Rows <= Array.MaxLength ? (int)array.Rows
            : throw new InputException($"{name} has {array.Rows} rows; at most {Array.MaxLength} are allowed");
        switch (type)
        {
            case "<f8":
                return ResultColumn.Of(column, new ReadOnlySpan<double>(array.Data, rows).ToArray());
            case "<i8":
                return ResultColumn.Of(column, new ReadOnlySpan<long>(array.Data, rows).ToArray());
            case ['<', 'U', ..]:
                int size = SizeOf(name, type);
                var words = new string[rows];
                for (int row = 0; row < rows; row++)
                    words[row] = System.Text.Encoding.UTF32.GetString((byte*)array.Data + ((long)row * size), size).TrimEnd('\0');
                return ResultColumn.Of(column, words);
            default:
                throw new InputException($"{name}, column {column} has entries of type '{InputException.Shorten(type)}'; a table's column "
                    + "must be of <f8, <i8 or <U");
        }
    }

    private static ResultTable Table(string name, List<ResultColumn> columns)
    {
        if (columns.Find(c => c.Count != columns[0].Count) is { } other)
            throw new InputException(
                $"{name}, column {other.Name} has {other.Count} rows, and {columns[0].Name} has {columns[0].Count}; all must have as many");
        if (columns.DistinctBy(c => c.Name).Count() < columns.Count)
            throw new InputException($"{name} has two columns of one name");
        return new ResultTable([.. columns]);
    }

    // Bytes of an entry; NumPy counts letters of U, which have four each.
    private static int SizeOf(string name, string type) => TypePattern().IsMatch(type) && int.TryParse(type.AsSpan(2), out int size)
        ? type[1] == 'U' ? 4 * size : size
        : throw new InputException(
            $"{name} has entries of type '{InputException.Shorten(type)}'; it must be as NumPy writes it, such as <f8");

    [GeneratedRegex("^[<|][fiubUS][0-9]{1,6}\\z", RegexOptions.None, 1000)]
    private static partial Regex TypePattern();
}
