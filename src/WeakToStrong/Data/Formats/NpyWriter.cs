using System.Runtime.InteropServices;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Tables;

namespace WeakToStrong.Data.Formats;

/// <summary>Writes .npy files, version 1, of doubles.</summary>
internal static class NpyWriter
{
    /// <summary>Writes a matrix; the file appears whole or not at all.</summary>
    public static void Write(string path, Matrix<double> values) => Write(path, [values.Rows, values.Columns], values.Data);

    /// <summary>Writes a vector.</summary>
    public static void Write(string path, ReadOnlySpan<double> values) => Write(path, [values.Length], values);

    private static void Write(string path, ReadOnlySpan<long> shape, ReadOnlySpan<double> values)
    {
        byte[] head = MemoryFile.NpyHead("<f8", shape, columnMajor: false), data = MemoryMarshal.AsBytes(values).ToArray();
        AtomicFile.Write(path, stream =>
        {
            stream.Write(head);
            stream.Write(data);
        });
    }
}
