using System.Runtime.InteropServices;
using WeakToStrong.Tables;

namespace WeakToStrong.Embed;

/// <summary>Writes rows as a NumPy file of single-precision numbers as they come, whole or not at all.</summary>
internal static class VectorFile
{
    /// <summary>Writes so many rows.</summary>
    /// <returns>Their width.</returns>
    public static int Write(string path, long count, IEnumerable<float[]> rows)
    {
        int? width = null;
        AtomicFile.Write(path, stream =>
        {
            foreach ((int i, float[] row) in rows.Index())
            {
                if (width is null)
                    stream.Write(MemoryFile.NpyHead("<f4", [count, row.Length], columnMajor: false));
                else if (row.Length != width)
                    throw new InputException($"example {i + 1} has {row.Length} features, and those before it have {width}");
                width = row.Length;
                stream.Write(MemoryMarshal.AsBytes<float>(row));
            }
            if (width is null)
                throw new InputException("there is no example to encode");
        });
        return width!.Value;
    }
}
