using Microsoft.Win32.SafeHandles;

namespace WeakToStrong.Tables;

/// <summary>
/// The bytes of an input, readable at any place by many threads at once: a file, which is not held in memory, or an array.
/// </summary>
internal sealed class ByteSource : IDisposable
{
    private readonly SafeFileHandle? _file;
    private readonly byte[] _bytes;

    /// <summary>An array, such as the contents of a compressed file.</summary>
    /// <param name="name">How messages call it.</param>
    /// <param name="bytes">The contents.</param>
    public ByteSource(string name, byte[] bytes)
        : this(name, null, bytes, bytes.Length)
    {
    }

    private ByteSource(string name, SafeFileHandle? file, byte[] bytes, long length)
    {
        Name = name;
        Length = length;
        _file = file;
        _bytes = bytes;
    }

    /// <summary>How messages call the input.</summary>
    public string Name { get; }

    /// <summary>Number of bytes.</summary>
    public long Length { get; }

    /// <summary>Opens a file; a pipe is read to its end first.</summary>
    /// <exception cref="InputException">There is no such file, or it may not be read.</exception>
    public static ByteSource Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string name = $"'{InputException.Shorten(path)}'";
        if (Directory.Exists(path))
            throw new InputException($"{name} cannot be read: it is a folder");
        try
        {
            var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
            if (stream.CanSeek)
                return new ByteSource(name, stream.SafeFileHandle, [], stream.Length);
            using (stream)
            using (var all = new MemoryStream())
            {
                stream.CopyTo(all);
                return new ByteSource(name, all.ToArray());
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InputException($"{name} cannot be read: {Reason(e)}", e);
        }
    }

    /// <summary>Reads bytes from a place and returns how many there were; fewer than asked only at the end.</summary>
    public int Read(long offset, Span<byte> destination)
    {
        int wanted = (int)Math.Clamp(Length - offset, 0, destination.Length);
        destination = destination[..wanted];
        if (_file is null)
        {
            _bytes.AsSpan((int)offset, wanted).CopyTo(destination);
            return wanted;
        }
        int read = 0;
        while (read < wanted)
        {
            int more = RandomAccess.Read(_file, destination[read..], offset + read);
            if (more == 0)
                throw new IOException($"{Name} became shorter while it was read");
            read += more;
        }
        return read;
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
