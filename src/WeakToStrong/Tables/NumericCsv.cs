using System.Buffers;

namespace WeakToStrong.Tables;

/// <summary>Takes one row of a table; returns what is wrong with it, or null. Called from many threads at once, each row once.</summary>
internal delegate InputException? RowSink(int row, ReadOnlySpan<double> cells);

/// <summary>
/// Reads delimited numbers in two passes over fixed blocks of the input: the first counts lines, which tells every block its first row;
/// the second parses all blocks in parallel, straight to where the rows belong. Neither the values nor the message about the first bad
/// row depend on the number of threads.
/// </summary>
internal static class NumericCsv
{
    private const int BlockSize = 1 << 20;
    private const int LongestHeader = 1 << 24;

    /// <summary>How users find a row: counted from 1 after the header, and its line in the file.</summary>
    /// <param name="row">Index of the row, from 0.</param>
    public static string Place(int row) => $"row {row + 1} (line {row + 2})";

    /// <summary>Reads a whole table.</summary>
    /// <param name="source">The input.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <param name="prepare">Told the columns' names and the number of rows, it returns what takes them.</param>
    public static void Read(ByteSource source, RunOptions options, Func<List<string>, int, RowSink> prepare)
    {
        (byte[] header, long start) = ReadHeader(source);
        byte delimiter = CsvLine.GuessDelimiter(header);
        List<string> names = CsvLine.Texts(header, delimiter);
        CheckNames(source, names);
        var body = new Body(source, start, FindEnd(source, start));
        if (body.Start >= body.End)
            throw new InputException($"{source.Name} has a header but no rows; it must have at least one");
        long[] firstRows = CountRows(body, options);
        CheckSize(source, firstRows[^1], names.Count);
        RowSink sink = prepare(names, (int)firstRows[^1]);
        var faults = new InputException?[body.Blocks];
        ParallelOptions parallel = options.ForParallel();
        parallel.CancellationToken = options.Cancellation;
        Parallel.For(0, body.Blocks, parallel, block => faults[block] = ParseBlock(body, block, (int)firstRows[block], delimiter, names, sink));
        if (Array.Find(faults, f => f is not null) is { } fault)
            throw fault;
    }

    /// <summary>The sentence about one bad cell.</summary>
    /// <param name="source">How messages call the table.</param>
    /// <param name="row">Index of the row, from 0.</param>
    /// <param name="column">Name of the column.</param>
    /// <param name="read">What was found there.</param>
    /// <param name="allowed">What is allowed, in words that follow "must be".</param>
    public static InputException Wrong(string source, int row, string column, string read, string allowed) =>
        InputException.At($"{source}, {Place(row)}, column {InputException.Shorten(column)}", read, allowed);

    private static (byte[] Header, long Next) ReadHeader(ByteSource source)
    {
        if (source.Length == 0)
            throw new InputException($"{source.Name} is empty; it must be a table with a header");
        for (int size = 1 << 16; ; size *= 4)
        {
            byte[] head = new byte[Math.Min(size, source.Length)];
            source.Read(0, head);
            int end = head.AsSpan().IndexOf((byte)'\n');
            if (end < 0 && head.Length < source.Length && size < LongestHeader)
                continue;
            ReadOnlySpan<byte> line = end < 0 ? head : head.AsSpan(0, end);
            if (line.StartsWith("\uFEFF"u8))
                line = line[3..];
            line = line.TrimEnd((byte)'\r');
            if (line.ContainsAnyInRange((byte)0, (byte)8) || line.Contains((byte)'\r') || (end < 0 && head.Length < source.Length))
                throw new InputException($"{source.Name} is not a text file; it must be a table of numbers with a header");
            return (line.ToArray(), end < 0 ? source.Length : end + 1);
        }
    }

