using System.Runtime.InteropServices;
using System.Text;
using WeakToStrong.Tables;

namespace WeakToStrong.Embed;

/// <summary>Writes rows as a NumPy file of single-precision numbers, whole or not at all.</summary>
internal static class NpyWriter
{
    private const int HeaderLength = 128;

    /// <summary>Writes the rows, whose number is known only at the end.</summary>
    /// <returns>Rows and columns.</returns>
    public static (long Rows, int Columns) Write(string path, IEnumerable<float[]> rows)
    {
        (long count, int width) = (0, 0);
        AtomicFile.Write(path, stream =>
        {
            stream.Write(new byte[HeaderLength]);
            foreach (float[] row in rows)
            {
                width = count == 0 || row.Length == width ? row.Length : throw new InputException(
                    $"example {count + 1} has {row.Length} features, and those before it have {width}");
                stream.Write(MemoryMarshal.AsBytes<float>(row));
                count++;
            }
            stream.Position = 0;
            stream.Write(Header(count, width));
        });
        return (count, width);
    }

    private static byte[] Header(long rows, int columns)
    {
        string text = FormattableString.Invariant($"{{'descr': '<f4', 'fortran_order': False, 'shape': ({rows}, {columns}), }}");
        byte[] start = [0x93, .. "NUMPY"u8, 1, 0, HeaderLength - 10, 0];
        return [.. start, .. Encoding.ASCII.GetBytes(text.PadRight(HeaderLength - start.Length - 1) + "\n")];
    }
}
