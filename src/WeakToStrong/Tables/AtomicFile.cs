namespace WeakToStrong.Tables;

/// <summary>
/// A file that appears whole or not at all: it is written beside its final place and renamed when complete. What an
/// interruption or a full disk leaves behind is removed; a file that was there before stays as it was until then, and its
/// permissions pass to the new one. Pipes and devices such as <c>/dev/stdout</c> are written directly, as they cannot be replaced.
/// </summary>
public sealed class AtomicFile : IDisposable
{
    private readonly string _path;
    private readonly string? _beside;
    private bool _closed;

    private AtomicFile(string path, string? beside, FileStream stream)
    {
        _path = path;
        _beside = beside;
        Stream = stream;
    }

    /// <summary>Takes the contents.</summary>
    public FileStream Stream { get; }

    /// <summary>Starts a file.</summary>
    /// <param name="path">Its final place. A link is followed, so that it stays a link.</param>
    /// <exception cref="InputException">Nothing can be written there; the message says why.</exception>
    public static AtomicFile Create(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        MemoryFile.CheckAllowed(path);
        try
        {
            string full = Path.GetFullPath(path);
            if (Directory.Exists(full) || Path.EndsInDirectorySeparator(path))
                throw Unwritable(path, "it is a folder");
            if (IsWrittenThrough(full))
                return WriteThrough(full);
            if (new FileInfo(full).LinkTarget is not null)
                full = File.ResolveLinkTarget(full, returnFinalTarget: true)!.FullName;
            string folder = Path.GetDirectoryName(full)!;
            if (!Directory.Exists(folder))
                throw Unwritable(path, File.Exists(folder) ? $"'{folder}' is not a folder" : $"the folder '{folder}' does not exist");
            if (File.Exists(full) && File.GetAttributes(full).HasFlag(FileAttributes.ReadOnly))
                throw Unwritable(path, "it is read-only");
            return WriteBeside(full, folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Unwritable(path, Reason(e), e);
        }
    }

    /// <summary>Refuses a place where nothing can be written, before a long computation rather than after it. Leaves no trace.</summary>
    /// <param name="path">The final place.</param>
    /// <exception cref="InputException">Nothing can be written there; the message says why.</exception>
    public static void CheckWritable(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        // Opening a pipe would wait for its reader, and closing it would tell the reader that all is over.
        if (!IsWrittenThrough(Path.GetFullPath(path)))
            Create(path).Dispose();
    }

    /// <summary>Writes a whole file.</summary>
    /// <param name="path">Its final place.</param>
    /// <param name="write">Writes the contents.</param>
    /// <exception cref="InputException">Nothing can be written there; the message says why.</exception>
    /// <exception cref="IOException">Writing began and broke, as when the disk is full; nothing was left behind.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        using AtomicFile file = Create(path);
        try
        {
            write(file.Stream);
            file.Commit();
        }
        catch (IOException e)
        {
            string left = file._beside is null ? string.Empty : ", and nothing was left there";
            throw new IOException($"'{path}' could not be written{left}: {Reason(e)}", e);
        }
    }

    /// <summary>Puts the finished file into its place.</summary>
    public void Commit()
    {
        Stream.Flush(flushToDisk: _beside is not null);
        Stream.Dispose();
        if (_beside is not null)
            File.Move(_beside, _path, overwrite: true);
        _closed = true;
    }

    /// <summary>Removes what was not committed.</summary>
    public void Dispose()
    {
        Stream.Dispose();
        if (!_closed && _beside is not null)
            File.Delete(_beside);
        _closed = true;
    }

    // Beside pipes and devices: descriptors such as /dev/stdout led into a file, whose opener waits for what is written there.
    private static bool IsWrittenThrough(string path) =>
        SpecialFile.Exists(path)
        || (File.Exists(path) && ((string[])["/proc/", "/dev/fd/", "/dev/std"]).Any(start =>
            path.StartsWith(start, StringComparison.Ordinal)));

    private static AtomicFile WriteThrough(string path)
    {
        FileMode mode = SpecialFile.Exists(path) ? FileMode.Open : FileMode.Truncate;
        return new AtomicFile(path, null, new FileStream(path, mode, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0));
    }

    private static AtomicFile WriteBeside(string path, string folder)
    {
        string beside = Path.Combine(folder, $".{Path.GetFileName(path)}.{Path.GetRandomFileName()}.part");
        var file = new AtomicFile(path, beside, new FileStream(beside, FileMode.CreateNew, FileAccess.Write, FileShare.Read,
            bufferSize: 0));
        if (!OperatingSystem.IsWindows() && File.Exists(path))
            File.SetUnixFileMode(file.Stream.SafeFileHandle, File.GetUnixFileMode(path));
        return file;
    }

    private static InputException Unwritable(string path, string reason, Exception? cause = null) =>
        new($"'{InputException.Shorten(path)}' cannot be written: {reason}", cause);

    // The system's words, without the path that they repeat.
    internal static string Reason(Exception e) => e switch
    {
        UnauthorizedAccessException => "permission is denied",
        FileNotFoundException or DirectoryNotFoundException => "no file can be made there",
        PathTooLongException => "the name is too long",
        _ => e.Message.Split(" : '")[0].TrimEnd('.'),
    };
}
