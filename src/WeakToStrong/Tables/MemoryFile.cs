using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace WeakToStrong.Tables;

/// <summary>
/// Contents in memory that stand for a file: until it is disposed, <see cref="Path"/> is a path wherever this library reads one, as an
/// argument of a study for instance. Thread-safe.
/// </summary>
public sealed class MemoryFile : IDisposable
{
    private const string Scheme = "memory:";
    private static readonly ConcurrentDictionary<string, MemoryFile> Open = new(StringComparer.Ordinal);
    private static readonly AsyncLocal<bool> Alone = new();
    private static long _count;
    private readonly Lazy<ByteSource> _bytes;

    private MemoryFile(string name, Func<ByteSource> bytes, ResultTable? table)
    {
        Path = string.Create(CultureInfo.InvariantCulture, $"{Scheme}{Interlocked.Increment(ref _count)}:{name}");
        Name = name;
        Table = table;
        _bytes = new Lazy<ByteSource>(bytes);
        Open[Path] = this;
    }

    /// <summary>Names it; no other file has this path.</summary>
    public string Path { get; }

    /// <summary>How messages call it.</summary>
    public string Name { get; }

    /// <summary>The table, if it is one.</summary>
    internal ResultTable? Table { get; }

    /// <summary>The bytes of a file of any kind that is read where it is used: CSV, .npy, Parquet, ...</summary>
    /// <param name="name">How messages call it, such as <c>weak_features</c>.</param>
    /// <param name="bytes">The contents; not copied.</param>
    public static MemoryFile Of(string name, ReadOnlyMemory<byte> bytes) =>
        new(name, () => ByteSource.Of(name, bytes.Length, (offset, destination) =>
        bytes.Span.Slice((int)offset, destination.Length).CopyTo(destination)), null);

    /// <summary>A table with named columns.</summary>
    /// <param name="name">How messages call it, such as <c>points</c>.</param>
    /// <param name="table">The contents; not copied.</param>
    public static MemoryFile Of(string name, ResultTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return new(name, () => AsText(name, table), table);
    }

    /// <summary>Numbers in rows, such as features: one row an example.</summary>
    /// <param name="name">How messages call it.</param>
    /// <param name="values">Row after row; not copied.</param>
    /// <param name="rows">Number of rows.</param>
    /// <exception cref="ArgumentException">The values do not fill the rows.</exception>
    public static MemoryFile Of(string name, ReadOnlyMemory<double> values, int rows)
    {
        int columns = rows == 0 ? 0 : values.Length / Require.AtLeast(rows, 1);
        Require.SameLength(rows * columns, values.Length, nameof(values));
        return OfArray(name, "<f8", [rows, columns], columnMajor: false, values.Length * 8L, (offset, destination) =>
            System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.Span).Slice((int)offset, destination.Length).CopyTo(destination));
    }

    /// <summary>An array as NumPy has it.</summary>
    /// <param name="name">How messages call it.</param>
    /// <param name="type">NumPy's text for the type of an entry, such as <c>&lt;f8</c>.</param>
    /// <param name="shape">One side a dimension.</param>
    /// <param name="columnMajor">Whether the first index runs fastest.</param>
    /// <param name="length">Number of bytes.</param>
    /// <param name="read">Reads some of them.</param>
    internal static MemoryFile OfArray(string name, string type, ReadOnlySpan<long> shape, bool columnMajor, long length, ByteReader read)
    {
        byte[] head = NpyHead(type, shape, columnMajor);
        return new(name, () => ByteSource.Of(name, head.Length + length, Read), null);

        void Read(long offset, Span<byte> destination)
        {
            int fromHead = (int)Math.Clamp(head.Length - offset, 0, destination.Length);
            if (fromHead > 0)
                head.AsSpan((int)offset, fromHead).CopyTo(destination);
            if (fromHead < destination.Length)
                read(offset + fromHead - head.Length, destination[fromHead..]);
        }
    }

    /// <summary>Until it is disposed, and in all that runs under it, these are the only files: no path of this machine is read or written,
    /// whatever an argument says. For front ends whose users are not those of the machine's files.</summary>
    public static IDisposable Only() => new Scope(alone: true);

    /// <summary>The opposite, for data that the program itself knows where to find.</summary>
    internal static IDisposable AndOthers() => new Scope(alone: false);

    /// <summary>Refuses a path of this machine where only these files are.</summary>
    /// <exception cref="InputException">Under <see cref="Only"/>.</exception>
    internal static void CheckAllowed(string path)
    {
        if (Alone.Value)
            throw new InputException($"'{InputException.Shorten(path)}' is a path; here only files that are sent along are read, "
                + "and none is written");
    }

    /// <summary>The file of this path, or null when it is not one of these.</summary>
    internal static MemoryFile? Find(string path) =>
        path.StartsWith(Scheme, StringComparison.Ordinal) && Open.TryGetValue(path, out MemoryFile? file) ? file : null;

    /// <summary>The contents; a table's as CSV.</summary>
    internal ByteSource OpenBytes() => _bytes.Value;

    /// <inheritdoc/>
    public void Dispose() => Open.TryRemove(Path, out _);

    private static ByteSource AsText(string name, ResultTable table)
    {
        using var stream = new MemoryStream();
        TableWriter.WriteCsv(table, stream);
        return ByteSource.Of(name, stream.ToArray());
    }

    // Version 1 of .npy: magic, version, length of the dictionary, and the dictionary, padded so that the entries are aligned.
    internal static byte[] NpyHead(string type, ReadOnlySpan<long> shape, bool columnMajor)
    {
        const int Before = 10, Alignment = 64;
        string sides = string.Join(", ", shape.ToArray().Select(side => side.ToString(CultureInfo.InvariantCulture)));
        string text = $"{{'descr': '{type}', 'fortran_order': {(columnMajor ? "True" : "False")}, 'shape': "
            + $"({sides}{(shape.Length == 1 ? "," : string.Empty)}), }}";
        int length = ((Before + text.Length + 1 + Alignment - 1) / Alignment * Alignment) - Before;
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)length, (byte)(length >> 8), .. Encoding.ASCII.GetBytes(text.PadRight(length - 1)),
            (byte)'\n'];
    }

    private sealed class Scope : IDisposable
    {
        private readonly bool _before = Alone.Value;

        public Scope(bool alone) => Alone.Value = alone;

        public void Dispose() => Alone.Value = _before;
    }
}
