using System.Text;
using Sylvan.Data.Csv;
using WeakToStrong.Tables;

namespace WeakToStrong.Tests.Tables;

/// <summary>Cells as text: Sylvan's reader is the oracle.</summary>
public sealed class CsvTableTests
{
    private static readonly string[] Pieces = ["a", "word", "7", "-0.5", " inner blank", "\u03B6\u00E9", ",", ";", "\"", "\"\"", "\n",
        "\r\n", "5\" pipe", "\t", "'"];

    [Theory]
    [InlineData(200, 3, 11)]
    [InlineData(60_000, 4, 12)]
    public void Texts_with_quotes_and_line_ends_are_read_as_another_reader_does(int rows, int columns, int seed)
    {
        var random = new Random(seed);
        var text = new StringBuilder("id,\"name, quoted\"" + string.Concat(Enumerable.Range(2, columns - 2).Select(c => $",c{c}")) + "\n");
        for (int row = 0; row < rows; row++)
        {
            text.Append(row);
            for (int c = 1; c < columns; c++)
                text.Append(',').Append(Cell(random));
            text.Append(row % 2 == 0 ? "\n" : "\r\n");
        }
        using ByteSource source = ByteSource.Of("x", Encoding.UTF8.GetBytes(text.ToString()));
        foreach (int threads in (int[])[1, 3])
        {
            var options = new RunOptions { Threads = threads };
            CsvTable table = CsvTable.Open(source, options);
            Assert.Equal(rows, table.Rows);
            Assert.Equal("name, quoted", table.Names[1]);
            string[][] cells = [.. Enumerable.Range(1, columns - 1).Select(_ => new string[rows])];
            double[] ids = new double[rows];
            table.Read(0, rows, [CellUse.Number, .. Enumerable.Repeat(CellUse.Text, columns - 1)], (row, numbers) =>
            {
                ids[row] = numbers[0];
                return null;
            }, cells, options);
            Assert.Equal(Enumerable.Range(0, rows).Select(i => (double)i), ids);
            using var other = CsvDataReader.Create(new StringReader(text.ToString()),
                new CsvDataReaderOptions { Delimiter = ',', BufferSize = 1 << 20 });
            for (int row = 0; row < rows; row++)
            {
                Assert.True(other.Read());
                for (int c = 1; c < columns; c++)
                    Assert.Equal(other.GetString(c).Trim(), cells[c - 1][row].Trim());
            }
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(7, 100)]
    [InlineData(99_990, 10)]
    [InlineData(40_000, 60_000)]
    public void Any_rows_are_read_by_themselves(int first, int count)
    {
        var text = new StringBuilder("a;b\n");
        for (int row = 0; row < 100_000; row++)
            text.Append(row).Append(';').Append(row % 1000 == 3 ? new string('7', 40) : "0.5").Append('\n');
        using ByteSource source = ByteSource.Of("x", Encoding.UTF8.GetBytes(text.ToString()));
        CsvTable table = CsvTable.Open(source, RunOptions.Default);
        double[] read = new double[count];
        table.Read(first, count, [CellUse.Number, CellUse.Skip], (row, numbers) =>
        {
            read[row - first] = numbers[0];
            return null;
        }, [], RunOptions.Default);
        Assert.Equal(Enumerable.Range(first, count).Select(i => (double)i), read);
    }

    [Theory]
    [InlineData("y\n1\n\n3\n", 3)]
    [InlineData("y\n1\n\n", 2)]
    [InlineData("y\n1\n2", 2)]
    [InlineData("y\r\n1\r\n2\r\n\r\n", 3)]
    [InlineData("y\n\n", 1)]
    [InlineData("a,b\n1,2\n\n \n", 1)]
    [InlineData("a\tb\n1\t\n", 1)]
    public void A_blank_line_of_one_column_is_an_empty_cell(string text, int rows)
    {
        using ByteSource source = ByteSource.Of("x", Encoding.UTF8.GetBytes(text));
        Assert.Equal(rows, CsvTable.Open(source, RunOptions.Default).Rows);
    }

    [Theory]
    [InlineData("a,b\n1,2\n\"x,2\n3,4\n", "x, row 2 has a cell whose quotes never end")]
    [InlineData("a;b\n1;2,5\n", "x, row 1 (line 2), column b is '2,5'; it must be a number, with a point before its decimals")]
    [InlineData("a b\n1  2\n3 4 5\n", "x, row 2 (line 3) has 3 columns; it must have 2, as the header")]
    [InlineData("a,b\n1,2\0\0\n", "column b is '2  '; it must be a number")]
    [InlineData("a,b\n1,-1e400\n", "column b is '-1e400'; it must be a number below 1.8e308 in size")]
    public void What_is_wrong_is_told(string text, string part)
    {
        using ByteSource source = ByteSource.Of("x", Encoding.UTF8.GetBytes(text));
        string message = Assert.Throws<InputException>(() =>
        {
            CsvTable table = CsvTable.Open(source, RunOptions.Default);
            table.Read(0, table.Rows, [CellUse.Number, CellUse.Number], (_, _) => null, [], RunOptions.Default);
        }).Message;
        Assert.Contains(part, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Blanks_separate_only_numbers()
    {
        Assert.Equal(["sepal length"], Names("sepal length\n5.1\n4.9\n"));
        Assert.Equal(["a", "b"], Names(" a  b\n 1.5   2\n3 4 \n"));
        Assert.Equal(["class name"], Names("class name\niris setosa\n"));
    }

    private static IReadOnlyList<string> Names(string text) =>
        CsvTable.Open(ByteSource.Of("x", Encoding.UTF8.GetBytes(text)), RunOptions.Default).Names;

    // A cell of random pieces, quoted when it must be, and sometimes when it need not be.
    private static string Cell(Random random)
    {
        string text = string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => Pieces[random.Next(Pieces.Length)]));
        bool mustQuote = text.Contains(',', StringComparison.Ordinal) || text.Contains('\n', StringComparison.Ordinal)
            || text.Contains('\r', StringComparison.Ordinal) || text.TrimStart().StartsWith('"');
        return mustQuote || random.Next(5) == 0 ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
