using System.Globalization;
using System.Text;
using CsCheck;
using WeakToStrong.Tables;

namespace WeakToStrong.Tests.Tables;

public sealed class NumericTableTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("w2s-").FullName;

    [Fact]
    public void What_was_written_reads_back_to_the_same_bits()
    {
        // Several blocks of a megabyte, rows of very different lengths, every kind of number.
        Gen<double> number = Gen.OneOf(Gen.Double, Gen.Int.Select(i => (double)i), Gen.Double[0, 1], Gen.Const(double.PositiveInfinity),
            Gen.Const(double.NaN));
        double[] values = number.Array[300_000].Single(_ => true, "0000000000002");
        var table = new ResultTable(
            ResultColumn.Of("a", values[..100_000]), ResultColumn.Of("b", values[100_000..200_000]),
            ResultColumn.Of("c", values[200_000..]));
        string path = Path.Combine(_folder, "t.csv");
        AtomicFile.Write(path, stream => TableWriter.WriteCsv(table, stream, 2));
        Assert.InRange(new FileInfo(path).Length, 2_100_000, 10_000_000);
        foreach (int threads in (int[])[1, 3])
        {
            NumericTable read = NumericTable.ReadCsv(path, new RunOptions { Threads = threads });
            Assert.Equal(["a", "b", "c"], read.Names);
            Assert.Equal(100_000, read.Values.Rows);
            for (int i = 0; i < 100_000; i++)
            {
                for (int c = 0; c < 3; c++)
                    Assert.Equal(BitConverter.DoubleToInt64Bits(values[(c * 100_000) + i]),
                        BitConverter.DoubleToInt64Bits(read.Values[i, c]));
            }
        }
    }

    [Fact]
    public void Numbers_in_every_spelling_are_rounded_right()
    {
        // The system's parser is the oracle for the quick path of short numbers.
        Gen.Select(Gen.Int[0, 20], Gen.Int[-30, 30], Gen.Int[0, 20]).Select((digits, exponent, point) => (digits, exponent, point))
            .Array[5000].Check(cases =>
            {
                var random = new Random(cases.Length);
                string[] texts = [.. cases.Select(c => Spelling(random, c.digits, c.exponent, c.point))];
                NumericTable table = NumericTable.ReadCsv(File("x\n" + string.Join('\n', texts)));
                for (int i = 0; i < texts.Length; i++)
                    Assert.Equal(double.Parse(texts[i], CultureInfo.InvariantCulture), table.Values[i, 0]);
            }, examples: 4);
    }

    [Fact]
    public void Lines_may_be_longer_than_a_block()
    {
        const int Columns = 300_000;
        string header = string.Join(',', Enumerable.Range(0, Columns).Select(c => $"x{c}"));
        string[] lines = [.. Enumerable.Range(0, 3).Select(r =>
            string.Join(',', Enumerable.Range(0, Columns).Select(c => (((r * Columns) + c) / 8.0)
            .ToString(System.Globalization.CultureInfo.InvariantCulture))))];
        NumericTable table = NumericTable.ReadCsv(File(header + "\n" + string.Join("\r\n", lines) + "\n\n \n"),
            new RunOptions { Threads = 2 });
        Assert.Equal(3, table.Values.Rows);
        for (int i = 0; i < 3 * Columns; i++)
            Assert.Equal(i / 8.0, table.Values.Data[i]);
    }

    [Fact]
    public void The_first_bad_row_is_named_whatever_the_threads()
    {
        var text = new StringBuilder("x,y\n");
        for (int row = 1; row <= 400_000; row++)
            text.Append(row is 150_001 or 390_000 ? "1,oops\n" : "1.25,2.5\n");
        string path = File(text.ToString());
        foreach (int threads in (int[])[1, 2, 8])
        {
            string message = Assert.Throws<InputException>(() => NumericTable.ReadCsv(path, new RunOptions { Threads = threads })).Message;
            Assert.Contains("row 150001 (line 150002), column y is 'oops'; it must be a number", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Columns_are_taken_by_name_and_filled_when_absent()
    {
        double[][] columns = ColumnReader.Read(File("b,a\n1,2\n3,4\n"),
            [new("a", NumberRange.Any), new("b", NumberRange.Positive), new("c", NumberRange.Any, 7)]).Numbers;
        Assert.Equal([2, 4], columns[0]);
        Assert.Equal([1, 3], columns[1]);
        Assert.Equal([7, 7], columns[2]);
    }

    [Fact]
    public void Other_columns_are_kept_as_they_are_written()
    {
        PointTable table = ColumnReader.Read(File("code,a,n,x,\"the, name\"\n007,1,12,0.5,\"one \"\"1\"\"\"\n010,2,-3,1e300,\n"),
            [new("a", NumberRange.Any)]);
        Assert.Equal([1, 2], table.Numbers[0]);
        Assert.Equal(["code", "n", "x", "the, name"], table.Others.Select(column => column.Name));
        Assert.Equal(["007", "010"], Assert.IsType<TextColumn>(table.Others[0]).Values);
        Assert.Equal([12, -3], Assert.IsType<IntegerColumn>(table.Others[1]).Values);
        Assert.Equal(["0.5", "1e300"], Assert.IsType<TextColumn>(table.Others[2]).Values);
        Assert.Equal(["one \"1\"", ""], Assert.IsType<TextColumn>(table.Others[3]).Values);
    }

    [Fact]
    public void A_cancelled_reading_ends()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => NumericTable.ReadCsv(File("x\n1\n"),
            new RunOptions { Threads = 1, Cancellation = stop.Token }));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Spelling(Random random, int digits, int exponent, int point)
    {
        char[] number = [.. Enumerable.Range(0, digits + 1).Select(_ => (char)('0' + random.Next(10)))];
        string text = new string(number).Insert(Math.Min(point, number.Length), random.Next(2) == 0 ? "." : string.Empty);
        return (random.Next(2) == 0 ? "-" : string.Empty) + text + (random.Next(2) == 0 ? string.Empty : $"e{exponent}");
    }

    private string File(string text)
    {
        string path = Path.Combine(_folder, "t.csv");
        System.IO.File.WriteAllText(path, text);
        return path;
    }
}
