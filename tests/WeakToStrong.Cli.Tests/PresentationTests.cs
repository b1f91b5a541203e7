namespace WeakToStrong.Cli.Tests;

/// <summary>What a person sees: tables, help, the doctor.</summary>
public class PresentationTests
{
    private const string Two = "limits --gamma-teacher 0.25 --gamma-student 1.2 --lambda-teacher 0.05 --lambda-student 0.1,0.2 "
        + "--noise-variance 3";

    public static TheoryData<string> Commands => ["limits", "simulate", "reproduce", "verify", "network", "data", "chain", "doctor"];

    [Fact]
    public void A_table_is_aligned_and_rounded_says_once_what_does_not_vary_and_fits_the_screen()
    {
        string[] lines = [.. Shell.Run($"{Two} --format table").Output.Split('\n').Where(l => !string.IsNullOrWhiteSpace(l))];
        Assert.StartsWith("gamma_teacher 0.25, gamma_student 1.2, lambda_teacher 0.05, ", lines[0], StringComparison.Ordinal);
        string[] table = [.. lines.SkipWhile(l => !l.StartsWith("lambda_student", StringComparison.Ordinal))];
        Assert.Equal(4, table.Length);
        Assert.Single(table.Select(l => l.Length).Distinct());
        Assert.Contains("-0.115516", table[2], StringComparison.Ordinal);
        Assert.DoesNotContain("window_low", string.Concat(table), StringComparison.Ordinal);
        Assert.All(lines, l => Assert.InRange(l.Length, 1, 80));
    }

    [Theory]
    [InlineData("0.1:10:4")]
    [InlineData("0.1:10:40")]
    public void A_table_too_wide_for_the_screen_is_turned_or_cut(string grid)
    {
        string line = Two.Replace("0.1,0.2", grid, StringComparison.Ordinal)
            .Replace("variance 3", "variance 0.1,3", StringComparison.Ordinal);
        string output = Shell.Run($"{line} --format table").Output;
        Assert.All(output.Split('\n'), l => Assert.InRange(l.Length, 0, 80));
        Assert.All(new[] { "student_error", "window_high", "best_student_error" }, name =>
            Assert.Contains(name, output, StringComparison.Ordinal));
    }

    [Fact]
    public void One_wide_row_is_shown_as_a_list()
    {
        string[] lines = Shell.Run(Two.Replace(",0.2", "", StringComparison.Ordinal) + " --format table").Output.Split('\n');
        Assert.Contains(lines, l => l.Trim().StartsWith("teacher_error ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_very_long_table_says_how_many_rows_it_leaves_out()
    {
        string output = Shell.Run(Two.Replace("0.1,0.2", "0.1:10:1500", StringComparison.Ordinal) + " --format table").Output;
        Assert.Contains("... and 500 more rows; --format csv writes them all", output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_command_has_help_with_an_example(string command)
    {
        Outcome outcome = Shell.Run($"{command} --help");
        Assert.Equal(0, outcome.Status);
        Assert.Empty(outcome.Error);
        Assert.Contains($"Examples:\n  w2s {command}", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("--seed <N", outcome.Output, StringComparison.Ordinal);
        Assert.Contains($"\n  {command} ", Shell.Run("--help").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("limits -h")]
    [InlineData("limits --gamma-teacher 0 --help")]
    public void Help_is_given_however_it_is_asked_for(string line) =>
        Assert.StartsWith("Description:", Shell.Run(line).Output, StringComparison.Ordinal);

    [Fact]
    public void The_doctor_names_what_is_in_use()
    {
        string[] items = Shell.Run("doctor --threads 1").Column("item");
        Assert.Empty(new[] { "version", "runtime", "threads", "vector_width", "linear_algebra", "figures", "data_digits" }.Except(items));
    }
}
