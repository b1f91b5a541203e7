using System.Globalization;
using WeakToStrong.Sweeps;

namespace WeakToStrong.Cli.Commands;

/// <summary>One run at a time in a folder on one machine, and who it is.</summary>
internal sealed class LocalLock : IDisposable
{
    private readonly FileStream _lock;
    private readonly string _owner;

    private LocalLock(FileStream stream, string owner)
    {
        _lock = stream;
        _owner = owner;
        File.WriteAllText(owner, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Takes the folder.</summary>
    /// <exception cref="InputException">Somebody else has it.</exception>
    public static LocalLock Take(SweepStore store)
    {
        string path = Path.Combine(store.Folder, ".lock");
        try
        {
            return new LocalLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None), OwnerPath(store));
        }
        catch (IOException e) when (Owner(store) is { } owner && File.Exists(path))
        {
            throw new InputException($"process {owner} is at work in '{InputException.Shorten(store.Folder)}'; w2s sweep status shows how "
                + "far it is, and w2s sweep cancel stops it", e);
        }
    }

    /// <summary>The process that has the folder, as far as it said so.</summary>
    public static int? Owner(SweepStore store) =>
        File.Exists(OwnerPath(store)) && int.TryParse(File.ReadAllText(OwnerPath(store)), out int process) ? process : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        File.Delete(_owner);
        _lock.Dispose();
    }

    private static string OwnerPath(SweepStore store) => Path.Combine(store.Folder, ".process");
}