    private static void CheckNames(ByteSource source, List<string> names)
    {
        if (names.TrueForAll(n => NumberText.TryParse(n, out _)))
            throw new InputException($"{source.Name} has no header; its first line must name the columns, but holds only numbers");
        int empty = names.IndexOf(string.Empty);
        if (empty >= 0)
            throw new InputException($"{source.Name} has no name for column {empty + 1}; its first line must name every column");
        if (names.GroupBy(n => n).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new InputException($"{source.Name} has the column '{InputException.Shorten(twice.Key)}' {twice.Count()} times; names must differ");
    }

    private static void CheckSize(ByteSource source, long rows, int columns)
    {
        double bytes = 8.0 * rows * columns;
        double room = Math.Min(8.0 * Array.MaxLength, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
        if (bytes > room)
            throw new InputException($"{source.Name} needs {bytes / 1e9:F1} GB for {rows} rows of {columns} columns; at most {room / 1e9:F1} GB can be had");
    }

    // Where the last line that is not blank ends.
    private static long FindEnd(ByteSource source, long start)
    {
        Span<byte> tail = stackalloc byte[1024];
        long end = source.Length;
        while (end > start)
        {
            long from = Math.Max(start, end - tail.Length);
            Span<byte> part = tail[..(int)(end - from)];
            source.Read(from, part);
            int kept = part.LastIndexOfAnyExcept(" \t\r\n"u8);
            if (kept >= 0)
                return from + kept + 1;
            end = from;
        }
        return end;
    }

    // The first row of every block, and after them the number of rows.
    private static long[] CountRows(Body body, RunOptions options)
    {
        var firstRows = new long[body.Blocks + 1];
        Parallel.For(0, body.Blocks, options.ForParallel(), block =>
        {
            byte[] buffer = ArrayPool<byte>.Shared.Rent(BlockSize);
            (long from, long to) = body.Block(block);
            Span<byte> bytes = buffer.AsSpan(0, (int)(to - from));
            body.Source.Read(from, bytes);
            firstRows[block + 1] = bytes.Count((byte)'\n');
            ArrayPool<byte>.Shared.Return(buffer);
        });
        // A block's rows are those behind the line ends in it; the first block also has the row at the very start.
        firstRows[1]++;
        for (int block = 0; block < body.Blocks; block++)
            firstRows[block + 1] += firstRows[block];
        return firstRows;
    }

    private static InputException? ParseBlock(Body body, int block, int row, byte delimiter, List<string> names, RowSink sink)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BlockSize + (1 << 16));
        double[] cells = new double[names.Count];
        try
        {
            ReadOnlySpan<byte> text = ReadLines(body, block, ref buffer);
            for (; !text.IsEmpty; row++)
            {
                int end = text.IndexOf((byte)'\n');
                ReadOnlySpan<byte> line = end < 0 ? text : text[..end];
                text = end < 0 ? default : text[(end + 1)..];
                if (line.EndsWith("\r"u8))
                    line = line[..^1];
                if (!CsvLine.TryNumbers(line, delimiter, cells, out CsvFault fault))
                    return Refusal(body.Source.Name, row, line, names, fault);
                if (sink(row, cells) is { } refusal)
                    return refusal;
            }
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static InputException Refusal(string source, int row, ReadOnlySpan<byte> line, List<string> names, CsvFault fault) =>
        line.Trim(" \t"u8).IsEmpty && names.Count > 1 ? new InputException($"{source}, {Place(row)} is blank; only lines at the end may be")
        : fault.Column < 0 ? new InputException($"{source}, {Place(row)} has {fault.Cells} columns; it must have {names.Count}, as the header")
        : Wrong(source, row, names[fault.Column], fault.Text, "a number");

    // The lines that begin behind a line end in the block, whole, whatever block they end in.
    private static ReadOnlySpan<byte> ReadLines(Body body, int block, ref byte[] buffer)
    {
        (long from, long to) = body.Block(block);
        int length = body.Source.Read(from, buffer.AsSpan(0, (int)(to - from)));
        int first = block == 0 ? 0 : buffer.AsSpan(0, length).IndexOf((byte)'\n') + 1;
        if (block > 0 && first == 0)
            return default;
        while (to < body.End)
        {
            if (buffer.Length - length < 1 << 12)
                Grow(ref buffer, length);
            Span<byte> more = buffer.AsSpan(length, (int)Math.Min(buffer.Length - length, body.End - to));
            body.Source.Read(to, more);
            int end = more.IndexOf((byte)'\n');
            if (end >= 0)
                return buffer.AsSpan(first, length + end - first);
            to += more.Length;
            length += more.Length;
        }
        return buffer.AsSpan(first, length - first);
    }

    private static void Grow(ref byte[] buffer, int length)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(2 * buffer.Length);
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }

    /// <summary>The part of the input behind the header, cut into blocks.</summary>
    private sealed record Body(ByteSource Source, long Start, long End)
    {
        public int Blocks => (int)((End - Start + BlockSize - 1) / BlockSize);

        public (long From, long To) Block(int index)
        {
            long from = Start + ((long)index * BlockSize);
            return (from, Math.Min(End, from + BlockSize));
        }
    }
}
