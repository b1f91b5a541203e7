using System.Buffers;
using System.Globalization;

namespace WeakToStrong.Tables;

/// <summary>Takes one row of numbers; returns what is wrong with it, or null. Called from many threads at once, each row once.</summary>
internal delegate InputException? RowSink(long row, ReadOnlySpan<double> cells);

/// <summary>
/// Delimited text, the one reader of it. The delimiter (comma, semicolon, tab, bar or blank) is taken from the first lines. Rows are found
/// once, then any of them can be read, as often as needed, by many threads; neither the values nor the message about the first bad row
/// depend on their number, and the text is never held in memory as a whole. Blank lines at the end are no rows, unless there is only one
/// column: there they are empty cells.
/// </summary>
internal sealed class CsvTable
{
    private const int LongestHeader = 1 << 24;
    private readonly ByteSource _source;
    private readonly CsvRows _rows;
    private readonly byte _delimiter;
    private readonly bool _headerSpansLines;

    private CsvTable(ByteSource source, IReadOnlyList<string> names, bool hasHeader, byte delimiter, bool headerSpansLines, CsvRows rows)
    {
        _source = source;
        _delimiter = delimiter;
        _headerSpansLines = headerSpansLines;
        _rows = rows;
        Names = names;
        HasHeader = hasHeader;
    }

    /// <summary>How messages call the text.</summary>
    public string Source => _source.Name;

    /// <summary>The columns' names; without a header their numbers. Only the first of several may be empty.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Whether the first line holds names.</summary>
    public bool HasHeader { get; }

    /// <summary>Number of rows; at least 1.</summary>
    public long Rows => _rows.Count;

    /// <summary>Looks at the header and finds the rows.</summary>
    /// <param name="source">The text; must stay open as long as the table is read.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <param name="headerOptional">Whether a first line with a number in it is a row rather than a mistake.</param>
    /// <exception cref="InputException">It is empty, not text, has no rows, or names that are missing or not unique.</exception>
    public static CsvTable Open(ByteSource source, RunOptions options, bool headerOptional = false)
    {
        (byte[] first, byte[] second, long start, long next) = ReadHead(source);
        byte delimiter = CsvLine.GuessDelimiter(first, second);
        List<string> names = CsvLine.Texts(first, delimiter);
        // A first line such as 2,5;1,5 is a row of mistakes, not of names.
        bool hasHeader = !headerOptional || (names.All(n => !NumberText.TryParse(n, out _)) && names.Any(n => n.Length > 0)
            && !CsvLine.LooksLikeNumbers(first));
        if (!headerOptional)
            CheckNames(source, names);
        if (!hasHeader)
            (names, next) = ([.. Enumerable.Range(1, names.Count).Select(c => $"{c}")], start);
        long end = FindEnd(source, next, names.Count);
        if (next > end)
            throw new InputException($"{source.Name} has a header but no rows; it must have at least one");
        CsvRows rows = CsvRows.Find(source, next, end, delimiter, options);
        return new CsvTable(source, names, hasHeader, delimiter, hasHeader && first.Contains((byte)'\n'), rows);
    }

    /// <summary>How users find a row: counted from 1, and its line in the file.</summary>
    /// <param name="row">Index of the row, from 0.</param>
    public string Place(long row) => !HasHeader ? $"line {row + 1}" : _headerSpansLines || _rows.SpanLines ? $"row {row + 1}"
        : $"row {row + 1} (line {row + 2})";

    /// <summary>The sentence about one bad cell.</summary>
    /// <param name="row">Index of the row, from 0.</param>
    /// <param name="column">Index of the column.</param>
    /// <param name="read">What was found there.</param>
    /// <param name="allowed">What is allowed, in words that follow "must be".</param>
    public InputException Wrong(long row, int column, string read, string allowed) =>
        InputException.At($"{Source}, {Place(row)}, column {InputException.Shorten(Names[column])}", read, allowed);

    /// <summary>Reads rows.</summary>
    /// <param name="first">Index of the first row.</param>
    /// <param name="count">How many.</param>
    /// <param name="uses">What each column is read for.</param>
    /// <param name="numbers">Takes each row's numbers, in the order of the columns; null when there are none.</param>
    /// <param name="texts">One array a column of texts, in the order of the columns: its entry k is of row first + k.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <exception cref="InputException">A row has too few or too many cells, or a cell is not a number; the first such
    /// row is named.</exception>
    public void Read(long first, long count, CellUse[] uses, RowSink? numbers, string[][] texts, RunOptions options)
    {
        int firstBlock = _rows.BlockOf(first), blocks = _rows.BlockOf(first + count - 1) + 1 - firstBlock;
        var faults = new InputException?[blocks];
        options.InParallel(blocks, index => faults[index] = ReadBlock(firstBlock + index, first, first + count, uses, numbers, texts));
        if (Array.Find(faults, f => f is not null) is { } fault)
            throw fault;
    }

