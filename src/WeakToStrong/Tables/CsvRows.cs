using System.Buffers;

namespace WeakToStrong.Tables;

/// <summary>
/// Where the rows of delimited text begin, found once: blocks of fixed size know their first row and its place, so that any rows can be
/// read by many threads at once. A row belongs to the block that holds the line end before it, the first row to the first block.
/// </summary>
internal sealed class CsvRows
{
    private const int BlockBytes = 1 << 20;
    private readonly long[] _firstRow;
    private readonly long[] _offset;

    private CsvRows(int blocks)
    {
        _firstRow = new long[blocks + 1];
        _offset = new long[blocks + 1];
    }

    /// <summary>Number of rows.</summary>
    public long Count => _firstRow[^1];

    /// <summary>Number of blocks.</summary>
    public int Blocks => _firstRow.Length - 1;

    /// <summary>Whether a cell in quotes spans lines, so that rows are not lines.</summary>
    public bool SpanLines { get; private set; }

    /// <summary>Finds the rows of a part of the input.</summary>
    /// <param name="source">The input.</param>
    /// <param name="start">Where the first row begins.</param>
    /// <param name="end">Where the last row ends.</param>
    /// <param name="delimiter">What stands between cells.</param>
    /// <param name="options">Threads and cancellation.</param>
    public static CsvRows Find(ByteSource source, long start, long end, byte delimiter, RunOptions options)
    {
        var rows = new CsvRows(Math.Max(1, checked((int)((end - start + BlockBytes - 1) / BlockBytes))));
        if (!rows.FindLines(source, start, end, options))
            rows.FindQuotedRows(source, start, end, delimiter, options);
        // A block without a line end has no rows; whoever reads it finds an empty part.
        rows._offset[^1] = end + 1;
        for (int block = rows.Blocks - 1; block > 0; block--)
        {
            if (rows._offset[block] == 0)
                rows._offset[block] = rows._offset[block + 1];
        }
        rows._offset[0] = start;
        rows._firstRow[1]++;
        for (int block = 0; block < rows.Blocks; block++)
            rows._firstRow[block + 1] += rows._firstRow[block];
        return rows;
    }

    /// <summary>Index of the first row of a block.</summary>
    public long FirstRow(int block) => _firstRow[block];

    /// <summary>The block that a row belongs to.</summary>
    public int BlockOf(long row)
    {
        int found = Array.BinarySearch(_firstRow, row);
        if (found < 0)
            return ~found - 1;
        while (found + 1 < _firstRow.Length && _firstRow[found + 1] == row)
            found++;
        return found;
    }

    /// <summary>The rows of a block, without the line end behind the last.</summary>
    /// <param name="source">The input.</param>
    /// <param name="block">Which block.</param>
    /// <param name="buffer">A rented buffer; exchanged for a larger one when a row is longer than a block.</param>
    public ReadOnlySpan<byte> Read(ByteSource source, int block, ref byte[] buffer)
    {
        long length = _offset[block + 1] - 1 - _offset[block];
        if (length < 0)
            return default;
        if (length > Array.MaxLength)
            throw new InputException(FormattableString.Invariant($"{source.Name} has a row of {length / 1e9:F1} GB; it is not a table"));
        if (length > buffer.Length)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = ArrayPool<byte>.Shared.Rent((int)length);
        }
        Span<byte> bytes = buffer.AsSpan(0, (int)length);
        source.Read(_offset[block], bytes);
        return bytes;
    }

    // Lines are rows when nothing is quoted: all blocks are searched at once. False when there is a quote.
    private bool FindLines(ByteSource source, long start, long end, RunOptions options)
    {
        bool quoted = false;
        options.InParallel(Blocks, block =>
        {
            byte[] buffer = ArrayPool<byte>.Shared.Rent(BlockBytes);
            ReadOnlySpan<byte> bytes = ReadBlock(source, start, end, block, buffer);
            _firstRow[block + 1] = bytes.Count((byte)'\n');
            if (_firstRow[block + 1] > 0)
                _offset[block] = start + ((long)block * BlockBytes) + bytes.IndexOf((byte)'\n') + 1;
            if (bytes.Contains((byte)'"'))
                Volatile.Write(ref quoted, true);
            ArrayPool<byte>.Shared.Return(buffer);
        });
        return !quoted;
    }

    // A line end within quotes is part of a cell. Quotes open a cell at its very beginning only, and are doubled inside; anywhere else
    // they are letters like others. So the state at a block's start depends on all that comes before it.
    private void FindQuotedRows(ByteSource source, long start, long end, byte delimiter, RunOptions options)
    {
        Array.Clear(_firstRow);
        Array.Clear(_offset);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BlockBytes);
        byte before = (byte)'\n';
        bool quoted = false, maybeClosed = false;
        long rows = 0;
        for (int block = 0; block < Blocks; block++)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            ReadOnlySpan<byte> bytes = ReadBlock(source, start, end, block, buffer);
            int at = 0;
            while (at < bytes.Length)
            {
                if (maybeClosed)
                {
                    // The byte behind a quote within quotes: another quote stands for one, anything else is outside.
                    maybeClosed = false;
                    quoted = bytes[at] == '"';
                    at += quoted ? 1 : 0;
                    before = (byte)'"';
                    continue;
                }
                if (quoted)
                {
                    int close = bytes[at..].IndexOf((byte)'"');
                    SpanLines |= bytes[at..(close < 0 ? bytes.Length : at + close)].Contains((byte)'\n');
                    maybeClosed = close >= 0;
                    at = close < 0 ? bytes.Length : at + close + 1;
                    continue;
                }
                int next = bytes[at..].IndexOfAny((byte)'\n', (byte)'"');
                if (Last(bytes[at..(next < 0 ? bytes.Length : at + next)], delimiter) is byte last and not 0)
                    before = last;
                if (next < 0)
                    break;
                at += next;
                if (bytes[at] == '\n')
                {
                    if (_firstRow[block + 1]++ == 0)
                        _offset[block] = start + ((long)block * BlockBytes) + at + 1;
                    rows++;
                    before = (byte)'\n';
                }
                else
                {
                    quoted = before == '\n' || before == delimiter;
                    before = (byte)'"';
                }
                at++;
            }
        }
        ArrayPool<byte>.Shared.Return(buffer);
        if (quoted && !maybeClosed)
            throw new InputException($"{source.Name}, row {rows + 1} has a cell whose quotes never end; a quote at the beginning of a cell "
                + "must have one at its end");
    }

    // The last byte that is not a blank; 0 when there is none.
    private static byte Last(ReadOnlySpan<byte> bytes, byte delimiter)
    {
        for (int i = bytes.Length - 1; i >= 0; i--)
        {
            if (bytes[i] == delimiter || !CsvLine.IsBlank(bytes[i]))
                return bytes[i];
        }
        return 0;
    }

    private static ReadOnlySpan<byte> ReadBlock(ByteSource source, long start, long end, int block, byte[] buffer)
    {
        long from = start + ((long)block * BlockBytes);
        Span<byte> bytes = buffer.AsSpan(0, (int)Math.Clamp(end - from, 0, BlockBytes));
        source.Read(from, bytes);
        return bytes;
    }
}
