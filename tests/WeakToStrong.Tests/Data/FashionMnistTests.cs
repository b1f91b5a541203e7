using WeakToStrong.Data;
using WeakToStrong.Data.Experiment;
using WeakToStrong.Data.Features;
using WeakToStrong.Statistics;

namespace WeakToStrong.Tests.Data;

/// <summary>Skipped where Debian's package dataset-fashion-mnist is not installed.</summary>
public class FashionMnistTests
{
    [Fact]
    public void All_images_and_labels_are_read()
    {
        Assert.SkipUnless(FashionMnistFiles.IsInstalled, "the package dataset-fashion-mnist is not installed");
        Dataset data = Dataset.FashionMnist();
        Assert.Equal(70_000, data.Count);
        Assert.Equal(new FeatureShape(784, new ImageShape(28, 28)), data.Strong.Shape);
        Assert.Equal(10, data.Labels.All().DistinctLabels);
    }

    [Fact]
    public void A_small_student_on_patches_beats_its_teacher()
    {
        Assert.SkipUnless(FashionMnistFiles.IsInstalled, "the package dataset-fashion-mnist is not installed");
        DataResult result = new DataExperiment
        {
            Data = Dataset.FashionMnist(),
            StrongMap = FeaturePipeline.Parse("patches:240:6 | standardise"),
            Sizes = new SplitSizes(500, 3000, 2000),
            LambdaTeacher = Grid.Of(0.03),
            LambdaStudent = Grid.Logarithmic(1e-4, 10, 6),
            Labels = PseudoLabels.Hard,
            Repeats = 4,
        }.Run(0);
        int best = result.BestStudent(0);
        RatioOfMeans pgr = result.Pgr(0, best);
        Assert.True(pgr.Low > 0, $"{pgr}");
        Assert.InRange(best, 1, 4);
    }

    [Fact]
    public void Without_the_data_the_message_says_where_to_get_it()
    {
        string folder = Directory.CreateTempSubdirectory("w2s-").FullName;
        string message = Assert.Throws<InputException>(() => Dataset.FashionMnist(folder)).Message;
        Directory.Delete(folder);
        Assert.Contains("has no train-images-idx3-ubyte.gz", message, StringComparison.Ordinal);
    }
}
