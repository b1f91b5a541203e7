using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace WeakToStrong.Tables;

/// <summary>
/// Writes a <see cref="ResultTable"/> with full precision: every number in the shortest form that reads back to the same bits.
/// Blocks of rows are formatted in parallel and written in order, so that the bytes do not depend on the number of threads.
/// </summary>
public static class TableWriter
{
    private const int RowsPerBlock = 2048;

    private delegate void RowWriter(ByteBuffer buffer, int row);

    /// <summary>
    /// Comma-separated UTF-8 with a header, lines ended by a line feed; infinities and NaN are <c>inf</c>, <c>-inf</c>,
    /// <c>nan</c>; words that hold a comma, a quote or a line break are quoted, as in RFC 4180.
    /// </summary>
    /// <param name="table">What to write.</param>
    /// <param name="stream">Where; not closed.</param>
    /// <param name="threads">The most threads to use.</param>
    public static void WriteCsv(ResultTable table, Stream stream, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(stream);
        var header = new ByteBuffer();
        foreach (ResultColumn column in table.Columns)
        {
            AppendQuoted(header, column.Name);
            header.Append((byte)(ReferenceEquals(column, table.Columns[^1]) ? '\n' : ','));
        }
        stream.Write(header.Written);
        Action<ByteBuffer, int>[] cells = [.. table.Columns.Select(CsvCell)];
        WriteRows(table.RowCount, stream, threads, (buffer, row) =>
        {
            for (int c = 0; c < cells.Length; c++)
            {
                if (c > 0)
                    buffer.Append((byte)',');
                cells[c](buffer, row);
            }
            buffer.Append((byte)'\n');
        });
    }

    /// <summary>
    /// A JSON array with one object a row, its keys the columns in order; infinities and NaN are the strings
    /// "Infinity", "-Infinity", "NaN".
    /// </summary>
    /// <param name="table">What to write.</param>
    /// <param name="stream">Where; not closed.</param>
    /// <param name="threads">The most threads to use.</param>
    public static void WriteJson(ResultTable table, Stream stream, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(stream);
        byte[][] keys = [.. table.Columns.Select(c => Encoding.UTF8.GetBytes($"{JsonText(c.Name)}:"))];
        Action<ByteBuffer, int>[] cells = [.. table.Columns.Select(JsonCell)];
        int last = table.RowCount - 1;
        stream.Write("[\n"u8);
        WriteRows(table.RowCount, stream, threads, (buffer, row) =>
        {
            buffer.Append((byte)'{');
            for (int c = 0; c < cells.Length; c++)
            {
                if (c > 0)
                    buffer.Append((byte)',');
                buffer.Append(keys[c]);
                cells[c](buffer, row);
            }
            buffer.Append(row == last ? "}\n"u8 : "},\n"u8);
        });
        stream.Write("]\n"u8);
    }

    /// <summary>
    /// Parquet: numbers as doubles, whole numbers as 64-bit integers, words as text; nothing is null (NaN stays NaN).
    /// </summary>
    /// <param name="table">What to write.</param>
    /// <param name="stream">Where; not closed.</param>
    public static void WriteParquet(ResultTable table, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(stream);
        ParquetTable.Write(table, stream);
    }

    // Rounds of a few blocks a thread: they are formatted side by side while the round before is written.
    private static void WriteRows(int rows, Stream stream, int threads, RowWriter write)
    {
        int blocks = (rows + RowsPerBlock - 1) / RowsPerBlock;
        int round = Math.Max(1, Math.Min(4 * threads, blocks));
        ByteBuffer[] current = Buffers(round), previous = Buffers(round);
        var run = new RunOptions { Threads = threads };
        for (int first = 0, written = 0; written < blocks; first += round)
        {
            int count = Math.Clamp(blocks - first, 0, round);
            run.InParallel(count + 1, i =>
            {
                if (i == 0)
                    Flush();
                else
                    Format(current[i - 1], first + i - 1);
            });
            written = first;
            (current, previous) = (previous, current);
        }

        void Flush()
        {
            foreach (ByteBuffer buffer in previous)
            {
                stream.Write(buffer.Written);
                buffer.Clear();
            }
        }

        void Format(ByteBuffer buffer, int block)
        {
            int end = Math.Min(rows, (block + 1) * RowsPerBlock);
            for (int row = block * RowsPerBlock; row < end; row++)
                write(buffer, row);
        }
    }

    private static ByteBuffer[] Buffers(int count) => [.. Enumerable.Range(0, count).Select(_ => new ByteBuffer())];

    private static Action<ByteBuffer, int> CsvCell(ResultColumn column) => column switch
    {
        NumberColumn { Values: var values } => (buffer, row) =>
            buffer.Advance(NumberText.Format(values[row], buffer.Room(NumberText.MostBytes))),
        IntegerColumn { Values: var values } => (buffer, row) => AppendInteger(buffer, values[row]),
        TextColumn { Values: var values } => (buffer, row) => AppendQuoted(buffer, values[row]),
        _ => throw new NotSupportedException(column.GetType().Name),
    };

    private static Action<ByteBuffer, int> JsonCell(ResultColumn column) => column switch
    {
        NumberColumn { Values: var values } => (buffer, row) => AppendJsonNumber(buffer, values[row]),
        IntegerColumn { Values: var values } => (buffer, row) => AppendInteger(buffer, values[row]),
        TextColumn { Values: var values } => (buffer, row) => buffer.Append(JsonText(values[row])),
        _ => throw new NotSupportedException(column.GetType().Name),
    };

    private static void AppendJsonNumber(ByteBuffer buffer, double value)
    {
        if (double.IsFinite(value))
            buffer.Advance(NumberText.Format(value, buffer.Room(NumberText.MostBytes)));
        else
            buffer.Append(double.IsNaN(value) ? "\"NaN\""u8 : value > 0 ? "\"Infinity\""u8 : "\"-Infinity\""u8);
    }

    private static void AppendInteger(ByteBuffer buffer, long value)
    {
        value.TryFormat(buffer.Room(NumberText.MostBytes), out int length, default, CultureInfo.InvariantCulture);
        buffer.Advance(length);
    }

    private static void AppendQuoted(ByteBuffer buffer, string text)
    {
        if (text.AsSpan().IndexOfAny(",\"\r\n") < 0)
            buffer.Append(text);
        else
            buffer.Append($"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
    }

    private static string JsonText(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    /// <summary>A growing run of bytes that is used again for block after block.</summary>
    private sealed class ByteBuffer
    {
        private byte[] _bytes = new byte[1 << 16];
        private int _length;

        public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

        public void Clear() => _length = 0;

        public Span<byte> Room(int bytes)
        {
            if (_bytes.Length - _length < bytes)
                Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, _length + bytes));
            return _bytes.AsSpan(_length);
        }

        public void Advance(int bytes) => _length += bytes;

        public void Append(byte value)
        {
            Room(1)[0] = value;
            _length++;
        }

        public void Append(ReadOnlySpan<byte> bytes)
        {
            bytes.CopyTo(Room(bytes.Length));
            _length += bytes.Length;
        }

        public void Append(string text) => _length += Encoding.UTF8.GetBytes(text, Room(Encoding.UTF8.GetMaxByteCount(text.Length)));
    }
}
