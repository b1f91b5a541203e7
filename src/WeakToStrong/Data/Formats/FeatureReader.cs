using WeakToStrong.LinearAlgebra;
using WeakToStrong.Tables;

namespace WeakToStrong.Data.Formats;

/// <summary>
/// Features in a file, of which any rows can be read as often as needed; so passes over files that are larger than memory need memory for
/// one block of rows only (and, of Parquet, one group of rows; what is within gzip or .npz is unpacked into memory).
/// </summary>
public sealed class FeatureReader : IDisposable
{
    private const long BlockBytes = 1 << 25;
    private readonly RowFile _file;
    private readonly int[] _columns;
    private readonly FeatureNames _names;

    private FeatureReader(RowFile file, ColumnRoles roles)
    {
        _file = file;
        (_columns, Remarks) = FeatureColumns.Choose(file, roles);
        long width = _columns.Sum(c => (long)file.Columns[c].Width);
        if (width > Array.MaxLength)
            throw new InputException($"{file.Name} has {width} features; at most {Array.MaxLength} are allowed");
        bool whole = _columns.Length == file.Columns.Count;
        Shape = new FeatureShape((int)width, whole ? file.Image : null);
        _names = new FeatureNames([.. _columns.Select(c => file.Columns[c])]);
    }

    /// <summary>How messages call the file.</summary>
    public string Source => _file.Name;

    /// <summary>Number of examples.</summary>
    public long Count => _file.Rows;

    /// <summary>Number of features and their arrangement.</summary>
    public FeatureShape Shape { get; }

    /// <summary>Names of the features, or null when they have none.</summary>
    public IReadOnlyList<string>? Names => _file.Columns is [{ Name: "" }] ? null : _names;

    /// <summary>What a reader should know, such as a column that is left out; one sentence each.</summary>
    public IReadOnlyList<string> Remarks { get; }

    /// <summary>Names of all columns of the file, features or not; empty when they have none.</summary>
    internal IReadOnlyList<string> AllColumns => [.. _file.Columns.Select(column => column.Name)];

    /// <summary>Opens a file and finds its columns and rows.</summary>
    /// <param name="path">The file, of any format that <see cref="FeatureFile"/> reads.</param>
    /// <param name="roles">Columns that are no features; null: none but what pandas left behind of an index.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <exception cref="InputException">The file is absent, damaged, of another format, or has no features.</exception>
    public static FeatureReader Open(string path, ColumnRoles? roles = null, RunOptions? options = null) =>
        Open(path, roles ?? ColumnRoles.None, options ?? RunOptions.Default, headerOptional: false);

    /// <summary>The same for delimited text whose first line may be a row.</summary>
    internal static FeatureReader Open(string path, ColumnRoles roles, RunOptions options, bool headerOptional) =>
        Open(path, _ => roles, options, headerOptional);

    /// <summary>The same with roles that depend on the names of the file's columns; it is opened once, so that it may be a pipe.</summary>
    internal static FeatureReader Open(
        string path, Func<RowFile, ColumnRoles> roles, RunOptions options, bool headerOptional = false)
    {
        RowFile file = InputFile.Open(path, options, headerOptional);
        try
        {
            return new FeatureReader(file, roles(file));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Reads consecutive rows.</summary>
    /// <param name="first">Index of the first row, from 0.</param>
    /// <param name="destination">Takes the rows: as many columns as features.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <exception cref="InputException">A cell is not a finite number; the message names row and column.</exception>
    public void ReadRows(long first, Matrix<double> destination, RunOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(destination);
        Require.SameLength(Shape.Columns, destination.Columns, nameof(destination));
        if (first < 0 || first + destination.Rows > Count)
            throw new ArgumentOutOfRangeException(nameof(first), first, $"must be from 0 to {Count - destination.Rows}");
        options ??= RunOptions.Default;
        if (destination.Rows == 0)
            return;
        _file.ReadNumbers(first, _columns, destination, options);
        if (FiniteCheck.First(destination, options.Threads) is (int row, int column))
            throw NotFinite(first + row, column, destination[row, column], options);
    }

    /// <summary>Calls <paramref name="use"/> with all rows in consecutive blocks, in order. The block's buffer is used again
    /// for the next one.</summary>
    /// <param name="stage">What is being done, for progress, such as "means of weak features".</param>
    /// <param name="use">Takes the index of the first row of a block, and the block.</param>
    /// <param name="options">Threads, progress (in bytes of the file) and cancellation.</param>
    /// <exception cref="InputException">A cell is not a finite number; the message names row and column.</exception>
    public void ForEachBlock(string stage, Action<long, Matrix<double>> use, RunOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(use);
        options ??= RunOptions.Default;
        int rows = (int)Math.Clamp(BlockBytes / sizeof(double) / Shape.Columns, 1, Math.Min(Count, 1 << 16));
        MemoryNeed.Check($"reading {Source}", rows, Shape.Columns);
        var block = new Matrix<double>(rows, Shape.Columns);
        for (long first = 0; first < Count; first += rows)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            Matrix<double> part = block.FirstRows((int)Math.Min(rows, Count - first));
            ReadRows(first, part, options);
            use(first, part);
            options.Progress?.Report(Progress(first + part.Rows) with { Stage = stage });
        }
    }

    /// <summary>How far a pass is, in bytes of the file.</summary>
    /// <param name="rows">How many rows are done.</param>
    internal RunProgress Progress(long rows) => new($"reading {Source}", (long)((double)rows / Count * _file.Bytes), _file.Bytes);

    /// <summary>Reads all rows into memory.</summary>
    /// <param name="options">Threads and cancellation.</param>
    /// <exception cref="InputException">They do not fit, or a cell is not a finite number; the message names row and column.</exception>
    public RawFeatures ReadAll(RunOptions? options = null)
    {
        if (_file is NumberArray array && array.Bytes8() is { } bytes)
            return new RawFeatures(Source, bytes, (int)Count, Shape);
        MemoryNeed.Check($"reading {Source}", Count, Shape.Columns);
        Matrix<double> values;
        try
        {
            values = new Matrix<double>((int)Count, Shape.Columns);
        }
        catch (OutOfMemoryException e)
        {
            throw new InputException($"{Source} has {Count} rows of {Shape.Columns} numbers, for which there is no memory", e);
        }
        ReadRows(0, values, options);
        return new RawFeatures(Source, values, Shape.Image, Names, isChecked: true);
    }

    /// <summary>A column that names the examples, or null when the file has none of this name.</summary>
    internal string?[]? ReadIds(string name, RunOptions options)
    {
        int column = AllColumns.ToList().IndexOf(name);
        return column < 0 || name.Length == 0 ? null : _file.ReadTexts(column, options);
    }

    /// <summary>How messages call a number.</summary>
    internal string Place(long row, int feature) =>
        $"{Source}, {_file.Place(row)}, column {InputException.Shorten(Names?[feature] ?? $"{feature + 1}")}";

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    // What stands in the file, rather than what it was read as: null, or a blank.
    private InputException NotFinite(long row, int feature, double value, RunOptions options)
    {
        int column = _columns[_names.ColumnOf(feature)];
        FileColumn found = _file.Columns[column];
        bool missing = double.IsNaN(value) && found is { Width: 1, Kind: ColumnKind.Number, Name.Length: > 0 }
            && _file.ReadTexts(column, options)[row] is null;
        return InputException.At(Place(row, feature), missing ? "null" : NumberText.Format(value), "a finite number");
    }
}
