#:package ParquetSharp@25.0.1.2
#:property ManagePackageVersionsCentrally=false
#:property PublishAot=false
#:property NoWarn=NU1603
// Parquet files made by Arrow's C++ library, one an encoding, of the table that columnar.mjs describes, and a decimal column:
//     dotnet run columnar.cs -- ../cases/parquet
using ParquetSharp;

string folder = args[0];
int[] rows = [.. Enumerable.Range(0, 40)];
string[] words = ["horse", "dog", "cat"];
var features = new (Column Column, Action<RowGroupWriter, int, int> Write)[]
{
    Of<double>("f64", i => (1.375 * i) - 20.0625), Of<float>("f32", i => i + 0.25f), Of<sbyte>("i8", i => (sbyte)(i - 50)),
        Of<short>("i16", i => (short)((300 * i) + 1)),
    Of<int>("i32", i => (-70000 * i) - 1), Of<long>("i64", i => (5000000000L * i) + 3), Of<byte>("u8", i => (byte)(i + 200)),
        Of<ushort>("u16", i => (ushort)(60000 + i)),
    Of<uint>("u32", i => 4000000000u + (uint)i), Of<ulong>("u64", i => (1UL << 62) + (1024UL * (ulong)i)), Of<bool>("flag", _ => true),
    Of<float[]>("list", i => [i + 0.5f, -i - 1, MathF.Pow(2, -i)]),
    Of<decimal>("decimal", i => (i - 7.125m) * 1000000000000m, LogicalType.Decimal(29, 3)),
};
var labels = new (Column Column, Action<RowGroupWriter, int, int> Write)[]
{
    Of<string?>("word", i => i % 10 == 7 ? null : words[i % 3]), Of<int?>("number", i => i % 10 == 3 ? null : i % 4),
        Of<long>("big", i => (1L << 53) + (i % 3)),
};
double D(int i) => (i % 2 == 0 ? 1 : -1) * (1.2345678912345 + (i * 1.1111111111111));
var dense = new (Column Column, Action<RowGroupWriter, int, int> Write)[]
{
    Of<double>("d64", D), Of<float>("d32", i => (float)D(i)), Of<long>("i64", i => (long)(D(i) * 1e17)),
        Of<float[]>("list", i => [(float)D(i), (float)D(i + 1), (float)D(i + 2)]),
};
Write("plain", features, p => p.DisableDictionary().Compression(Compression.Uncompressed));
Write("dictionary", features, p => p.EnableDictionary().Compression(Compression.Snappy));
Write("delta", features, p => Encode(p.DisableDictionary().Compression(Compression.Zstd), Encoding.DeltaBinaryPacked, "i8", "i16", "i32",
    "i64", "u8", "u16", "u32", "u64"));
Write("split", features, p => Encode(p.DisableDictionary().Compression(Compression.Gzip), Encoding.ByteStreamSplit, "f64", "f32", "i32",
    "i64"));
Write("pages", features, p => p.DisableDictionary().DataPagesize(64).Compression(Compression.Lz4));
Write("brotli", features, p => p.EnableDictionary().Compression(Compression.Brotli));
Write("dense_plain", dense, p => p.DisableDictionary().Compression(Compression.Uncompressed));
Write("dense_dictionary", dense, p => p.EnableDictionary().Compression(Compression.Snappy));
Write("dense_delta", dense, p => Encode(Encode(p.DisableDictionary().Compression(Compression.Zstd), Encoding.DeltaBinaryPacked, "i64"),
    Encoding.ByteStreamSplit, "d64", "d32"));
Write("labels", labels, p => p.EnableDictionary().Compression(Compression.Snappy));
Write("labels_delta", labels, p => Encode(Encode(p.DisableDictionary().Compression(Compression.Snappy), Encoding.DeltaByteArray, "word"),
    Encoding.DeltaBinaryPacked, "number", "big"));

(Column, Action<RowGroupWriter, int, int>) Of<T>(string name, Func<int, T> value, LogicalType? type = null) =>
    (new Column<T>(name, type), (group, first, count) =>
{
    using LogicalColumnWriter<T> writer = group.NextColumn().LogicalWriter<T>();
    writer.WriteBatch([.. rows.Skip(first).Take(count).Select(value)]);
});

WriterPropertiesBuilder Encode(WriterPropertiesBuilder properties, Encoding encoding, params string[] columns) =>
    columns.Aggregate(properties, (p, column) => p.Encoding(column, encoding));

void Write(string name, (Column Column, Action<RowGroupWriter, int, int> Write)[] table,
    Func<WriterPropertiesBuilder, WriterPropertiesBuilder> set)
{
    using WriterProperties properties = set(new WriterPropertiesBuilder()).Build();
    using var file = new ParquetFileWriter(Path.Combine(folder, name.StartsWith("dense", StringComparison.Ordinal) ? $"{name}.parquet"
        : $"cpp_{name}.parquet"), [.. table.Select(column => column.Column)], properties);
    foreach ((int first, int count) in ((int, int)[])[(0, 25), (25, 15)])
    {
        using RowGroupWriter group = file.AppendRowGroup();
        foreach (var column in table)
            column.Write(group, first, count);
    }
    file.Close();
}
