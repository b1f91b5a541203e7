namespace WeakToStrong.Cli.Tests;

/// <summary>Ridge regressions that squaring in doubles spoils, from file to table; right values in 60 digits (tests/cases).</summary>
public class DifficultDesignTests
{
    [Theory]
    [InlineData("X_times1e9.npy", 0.0158236063947, 0.0158427064168)]
    [InlineData("X_dollars.npy", 0.0155982304411, 0.0156255703369)]
    public void Columns_of_mixed_scale_keep_what_they_know(string features, double teacher, double student)
    {
        Outcome outcome = Run("mixed-scales", features, "1e-3", "1e-3");
        Assert.Equal(teacher, double.Parse(outcome.Column("teacher_error")[0]), 1e-9 * teacher);
        Assert.Equal(student, double.Parse(outcome.Column("student_error")[0]), 1e-9 * student);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1e-15")]
    public void More_features_than_rows_do_not_hide_that_a_vanishing_ridge_is_best(string smallest)
    {
        // Exact leave-one-out errors: .379892 at 0, .421833 at .1, .636743 at 1.
        Outcome outcome = Run("leave-one-out", "x.csv", "0.1", $"{smallest},0.1,1");
        Assert.Equal(double.Parse(smallest), double.Parse(outcome.Column("ceiling_lambda")[0]));
        Assert.Equal(0.4817439, double.Parse(outcome.Column("ceiling_error")[0]), 1e-7);
    }

    [Fact]
    public void Columns_that_are_combinations_of_others_are_told_at_ridge_zero()
    {
        using var folder = new Folder();
        string x = folder.File("x.csv", "a,b,sum\n" + string.Concat(Enumerable.Range(0, 40)
            .Select(i => $"{i % 7},{i * i % 11},{(i % 7) + (i * i % 11)}\n")));
        string y = folder.File("y.csv", "y\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{(i % 7) + (0.1 * (i % 3))}\n")));
        string[] line = ["data", "--labels", y, "--weak-features", x, "--strong-features", x, "--n-teacher", "12", "--n-student", "12",
            "--n-test", "12", "--task", "regression",
            "--lambda-teacher", "0.1", "--format", "csv", "--lambda-student"];
        Assert.Contains("1 of the 3 strong features is a linear combination of the others to rounding; ridge 0 takes the coefficients of "
            + "least norm", Shell.Run([.. line, "0,1"]).Error, StringComparison.Ordinal);
        Assert.DoesNotContain("linear combination", Shell.Run([.. line, "0.01,1"]).Error, StringComparison.Ordinal);
    }

    private static Outcome Run(string folder, string features, string lambdaTeacher, string lambdaStudent)
    {
        string File(string name) => Path.Combine(AppContext.BaseDirectory, "cases", folder, name);
        Outcome outcome = Shell.Run(["data", "--labels", File("y.csv"), "--weak-features", File(features), "--strong-features",
            File(features), "--split", File("split.csv"),
            "--task", "regression", "--lambda-teacher", lambdaTeacher, "--lambda-student", lambdaStudent, "--format", "csv"]);
        Assert.True(outcome.Status == 0, outcome.Error);
        return outcome;
    }
}
