using System.IO.Compression;
using WeakToStrong.Tables;

namespace WeakToStrong.Tests.Tables;

public sealed class GzipFileTests
{
    [Theory]
    [InlineData("S_two.csv.gz")]
    [InlineData("S_pad.csv.gz")]
    public void Several_members_and_zeros_at_the_end_are_read(string name)
    {
        using ByteSource packed = ByteSource.Open(CaseFile.Path($"gzip/{name}"));
        Assert.Equal(File.ReadAllBytes(CaseFile.Path("gzip/S.csv")), Contents(GzipFile.Unpack(packed)));
    }

    [Fact]
    public void Any_members_come_out_one_after_another_and_no_cut_goes_unnoticed()
    {
        var random = new Random(5);
        using var packed = new MemoryStream();
        var whole = new List<byte>();
        List<long> ends = [];
        for (int member = 0; member < 12; member++)
        {
            // Empty members, and members whose length or contents end in zeros.
            byte[] bytes = new byte[member % 4 == 0 ? 0 : random.Next(2000)];
            if (member % 3 == 0)
                random.NextBytes(bytes);
            whole.AddRange(bytes);
            using (var gzip = new GZipStream(packed, (CompressionLevel)(member % 4), leaveOpen: true))
            {
                gzip.Write(bytes);
                gzip.Flush();
            }
            ends.Add(packed.Length);
        }
        byte[] file = packed.ToArray();
        foreach (int zeros in (int[])[0, 1, 5, 17, 5000])
            Assert.Equal(whole, Contents(GzipFile.Unpack(ByteSource.Of("x", [.. file, .. new byte[zeros]]))));
        for (int length = 1; length < file.Length; length += random.Next(1, 12))
        {
            if (!ends.Contains(length))
                Assert.Equal("x is not a whole gzip file: it is truncated or damaged",
                    Assert.Throws<InputException>(() => GzipFile.Unpack(ByteSource.Of("x", file[..length]))).Message);
        }
        Assert.Throws<InputException>(() => GzipFile.Unpack(ByteSource.Of("x", [.. file, 0, 0, 7])));
    }

    [Fact]
    public void Contents_larger_than_a_chunk_are_whole()
    {
        byte[] bytes = new byte[(3 << 20) + 77];
        new Random(6).NextBytes(bytes);
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(bytes);
        Assert.Equal(bytes, Contents(GzipFile.Unpack(ByteSource.Of("x", packed.ToArray()))));
    }

    private static byte[] Contents(ByteSource source)
    {
        byte[] bytes = new byte[source.Length];
        Assert.Equal(bytes.Length, source.Read(0, bytes));
        return bytes;
    }
}