    private InputException? ReadBlock(int block, long first, long end, CellUse[] uses, RowSink? sink, string[][] texts)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(1 << 20);
        double[] numbers = new double[uses.Count(u => u is CellUse.Number or CellUse.OptionalNumber) + 1];
        var places = new Range[texts.Length];
        var pool = texts.Length > 0 ? new TextPool() : null;
        try
        {
            ReadOnlySpan<byte> text = _rows.Read(_source, block, ref buffer);
            for (long row = _rows.FirstRow(block); row < Math.Min(end, _rows.FirstRow(block + 1)); row++)
            {
                ReadOnlySpan<byte> line = NextRow(ref text);
                if (row < first)
                    continue;
                if (!CsvLine.TryCells(line, _delimiter, uses, numbers, places, out CsvFault fault))
                    return Refusal(row, line, fault);
                for (int t = 0; t < texts.Length; t++)
                    texts[t][row - first] = pool!.Text(line[places[t]]);
                if (sink?.Invoke(row, numbers.AsSpan(0, numbers.Length - 1)) is { } refusal)
                    return refusal;
            }
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private ReadOnlySpan<byte> NextRow(ref ReadOnlySpan<byte> text)
    {
        int end = text.IndexOf((byte)'\n');
        while (_rows.SpanLines && end >= 0 && CsvLine.EndsWithinQuotes(text[..end], _delimiter))
        {
            int more = text[(end + 1)..].IndexOf((byte)'\n');
            end = more < 0 ? -1 : end + 1 + more;
        }
        ReadOnlySpan<byte> line = end < 0 ? text : text[..end];
        text = end < 0 ? default : text[(end + 1)..];
        if (line.EndsWith("\r"u8))
            line = line[..^1];
        return _delimiter == ' ' ? line.Trim(" \t"u8) : line;
    }

    private InputException Refusal(long row, ReadOnlySpan<byte> line, CsvFault fault)
    {
        if (line.Trim(" \t"u8).IsEmpty && Names.Count > 1)
            return new InputException($"{Source}, {Place(row)} is blank; only lines at the end may be");
        if (fault.Column < 0)
            return new InputException($"{Source}, {Place(row)} has {fault.Cells} columns; it must have {Names.Count}, as the "
                + $"{(HasHeader ? "header" : "first line")}");
        bool decimalComma = fault.Text.Count(c => c == ',') == 1 && NumberText.TryParse(fault.Text.Replace(',', '.'), out _);
        bool tooLarge = double.TryParse(fault.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            && double.IsInfinity(value);
        return Wrong(row, fault.Column, fault.Text, decimalComma ? "a number, with a point before its decimals"
            : tooLarge ? "a number below 1.8e308 in size" : "a number");
    }

    // The first row and the line behind it, and where both begin.
    private static (byte[] First, byte[] Second, long Start, long Next) ReadHead(ByteSource source)
    {
        if (source.Length == 0)
            throw new InputException($"{source.Name} is empty; it must be a table with a header");
        for (int size = 1 << 16; ; size *= 4)
        {
            byte[] head = new byte[Math.Min(size, source.Length)];
            source.Read(0, head);
            bool isAll = head.Length == source.Length || size >= LongestHeader;
            int start = head.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0;
            ReadOnlySpan<byte> first = CsvLine.FirstRow(head.AsSpan(start));
            int next = start + first.Length + 1;
            ReadOnlySpan<byte> second = next < head.Length ? head.AsSpan(next) : default;
            int end = second.IndexOf((byte)'\n');
            if (end < 0 && !isAll)
                continue;
            first = first.TrimEnd((byte)'\r');
            if (first.ContainsAnyInRange((byte)0, (byte)8) || (first.Contains((byte)'\r') && !first.Contains((byte)'\n'))
                || next > source.Length + 1 || first.Length > LongestHeader - 4)
                throw new InputException($"{source.Name} is not a text file; it must be a table of numbers with a header");
            return (first.ToArray(), (end < 0 ? second : second[..end]).TrimEnd((byte)'\r').ToArray(), start, next);
        }
    }

    private static void CheckNames(ByteSource source, List<string> names)
    {
        if (names.TrueForAll(n => NumberText.TryParse(n, out _)))
            throw new InputException($"{source.Name} has no header; its first line must name the columns, but holds only numbers");
        for (int c = 0; c < names.Count; c++)
        {
            // An index that pandas wrote has no name.
            if (names[c].Length == 0 && (c > 0 || names.Count == 1))
                throw new InputException($"{source.Name} has no name for column {c + 1}; its first line must name every column");
        }
        if (names.GroupBy(n => n).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new InputException(
                $"{source.Name} has the column '{InputException.Shorten(twice.Key)}' {twice.Count()} times; names must differ");
    }

    // Where the last row ends: one column loses the last line end alone, several all blank lines. Before the start when there is no row.
    private static long FindEnd(ByteSource source, long start, int columns)
    {
        Span<byte> tail = stackalloc byte[1024];
        long lastLine = source.Length;
        for (long end = source.Length; end > start;)
        {
            long from = Math.Max(start, end - tail.Length);
            Span<byte> part = tail[..(int)(end - from)];
            source.Read(from, part);
            if (columns == 1)
                return part[^1] == '\n' ? end - 1 : end;
            for (int i = part.Length - 1; i >= 0; i--)
            {
                if (part[i] == '\n')
                    lastLine = from + i;
                else if (!CsvLine.IsBlank(part[i]))
                    return lastLine;
            }
            end = from;
        }
        return start - 1;
    }
}
