using WeakToStrong.LinearAlgebra;
using WeakToStrong.Ridge;

namespace WeakToStrong.Data.Formats;

/// <summary>Rows of a file that are read again in every pass. The file stays open as long as they are used.</summary>
internal sealed class FileRows : RowStream
{
    // Rows between two that are wanted are read along when they are so few that looking for the next place costs more.
    private const int GapRows = 64, BlockEntries = 1 << 19;
    private readonly FeatureReader _reader;
    private readonly int[]? _index;
    private readonly RunOptions _options;
    private readonly Scratch _scratch = new();

    private FileRows(FeatureReader reader, int[]? index, int count, RunOptions options)
        : base(count, reader.Shape.Columns) => (_reader, _index, _options) = (reader, index, options);

    /// <summary>All rows of a file.</summary>
    /// <param name="reader">The file.</param>
    /// <param name="options">Progress, in bytes of the file, and cancellation.</param>
    /// <exception cref="InputException">The file has more rows than can be numbered.</exception>
    public static FileRows All(FeatureReader reader, RunOptions options) => new(reader, null, reader.Count <= Array.MaxLength
        ? (int)reader.Count : throw new InputException($"{reader.Source} has {reader.Count} rows; at most {Array.MaxLength} are allowed"),
        options);

    public override RowStream Select(ReadOnlySpan<int> rows)
    {
        var index = new int[rows.Length];
        for (int i = 0; i < index.Length; i++)
        {
            index[i] = _index is null ? rows[i] : _index[rows[i]];
            if (i > 0 && index[i] <= index[i - 1])
                throw new ArgumentException("rows that are not held must be chosen in increasing order", nameof(rows));
        }
        return new FileRows(_reader, index, index.Length, _options);
    }

    public override void Read(int first, Matrix<double> destination, int threads)
    {
        _options.Cancellation.ThrowIfCancellationRequested();
        RunOptions options = new() { Threads = threads, Cancellation = _options.Cancellation };
        lock (_reader)
        {
            int rows = destination.Rows, from = At(first);
            if (At(first + rows - 1) - from == rows - 1)
                _reader.ReadRows(from, destination, options);
            else
                Pick(first, destination, options);
        }
        if (_options.Progress is { } progress)
            progress.Report(_reader.Progress(At(first + destination.Rows - 1) + 1));
    }

    private int At(int row) => _index is null ? row : _index[row];

    /// <summary>Reads runs of rows that hold those that are wanted, and copies these.</summary>
    private void Pick(int first, Matrix<double> destination, RunOptions options)
    {
        int most = Math.Max(GapRows, BlockEntries / Columns);
        for (int done = 0; done < destination.Rows;)
        {
            int from = At(first + done), end = done + 1;
            while (end < destination.Rows && At(first + end) - At(first + end - 1) <= GapRows && At(first + end) - from < most)
                end++;
            Matrix<double> run = _scratch.Shaped(At(first + end - 1) + 1 - from, Columns);
            _reader.ReadRows(from, run, options);
            for (; done < end; done++)
                run.Row(At(first + done) - from).CopyTo(destination.Row(done));
        }
    }
}
