using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Tables;

namespace WeakToStrong.Data.Formats;

/// <summary>Arrow's IPC file format, which Feather version 2 is: batches of rows, read one at a time, the last one kept.</summary>
internal sealed class ArrowFile : RowFile
{
    private readonly ArrowFileReader _reader;
    private readonly long[] _firstRow;
    private readonly Schema _schema;
    private (int Index, RecordBatch? Batch) _kept = (-1, null);

    private ArrowFile(ByteSource source, ArrowFileReader reader, Schema schema, long[] firstRow)
        : base(source)
    {
        (_reader, _schema, _firstRow) = (reader, schema, firstRow);
        if (Rows == 0)
            throw new InputException($"{source.Name} has no rows; it must have at least one");
        string? pandas = null;
        if (schema.Metadata is not null && schema.Metadata.TryGetValue("pandas", out string? description))
            pandas = description;
        HashSet<string> indices = PandasMetadata.IndexColumns(pandas);
        Columns = [.. schema.FieldsList.Select((field, c) =>
            ArrowColumn.Describe(field, FirstBatch().Column(c), indices.Contains(field.Name)))];
    }

    public override long Rows => _firstRow[^1];

    public override IReadOnlyList<FileColumn> Columns { get; }

    /// <summary>Whether bytes are the beginning of such a file.</summary>
    public static bool Begins(ReadOnlySpan<byte> head) => head.StartsWith("ARROW1"u8);

    /// <summary>Opens a file.</summary>
    /// <param name="source">Its bytes; closed with the result.</param>
    public static ArrowFile Open(ByteSource source) => Guard(source.Name, async () =>
    {
        ArrowHeaders.Check(source);
        var reader = new ArrowFileReader(new SourceStream(source), new ArrowMemory(source.Name), new CompressionCodecFactory());
        int batches = await reader.RecordBatchCountAsync().ConfigureAwait(false);
        long[] firstRow = new long[batches + 1];
        for (int b = 0; b < batches; b++)
        {
            using RecordBatch batch = await reader.ReadRecordBatchAsync(b, default).ConfigureAwait(false);
            ArrowColumn.Check(batch);
            firstRow[b + 1] = firstRow[b] + batch.Length;
        }
        return new ArrowFile(source, reader, reader.Schema, firstRow);
    });

    public override void ReadNumbers(long first, int[] columns, Matrix<double> destination, RunOptions options) => Guard(Name, () =>
    {
        long end = first + destination.Rows;
        for (int b = 0; b < _firstRow.Length - 1; b++)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            long from = Math.Max(first, _firstRow[b]), to = Math.Min(end, _firstRow[b + 1]);
            if (from >= to)
                continue;
            RecordBatch batch = Batch(b);
            for (int c = 0, at = 0; c < columns.Length; at += Columns[columns[c]].Width, c++)
            {
                var column = new ArrowColumn(Name, Columns[columns[c]], batch.Column(columns[c]), _firstRow[b]);
                column.ReadNumbers((int)(from - _firstRow[b]), destination, (int)(from - first), (int)(to - from), at);
            }
        }
        return Task.FromResult(true);
    });

    public override string?[] ReadTexts(int column, RunOptions options) => Guard(Name, () =>
    {
        string?[] texts = new string?[checked((int)Rows)];
        for (int b = 0; b < _firstRow.Length - 1; b++)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            new ArrowColumn(Name, Columns[column], Batch(b).Column(column), _firstRow[b])
                .ReadTexts(texts.AsSpan((int)_firstRow[b], (int)(_firstRow[b + 1] - _firstRow[b])));
        }
        return Task.FromResult(texts);
    });

    protected override void Dispose(bool disposing)
    {
        _kept.Batch?.Dispose();
        _reader.Dispose();
        base.Dispose(disposing);
    }

    private RecordBatch FirstBatch() => Batch(System.Array.FindIndex(_firstRow, row => row > 0) - 1);

    private RecordBatch Batch(int index)
    {
        if (_kept.Index != index)
        {
            _kept.Batch?.Dispose();
            _kept = (index, _reader.ReadRecordBatchAsync(index, default).AsTask().GetAwaiter().GetResult());
        }
        return _kept.Batch!;
    }

    // Whatever the library throws at damaged files is one sentence.
    private static T Guard<T>(string source, Func<Task<T>> read)
    {
        try
        {
            return Task.Run(read).GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is not (InputException or OperationCanceledException))
        {
            throw new InputException($"{source} is not a whole Arrow file: it is truncated or "
                + $"damaged{(e is OutOfMemoryException ? ", or needs more memory than there is" : string.Empty)}", e);
        }
    }
}
