using System.IO.Compression;
using System.Text;
using WeakToStrong.Data.Features;
using WeakToStrong.Data.Formats;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Tables;

namespace WeakToStrong.Data.Experiment;

/// <summary>The mails that ship with this library; data/mail/README.md says where they come from.</summary>
internal static class MailData
{
    private static readonly string[] Classes = ["ham", "spam"];

    public static Dataset Read()
    {
        string[] words = Encoding.ASCII.GetString(Unpack("labels.csv")).Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..];
        var labels = Labels.OfClasses("mail", [.. words.Select(word => Array.IndexOf(Classes, word.Trim()))], Classes);
        return Dataset.Of(
            "mail", labels, Features("weak.npy"), Features("strong.npy"), FeaturePipeline.Parse("standardise"),
            FeaturePipeline.Parse("scale"), new SplitSizes(100, 3000, 2750));
    }

    private static RawFeatures Features(string name)
    {
        using var file = NpyFile.Open(ByteSource.Of(name, Unpack(name)));
        var values = new Matrix<double>((int)file.Rows, file.Columns[0].Width);
        file.ReadNumbers(0, [0], values, RunOptions.Default);
        return new RawFeatures("mail", values);
    }

    private static byte[] Unpack(string name)
    {
        using Stream packed = typeof(MailData).Assembly.GetManifestResourceStream($"mail/{name}.gz")!;
        using var gzip = new GZipStream(packed, CompressionMode.Decompress);
        using var plain = new MemoryStream();
        gzip.CopyTo(plain);
        return plain.ToArray();
    }
}
