namespace WeakToStrong.Cli.Tests;

public class ReproduceCommandTests
{
    [Fact]
    public void Makes_the_figures_asked_for_into_a_new_folder()
    {
        using var folder = new Folder();
        string place = Path.Combine(folder.Path, "made", "here");
        Outcome outcome = Shell.Run(["reproduce", "--figure", "5,3", "--out", place, "--trials", "2", "--format", "csv"]);

        Assert.Equal(0, outcome.Status);
        Assert.Equal(["3", "5"], outcome.Column("figure").Distinct());
        Assert.All(outcome.Column("status"), s => Assert.Equal("made", s));
        string[] expected =
        [
            "figure3.csv", "figure3.pdf", "figure3.png", "figure3.svg", "figure5.csv", "figure5.pdf", "figure5.png", "figure5.svg",
            "manifest.json", "report.html",
        ];
        Assert.Equal(expected, Directory.GetFiles(place).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
        Assert.Contains("report.html", outcome.Error);
    }

    [Fact]
    public void Resume_keeps_what_is_whole()
    {
        using var folder = new Folder();
        Shell.Run(["reproduce", "--figure", "4", "--out", folder.Path, "--quiet"]);
        Outcome outcome = Shell.Run(["reproduce", "--figure", "4,5", "--out", folder.Path, "--resume", "--quiet", "--format", "csv"]);

        Assert.Equal(["kept", "made"], outcome.Column("status"));
        Assert.Empty(outcome.Error);
    }

    [Fact]
    public void Interrupted_says_what_is_missing_and_leaves_nothing_half_made()
    {
        using var folder = new Folder();
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Outcome outcome = Shell.RunUntil(["reproduce", "--figure", "1,4", "--out", folder.Path], stop.Token);

        Assert.Equal(130, outcome.Status);
        Assert.Contains("not made: 1, 4; --resume makes the rest", outcome.Error);
        Assert.Empty(folder.Names);
    }

    [Theory]
    [InlineData("reproduce --figure 10", "'10' is not a figure; allowed are all, everything, 1, 2")]
    [InlineData("reproduce --figure 1,,2", "'' is not a figure; allowed are")]
    [InlineData("reproduce --figure 1 --trials 0", "--trials is '0'; it must be a whole number of at least 1")]
    [InlineData("reproduce --figure 1 --out", "--out has no value; it must be the path of a folder")]
    public void Bad_options_are_refused(string line, string sentence) => Assert.Contains(sentence, Shell.Refusal(line));

    [Fact]
    public void A_file_in_the_place_of_the_folder_is_refused()
    {
        using var folder = new Folder();
        string taken = folder.File("taken", "");

        Assert.Contains("it must be the path of a folder", Shell.Refusal(["reproduce", "--figure", "1", "--out", taken]));
    }
}
