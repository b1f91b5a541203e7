using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace WeakToStrong.Tables;

/// <summary>Tells pipes, devices and sockets from files, without opening them: opening a pipe waits for its reader.</summary>
internal static partial class SpecialFile
{
    private const int TypeMask = 0xF000, RegularType = 0x8000, DirectoryType = 0x4000;

    /// <summary>Whether a path, links followed, is there and is neither a file nor a folder. On Windows nothing is.</summary>
    public static bool Exists(string path) => ReadMode(path) is int mode && (mode & TypeMask) is not (RegularType or DirectoryType);

    // The type and permission bits, or null when there is nothing or the system cannot be asked. Where they lie is fixed by the
    // kernel's interface: byte 28 of statx on Linux, byte 4 of the 64-bit stat on macOS.
    private static int? ReadMode(string path)
    {
        Span<byte> answer = stackalloc byte[512];
        answer.Clear();
        try
        {
            if (OperatingSystem.IsLinux())
                return StatX(-100, path, 0, 3, ref answer[0]) == 0 ? BinaryPrimitives.ReadUInt16LittleEndian(answer[28..]) : null;
            if (OperatingSystem.IsMacOS())
                return Stat(path, ref answer[0]) == 0 ? BinaryPrimitives.ReadUInt16LittleEndian(answer[4..]) : null;
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            return null;
        }
        return null;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int folder, string path, int flags, uint mask, ref byte answer);

    [LibraryImport("libc", EntryPoint = "stat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Stat(string path, ref byte answer);
}
