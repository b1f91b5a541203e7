using WeakToStrong.Data;
using WeakToStrong.Data.Experiment;
using WeakToStrong.LinearAlgebra;
using WeakToStrong.Randomness;
using WeakToStrong.Tables;

namespace WeakToStrong.Tests.Documentation;

/// <summary>The example of docs/real-data.md, as it stands there.</summary>
public class SavedModelTests
{
    [Fact]
    public void A_saved_model_predicts_a_file()
    {
        var features = new Matrix<double>(200, 3);
        new RandomStream(3).FillNormal(features.Data);
        int[] classes = [.. Enumerable.Range(0, 200).Select(i => features[i, 0] > 0 ? 1 : 0)];
        var raw = new RawFeatures("x", features);
        DataResult result = new DataExperiment
        {
            Data = new Dataset("x", Labels.OfClasses("y", classes, ["no", "yes"]), raw, raw),
            Sizes = new SplitSizes(60, 100, 40),
            LambdaStudent = Grid.Of(0.01),
            Choices = true,
            KeepModels = true,
        }.Run(0);
        string models = Directory.CreateTempSubdirectory("w2s-").FullName, folder = Path.Combine(models, "direct");
        try
        {
            result.Save(models);
            using var rows = MemoryFile.Of("rows", features.Data.ToArray(), 200);
            Assert.Equal(200, Predict(folder, rows.Path).RowCount);
        }
        finally
        {
            Directory.Delete(models, recursive: true);
        }
    }

    private static ResultTable Predict(string folder, string file)
    {
        SavedModel model = SavedModel.Read(folder);
        ResultTable predictions = model.Predict(file);      // id, prediction, and a score for each class
        Assert.Equal(["id", "prediction", "score_no", "score_yes"], predictions.Columns.Select(c => c.Name));
        return predictions;
    }
}
