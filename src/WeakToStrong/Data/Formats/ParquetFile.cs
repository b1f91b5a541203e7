using Parquet;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Tables;

namespace WeakToStrong.Data.Formats;

/// <summary>
/// Parquet: columns of numbers, of words, or of lists of numbers of one length. Rows are read group by group; a group that is only used in
/// part is kept, so that reading block by block decodes each group once.
/// </summary>
internal sealed class ParquetFile : RowFile
{
    private readonly ParquetReader _reader;
    private readonly ParquetColumn[] _columns;
    private readonly long[] _firstRow;
    private (int Group, float[]?[] Singles, double[]?[] Doubles) _kept = (-1, [], []);

    private ParquetFile(ByteSource source, ParquetReader reader, IntegerMeaning[] meanings)
        : base(source)
    {
        _reader = reader;
        _firstRow = new long[reader.RowGroupCount + 1];
        for (int g = 0; g < reader.RowGroupCount; g++)
        {
            using ParquetRowGroupReader group = reader.OpenRowGroupReader(g);
            if (group.RowCount is < 0 or > int.MaxValue)
                throw new InputException($"{source.Name} has {group.RowCount} rows in one group; at most {int.MaxValue} are allowed");
            _firstRow[g + 1] = _firstRow[g] + group.RowCount;
        }
        if (_firstRow[^1] == 0)
            throw new InputException($"{source.Name} has no rows; it must have at least one");
        HashSet<string> indices = PandasMetadata.IndexColumns(reader.CustomMetadata.GetValueOrDefault("pandas"));
        _columns = [.. reader.Schema.GetDataFields().Zip(meanings, (field, meaning) => new ParquetColumn(source, reader, field, meaning))];
        Columns = [.. _columns.Select(column => column.Describe(indices.Contains(column.Name)))];
    }

    public override long Rows => _firstRow[^1];

    public override IReadOnlyList<FileColumn> Columns { get; }

    /// <summary>Opens a file.</summary>
    /// <param name="source">Its bytes; closed with the result.</param>
    public static ParquetFile Open(ByteSource source) => Guard(source.Name, async () =>
    {
        ParquetHeaders.CheckFooter(source);
        // Headers of pages are read byte by byte, and a damaged one asks for billions of fields behind the end.
        var stream = new BufferedStream(new SourceStream(source, isEndAnError: true), 1 << 16);
        ParquetReader reader = await ParquetReader.CreateAsync(stream).ConfigureAwait(false);
        // Before the schema, which is made when it is first looked at.
        IntegerMeaning[] meanings = IntegerMeaning.Take(reader.Metadata!.Schema);
        return new ParquetFile(source, reader, meanings);
    });

    public override void ReadNumbers(long first, int[] columns, Matrix<double> destination, RunOptions options) => Guard(Name, async () =>
    {
        long end = first + destination.Rows;
        for (int g = 0; g < _firstRow.Length - 1; g++)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            long from = Math.Max(first, _firstRow[g]), to = Math.Min(end, _firstRow[g + 1]);
            if (from >= to)
                continue;
            bool whole = from == _firstRow[g] && to == _firstRow[g + 1];
            await ReadGroup(g, columns, (int)(from - _firstRow[g]), destination, (int)(from - first), (int)(to - from), keep: !whole)
                .ConfigureAwait(false);
        }
        return true;
    });

    public override string?[] ReadTexts(int column, RunOptions options) => Guard(Name, async () =>
    {
        string?[] texts = new string?[checked((int)Rows)];
        for (int g = 0; g < _firstRow.Length - 1; g++)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            using ParquetRowGroupReader group = _reader.OpenRowGroupReader(g);
            (await _columns[column].ReadTexts(group, _firstRow[g]).ConfigureAwait(false)).CopyTo(texts, _firstRow[g]);
        }
        return texts;
    });

    protected override void Dispose(bool disposing)
    {
        _reader.DisposeAsync().AsTask().GetAwaiter().GetResult();
        base.Dispose(disposing);
    }

    private async Task ReadGroup(int g, int[] columns, int first, Matrix<double> destination, int firstInto, int count, bool keep)
    {
        if (keep && _kept.Group != g)
            _kept = (g, new float[_columns.Length][], new double[_columns.Length][]);
        using ParquetRowGroupReader group = _reader.OpenRowGroupReader(g);
        for (int c = 0, at = 0; c < columns.Length; at += Columns[columns[c]].Width, c++)
        {
            ParquetColumn column = _columns[columns[c]];
            float[]? singles = keep ? _kept.Singles[columns[c]] : null;
            double[]? doubles = keep ? _kept.Doubles[columns[c]] : null;
            if (singles is null && doubles is null)
            {
                (singles, doubles) = await column.ReadNumbers(group, _firstRow[g]).ConfigureAwait(false);
                if (keep)
                    (_kept.Singles[columns[c]], _kept.Doubles[columns[c]]) = (singles, doubles);
            }
            Scatter(singles, doubles, Columns[columns[c]].Width, first, destination, firstInto, at, count);
        }
    }

    private static void Scatter(float[]? singles, double[]? doubles, int width, int first, Matrix<double> destination, int firstInto,
        int at, int count)
    {
        for (int i = 0; i < count; i++)
        {
            Span<double> to = destination.Row(firstInto + i).Slice(at, width);
            if (doubles is not null)
                doubles.AsSpan((first + i) * width, width).CopyTo(to);
            else
                Convert(singles.AsSpan((first + i) * width, width), to);
        }

        static void Convert(ReadOnlySpan<float> from, Span<double> to)
        {
            for (int j = 0; j < from.Length; j++)
                to[j] = from[j];
        }
    }

    // The library is asynchronous only; readers here are called from threads that may wait. Whatever it throws at
    // damaged files is one sentence.
    private static T Guard<T>(string source, Func<Task<T>> read) => Task.Run(async () =>
    {
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (Exception e) when (e is not (InputException or OperationCanceledException))
        {
            throw new InputException($"{source} is not a whole Parquet file: it is truncated or "
                + $"damaged{(e is OutOfMemoryException ? ", or needs more memory than there is" : string.Empty)}", e);
        }
    }).GetAwaiter().GetResult();
}
