using System.Buffers.Binary;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace WeakToStrong.Data.Formats;

/// <summary>How one number of a raw array is stored.</summary>
internal enum ElementType
{
    Float64,
    Float32,
    Float16,
    BFloat16,
    Int64,
    Int32,
    Int16,
    Int8,
    UInt64,
    UInt32,
    UInt16,
    UInt8,
}

/// <summary>Turns raw bytes into numbers.</summary>
internal static class Elements
{
    /// <summary>Bytes of one number.</summary>
    public static int Size(this ElementType type) => type switch
    {
        ElementType.Float64 or ElementType.Int64 or ElementType.UInt64 => 8,
        ElementType.Float32 or ElementType.Int32 or ElementType.UInt32 => 4,
        ElementType.Int8 or ElementType.UInt8 => 1,
        _ => 2,
    };

    /// <summary>Whether a double may not tell two neighbours apart.</summary>
    public static bool IsLongInteger(this ElementType type) => type is ElementType.Int64 or ElementType.UInt64;

    /// <summary>Converts numbers.</summary>
    /// <param name="bytes">The numbers; changed when they are big-endian.</param>
    /// <param name="type">How they are stored.</param>
    /// <param name="bigEndian">Whether the most significant byte comes first.</param>
    /// <param name="to">Takes every <paramref name="stride"/>th entry.</param>
    /// <param name="stride">Distance of two entries.</param>
    public static void Convert(Span<byte> bytes, ElementType type, bool bigEndian, Span<double> to, int stride = 1)
    {
        if (bigEndian)
            Reverse(bytes, type.Size());
        switch (type)
        {
            case ElementType.Float64: Convert<double>(bytes, to, stride); break;
            case ElementType.Float32: Convert<float>(bytes, to, stride); break;
            case ElementType.Float16: Convert<Half>(bytes, to, stride); break;
            case ElementType.Int64: Convert<long>(bytes, to, stride); break;
            case ElementType.Int32: Convert<int>(bytes, to, stride); break;
            case ElementType.Int16: Convert<short>(bytes, to, stride); break;
            case ElementType.Int8: Convert<sbyte>(bytes, to, stride); break;
            case ElementType.UInt64: Convert<ulong>(bytes, to, stride); break;
            case ElementType.UInt32: Convert<uint>(bytes, to, stride); break;
            case ElementType.UInt16: Convert<ushort>(bytes, to, stride); break;
            case ElementType.UInt8: Convert<byte>(bytes, to, stride); break;
            default:
                // The upper half of a float.
                ReadOnlySpan<ushort> halves = MemoryMarshal.Cast<byte, ushort>(bytes);
                for (int i = 0, at = 0; i < halves.Length; i++, at += stride)
                    to[at] = BitConverter.UInt32BitsToSingle((uint)halves[i] << 16);
                break;
        }
    }

    /// <summary>Exchanges the order of the bytes of every element.</summary>
    public static void Reverse(Span<byte> bytes, int size)
    {
        switch (size)
        {
            case 8:
                Span<ulong> longs = MemoryMarshal.Cast<byte, ulong>(bytes);
                BinaryPrimitives.ReverseEndianness(longs, longs);
                break;
            case 4:
                Span<uint> words = MemoryMarshal.Cast<byte, uint>(bytes);
                BinaryPrimitives.ReverseEndianness(words, words);
                break;
            case 2:
                Span<ushort> halves = MemoryMarshal.Cast<byte, ushort>(bytes);
                BinaryPrimitives.ReverseEndianness(halves, halves);
                break;
        }
    }

    private static void Convert<T>(ReadOnlySpan<byte> bytes, Span<double> to, int stride)
        where T : unmanaged, INumberBase<T>
    {
        ReadOnlySpan<T> from = MemoryMarshal.Cast<byte, T>(bytes);
        if (stride == 1)
        {
            TensorPrimitives.ConvertTruncating(from, to);
            return;
        }
        for (int i = 0, at = 0; i < from.Length; i++, at += stride)
            to[at] = double.CreateTruncating(from[i]);
    }
}
