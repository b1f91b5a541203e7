using Microsoft.Win32.SafeHandles;

namespace WeakToStrong.Tables;

/// <summary>
/// The bytes of an input, readable at any place by many threads at once: a file, which is not held in memory, or chunks that are.
/// </summary>
internal sealed class ByteSource : IDisposable
{
    private const int ChunkBytes = 1 << 20;
    private readonly SafeFileHandle? _file;
    private readonly IReadOnlyList<byte[]> _chunks;
    private readonly ByteReader? _reader;

    private ByteSource(string name, SafeFileHandle? file, IReadOnlyList<byte[]> chunks, long length, ByteReader? reader = null)
    {
        _reader = reader;
        Name = name;
        Length = length;
        _file = file;
        _chunks = chunks;
    }

    /// <summary>How messages call the input.</summary>
    public string Name { get; }

    /// <summary>Number of bytes.</summary>
    public long Length { get; }

    /// <summary>An array.</summary>
    /// <param name="name">How messages call it.</param>
    /// <param name="bytes">The contents.</param>
    public static ByteSource Of(string name, byte[] bytes) => Of(name, new MemoryStream(bytes));

    /// <summary>Contents that somebody else holds.</summary>
    /// <param name="name">How messages call it.</param>
    /// <param name="length">Number of bytes.</param>
    /// <param name="reader">Reads some of them.</param>
    public static ByteSource Of(string name, long length, ByteReader reader) => new(name, null, [], length, reader);

    /// <summary>What a stream holds, such as the contents of a compressed file, read to its end.</summary>
    /// <param name="name">How messages call it.</param>
    /// <param name="stream">The contents.</param>
    /// <exception cref="InputException">They do not fit into memory.</exception>
    public static ByteSource Of(string name, Stream stream)
    {
        long room = MemoryNeed.Free, length = 0;
        var chunks = new List<byte[]>();
        for (int size = ChunkBytes; size == ChunkBytes; length += size)
        {
            byte[] chunk = GC.AllocateUninitializedArray<byte>(ChunkBytes);
            size = stream.ReadAtLeast(chunk, ChunkBytes, throwOnEndOfStream: false);
            if (length + size > room)
                throw new InputException(FormattableString.Invariant(
                    $"{name} needs more than the {room / 1e9:F1} GB of memory that are free; unpack it into a file first"));
            chunks.Add(size == ChunkBytes ? chunk : chunk.AsSpan(0, size).ToArray());
        }
        return new ByteSource(name, null, chunks, length);
    }

    /// <summary>Opens a file; a pipe is read to its end first.</summary>
    /// <exception cref="InputException">There is no such file, or it may not be read.</exception>
    public static ByteSource Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (MemoryFile.Find(path) is { } held)
            return held.OpenBytes();
        MemoryFile.CheckAllowed(path);
        string name = $"'{InputException.Shorten(path)}'";
        if (Directory.Exists(path))
            throw new InputException($"{name} cannot be read: it is a folder");
        try
        {
            var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
            if (stream.CanSeek)
                return new ByteSource(name, stream.SafeFileHandle, [], stream.Length);
            using (stream)
                return Of(name, stream);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InputException($"{name} cannot be read: {Reason(e)}", e);
        }
    }

    /// <summary>The first bytes of contents that are held in memory.</summary>
    /// <param name="length">How many, at most <see cref="Length"/>.</param>
    public ByteSource First(long length) => new(Name, _file, _chunks, length, _reader);

    /// <summary>Reads bytes from a place and returns how many there were; fewer than asked only at the end.</summary>
    public int Read(long offset, Span<byte> destination)
    {
        int wanted = (int)Math.Clamp(Length - offset, 0, destination.Length);
        destination = destination[..wanted];
        if (_reader is not null)
        {
            _reader(offset, destination);
            return wanted;
        }
        int read = 0;
        while (read < wanted)
        {
            int more = _file is null ? ReadChunk(offset + read, destination[read..])
                : RandomAccess.Read(_file, destination[read..], offset + read);
            if (more == 0)
                throw new IOException($"{Name} became shorter while it was read");
            read += more;
        }
        return read;
    }

    private int ReadChunk(long offset, Span<byte> destination)
    {
        ReadOnlySpan<byte> rest = _chunks[(int)(offset / ChunkBytes)].AsSpan((int)(offset % ChunkBytes));
        rest = rest[..Math.Min(rest.Length, destination.Length)];
        rest.CopyTo(destination);
        return rest.Length;
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    private static string Reason(Exception e) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException => "there is no such file",
        UnauthorizedAccessException => "permission is denied",
        _ => e.Message.Split(" : '")[0].TrimEnd('.'),
    };
}

/// <summary>Fills a span with the bytes from a place on; all of them exist.</summary>
internal delegate void ByteReader(long offset, Span<byte> destination);
