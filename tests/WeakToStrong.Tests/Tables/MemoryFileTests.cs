using System.Text;
using WeakToStrong.Data;
using WeakToStrong.Data.Formats;
using WeakToStrong.Studies;
using WeakToStrong.Tables;

namespace WeakToStrong.Tests.Tables;

/// <summary>What is in memory is read like the file that holds the same.</summary>
public class MemoryFileTests
{
    private static readonly double[] Values = [1, 2, 3, 4, 5, 6.5];

    [Fact]
    public void Numbers_are_read_as_features()
    {
        using var file = MemoryFile.Of("weak_features", Values, rows: 3);
        RawFeatures features = FeatureFile.Read(file.Path);
        Assert.Equal((3, 2), (features.Count, features.Shape.Columns));
        Assert.Equal(Values, features.TakeAll().Matrix.Data.ToArray());
    }

    [Fact]
    public void Bytes_are_read_as_the_file_that_they_are_of()
    {
        using var file = MemoryFile.Of("strong_features", Encoding.UTF8.GetBytes("a,b\n1,2\n3,4\n5,6.5\n"));
        Assert.Equal(Values, FeatureFile.Read(file.Path).TakeAll().Matrix.Data.ToArray());
    }

    [Fact]
    public void Messages_call_it_by_its_name()
    {
        using var file = MemoryFile.Of("weak_features", new double[] { 1, double.NaN }, rows: 2);
        InputException wrong = Assert.Throws<InputException>(() => FeatureFile.Read(file.Path));
        Assert.StartsWith("weak_features, row 2, column 1 is 'nan'", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_gives_points_and_carries_other_columns_through()
    {
        var table = new ResultTable(
            ResultColumn.Of("gamma_teacher", [0.25, 0.5]), ResultColumn.Of("gamma_student", [1L, 2]),
            ResultColumn.Of("lambda_teacher", [0.05, 0.1]),
            ResultColumn.Of("lambda_student", [0.1, 0.3]), ResultColumn.Of("noise_variance", [1.0, 3]),
            ResultColumn.Of("setting", ["a", "b, c"]));
        using var file = MemoryFile.Of("points", table);
        ResultTable result = Limits(file.Path);
        Assert.Equal(["a", "b, c"], Assert.IsType<TextColumn>(result.Find("setting")).Values);

        string path = Path.GetTempFileName();
        AtomicFile.Write(path, stream => TableWriter.WriteCsv(table, stream));
        Assert.Equal(Csv(Limits(path)), Csv(result));
        File.Delete(path);

        static ResultTable Limits(string points)
        {
            IStudy limits = StudyCatalog.Find("limits");
            return limits.Run(Arguments.Read(limits, [new("points", points)])).Table;
        }
    }

    [Fact]
    public void A_point_out_of_range_is_named()
    {
        using var file = MemoryFile.Of("points", new ResultTable(ResultColumn.Of("gamma", [1.0, -2]), ResultColumn.Of("lambda", [0.0, 1])));
        IStudy limits = StudyCatalog.Find("limits");
        InputException wrong = Assert.Throws<InputException>(() =>
            limits.Run(Arguments.Read(limits, [new("points", file.Path), new("resolvent", "true")])));
        Assert.StartsWith("points, row 2, column gamma is '-2'; it must be a positive finite number", wrong.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_gone_when_it_is_disposed()
    {
        var file = MemoryFile.Of("weak_features", Values, rows: 3);
        file.Dispose();
        Assert.Contains("there is no such file", Assert.Throws<InputException>(() => FeatureFile.Read(file.Path)).Message,
            StringComparison.Ordinal);
    }

    private static string Csv(ResultTable table)
    {
        using var stream = new MemoryStream();
        TableWriter.WriteCsv(table, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
