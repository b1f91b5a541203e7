using System.Globalization;
using WeakToStrong.Data;
using WeakToStrong.Data.Formats;
using WeakToStrong.LinearAlgebra;

namespace WeakToStrong.Tests.Data;

/// <summary>Arrow and Parquet files of other implementations: tests/oracles/columnar.mjs (Polars, in Rust) and columnar.cs (Arrow's C++
/// library), which say what row i holds.</summary>
public sealed class ColumnarFileTests
{
    private const int Rows = 40;

    private static readonly (string Name, Func<int, double> Value)[] Columns =
    [
        ("f64", i => (1.375 * i) - 20.0625), ("f32", i => i + 0.25), ("i8", i => i - 50), ("i16", i => (300 * i) + 1),
        ("i32", i => (-70000 * i) - 1), ("i64", i => (5e9 * i) + 3),
        ("u8", i => i + 200), ("u16", i => 60000 + i), ("u32", i => 4e9 + i), ("u64", i => Math.Pow(2, 62) + (1024 * i)), ("flag", _ => 1),
        ("list[1]", i => i + 0.5), ("list[2]", i => -i - 1), ("list[3]", i => Math.Pow(2, -i)),
        ("decimal", i => (i - 7.125) * 1e12),
    ];

    public static TheoryData<string> Features => [.. Files("features_*.arrow", "arrow"), .. Files("cpp_*.parquet", "parquet")
        .Where(f => !f.Contains("labels", StringComparison.Ordinal)), "parquet/polars.parquet"];

    public static TheoryData<string> LabelFiles => [.. Files("labels.arrow", "arrow"), "arrow/categories.arrow",
        .. Files("cpp_labels*.parquet", "parquet"), "parquet/polars_labels.parquet"];

    public static TheoryData<string> DenseFiles => [.. Files("dense_*.arrow", "arrow"), .. Files("dense_*.parquet", "parquet")];

    [Theory]
    [MemberData(nameof(Features))]
    public void Numbers_of_every_type_and_encoding_are_read(string name)
    {
        using FeatureReader reader = FeatureReader.Open(CaseFile.Path(name));
        (string Name, Func<int, double> Value)[] columns = reader.Names!.Contains("decimal") ? Columns : Columns[..^1];
        Assert.Equal(columns.Select(column => column.Name), reader.Names);
        double[] expected = [.. Enumerable.Range(0, Rows).SelectMany(i => columns.Select(column => column.Value(i)))];
        Assert.Equal(expected, reader.ReadAll().TakeAll().Matrix.Data.ToArray());
        // Rows by themselves, across groups and batches.
        foreach ((int first, int count) in ((int, int)[])[(0, 7), (7, 30), (37, 3), (12, 2)])
        {
            var part = new Matrix<double>(count, columns.Length);
            reader.ReadRows(first, part);
            Assert.Equal(expected[(first * columns.Length)..((first + count) * columns.Length)], part.Data.ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(DenseFiles))]
    public void Numbers_that_use_all_their_bits_are_read(string name)
    {
        double D(int i) => (i % 2 == 0 ? 1 : -1) * (1.2345678912345 + (i * 1.1111111111111));
        double[] expected = [.. Enumerable.Range(0, Rows).SelectMany(i =>
            (double[])[D(i), (float)D(i), (long)(D(i) * 1e17), (float)D(i), (float)D(i + 1), (float)D(i + 2)])];
        Assert.Equal(expected, FeatureFile.Read(CaseFile.Path(name)).TakeAll().Matrix.Data.ToArray());
    }

    [Theory]
    [MemberData(nameof(LabelFiles))]
    public void Labels_may_be_words_numbers_and_missing(string name)
    {
        Labels words = Read(name, "word", null);
        string[] names = ["horse", "dog", "cat"];
        Assert.Equal(["cat", "dog", "horse"], words.ClassNames);
        for (int i = 0; i < Rows; i++)
        {
            Assert.Equal(i % 10 != 7, words.IsLabelled(i));
            if (words.IsLabelled(i))
                Assert.Equal(1, words.Select([i]).Targets()[0, Array.IndexOf([.. words.ClassNames], names[i % 3])]);
        }
        Labels numbers = Read(name, "number", null), big = Read(name, "big", null);
        Assert.Equal(["0", "1", "2", "3"], numbers.ClassNames);
        Assert.Equal(36, numbers.LabelledCount);
        Assert.Equal([.. Enumerable.Range(0, 3).Select(k => ((1L << 53) + k).ToString(CultureInfo.InvariantCulture))], big.ClassNames);
        Assert.Equal(Rows, big.LabelledCount);
    }

    private static Labels Read(string name, string column, string? mark) =>
        LabelFile.ReadLabels(CaseFile.Path(name), new LabelReading
        {
            Columns = new ColumnRoles { Label = column },
            Unlabelled = mark
        }).Labels;

    private static string[] Files(string pattern, string folder) =>
        [.. Directory.GetFiles(CaseFile.Path(folder), pattern).Select(path => $"{folder}/{Path.GetFileName(path)}")
            .Order(StringComparer.Ordinal)];
}
