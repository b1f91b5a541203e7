using System.Runtime.CompilerServices;
using System.Text;

namespace WeakToStrong.Native;

/// <summary>The sentence for the last call of each thread that failed.</summary>
internal static unsafe class LastError
{
    // Never moved, and collected when the thread says something else or is gone.
    [ThreadStatic]
    private static byte[]? _text;

    /// <summary>As C reads it; null when no call of this thread failed.</summary>
    public static byte* Text => _text is null ? null : (byte*)Unsafe.AsPointer(ref _text[0]);

    public static void Set(string text)
    {
        byte[] bytes = GC.AllocateUninitializedArray<byte>(Encoding.UTF8.GetByteCount(text) + 1, pinned: true);
        bytes[Encoding.UTF8.GetBytes(text, bytes)] = 0;
        _text = bytes;
    }
}
