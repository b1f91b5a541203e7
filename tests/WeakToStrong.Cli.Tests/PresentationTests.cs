namespace WeakToStrong.Cli.Tests;

/// <summary>What a person sees: tables, help, the doctor.</summary>
public class PresentationTests
{
    private const string Two = "limits --gamma-teacher 0.25 --gamma-student 1.2 --lambda-teacher 0.05 --lambda-student 0.1,0.2 --noise-variance 3";

    public static TheoryData<string> Commands => ["limits", "simulate", "reproduce", "verify", "network", "data", "chain", "doctor"];

    [Fact]
    public void A_table_is_aligned_and_rounded()
    {
        string[] lines = [.. Shell.Run($"{Two} --format table").Output.Split('\n').Where(l => !string.IsNullOrWhiteSpace(l))];
        Assert.Equal(4, lines.Length);
        Assert.Single(lines.Select(l => l.Length).Distinct());
        Assert.Contains("-0.115516", lines[2], StringComparison.Ordinal);
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
        Assert.Contains("--seed <N>", outcome.Output, StringComparison.Ordinal);
        Assert.Contains($"\n  {command} ", Shell.Run("--help").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("limits -h")]
    [InlineData("limits --gamma-teacher 0 --help")]
    public void Help_is_given_however_it_is_asked_for(string line) => Assert.StartsWith("Description:", Shell.Run(line).Output, StringComparison.Ordinal);

    [Fact]
    public void The_doctor_names_what_is_in_use()
    {
        string[] items = Shell.Run("doctor --threads 1").Column("item");
        Assert.Empty(new[] { "version", "runtime", "threads", "vector_width", "linear_algebra", "figures", "data_digits" }.Except(items));
    }
}
