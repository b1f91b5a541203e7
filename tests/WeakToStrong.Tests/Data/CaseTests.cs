using WeakToStrong.Data;
using WeakToStrong.Data.Formats;
using WeakToStrong.Ridge;

namespace WeakToStrong.Tests.Data;

/// <summary>Inputs that once were read wrongly, or refused for no good reason; the right values come from NumPy,
/// pandas and Arrow.</summary>
public sealed class CaseTests
{
    [Fact]
    public void An_array_in_Fortrans_order_holds_the_same_images()
    {
        RawFeatures c = Read("npy/I_C.npy"), f = Read("npy/I_F.npy");
        Assert.Equal(c.Shape, f.Shape);
        Assert.NotNull(c.Shape.Image);
        Assert.Equal(c.TakeAll().Matrix.Data.ToArray(), f.TakeAll().Matrix.Data.ToArray());
    }

    [Theory]
    [InlineData("npy/L_le.npy")]
    [InlineData("npy/L_be.npy")]
    [InlineData("npy/L_pad.npy")]
    public void Words_of_any_byte_order_and_padding_are_three_classes(string name)
    {
        Labels labels = LabelFile.ReadLabels(CaseFile.Path(name)).Labels;
        Assert.Equal(["cat", "dog", "horse"], labels.ClassNames);
        Assert.Equal(LabelFile.ReadLabels(CaseFile.Path("npy/L_le.npy")).Labels.All().Targets().Data.ToArray(),
            labels.All().Targets().Data.ToArray());
    }

    [Fact]
    public void Long_integers_of_Python_2_are_a_shape() => Assert.Equal((90, 4),
        (Read("npy/v1L.npy").Count, Read("npy/v1L.npy").Shape.Columns));

    [Theory]
    [InlineData("npy/big0.npy", "has the shape (3000000000, 0): 3000000000 rows and 0 columns; it must have at least one of each")]
    [InlineData("csv/S_nul.csv", "column d is '-3.")]
    public void What_cannot_be_right_is_refused(string name, string part) =>
        Assert.Contains(part, Assert.Throws<InputException>(() => Read(name)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("gzip/S_two.csv.gz")]
    [InlineData("gzip/S_pad.csv.gz")]
    public void Gzip_of_several_members_or_with_padding_is_read(string name) =>
        Assert.Equal(Read("gzip/S.csv").TakeAll().Matrix.Data.ToArray(), Read(name).TakeAll().Matrix.Data.ToArray());

    [Fact]
    public void Class_labels_are_kept_as_they_are_written()
    {
        LabelTable codes = LabelFile.ReadLabels(CaseFile.Path("csv/zip.csv"));
        Assert.Contains("01", codes.Labels.ClassNames);
        Assert.Contains("1", codes.Labels.ClassNames);
        Assert.Contains(codes.Remarks, remark => remark.EndsWith("01 and 1 are one number written differently, and are taken for 2 classes",
            StringComparison.Ordinal));
        string[] written = [.. File.ReadAllLines(CaseFile.Path("csv/big.csv")).Skip(1).Distinct()];
        Labels big = LabelFile.ReadLabels(CaseFile.Path("csv/big.csv"), new LabelReading { Task = LearningTask.Classification }).Labels;
        Assert.Equal(written.Order(StringComparer.Ordinal), big.ClassNames.Order(StringComparer.Ordinal));
        Assert.True(written.Length > written.Select(double.Parse).Distinct().Count(),
            "the case must hold neighbours that a double does not tell apart");
    }

    [Theory]
    [InlineData("parquet/sampled.parquet", "column __index_level_0__ is left out; it is an index that pandas wrote")]
    [InlineData("parquet/unnamed.csv", "left out; it is an index that pandas wrote")]
    public void An_index_of_pandas_is_no_feature(string name, string remark)
    {
        using FeatureReader reader = FeatureReader.Open(CaseFile.Path(name));
        Assert.Equal(["a", "b", "c"], reader.Names);
        Assert.EndsWith(remark, Assert.Single(reader.Remarks), StringComparison.Ordinal);
        Assert.Equal(Read("parquet/plain.csv").TakeAll().Matrix.Data.ToArray(), reader.ReadAll().TakeAll().Matrix.Data.ToArray(), (x, y) =>
            Math.Abs(x - y) < 1e-6);
    }

    [Theory]
    [InlineData("parquet/v2_dec9.parquet", 702.226, 129.72, 10162.778)]
    [InlineData("parquet/v2_tinyint.parquet", 33, 50, 297762)]
    public void Delta_encoded_decimals_and_small_integers_are_read(string name, double first, double second, double sum)
    {
        double[] values = Read(name).TakeAll().Matrix.Data.ToArray();
        Assert.Equal(6000, values.Length);
        Assert.Equal((first, second), (values[0], values[1]));
        Assert.Equal(sum, values.Sum(), 1e-6);
    }

    private static RawFeatures Read(string name) => FeatureFile.Read(CaseFile.Path(name));
}
