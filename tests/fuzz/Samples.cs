using System.Globalization;
using System.IO.Compression;
using System.Text;
using WeakToStrong.Tables;

namespace WeakToStrong.Fuzz;

/// <summary>Good files of every format. None of their numbers is zero, nor becomes zero when a few bytes change.</summary>
internal static class Samples
{
    /// <summary>Good files of a format.</summary>
    /// <param name="format">Such as "npy"; the script run names them all.</param>
    /// <param name="cases">The folder tests/cases.</param>
    public static byte[][] Of(string format, string cases) => format switch
    {
        "csv" or "vector" => [Text(","), Text(";"), Text("\t"), Text(" "), Quoted(),
            Encoding.UTF8.GetBytes("value\n" + string.Concat(Numbers().Take(30).Select(x => Format(x) + "\n")))],
        "gzip" => [Gzip(Text(","), 1), Gzip(Text(","), 3), [.. Gzip(Text(";"), 2), .. new byte[512]], Gzip(Npy("<f8", false), 1)],
        "npy" => [Npy("<f8", false), Npy("<f8", true), Npy(">f8", false), Npy("<i8", true)],
        "npz" => [Npz(CompressionLevel.NoCompression), Npz(CompressionLevel.Fastest)],
        "safetensors" => [Safetensors()],
        "idx" => [Idx()],
        "parquet" => [.. Directory.GetFiles(Path.Combine(cases, "parquet"), "dense*").Select(File.ReadAllBytes), Parquet()],
        "arrow" => [.. Directory.GetFiles(Path.Combine(cases, "arrow"), "dense*").Select(File.ReadAllBytes)],
        "toml" => [.. Directory.GetFiles(Path.Combine(cases, "chain"), "*.toml").Select(File.ReadAllBytes)],
        "labels" => [.. Directory.GetFiles(cases, "*labels*", SearchOption.AllDirectories).Select(File.ReadAllBytes),
            Read(cases, "csv/zip.csv"), Read(cases, "npy/L_le.npy")],
        _ => throw new ArgumentException(format, nameof(format)),
    };

    // All digits and both halves of all bit patterns differ from zero.
    private static IEnumerable<double> Numbers()
    {
        for (int i = 1; ; i++)
            yield return (i % 2 == 0 ? -1 : 1) * (1.2345678912345 + (i * 1.1111111111111));
    }

    private static string Format(double value) => value.ToString("G12", CultureInfo.InvariantCulture).Replace('0', '7');

    private static byte[] Text(string delimiter) => Encoding.UTF8.GetBytes(
        string.Join(delimiter, "a", "b", "c") + "\n" + string.Concat(Numbers().Take(90).Chunk(3)
            .Select(row => string.Join(delimiter, row.Select(Format)) + "\n")));

    private static byte[] Quoted() => Encoding.UTF8.GetBytes(
        "\"a, b\",\"c\nd\",\"e\"\"f\"\r\n" + string.Concat(Numbers().Take(60).Chunk(3)
            .Select(row => string.Join(',', row.Select(x => $"\"{Format(x)}\"")) + "\r\n")));

    private static byte[] Gzip(byte[] bytes, int members)
    {
        using var packed = new MemoryStream();
        foreach (byte[] part in bytes.Chunk((bytes.Length / members) + 1))
        {
            using var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true);
            gzip.Write(part);
        }
        return packed.ToArray();
    }

    private static byte[] Npy(string type, bool fortran)
    {
        string header = $"{{'descr': '{type}', 'fortran_order': {(fortran ? "True" : "False")}, 'shape': (16, 3), }}".PadRight(117) + "\n";
        IEnumerable<byte> data = Numbers().Take(48).SelectMany(x => type switch
        {
            "<i8" => BitConverter.GetBytes((long)(x * 1e17)),
            ">f8" => [.. BitConverter.GetBytes(x).Reverse()],
            _ => BitConverter.GetBytes(x),
        });
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header), .. data];
    }

    private static byte[] Npz(CompressionLevel level)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream entry = archive.CreateEntry("x.npy", level).Open();
            entry.Write(Npy("<f8", false));
        }
        return bytes.ToArray();
    }

    private static byte[] Safetensors()
    {
        byte[] header = Encoding.UTF8.GetBytes("{\"x\":{\"dtype\":\"F64\",\"shape\":[16,3],\"data_offsets\":[0,384]}}      ");
        return [.. BitConverter.GetBytes((long)header.Length), .. header, .. Numbers().Take(48).SelectMany(BitConverter.GetBytes)];
    }

    private static byte[] Idx() => [0, 0, 14, 3, 0, 0, 0, 4, 0, 0, 0, 2, 0, 0, 0, 3, .. Numbers().Take(24)
        .SelectMany(x => BitConverter.GetBytes(x).Reverse())];

    private static byte[] Parquet()
    {
        using var stream = new MemoryStream();
        double[] values = [.. Numbers().Take(50)];
        TableWriter.WriteParquet(new ResultTable(ResultColumn.Of("x", values),
            ResultColumn.Of("n", [.. values.Select(x => (long)(x * 1e17))])), stream);
        return stream.ToArray();
    }

    private static byte[] Read(string cases, string name) => File.ReadAllBytes(Path.Combine(cases, name));
}
