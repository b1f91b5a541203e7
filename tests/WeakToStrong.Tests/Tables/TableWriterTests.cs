using System.Globalization;
using System.Text;
using System.Text.Json;
using Parquet;
using Parquet.Schema;
using Sylvan.Data.Csv;
using WeakToStrong.Tables;

namespace WeakToStrong.Tests.Tables;

public class TableWriterTests
{
    private static readonly ResultTable Small = new(
        ResultColumn.Of("x", [0.1, double.PositiveInfinity, double.NaN]),
        ResultColumn.Of("count", [1L, -2, long.MaxValue]),
        ResultColumn.Of("word, or words", ["plain", "a \"b\", c", "two\nlines \u03B6"]));

    [Fact]
    public void Csv_is_quoted_where_it_must_be() => Assert.Equal(
        "x,count,\"word, or words\"\n0.1,1,plain\ninf,-2,\"a \"\"b\"\", c\"\nnan,9223372036854775807,\"two\nlines \u03B6\"\n",
        Text(stream => TableWriter.WriteCsv(Small, stream)));

    [Fact]
    public void Another_reader_reads_the_csv_back()
    {
        using var reader = CsvDataReader.Create(new StringReader(Text(stream => TableWriter.WriteCsv(Small, stream))));
        for (int row = 0; row < 3; row++)
        {
            Assert.True(reader.Read());
            Assert.Equal(((TextColumn)Small.Columns[2]).Values[row], reader.GetString(2));
        }
    }

    [Fact]
    public void Another_reader_reads_the_json_back()
    {
        using JsonDocument json = JsonDocument.Parse(Text(stream => TableWriter.WriteJson(Small, stream)));
        JsonElement[] rows = [.. json.RootElement.EnumerateArray()];
        Assert.Equal(3, rows.Length);
        Assert.Equal(0.1, rows[0].GetProperty("x").GetDouble());
        Assert.Equal("Infinity", rows[1].GetProperty("x").GetString());
        Assert.Equal("NaN", rows[2].GetProperty("x").GetString());
        Assert.Equal(long.MaxValue, rows[2].GetProperty("count").GetInt64());
        Assert.Equal("two\nlines \u03B6", rows[2].GetProperty("word, or words").GetString());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(0)]
    [InlineData(600_001)]
    public async Task Parquet_has_the_same_columns_and_no_nulls(int rows)
    {
        double[] numbers = [.. Enumerable.Range(0, rows).Select(i => i % 5 == 1 ? double.NaN : i % 7 == 2 ? double.PositiveInfinity
            : Math.Sin(i))];
        string[] words = [.. Enumerable.Range(0, rows).Select(i => i % 3 == 0 ? string.Empty : $"word {i % 100}, \u03B6")];
        var table = new ResultTable(ResultColumn.Of("x", numbers),
            ResultColumn.Of("count", [.. Enumerable.Range(0, rows).Select(i => long.MaxValue - i)]),
            ResultColumn.Of("word, or words", words));
        using var stream = new MemoryStream();
        TableWriter.WriteParquet(table, stream);
        stream.Position = 0;
        await using ParquetReader reader = await ParquetReader.CreateAsync(stream,
            cancellationToken: TestContext.Current.CancellationToken);
        DataField[] fields = reader.Schema.GetDataFields();
        Assert.Equal(["x", "count", "word, or words"], fields.Select(f => f.Name));
        Assert.All(fields, field => Assert.False(field.IsNullable));
        int first = 0;
        for (int g = 0; g < reader.RowGroupCount; g++)
        {
            using ParquetRowGroupReader group = reader.OpenRowGroupReader(g);
            int count = (int)group.RowCount;
            double[] x = new double[count];
            long[] counts = new long[count];
            string?[] texts = new string?[count];
            await group.ReadAsync<double>(fields[0], x.AsMemory(), cancellationToken: TestContext.Current.CancellationToken);
            await group.ReadAsync<long>(fields[1], counts.AsMemory(), cancellationToken: TestContext.Current.CancellationToken);
            await group.ReadAsync(fields[2], texts.AsMemory(), cancellationToken: TestContext.Current.CancellationToken);
            Assert.Equal(numbers[first..(first + count)], x);
            Assert.Equal(words[first..(first + count)], texts);
            Assert.Equal(long.MaxValue - first, counts[0]);
            first += count;
        }
        Assert.Equal(rows, first);
    }

    [Fact]
    public void A_table_without_rows_is_a_header_or_an_empty_array()
    {
        var empty = new ResultTable(ResultColumn.Of("x", Array.Empty<double>()));
        Assert.Equal("x\n", Text(stream => TableWriter.WriteCsv(empty, stream)));
        Assert.Equal("[\n]\n", Text(stream => TableWriter.WriteJson(empty, stream)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void The_bytes_do_not_depend_on_the_threads(int threads)
    {
        double[] values = [.. Enumerable.Range(0, 50_001).Select(i => Math.Sin(i) * Math.Pow(10, i % 40))];
        var table = new ResultTable(ResultColumn.Of("x", values));
        string expected = "x\n" + string.Concat(values.Select(v => v.ToString("R", CultureInfo.InvariantCulture) + "\n"));
        Assert.Equal(expected, Text(stream => TableWriter.WriteCsv(table, stream, threads)));
        double[] back = [.. JsonDocument.Parse(Text(stream => TableWriter.WriteJson(table, stream, threads))).RootElement.EnumerateArray()
            .Select(r => r.GetProperty("x").GetDouble())];
        Assert.Equal(values, back);
    }

    private static string Text(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
