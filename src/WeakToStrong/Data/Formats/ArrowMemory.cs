using System.Buffers;
using Apache.Arrow.Memory;

namespace WeakToStrong.Data.Formats;

/// <summary>
/// Memory of Arrow's reader on the managed heap, refused when a damaged length asks for more than there is. The library's own is outside
/// the heap, where what a refused file leaves behind is freed late.
/// </summary>
internal sealed class ArrowMemory(string source) : MemoryAllocator
{
    protected override IMemoryOwner<byte> AllocateInternal(int length, out int bytesAllocated)
    {
        MemoryNeed.Check($"reading {source}", (length / sizeof(double)) + 1L, 1);
        bytesAllocated = length;
        return new Block(new byte[length]);
    }

    private sealed class Block(byte[] bytes) : IMemoryOwner<byte>
    {
        public Memory<byte> Memory => bytes;

        public void Dispose()
        {
        }
    }
}
