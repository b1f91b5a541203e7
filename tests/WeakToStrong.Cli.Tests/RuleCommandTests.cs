using System.Globalization;

namespace WeakToStrong.Cli.Tests;

/// <summary>Training rules in <c>w2s simulate</c>: the columns, the limits beside the means, and one law in both engines.</summary>
public class RuleCommandTests
{
    private const string Setting = "simulate --d 60 --n-teacher 90 --n-student 40 --noise-variance 1 --format csv";

    // Four cells for each of two engines, |z| above 5 (Student, 399 degrees) has probability 1e-6 each; the shift of the gap is below half
    // of a standard error (400 trials).
    [Theory]
    [InlineData("exact")]
    [InlineData("dense")]
    public void Gaps_are_their_limits(string engine)
    {
        Outcome outcome = Shell.Run($"{Setting} --teacher-rule flow:1,4 --student-rule components:0.3,0.8 --trials 400 --signal fixed "
            + $"--engine {engine}");
        Assert.Equal(0, outcome.Status);
        Assert.Equal(["flow:1", "flow:1", "flow:4", "flow:4"], outcome.Column("teacher_rule"));
        Assert.Equal(["components:0.3", "components:0.8", "components:0.3", "components:0.8"], outcome.Column("student_rule"));
        Assert.All(outcome.Column("same_rows").Concat(outcome.Column("lambda_teacher")), cell => Assert.Equal("nan", cell));
        Assert.All(outcome.Column("z"), z => Assert.InRange(double.Parse(z, CultureInfo.InvariantCulture), -5, 5));
        Outcome limits = Shell.Run("limits --gamma-teacher 0.6666666666666666 --gamma-student 1.5 --noise-variance 1 --format csv "
            + "--teacher-rule flow:1,4 --student-rule components:0.3,0.8");
        Assert.Equal(limits.Column("student_error"), outcome.Column("student_limit"));
        Assert.Equal(limits.Column("gap"), outcome.Column("gap_limit"));
        Assert.Equal(limits.Column("student_cosine"), outcome.Column("student_cosine"));
    }

    [Fact]
    public void Ridge_written_as_a_rule_repeats_the_trials_of_the_ridge()
    {
        string[] Errors(string rules) => Shell.Run($"{Setting} {rules} --trials 30").Column("student_error");
        double[] plain = [.. Errors("--lambda-teacher 0.2,1 --lambda-student 0.1,2").Select(Number)],
            ruled = [.. Errors("--teacher-rule ridge:0.2,1 --lambda-student 0.1,2").Select(Number)];
        for (int i = 0; i < plain.Length; i++)
            Assert.Equal(plain[i], ruled[i], 1e-11);
    }

    [Fact]
    public void The_best_mixing_is_used_and_printed()
    {
        const string SameRows = "simulate --d 200 --n-teacher 300 --noise-variance 1 --lambda-teacher 0.2 --lambda-student 0.2 --trials 20 "
            + "--format csv --same-rows";
        Outcome best = Shell.Run($"{SameRows} best");
        Assert.Equal(1.130, Number(best.Column("same_rows").Single()), 5e-4);
        Assert.Equal("300", best.Column("n_student").Single());
        Assert.Equal(0.5081 + 1, Number(best.Column("student_limit").Single()), 5e-5);
        // Settings that differ in xi alone share their trials, and xi = 0 of the same rule is the teacher again.
        Outcome several = Shell.Run($"{SameRows} 0,1");
        double teacher = Number(best.Column("teacher_error").Single());
        Assert.All(several.Column("teacher_error"), cell => Assert.Equal(teacher, Number(cell), 1e-12));
        Assert.Equal(0, Number(several.Column("gap")[0]), 1e-12);
    }

    private static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);
}
