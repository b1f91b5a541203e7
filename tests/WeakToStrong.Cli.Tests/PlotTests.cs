namespace WeakToStrong.Cli.Tests;

/// <summary>Pictures of one's own: what is drawn, and what is refused before anything runs.</summary>
public class PlotTests
{
    private const string Limits = "limits --gamma-teacher 0.25 --gamma-student 0.8 --noise-variance 3";

    [Theory]
    [InlineData($"{Limits} --lambda-teacher 0.01:10:12 --lambda-student 0.01:10:12")]
    [InlineData($"{Limits} --alignment 0,0.5,0.9 --lambda-teacher 0.01:10:12 --lambda-student 0.01:10:12")]
    [InlineData($"{Limits} --lambda-teacher 0.05 --lambda-student 0.01:10:12")]
    [InlineData($"{Limits} --alignment 0,0.5 --signal-power 1,2 --lambda-teacher 0.05 --lambda-student 0.01:10:12")]
    [InlineData("simulate --d 60 --n-teacher 200 --n-student 20:200:4 --noise-variance 1 --lambda-teacher 0.05 --lambda-student best "
        + "--trials 20")]
    [InlineData($"{Limits} --teacher-rule flow:2 --student-rule descent:1:100:8:0.2 --alignment 0 --signal-power 1,2")]
    [InlineData("limits --gamma-teacher 0.8 --noise-variance 3 --teacher-rule flow:2 --student-rule ridgeless --same-rows 0,0.5,1")]
    [InlineData("limits --gamma-teacher 0.8 --noise-variance 3 --same-rows 0.5 --lambda-teacher 0.01:10:6 --lambda-student 0.01:10:6")]
    [InlineData("simulate --d 40 --n-teacher 80 --n-student 60 --noise-variance 1 --teacher-rule flow:0.5:10:3 --lambda-student 0.1,1 "
        + "--trials 20")]
    [InlineData("simulate --d 40 --n-teacher 80 --n-student 60 --noise-variance 1 --teacher-rule flow:3 --student-rule descent:2,9:0.1,0.3 "
        + "--trials 20")]
    [InlineData("network --d 30 --trials 2")]
    [InlineData("network --measure forgetting --d 30 --trials 2 --steps 2 --true-labels 20")]
    [InlineData("network --measure readouts --d 30 --trials 2 --spike 0,3 --true-labels 20")]
    [InlineData("network --measure spectrum --d 30")]
    public void A_result_is_drawn(string line)
    {
        using var folder = new Folder();
        string path = Path.Combine(folder.Path, "out.svg");
        Outcome outcome = Shell.Run($"{line} --plot {path}");
        Assert.Equal((0, string.Empty), (outcome.Status,
            outcome.Error.Replace($"w2s: the picture is in {path}\n", string.Empty, StringComparison.Ordinal)));
        string svg = File.ReadAllText(path);
        Assert.StartsWith("<svg", svg[svg.IndexOf("<svg", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", svg, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData($"{Limits} --lambda-teacher 0.05 --lambda-student 1 --plot a.svg", "nothing varies")]
    [InlineData($"{Limits} --lambda-teacher 0.05 --lambda-student 1,2 --plot a.gif",
        "--plot is 'a.gif'; it must be the path of a file that ends in .svg, .pdf or .png")]
    [InlineData($"{Limits} --lambda-teacher 1,2 --lambda-student 1,2 --plot /nowhere/a.svg", "the folder '/nowhere' does not exist")]
    [InlineData($"{Limits} --alignment 0,1 --signal-power 1,2 --spike 1,2 --lambda-teacher 0.05 --lambda-student 1,2 --plot a.svg",
        "4 inputs vary")]
    [InlineData($"{Limits} --alignment 0:1:13:lin --lambda-teacher 0.05 --lambda-student 1:2:14 --plot a.svg",
        "--alignment has 13 values beside --lambda-student; at most 12 curves")]
    public void What_cannot_be_drawn_is_refused_before_it_runs(string line, string sentence) =>
        Assert.Contains(sentence, Shell.Refusal(line), StringComparison.Ordinal);

    [Fact]
    public void Any_table_is_drawn()
    {
        using var folder = new Folder();
        string table = folder.File("t.csv", "x,y,e,kind\n1,2,0.1,a\n2,3,0.1,a\n1,4,0.2,b\n2,5,0.2,b\n"),
            picture = Path.Combine(folder.Path, "t.svg");
        Assert.Equal(0, Shell.Run($"plot {table} --x x --y y --by kind --error e --log x,y --out {picture}").Status);
        Assert.Contains("<svg", File.ReadAllText(picture), StringComparison.Ordinal);
        Assert.Contains("has no column 'z'; it has x, y, e, kind", Shell.Refusal($"plot {table} --x z --y y --out {picture}"),
            StringComparison.Ordinal);
        Assert.Contains("the column 'kind' holds words", Shell.Refusal($"plot {table} --x x --y kind --out {picture}"),
            StringComparison.Ordinal);
        Assert.Contains("--y is missing", Shell.Refusal($"plot {table} --x x --out {picture}"), StringComparison.Ordinal);
    }
}
