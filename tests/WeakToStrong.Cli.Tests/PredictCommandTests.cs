using System.Globalization;

namespace WeakToStrong.Cli.Tests;

/// <summary>What <c>w2s data --predict</c> adds for any pair of features.</summary>
public sealed class PredictCommandTests
{
    private const string Digits = "data --dataset digits --n-teacher 200 --n-student 1000 --n-test 500 --lambda-teacher 0.1 "
        + "--lambda-student 0.01,0.1,1 --repeats 3 --format csv --strong-map standardise --predict --weak-map";

    private static readonly string[] Models = ["teacher", "student", "direct", "mixture", "ceiling"];

    // Two sets of features, ten classes: nothing is fitted. Splits of 500 rows move an accuracy by about a point.
    [Fact]
    public void Five_choices_are_predicted_for_different_features()
    {
        Outcome outcome = Shell.Run([.. Digits.Split(' '), "pool:2x2 | standardise"]);
        Assert.True(outcome.Status == 0, outcome.Error);
        foreach (string model in Models)
        {
            double[] error = Numbers(outcome, $"predicted_{model}_error"), accuracy = Numbers(outcome, $"predicted_{model}_accuracy");
            Assert.All(error, e => Assert.InRange(e, 0.2, 0.9));
            Assert.All(accuracy, a => Assert.InRange(a, 0.6, 1));
        }
        foreach (string model in (string[])["teacher", "student"])
        {
            double[] error = Numbers(outcome, $"{model}_error"), accuracy = Numbers(outcome, $"{model}_accuracy");
            for (int row = 0; row < 3; row++)
            {
                Assert.Equal(1, Numbers(outcome, $"predicted_{model}_error")[row] / error[row], 0.06);
                Assert.Equal(Numbers(outcome, $"predicted_{model}_accuracy")[row], accuracy[row], 0.04);
            }
        }
        Assert.Contains("direct training beats the student", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(outcome.Output, Shell.Run([.. Digits.Split(' '), "pool:2x2 | standardise", "--threads", "1"]).Output);
    }

    [Fact]
    public void Regression_has_errors_alone()
    {
        using var folder = new Folder();
        var random = new Random(3);
        string Rows(string header, Func<int, string> row) =>
            $"{header}\n{string.Concat(Enumerable.Range(0, 400).Select(i => $"{row(i)}\n"))}";
        double[][] z = [.. Enumerable.Range(0, 400).Select(_ => new[] { Normal(random), Normal(random), Normal(random) })];
        string labels = folder.File("y.csv", Rows("y", i => Text(z[i].Sum() + Normal(random))));
        string weak = folder.File("u.csv", Rows("a", i => Text(z[i][0])));
        string strong = folder.File("v.csv", Rows("a,b", i => $"{Text(z[i][0])},{Text(z[i][1])}"));
        Outcome outcome = Shell.Run($"data --labels {labels} --weak-features {weak} --strong-features {strong} --task regression "
            + "--n-teacher 40 --n-student 300 --n-test 60 --lambda-teacher 0.01 --lambda-student 0.01,0.1 --predict --format csv");
        Assert.True(outcome.Status == 0, outcome.Error);
        Assert.DoesNotContain(outcome.Csv[0], name => name.EndsWith("accuracy", StringComparison.Ordinal));
        // Var y = 4: the weak feature leaves 3 unexplained, the strong ones 2; the student learns no more than its teacher knows.
        Assert.InRange(Numbers(outcome, "predicted_teacher_error")[0], 2.6, 3.6);
        Assert.InRange(Numbers(outcome, "predicted_student_error")[0], 2.6, 3.6);
        Assert.InRange(Numbers(outcome, "predicted_direct_error")[0], 1.7, 2.5);
        Assert.True(Numbers(outcome, "predicted_mixture_error")[0] < Numbers(outcome, "predicted_student_error")[0]);
        Assert.DoesNotContain("accuracy", outcome.Error, StringComparison.Ordinal);
    }

    private static double[] Numbers(Outcome outcome, string column) =>
        [.. outcome.Column(column).Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))];

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
