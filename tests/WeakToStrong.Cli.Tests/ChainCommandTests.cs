using System.Globalization;

namespace WeakToStrong.Cli.Tests;

public class ChainCommandTests
{
    private const string Specification = """
        noise_variance = 0.5
        ceiling = "mixed"
        [spectrum]
        law = "power"
        exponent = 1.0
        d = 30
        [target]
        law = "power"
        exponent = 1.5
        [[stage]]
        name = "teacher"
        n = 40
        ridge = 0.1
        [[stage]]
        name = "mixed"
        ridge = 0.05
        groups = [ { labels = "teacher", n = 80 }, { labels = "truth", n = 100, weight = 2.0 } ]
        """;

    private static readonly string[] Columns =
        ["stage", "n", "ridge", "kappa", "df1", "df2", "bias", "variance", "excess_error", "test_error", "gap", "pgr"];

    [Fact]
    public void One_row_a_stage()
    {
        using var folder = new Folder();
        Outcome outcome = Shell.Run(["chain", folder.File("chain.toml", Specification)]);
        Assert.Equal(0, outcome.Status);
        Assert.Empty(outcome.Error);
        Assert.Equal(Columns, outcome.Csv[0]);
        Assert.Equal(["teacher", "mixed"], outcome.Column("stage"));
        Assert.Equal(["40", "180"], outcome.Column("n"));
        Assert.Equal(["0", "1"], outcome.Column("pgr"));
    }

    [Fact]
    public void A_simulation_stands_beside_the_limits_and_does_not_depend_on_threads()
    {
        using var folder = new Folder();
        string file = folder.File("chain.toml", Specification);
        Outcome one = Shell.Run(["chain", file, "--simulate", "50", "--threads", "1"]),
            two = Shell.Run(["chain", file, "--simulate", "50", "--threads", "2"]);
        Assert.Equal([.. Columns, "mean", "se", "z", "gap_mean", "gap_se", "trials"], one.Csv[0]);
        Assert.Equal(one.Output, two.Output);
        double[] Numbers(string column) => [.. one.Column(column).Select(x => double.Parse(x, CultureInfo.InvariantCulture))];
        for (int i = 0; i < 2; i++)
            Assert.Equal((Numbers("mean")[i] - Numbers("test_error")[i]) / Numbers("se")[i], Numbers("z")[i], 1e-9);
    }

    [Fact]
    public void Directions_without_variance_are_told()
    {
        using var folder = new Folder();
        folder.File("s.csv", "2,1,3\n1,2,3\n3,3,6\n"); // the third feature is the sum of the others
        folder.File("b.csv", "1\n1\n1\n");
        const string Stage = "[[stage]]\nname = \"teacher\"\nn = 20\nridge = 0.1\n";
        Outcome one = Shell.Run(["chain", folder.File("one.toml",
            "noise_variance = 1\n[spectrum]\ncovariance = \"s.csv\"\n[target]\nfile = \"b.csv\"\n" + Stage)]);
        Assert.Equal((0, "w2s: the covariance has rank 2 of 3 to rounding: one direction is left out, whatever the ridge"),
            (one.Status, one.Error.Trim()));
        Outcome views = Shell.Run(["chain", folder.File("views.toml",
            "target_variance = 50\n[[view]]\nname = \"a\"\ncovariance = \"s.csv\"\ntarget = \"b.csv\"\n" + Stage + "view = \"a\"\n")]);
        Assert.Equal((0, "w2s: the covariance of view 'a' has rank 2 of 3 when eigenvalues below 1e-10 of the largest count as zero: one "
            + "direction is left out, whatever the ridge"), (views.Status, views.Error.Trim()));
    }

    [Fact]
    public void A_bad_specification_is_refused_in_one_sentence()
    {
        using var folder = new Folder();
        string file = folder.File("chain.toml", Specification.Replace("labels = \"teacher\"", "labels = \"mixed\"",
            StringComparison.Ordinal));
        Assert.Equal(
            $"w2s: {file}, line 17: stage[2].groups[1].labels: 'mixed' is this stage itself; labels come from 'truth' or an earlier "
            + "stage.\n",
            Shell.Refusal(["chain", file]));
    }

    [Theory]
    [InlineData("chain", "SPEC is missing")]
    [InlineData("chain absent.toml", "absent.toml")]
    [InlineData("chain absent.toml --simulate 0", "--simulate")]
    public void A_bad_command_line_is_refused(string line, string words) =>
        Assert.Contains(words, Shell.Refusal(line), StringComparison.Ordinal);

    [Fact]
    public void Stopped_before_the_limits_nothing_is_written()
    {
        using var folder = new Folder();
        Outcome outcome = Shell.RunUntil(["chain", folder.File("chain.toml", Specification), "--simulate", "5"],
            new CancellationToken(canceled: true));
        Assert.Equal(130, outcome.Status);
        Assert.Empty(outcome.Output);
    }
}
