using System.Globalization;

namespace WeakToStrong.Cli.Tests;

/// <summary>The question that <c>w2s data</c> answers, on the inputs that people have.</summary>
public sealed class DecisionCommandTests : IDisposable
{
    private const int Count = 240, Labelled = 60;

    private static readonly string[] Added =
    [
        "ceiling_lambda", "direct_error", "direct_accuracy", "direct_lambda", "mixture_error", "mixture_accuracy", "mixture_weight",
        "mixture_lambda", "direct_error_se", "direct_accuracy_se", "mixture_error_se", "mixture_accuracy_se",
    ];

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_run_ends_with_what_to_train_and_the_table_does_not_depend_on_the_advice()
    {
        Write(i => Truth(i) ? "yes" : "no");
        Outcome outcome = Run(Features), quiet = Run([.. Features, "--no-advice"]);
        string[] sentences = outcome.Error.TrimEnd('\n').Split('\n');
        Assert.StartsWith("w2s: answer: ", sentences[^1], StringComparison.Ordinal);
        Assert.Matches("95% interval [-0-9.e]+ to [-0-9.e]+", sentences[^1]);
        Assert.DoesNotContain("answer", quiet.Error, StringComparison.Ordinal);
        Assert.Equal(outcome.Output, quiet.Output);
        Assert.All(Added, name => Assert.True(double.IsFinite(Number(outcome, name)), name));
        // Strong features see the class, weak ones hardly: the few true labels are worth more than the weak ones.
        Assert.True(Number(outcome, "direct_accuracy") > Number(outcome, "teacher_accuracy") + 0.1);
        Assert.True(Number(outcome, "mixture_accuracy") > Number(outcome, "student_accuracy") + 0.05);
        Assert.Contains("mixture of true and weak", sentences[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(2, false)]
    public void A_teacher_that_knows_nothing_is_told_of(double weakSignal, bool told)
    {
        Write(i => Truth(i) ? "yes" : "no");
        _folder.File("weakx.csv", "a,b\n" + Lines(i => Cells((weakSignal * Sign(i)) + Math.Sin(i * i), Math.Cos(3 * i * i))));
        Outcome outcome = Run(Features);
        const string Remark = "the teacher is not clearly better than the commonest class";
        Assert.Equal(told, outcome.Error.Contains(Remark, StringComparison.Ordinal));
        Assert.StartsWith("w2s: answer: ", outcome.Error.TrimEnd('\n').Split('\n')[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Weak_labels_alone_with_labels_for_the_teachers_rows_alone_give_an_answer_without_a_ceiling()
    {
        Write(i => i < Labelled ? Truth(i) ? "yes" : "no" : string.Empty);
        _folder.File("weak.csv", "guess\n" + Lines(i => Weak(i) ? "yes" : "no"));
        Outcome outcome = Run(["--weak-labels", At("weak"), "--split", At("split")]);
        Assert.DoesNotContain("ceiling_error", outcome.Csv[0]);
        Assert.DoesNotContain("pgr", outcome.Csv[0]);
        Assert.Contains("no ceiling", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("no test row has a true label", outcome.Error, StringComparison.Ordinal);
        string last = outcome.Error.TrimEnd('\n').Split('\n')[^1];
        Assert.StartsWith("w2s: answer: ", last, StringComparison.Ordinal);
        Assert.Contains("95% interval", last, StringComparison.Ordinal);
        Assert.Contains("what would change it: ", last, StringComparison.Ordinal);
        // The same without a split, and with weak labels of the others only, where the teacher cannot be compared.
        _folder.File("weak.csv", "guess\n" + Lines(i => i < Labelled ? string.Empty : Weak(i) ? "yes" : "no"));
        Outcome drawn = Run(["--weak-labels", At("weak")]);
        Assert.Contains("the teacher cannot be compared", drawn.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Weak_labels_are_the_same_as_classes_scores_and_probabilities()
    {
        Write(i => Truth(i) ? "yes" : "no");
        string Table(string text)
        {
            _folder.File("weak.csv", text);
            return Run(["--weak-labels", At("weak"), "--split", At("split"), "--no-advice"]).Output;
        }
        string classes = Table("guess\n" + Lines(i => Weak(i) ? "yes" : "no"));
        Assert.Equal(classes, Table("p_yes,p_no\n" + Lines(i => Weak(i) ? "1,0" : "0,1")));
        Assert.Equal(classes, Table("a,b\n" + Lines(i => Weak(i) ? "0,1" : "1,0")));
        Assert.Equal(classes, Table("p\n" + Lines(i => Weak(i) ? "1" : "0")));
        Assert.NotEqual(classes, Table("p\n" + Lines(i => Weak(i) ? "0.9" : "0")));
    }

    [Theory]
    [InlineData("guess\nmaybe", "weak.csv', row 1 (line 2) is 'maybe'; it must be one of the classes no, yes, or a probability")]
    [InlineData("a,b,c\n1,2,3", "has 3 columns of weak labels, and there are 2 classes (no, yes)")]
    [InlineData("p\n1.5", "weak.csv', row 1 (line 2) is '1.5'; it must be one of the classes")]
    [InlineData("a,b\n1,", "it must be a finite number in every column of scores, or empty in all of them")]
    public void Weak_labels_that_do_not_fit_are_answered_by_one_sentence(string start, string part)
    {
        Write(i => Truth(i) ? "yes" : "no");
        string last = start.Split('\n')[^1].Contains(',', StringComparison.Ordinal) ? start.Split('\n')[^1].Replace("1,", "1,2") : "no";
        _folder.File("weak.csv", start + "\n" + string.Concat(Enumerable.Range(1, Count - 1).Select(_ => last + "\n")));
        Assert.Contains(part, Shell.Refusal(["data", .. Common, "--weak-labels", At("weak")]), StringComparison.Ordinal);
    }

    [Fact]
    public void Weak_labels_and_weak_features_are_not_both_taken()
    {
        Write(i => Truth(i) ? "yes" : "no");
        Assert.Contains("--weak-labels and --weak-features are both given", Shell.Refusal(["data", .. Common, .. Features, "--weak-labels",
            At("weak")]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_constant_answer_that_is_as_good_is_pointed_out()
    {
        // 15% of the rows are of the rarer class, which no feature tells.
        Write(i => i * 37 % 100 < 15 ? "rare" : "common");
        Outcome outcome = Run([.. Features, "--metrics"]);
        Assert.Contains("always predicting the commonest class is right in", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("balanced accuracy is teacher 0.", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("answer: no choice is clearly better than always predicting the commonest class", outcome.Error,
            StringComparison.Ordinal);
        Assert.All(["teacher", "student", "ceiling", "direct", "mixture"], model => Assert.InRange(
            Number(outcome, $"{model}_balanced_accuracy"), 0.2, 0.8));
        Assert.True(Number(outcome, "misfit") >= 0);
    }

    [Theory]
    [InlineData("--head logistic")]
    [InlineData("--head logistic --pseudo-labels hard --confidence 0.5")]
    [InlineData("--confidence 0.3")]
    public void Every_head_serves_all_choices(string options)
    {
        Write(i => Truth(i) ? "yes" : "no");
        Outcome outcome = Run([.. Features, .. options.Split(' '), "--metrics"]);
        Assert.True(Number(outcome, "direct_accuracy") > 0.8);
        Assert.True(Number(outcome, "mixture_accuracy") > 0.7);
        Assert.True(Number(outcome, "ceiling_log_loss") > 0);
        Assert.Contains("answer: ", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_head_that_cannot_learn_the_task_says_so()
    {
        Write(i => $"{i % 7}.5");
        Assert.Contains("the head logistic is asked for, and the task is regression", Shell.Refusal(["data", .. Common, .. Features,
            "--head", "logistic"]), StringComparison.Ordinal);
        Assert.Contains("metrics are asked for, and the task is regression", Shell.Refusal(["data", .. Common, .. Features, "--metrics"]),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("--head logistic --weak-map standardise --strong-map poly:2|scale")]
    [InlineData("--weak-map pca:2 --strong-map standardise|rff:20")]
    public void A_saved_model_predicts_what_was_reported_to_the_bit(string options)
    {
        Write(i => Truth(i) ? "yes" : "no");
        string models = Path.Combine(_folder.Path, "models");
        Outcome outcome = Run([.. Features, .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--save", models]);
        foreach (string model in (string[])["teacher", "direct", "student", "mixture", "ceiling"])
        {
            string features = model == "teacher" ? "weakx" : "strong", folder = Path.Combine(models, model);
            string[] saved = File.ReadAllLines(Path.Combine(folder, "predictions.csv"));
            Assert.Equal(Count + 1, saved.Length);
            Outcome all = Shell.Run(["apply", folder, At(features), "--format", "csv"]);
            Assert.True(all.Status == 0, all.Error);
            Assert.Equal(saved, all.Output.TrimEnd('\n').Split('\n').Select((line, i) => WithSplit(line, saved[i])));
            // Alone, in another order of columns and beside others, a row has the same bits.
            string[] lines = File.ReadAllLines(At(features));
            _folder.File("some.csv", string.Concat(new[] { 0, 9, 201 }.Select(i => $"{Turned(lines[i])}\n")));
            string[][] some = Shell.Run(["apply", folder, At("some"), "--format", "csv"]).Csv;
            Assert.Equal(saved[9].Split(',')[2..], some[1][1..]);
            Assert.Equal(saved[201].Split(',')[2..], some[2][1..]);
            if (model == "teacher" || model == "student")
                continue;
            // The predictions of test rows are those that were measured.
            double right = Enumerable.Range(170, Count - 170).Count(i => saved[i + 1].Split(',')[2] == (Truth(i) ? "yes" : "no"));
            Assert.Equal(Number(outcome, $"{model}_accuracy"), right / (Count - 170), 1e-12);
        }
        Assert.Contains("holds the models ceiling, direct, mixture, student, teacher", Shell.Refusal(["apply", models, At("strong")]),
            StringComparison.Ordinal);
        Assert.Contains("has no feature 'c', which the model direct needs", Shell.Refusal(["apply", Path.Combine(models, "direct"),
            At("weakx")]), StringComparison.Ordinal);

        static string WithSplit(string line, string saved)
        {
            string[] cells = line.Split(',');
            return string.Join(',', [cells[0], saved.Split(',')[1], .. cells[1..]]);
        }

        static string Turned(string line) => string.Join(',', [.. line.Split(',').Reverse(), line.StartsWith('a') ? "extra" : "7"]);
    }

    [Fact]
    public void A_folder_without_a_model_is_answered_by_one_sentence()
    {
        Write(i => Truth(i) ? "yes" : "no");
        Assert.Contains("is not a folder", Shell.Refusal(["apply", At("none"), At("strong")]), StringComparison.Ordinal);
        Assert.Contains("has no model.json", Shell.Refusal(["apply", _folder.Path, At("strong")]), StringComparison.Ordinal);
        _folder.File("model.json", "{\"map\": 3}");
        Assert.Contains("does not describe a model", Shell.Refusal(["apply", _folder.Path, At("strong")]), StringComparison.Ordinal);
        Assert.Contains("which is a file", Shell.Refusal(["data", .. Common, .. Features, "--save", At("strong")]),
            StringComparison.Ordinal);
    }

    private string[] Features => ["--weak-features", At("weakx"), "--split", At("split"), "--lambda-teacher", "0.1"];

    private string[] Common => ["--labels", At("labels"), "--strong-features", At("strong"), "--lambda-student", "0.01,0.1,1", "--format",
        "csv"];

    private Outcome Run(string[] more)
    {
        Outcome outcome = Shell.Run(["data", .. Common, .. more]);
        Assert.True(outcome.Status == 0, outcome.Error);
        return outcome;
    }

    private static double Number(Outcome outcome, string column) => double.Parse(outcome.Column(column)[0], CultureInfo.InvariantCulture);

    // Pseudo-random numbers without a generator, so that rows can be made in any order.
    private static double Noise(int i, int which)
    {
        double x = Math.Sin((i * 12.9898) + (which * 78.233)) * 43758.5453;
        return x - Math.Floor(x) - 0.5;
    }

    private static bool Truth(int i) => Noise(i, 1) > 0;

    private static bool Weak(int i) => Truth(i) == (Noise(i, 2) < 0.2);

    private void Write(Func<int, string> label)
    {
        _folder.File("labels.csv", "y\n" + Lines(label));
        _folder.File("weakx.csv", "a,b\n" + Lines(i => Cells((0.35 * Sign(i)) + Noise(i, 3), Noise(i, 4))));
        _folder.File("strong.csv", "a,b,c\n" + Lines(i => Cells(
            (0.5 * Sign(i)) + Noise(i, 5), (0.3 * Sign(i)) + Noise(i, 6), Noise(i, 7))));
        _folder.File("split.csv", "split\n" + Lines(i => i < Labelled ? "teacher" : i < 170 ? "student" : "test"));
    }

    private static int Sign(int i) => Truth(i) ? 1 : -1;

    private static string Cells(params double[] values) =>
        string.Join(',', values.Select(v => v.ToString("R", CultureInfo.InvariantCulture)));

    private static string Lines(Func<int, string> line) => string.Concat(Enumerable.Range(0, Count).Select(i => line(i) + "\n"));

    private string At(string name) => Path.Combine(_folder.Path, $"{name}.csv");
}
