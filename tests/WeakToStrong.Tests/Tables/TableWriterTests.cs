using System.Globalization;
using System.Text;
using System.Text.Json;
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
        double[] back = [.. JsonDocument.Parse(Text(stream => TableWriter.WriteJson(table, stream, threads))).RootElement.EnumerateArray().Select(r => r.GetProperty("x").GetDouble())];
        Assert.Equal(values, back);
    }

    private static string Text(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
