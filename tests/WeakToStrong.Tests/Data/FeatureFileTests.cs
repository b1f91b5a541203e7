using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Parquet;
using Parquet.Schema;
using WeakToStrong.Data;
using WeakToStrong.Data.Formats;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Ridge;

namespace WeakToStrong.Tests.Data;

public sealed class FeatureFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("w2s-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("<f8", 1, false)]
    [InlineData("<f8", 2, true)]
    [InlineData("<f4", 3, false)]
    [InlineData("<f4", 1, true)]
    [InlineData("<i8", 1, true)]
    [InlineData("<i4", 2, false)]
    [InlineData("<i2", 1, false)]
    [InlineData("|u1", 1, true)]
    [InlineData("|i1", 1, false)]
    [InlineData(">f8", 1, true)]
    [InlineData(">f4", 1, false)]
    [InlineData(">i4", 2, true)]
    [InlineData(">u2", 1, false)]
    public void Npy_of_every_version_type_and_order(string type, int version, bool fortran)
    {
        Matrix<double> matrix = Read(Npy(type, version, fortran, [3, 4], (i, j) => (10 * i) + j));
        Assert.Equal((3, 4), (matrix.Rows, matrix.Columns));
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 4; j++)
                Assert.Equal((10 * i) + j, matrix[i, j]);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Npy_larger_than_a_block(bool fortran)
    {
        Matrix<double> matrix = Read(Npy("<f4", 1, fortran, [70_000, 9], (i, j) => i - (2 * j)));
        for (int i = 0; i < matrix.Rows; i += 997)
        {
            for (int j = 0; j < 9; j++)
                Assert.Equal(i - (2 * j), matrix[i, j]);
        }
    }

    [Fact]
    public void Npy_with_one_axis_is_a_column_and_with_three_axes_images()
    {
        Assert.Equal(1, Read(Npy("<f8", 1, false, [5, 1], (i, _) => i)).Columns);
        RawFeatures images = FeatureFile.Read(Npy("|u1", 1, false, [2, 3, 4], (i, j) => i + j));
        Assert.Equal(new FeatureShape(12, new ImageShape(3, 4)), images.Shape);
    }

    [Fact]
    public void Csv_with_any_delimiter()
    {
        foreach (char delimiter in ",;\t|")
            Assert.Equal([1, 2.5, -3, 4], Read(Text($"a{delimiter}b\n1{delimiter}2.5\n-3{delimiter}4\n")).Data.ToArray());
    }

    [Fact]
    public async Task Parquet_of_several_types_and_row_groups()
    {
        DataField[] fields = [new DataField<double>("a"), new DataField<int>("b"), new DataField<float>("c")];
        string path = Path.Combine(_folder, "x");
        await using (FileStream stream = File.Create(path))
        {
            await using ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream,
                cancellationToken: TestContext.Current.CancellationToken);
            for (int group = 0; group < 2; group++)
            {
                using ParquetRowGroupWriter part = writer.CreateRowGroup();
                await part.WriteAsync<double>(fields[0], new double[] { group, 0.5 },
                    cancellationToken: TestContext.Current.CancellationToken);
                await part.WriteAsync<int>(fields[1], new[] { 7, -8 }, cancellationToken: TestContext.Current.CancellationToken);
                await part.WriteAsync<float>(fields[2], new[] { 0.25f, group }, cancellationToken: TestContext.Current.CancellationToken);
            }
        }
        Assert.Equal([0, 7, 0.25, 0.5, -8, 0, 1, 7, 0.25, 0.5, -8, 1], Read(path).Data.ToArray());
        File.WriteAllBytes(path + "2", File.ReadAllBytes(path)[..200]);
        Assert.Contains("x2' is not a whole Parquet file", Refusal(path + "2"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parquet_labels_may_be_words_and_missing()
    {
        var field = new DataField<string>("label");
        string path = Path.Combine(_folder, "words");
        async Task Write(params string?[] words)
        {
            await using FileStream stream = File.Create(path);
            await using ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(field), stream);
            using ParquetRowGroupWriter part = writer.CreateRowGroup();
            await part.WriteAsync(field, words!);
        }
        await Write("dog", "cat", "dog");
        Assert.Equal(["cat", "dog"], Labels(path).ClassNames);
        await Write("dog", null, "cat");
        Assert.False(Labels(path).IsLabelled(1));
    }

    [Fact]
    public void Idx_images_within_gzip()
    {
        byte[] idx = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 1, 2, 3, 200, 5, 255];
        string path = Bytes(Gzip(idx));
        RawFeatures images = FeatureFile.Read(path);
        Assert.Equal(new FeatureShape(3, new ImageShape(1, 3)), images.Shape);
        Assert.Equal([200, 5, 255, 1, 2, 3], images.Take([1, 0]).Matrix.Data.ToArray());
        Assert.Contains("is truncated: its header says (2, 1, 3) entries of one byte, 6 bytes, and 5 follow", Refusal(Bytes(idx[..^1])),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_truncated_or_damaged_gzip_is_refused_wherever_it_is_cut()
    {
        byte[] whole = Gzip(Encoding.ASCII.GetBytes("a,b\n" + string.Concat(Enumerable.Range(0, 500).Select(i => $"{i},{i * i % 97}\n"))));
        Assert.Equal(1000, Read(Bytes(whole)).Data.Length);
        for (int length = 3; length < whole.Length; length += 41)
            Assert.Contains("is not a whole gzip file", Refusal(Bytes(whole[..length])), StringComparison.Ordinal);
    }

    public static TheoryData<string, string> BadTexts => new()
    {
        { "a,b\n1,2\n3\n", "row 2 (line 3) has 1 columns; it must have 2" },
        { "a,b\n1,2\n3,nan\n", "row 2 (line 3), column b is 'nan'; it must be a finite number" },
        { "a,b\n1,inf\n", "row 1 (line 2), column b is '" },
        { "a,b\n1,two\n", "row 1 (line 2), column b is 'two'; it must be a number" },
        { "a,b\n1,\n", "row 1 (line 2), column b is ''" },
        { "1,2\n3,4\n", "has no header" },
        { "", "is empty" },
    };

    [Theory]
    [MemberData(nameof(BadTexts))]
    public void Bad_csv_is_answered_with_row_and_column(string text, string part) =>
        Assert.Contains(part, Refusal(Text(text)), StringComparison.Ordinal);

    [Fact]
    public void Bad_npy_is_answered_with_what_is_wrong()
    {
        string whole = Npy("<f8", 1, false, [3, 4], (i, j) => i + j);
        byte[] bytes = File.ReadAllBytes(whole);
        Assert.Contains("is truncated: its header says (3, 4) entries of <f8, 96 bytes, and 95 follow", Refusal(Bytes(bytes[..^1])),
            StringComparison.Ordinal);
        Assert.Contains("header is incomplete", Refusal(Bytes(bytes[..40])), StringComparison.Ordinal);
        Assert.Contains("header is incomplete", Refusal(Bytes(bytes[..8])), StringComparison.Ordinal);
        Assert.Contains("version 9", Refusal(Bytes([.. bytes[..6], 9, .. bytes[7..]])), StringComparison.Ordinal);
        Assert.Contains("complex numbers (type '<c8')", Refusal(Npy("<c8", 1, false, [1, 1], (_, _) => 0)), StringComparison.Ordinal);
        Assert.Contains("row 2, column 3 is 'nan'", Refusal(Npy("<f8", 1, false, [3, 4], (i, j) => i == 1 && j == 2 ? double.NaN : 0)),
            StringComparison.Ordinal);
        Assert.Contains("is truncated: its header says (1000000000, 100000) entries",
            Refusal(Bytes(NpyHeader("<f8", 1, false, [1_000_000_000, 100_000]))), StringComparison.Ordinal);
        Assert.Contains("0 rows", Refusal(Bytes(NpyHeader("<f8", 1, false, [0, 3]))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("label\ncat\ncat\n", null, "has only one label, 'cat', in all 2 rows")]
    [InlineData("label\n1\n1\n", LearningTask.Classification, "has only one label, '1'")]
    [InlineData("label\n1.5\n1.5\n", LearningTask.Regression, "has only one label, '1.5'")]
    [InlineData("label\n1\ncat\n", LearningTask.Regression, "row 2 (line 3), column label is 'cat'; it must be a number")]
    [InlineData("label\n1\n1.5\n", LearningTask.Classification,
        "row 2 (line 3), column label is '1.5'; it must be a whole number or a word")]
    [InlineData("label\n1\ninf\n", null, "row 2 (line 3), column label is 'inf'; it must be a finite number")]
    [InlineData("label\n1\nnan\n\n", null, "has only one label, '1', in the 1 of 3 rows that have one")]
    [InlineData("label\n\n\n", null, "has no label in any row")]
    [InlineData("label\n0.5\nabc\n1.5\n", null, "row 2 (line 3), column label is 'abc'; it must be a number like the other labels")]
    [InlineData("label\ncat\ndog\n7\n", null, "row 3 (line 4), column label is '7'; it must be a word like the other labels")]
    [InlineData("a,b\n1,2\n", null, "has 2 columns, a, b; it must have one, or the column of labels must be named")]
    [InlineData("label\n", null, "has a header but no rows")]
    [InlineData("1\n2\n", null, "has no header")]
    public void Bad_labels_are_refused(string text, LearningTask? task, string part) =>
        Assert.Contains(part, Assert.Throws<InputException>(() => Labels(Text(text), task)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("split\nteacher\nteacher\nstudent\nstudent\ntset\n",
        "row 5 (line 6), column split is 'tset'; it must be teacher, student, test or unused")]
    [InlineData("split\nteacher\nteacher\nstudent\nstudent\n", "says 'test' in 0 rows; it must say it in at least 1")]
    [InlineData("part\nteacher\n", "has the column 'part'; it must have one column, split")]
    public void Bad_splits_are_refused(string text, string part) =>
        Assert.Contains(part, Assert.Throws<InputException>(() => LabelFile.ReadSplit(Text(text))).Message, StringComparison.Ordinal);

    [Fact]
    public void Labels_are_words_or_numbers_whatever_the_file()
    {
        Assert.Equal(["2", "10"], Labels(Text("y\n10\n2\n10\n")).ClassNames);
        Assert.False(Labels(Text("y\n0.5\n2\n")).IsClassification);
        Assert.False(Labels(Text("y\n1\n2\n"), LearningTask.Regression).IsClassification);
        Assert.Equal(["1", "2", "cat"], Labels(Text("y\n1\ncat\n2\n"), LearningTask.Classification).ClassNames);
        Assert.True(Labels(Npy("<i8", 1, false, [4, 1], (i, _) => i % 2)).IsClassification);
    }

    private static Labels Labels(string path, LearningTask? task = null) =>
        LabelFile.ReadLabels(path, new LabelReading { Task = task }).Labels;

    private static Matrix<double> Read(string path) => FeatureFile.Read(path).TakeAll().Matrix;

    private static string Refusal(string path) => Assert.Throws<InputException>(() => FeatureFile.Read(path)).Message;

    private string Text(string text) => Bytes(Encoding.UTF8.GetBytes(text));

    private string Bytes(byte[] bytes)
    {
        string path = Path.Combine(_folder, Path.GetRandomFileName());
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return packed.ToArray();
    }

    private static byte[] NpyHeader(string type, int version, bool fortran, int[] shape)
    {
        string text = $"{{'descr': '{type}', 'fortran_order': {(fortran ? "True" : "False")}, 'shape': "
            + $"({string.Join(", ", shape)}{(shape.Length == 1 ? "," : "")}), }}";
        int start = version == 1 ? 10 : 12;
        text = text.PadRight((((start + text.Length + 1 + 63) / 64) * 64) - start - 1) + "\n";
        byte[] length = new byte[version == 1 ? 2 : 4];
        if (version == 1)
            BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)text.Length);
        else
            BinaryPrimitives.WriteInt32LittleEndian(length, text.Length);
        return [0x93, .. "NUMPY"u8, (byte)version, 0, .. length, .. Encoding.ASCII.GetBytes(text)];
    }

    private string Npy(string type, int version, bool fortran, int[] shape, Func<int, int, double> value)
    {
        using var stream = new MemoryStream();
        stream.Write(NpyHeader(type, version, fortran, shape));
        int rows = shape[0], columns = shape.Skip(1).Aggregate(1, (product, side) => product * side);
        for (int at = 0; at < rows * columns; at++)
        {
            double v = fortran ? value(at % rows, at / rows) : value(at / columns, at % columns);
            stream.Write(type switch
            {
                "<f8" => BitConverter.GetBytes(v),
                "<f4" => BitConverter.GetBytes((float)v),
                "<i8" => BitConverter.GetBytes((long)v),
                "<i4" => BitConverter.GetBytes((int)v),
                "<i2" => BitConverter.GetBytes((short)v),
                ">f8" => [.. BitConverter.GetBytes(v).Reverse()],
                ">f4" => [.. BitConverter.GetBytes((float)v).Reverse()],
                ">i4" => [.. BitConverter.GetBytes((int)v).Reverse()],
                ">u2" => [.. BitConverter.GetBytes((ushort)v).Reverse()],
                "<c8" => new byte[8],
                _ => [(byte)v],
            });
        }
        return Bytes(stream.ToArray());
    }
}
