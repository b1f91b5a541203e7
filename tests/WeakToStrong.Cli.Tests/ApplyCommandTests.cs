using System.Text.Json.Nodes;

namespace WeakToStrong.Cli.Tests;

/// <summary>Saved models and files of new rows that are damaged, or of another kind.</summary>
public sealed class ApplyCommandTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("weights.npy")]
    [InlineData("intercept.npy")]
    [InlineData("standardisation.npy")]
    [InlineData("centre.npy")]
    [InlineData("at_centre.npy")]
    [InlineData("map1_1.npy")]
    public void An_array_that_is_not_the_models_is_refused(string name)
    {
        string model = Save("--strong-map", "standardise|poly:2"), path = Path.Combine(model, name);
        byte[] bytes = File.ReadAllBytes(path), other = [.. bytes];
        other[^1] ^= 1;
        Assert.Equal(0, Shell.Run(["apply", model, At("x")]).Status);
        foreach (byte[] wrong in (byte[][])[other, bytes[..^8], [], [.. bytes, 0]])
        {
            File.WriteAllBytes(path, wrong);
            Assert.Contains($"{name}' is not the file that was written with '", Shell.Refusal(["apply", model, At("x")]),
                StringComparison.Ordinal);
        }
        File.Delete(path);
        Assert.Contains($"{name}' is missing; '", Shell.Refusal(["apply", model, At("x")]), StringComparison.Ordinal);
        File.WriteAllBytes(path, bytes);
        Assert.Equal(0, Shell.Run(["apply", model, At("x")]).Status);
    }

    [Theory]
    [InlineData("format", "2", "in format 2; this program, w2s ")]
    [InlineData("classes", "[\"a\", \"a\"]", "does not describe a model")]
    [InlineData("classes", "[null, \"a\"]", "does not describe a model")]
    [InlineData("classes", "[]", "does not describe a model")]
    [InlineData("link", "\"99\"", "does not describe a model")]
    [InlineData("link", "\"logistic\"", "does not describe a model")]
    [InlineData("lambda", "-1", "does not describe a model")]
    [InlineData("lambda", "1e400", "does not describe a model")]
    [InlineData("features", "2147483647", "model.json': feature map 'poly:2': ")]
    [InlineData("features", "-3", "does not describe a model")]
    [InlineData("image", "[3, 3]", "does not describe a model")]
    [InlineData("image", "[-1, -3]", "does not describe a model")]
    [InlineData("feature_names", "[\"a\"]", "does not describe a model")]
    [InlineData("feature_names", "[\"a\", \"b\", \"b\"]", "does not describe a model")]
    [InlineData("map", "\"foo\"", "model.json': feature map 'foo' is not known")]
    [InlineData("map", "\"pool:2x2\"", "model.json': feature map 'pool:2x2': 3 columns are not a square image")]
    [InlineData("map", "\"pca:3 | poly:2\"", "does not describe a model")]
    public void A_description_that_does_not_fit_is_refused(string key, string value, string sentence)
    {
        string model = Save("--strong-map", "standardise|poly:2"), path = Path.Combine(model, "model.json");
        JsonNode json = JsonNode.Parse(File.ReadAllText(path))!;
        json[key] = JsonNode.Parse(value);
        File.WriteAllText(path, json.ToJsonString());
        Assert.Contains(sentence, Shell.Refusal(["apply", model, At("x")]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_without_digests_is_read_and_one_without_description_is_not()
    {
        string model = Save(), path = Path.Combine(model, "model.json"), expected = Shell.Run(["apply", model, At("x")]).Output;
        JsonObject json = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        json.Remove("files");
        json.Remove("format");
        File.WriteAllText(path, json.ToJsonString());
        Assert.Equal(expected, Shell.Run(["apply", model, At("x")]).Output);
        File.Delete(path);
        Assert.Contains("holds the arrays of a model, and its model.json is missing", Shell.Refusal(["apply", model, At("x")]),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_a_model_cannot_take_are_refused()
    {
        string model = Save();
        Assert.Contains("has no feature 'a', which the model direct needs", Shell.Refusal(["apply", model, At("labels")]),
            StringComparison.Ordinal);
        Assert.Contains("has a header but no rows", Refusal("a,b,c\n"), StringComparison.Ordinal);
        Assert.Contains("row 1 (line 2), column b is 'nan'; it must be a finite number", Refusal("a,b,c\n1,nan,3\n"),
            StringComparison.Ordinal);
        model = Save("--strong-map", "standardise|poly:2");
        Assert.Contains("row 2: the scores of the model direct are beyond 1.8e308 in size", Refusal("a,b,c\n1,2,3\n1e300,-1,1\n"),
            StringComparison.Ordinal);

        string Refusal(string text) => Shell.Refusal(["apply", model, _folder.File("new.csv", text)]);
    }

    /// <summary>A pipe can be read once only.</summary>
    [Fact]
    public void Rows_and_weak_labels_may_come_through_a_pipe()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "makes a pipe by mkfifo");
        string model = Save(), pipe = Path.Combine(_folder.Path, "pipe");
        System.Diagnostics.Process.Start("mkfifo", [pipe]).WaitForExit();
        string Through(string file, params string[] arguments)
        {
            var writer = Task.Run(() => File.WriteAllText(pipe, File.ReadAllText(At(file))), TestContext.Current.CancellationToken);
            Outcome outcome = Shell.Run(arguments);
            Assert.True(outcome.Status == 0, outcome.Error);
            Assert.True(writer.Wait(TimeSpan.FromSeconds(60)));
            return outcome.Output;
        }
        Assert.Equal(Shell.Run(["apply", model, At("x")]).Output, Through("x", "apply", model, pipe));
        Assert.Equal(Shell.Run([.. Data, "--weak-labels", At("labels")]).Output, Through("labels", [.. Data, "--weak-labels", pipe]));
    }

    private string[] Data => ["data", "--labels", At("labels"), "--strong-features", At("x"), "--split", At("split"), "--lambda-student",
        "0.1,1", "--no-advice", "--format", "csv"];

    // Three features, one of two classes; the direct model.
    private string Save(params string[] more)
    {
        var random = new Random(11);
        string rows = "a,b,c\n", labels = "label\n", split = "split\n";
        for (int i = 0; i < 120; i++)
        {
            double[] x = [random.NextDouble() - 0.5, random.NextDouble() - 0.5, random.NextDouble() - 0.5];
            rows += string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{x[0]},{x[1]},{x[2]}\n");
            labels += 3 * x[0] - 3 * x[1] + x[2] > random.NextDouble() - 0.5 ? "yes\n" : "no\n";
            split += i < 40 ? "teacher\n" : i < 80 ? "student\n" : "test\n";
        }
        _folder.File("x.csv", rows);
        _folder.File("labels.csv", labels);
        _folder.File("split.csv", split);
        string models = Path.Combine(_folder.Path, "models");
        Outcome outcome = Shell.Run([.. Data, "--weak-features", At("x"), "--lambda-teacher", "0.1", "--save", models, .. more]);
        Assert.True(outcome.Status == 0, outcome.Error);
        return Path.Combine(models, "direct");
    }

    private string At(string name) => Path.Combine(_folder.Path, $"{name}.csv");
}
