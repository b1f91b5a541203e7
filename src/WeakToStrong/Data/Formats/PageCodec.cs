using System.IO.Compression;
using K4os.Compression.LZ4;
using Parquet.Meta;
using Snappier;

namespace WeakToStrong.Data.Formats;

/// <summary>Unpacks a page of a Parquet file.</summary>
internal static class PageCodec
{
    /// <summary>The bytes of a page, or null when they are packed in a way that is not known here.</summary>
    /// <param name="codec">How they are packed.</param>
    /// <param name="packed">The packed bytes.</param>
    /// <param name="size">How many there are when unpacked.</param>
    /// <exception cref="InvalidDataException">They are damaged, or another number of bytes comes out.</exception>
    public static byte[]? Unpack(CompressionCodec codec, ReadOnlySpan<byte> packed, int size)
    {
        byte[] bytes = new byte[size];
        int written;
        switch (codec)
        {
            case CompressionCodec.UNCOMPRESSED:
                return packed.ToArray();
            case CompressionCodec.SNAPPY:
                written = Snappy.Decompress(packed, bytes);
                break;
            case CompressionCodec.ZSTD:
                using (var zstd = new ZstdSharp.Decompressor())
                    written = zstd.Unwrap(packed, bytes);
                break;
            case CompressionCodec.LZ4_RAW:
                written = LZ4Codec.Decode(packed, bytes);
                break;
            case CompressionCodec.GZIP:
                written = ReadAll(new GZipStream(new MemoryStream(packed.ToArray()), CompressionMode.Decompress), bytes);
                break;
            case CompressionCodec.BROTLI:
                written = ReadAll(new BrotliStream(new MemoryStream(packed.ToArray()), CompressionMode.Decompress), bytes);
                break;
            default:
                return null;
        }
        return written == size ? bytes : throw new InvalidDataException();
    }

    private static int ReadAll(Stream stream, byte[] bytes)
    {
        using (stream)
            return stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
    }
}
