using System.Runtime.CompilerServices;

namespace WeakToStrong.LinearAlgebra;

/// <summary>One block of scratch memory a thread, kept between calls so that kernels do not allocate; aligned to cache lines.</summary>
internal static unsafe class PackBuffer
{
    private const int Alignment = 64;

    [ThreadStatic]
    private static byte[]? _pinned;

    /// <summary>At least <paramref name="bytes"/> bytes, valid until this thread's next call.</summary>
    public static byte* Rent(int bytes)
    {
        if (_pinned is null || _pinned.Length < bytes + Alignment)
            _pinned = GC.AllocateUninitializedArray<byte>(bytes + Alignment, pinned: true);
        nint start = (nint)Unsafe.AsPointer(ref _pinned[0]);
        return (byte*)((start + Alignment - 1) & -Alignment);
    }
}
